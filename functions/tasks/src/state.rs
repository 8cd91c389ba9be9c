//! What this function holds beside the [`App`] of every function.

use axum::extract::FromRef;
use sentry_auth::{KeyMaterial, Secret, TokenKey};
use sentry_http::{App, Probe, Probed};
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};

/// What a service's token must be good for, to create tasks for users.
pub const SERVICE_SCOPE: &str = "tasks:create";

/// The state of the tasks function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tasks {
    /// What every function holds.
    pub app: App,
    /// Tells tokens of services from garbage. Without it no service gets in.
    pub(crate) service_key: Option<TokenKey>,
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Tasks, SettingError> {
    Tasks::new(
        App::from_settings(settings, &[Queue::BurnoutRescore])?,
        settings,
    )
}

impl Tasks {
    /// Adds to `app` what only this function needs: the key of service tokens.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        const NAME: &str = "SERVICE_TOKEN_KEY";
        let service_key = settings
            .optional(NAME)
            .map(|text| {
                KeyMaterial::from_text(&Secret::from(text))
                    .and_then(|material| TokenKey::new(&material))
            })
            .transpose()
            .map_err(|error| SettingError::Wrong {
                name: NAME,
                reason: error.to_string(),
            })?;
        Ok(Self { app, service_key })
    }
}

impl FromRef<Tasks> for App {
    fn from_ref(tasks: &Tasks) -> Self {
        tasks.app.clone()
    }
}

impl Probe for Tasks {
    async fn probe(&self) -> Vec<Probed> {
        self.app.probe().await
    }
}
