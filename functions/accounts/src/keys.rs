//! The keys of this function, each for one thing.

use sentry_auth::TokenKey;
use sentry_auth::access::Signer;
use sentry_auth::envelope::MasterKeys;
use sentry_http::{App, token_keys};
use sentry_runtime::{SettingError, Settings, keys};
use uuid::Uuid;

/// Everything that makes or opens secrets.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Issues access tokens.
    pub signer: Signer,
    /// Makes and checks refresh tokens.
    pub refresh: TokenKey,
    /// Makes and checks links, codes and recovery codes. The mail worker holds it too.
    pub codes: TokenKey,
    /// Wraps the data keys of people.
    pub master: MasterKeys,
}

impl Keys {
    pub fn from_settings(settings: &Settings, app: &App) -> Result<Self, SettingError> {
        Ok(Self {
            signer: signer(settings, app)?,
            refresh: keys::token_key(
                settings,
                "TOKEN_REFRESH_KEY",
                Some("TOKEN_PREVIOUS_REFRESH_KEY"),
            )?,
            codes: keys::token_key(settings, "TOKEN_CODE_KEY", None)?,
            master: keys::master_keys(settings)?,
        })
    }
}

fn signer(settings: &Settings, app: &App) -> Result<Signer, SettingError> {
    let signer = Signer::new(
        token_keys::realm(settings),
        token_keys::signing_key(settings)?,
    );
    let probe = signer.sign(
        sentry_domain::UserId(0),
        sentry_domain::SessionId(Uuid::nil()),
        Uuid::nil(),
        app.now(),
    );
    // Otherwise people would sign in to tokens that nothing accepts.
    if app.verifier.verify(probe.text.expose(), app.now()).is_err() {
        return Err(SettingError::Wrong {
            name: "TOKEN_SIGNING_KEY",
            reason: "the tokens it signs are not accepted by the configured verifying key"
                .to_owned(),
        });
    }
    Ok(signer)
}
