//! What this function holds beside the [`App`] of every function.

use crate::gate::Gate;
use crate::keys::Keys;
use crate::provider::Providers;
use axum::extract::FromRef;
use openidconnect::url::Url;
use sentry_auth::password::{Cost, Hasher};
use sentry_http::{App, Probe, Probed};
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};
use sentry_storage::Signer;
use std::sync::Arc;
use std::thread::available_parallelism;

/// The state of the accounts function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// What every function holds.
    pub app: App,
    /// Makes and opens everything secret.
    pub(crate) keys: Arc<Keys>,
    /// Hashes and checks passwords.
    pub(crate) hasher: Hasher,
    /// How often a stranger may try.
    pub(crate) gate: Arc<Gate>,
    /// What lies outside: other providers, and the bucket with archives.
    pub(crate) outside: Arc<Outside>,
}

/// What this function reaches beyond the database.
#[derive(Debug)]
pub(crate) struct Outside {
    /// Who else vouches for people.
    pub providers: Providers,
    /// Whose pages a browser may be sent on to.
    pub origins: Vec<String>,
    /// Signs addresses of archives; without a bucket there are none to fetch.
    pub signer: Option<Signer>,
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Accounts, SettingError> {
    let app = App::from_settings(settings, &[Queue::Mail, Queue::Exports])?;
    Accounts::new(app, settings)
}

impl Accounts {
    /// Adds to `app` what only this function needs: keys, limits, providers.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        let bucket = settings.optional("BUCKET").is_some();
        Ok(Self {
            keys: Arc::new(Keys::from_settings(settings, &app)?),
            hasher: Hasher::new(
                Cost::default(),
                available_parallelism().map_or(1, Into::into),
            ),
            gate: Arc::new(Gate::from_settings(settings)?),
            outside: Arc::new(Outside {
                origins: origins(settings)?,
                providers: Providers::from_settings(settings)?,
                signer: bucket
                    .then(|| Signer::from_settings(settings))
                    .transpose()?,
            }),
            app,
        })
    }
}

/// This deployment's own, and those whose pages may call it.
fn origins(settings: &Settings) -> Result<Vec<String>, SettingError> {
    let mut origins = sentry_http::allowed_origins(settings)?;
    if let Some(url) = settings.optional("PUBLIC_URL") {
        let url = Url::parse(url).map_err(|_| SettingError::Wrong {
            name: "PUBLIC_URL",
            reason: "expected an address such as https://sentry.example.org".to_owned(),
        })?;
        origins.push(url.origin().ascii_serialization());
    }
    Ok(origins)
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
