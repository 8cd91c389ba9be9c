//! Keys from the settings: base64 text of at least 256 bits each, refused at start-up otherwise.

use crate::{SettingError, Settings};
use sentry_auth::envelope::MasterKeys;
use sentry_auth::{KeyError, KeyMaterial, Secret, TokenKey};

/// The key material in a setting that must be there.
pub fn material(settings: &Settings, name: &'static str) -> Result<KeyMaterial, SettingError> {
    let text = Secret::from(settings.required(name)?);
    KeyMaterial::from_text(&text).map_err(wrong(name))
}

/// The key behind opaque tokens, and where `previous` is set the one before it.
pub fn token_key(
    settings: &Settings,
    current: &'static str,
    previous: Option<&'static str>,
) -> Result<TokenKey, SettingError> {
    let key = TokenKey::new(&material(settings, current)?).map_err(wrong(current))?;
    match previous.filter(|name| settings.optional(name).is_some()) {
        None => Ok(key),
        Some(name) => key
            .with_previous(&material(settings, name)?)
            .map_err(wrong(name)),
    }
}

/// The keys that wrap the data keys of people: `DATA_KEY`, and while it is replaced the one before.
pub fn master_keys(settings: &Settings) -> Result<MasterKeys, SettingError> {
    const CURRENT: &str = "DATA_KEY";
    const PREVIOUS: &str = "PREVIOUS_DATA_KEY";
    let keys = MasterKeys::new(&material(settings, CURRENT)?);
    if settings.optional(PREVIOUS).is_none() {
        return Ok(keys);
    }
    keys.with_previous(&material(settings, PREVIOUS)?)
        .map_err(wrong(PREVIOUS))
}

/// The error of a setting whose key is refused; the sentence never repeats the key.
pub fn wrong(name: &'static str) -> impl Fn(KeyError) -> SettingError {
    move |error| SettingError::Wrong {
        name,
        reason: error.to_string(),
    }
}
