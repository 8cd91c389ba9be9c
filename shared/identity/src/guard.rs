//! What checks who somebody is.

use crate::gate::Gate;
use axum::extract::FromRef;
use sentry_auth::TokenKey;
use sentry_auth::envelope::MasterKeys;
use sentry_auth::password::{Cost, Hasher};
use sentry_http::{App, Probe, Probed};
use sentry_runtime::{SettingError, Settings, keys};
use std::sync::Arc;
use std::thread::available_parallelism;

/// Holds what every function needs that asks who somebody is. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Guard {
    /// What every function holds.
    pub app: App,
    /// Makes and opens what proves somebody.
    pub keys: Arc<Keys>,
    /// Hashes and checks passwords.
    pub hasher: Hasher,
    /// How often a stranger may try.
    pub gate: Arc<Gate>,
}

/// The keys of everything that proves somebody, but for the tokens of a session.
#[derive(Debug)]
pub struct Keys {
    /// Makes and checks links, codes and recovery codes. The mail worker holds it too.
    pub codes: TokenKey,
    /// Wraps the data keys of people.
    pub master: MasterKeys,
}

impl Guard {
    /// Adds keys and limits to `app`. Does no I/O.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        let cores = available_parallelism().map_or(1, Into::into);
        Ok(Self {
            keys: Arc::new(Keys {
                codes: keys::token_key(settings, "TOKEN_CODE_KEY", None)?,
                master: keys::master_keys(settings)?,
            }),
            hasher: Hasher::new(Cost::default(), cores),
            gate: Arc::new(Gate::from_settings(settings)?),
            app,
        })
    }
}

impl FromRef<Guard> for App {
    fn from_ref(guard: &Guard) -> Self {
        guard.app.clone()
    }
}

impl Probe for Guard {
    async fn probe(&self) -> Vec<Probed> {
        self.app.probe().await
    }
}
