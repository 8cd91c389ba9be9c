//! What this function holds beside the [`App`] of every function.

use crate::Limits;
use axum::extract::FromRef;
use sentry_http::{ApiError, App, Probe, Probed};
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};
use sentry_storage::{Storage, StorageError};

/// The state of the uploads function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Uploads {
    /// What every function holds.
    pub app: App,
    /// Where files lie.
    pub storage: Storage,
    /// How much a file may weigh, and how many there may be.
    pub limits: Limits,
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Uploads, SettingError> {
    Uploads::new(
        App::from_settings(settings, &[Queue::Uploads, Queue::BurnoutRescore])?,
        settings,
    )
}

impl Uploads {
    /// Adds to `app` what only this function needs.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            app,
            storage: Storage::from_settings(settings)?,
            limits: Limits::from_settings(settings)?,
        })
    }
}

impl FromRef<Uploads> for App {
    fn from_ref(uploads: &Uploads) -> Self {
        uploads.app.clone()
    }
}

impl Probe for Uploads {
    async fn probe(&self) -> Vec<Probed> {
        let mut probed = self.app.probe().await;
        probed.push((
            "storage",
            self.storage.ping().await.map_err(|error| error.to_string()),
        ));
        probed
    }
}

/// Whatever the bucket says, the client can only come back later.
pub(crate) fn unavailable(error: StorageError) -> ApiError {
    ApiError::Unavailable(Box::new(error))
}
