//! What this function holds beside the [`App`] of every function.

use crate::gate::Gate;
use axum::extract::FromRef;
use sentry_auth::TokenKey;
use sentry_auth::access::Signer;
use sentry_auth::password::{Cost, Hasher};
use sentry_http::{App, Probe, Probed, token_keys};
use sentry_runtime::{SettingError, Settings};
use std::sync::Arc;
use std::thread::available_parallelism;
use uuid::Uuid;

/// The state of the accounts function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// What every function holds.
    pub app: App,
    /// Issues access tokens.
    pub(crate) signer: Arc<Signer>,
    /// Makes and checks refresh tokens.
    pub(crate) token_key: TokenKey,
    /// Hashes and checks passwords.
    pub(crate) hasher: Hasher,
    /// How often a stranger may try.
    pub(crate) gate: Arc<Gate>,
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Accounts, SettingError> {
    Accounts::new(App::from_settings(settings, &[])?, settings)
}

impl Accounts {
    /// Adds to `app` what only this function needs: the keys that make tokens, and the limits.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        let signing_key = token_keys::signing_key(settings)?;
        let signer = Signer::new(token_keys::realm(settings), signing_key);
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
        Ok(Self {
            signer: Arc::new(signer),
            token_key: token_key(settings)?,
            hasher: Hasher::new(
                Cost::default(),
                available_parallelism().map_or(1, Into::into),
            ),
            gate: Arc::new(Gate::from_settings(settings)?),
            app,
        })
    }
}

fn token_key(settings: &Settings) -> Result<TokenKey, SettingError> {
    const CURRENT: &str = "TOKEN_REFRESH_KEY";
    const PREVIOUS: &str = "TOKEN_PREVIOUS_REFRESH_KEY";
    let wrong = |name| {
        move |error: sentry_auth::KeyError| SettingError::Wrong {
            name,
            reason: error.to_string(),
        }
    };
    let key = TokenKey::new(&token_keys::material(settings, CURRENT)?).map_err(wrong(CURRENT))?;
    if settings.optional(PREVIOUS).is_none() {
        return Ok(key);
    }
    key.with_previous(&token_keys::material(settings, PREVIOUS)?)
        .map_err(wrong(PREVIOUS))
}

impl FromRef<Accounts> for App {
    fn from_ref(accounts: &Accounts) -> Self {
        accounts.app.clone()
    }
}

impl Probe for Accounts {
    async fn probe(&self) -> Vec<Probed> {
        self.app.probe().await
    }
}
