//! What this function holds.

use axum::extract::FromRef;
use sentry_http::{App, Probe, Probed};
use sentry_identity::{Guard, Issuer};
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};
use sentry_storage::Signer;
use std::sync::Arc;

/// The state of the accounts function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// Checks who somebody is.
    pub guard: Guard,
    /// Gives them their tokens.
    pub(crate) issuer: Issuer,
    /// Signs addresses of archives; without a bucket there are none to fetch.
    pub(crate) signer: Option<Arc<Signer>>,
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Accounts, SettingError> {
    let app = App::from_settings(settings, &[Queue::Mail, Queue::Exports])?;
    Accounts::new(app, settings)
}

impl Accounts {
    /// Adds to `app` what only this function needs.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        let bucket = settings.optional("BUCKET").is_some();
        let signer = bucket
            .then(|| Signer::from_settings(settings))
            .transpose()?;
        Ok(Self {
            issuer: Issuer::new(&app, settings)?,
            guard: Guard::new(app, settings)?,
            signer: signer.map(Arc::new),
        })
    }
}

impl FromRef<Accounts> for App {
    fn from_ref(accounts: &Accounts) -> Self {
        accounts.guard.app.clone()
    }
}

impl FromRef<Accounts> for Guard {
    fn from_ref(accounts: &Accounts) -> Self {
        accounts.guard.clone()
    }
}

impl Probe for Accounts {
    async fn probe(&self) -> Vec<Probed> {
        self.guard.probe().await
    }
}
