//! What this function holds beside the [`App`] of every function.

use axum::extract::FromRef;
use sentry_auth::envelope::{DataKey, MasterKeys};
use sentry_db::{Tx, data_keys, texts};
use sentry_domain::UserId;
use sentry_http::{ApiError, App, Probe, Probed};
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings, keys};
use std::sync::Arc;

/// The state of the burnout function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Burnout {
    /// What every function holds.
    pub app: App,
    /// Open the data keys of people, which seal their texts.
    master: Arc<MasterKeys>,
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Burnout, SettingError> {
    Burnout::new(
        App::from_settings(settings, &[Queue::BurnoutRescore, Queue::Uploads])?,
        settings,
    )
}

impl Burnout {
    /// Adds to `app` what only this function needs: the key of people's texts.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        let master = Arc::new(keys::master_keys(settings)?);
        Ok(Self { app, master })
    }

    /// The data key of a person, made when there is none.
    pub(crate) async fn data_key(&self, tx: &mut Tx, owner: UserId) -> Result<DataKey, ApiError> {
        let random = (self.app.ids.bytes(), self.app.ids.bytes());
        Ok(data_keys::find_or_make(tx, owner, &self.master, random).await?)
    }

    /// A text as its row keeps it.
    pub(crate) fn seal(&self, owner: UserId, key: &DataKey, text: &str) -> Vec<u8> {
        key.seal(owner, texts::LABEL, text.as_bytes(), self.app.ids.bytes())
    }
}

impl FromRef<Burnout> for App {
    fn from_ref(burnout: &Burnout) -> Self {
        burnout.app.clone()
    }
}

impl Probe for Burnout {
    async fn probe(&self) -> Vec<Probed> {
        self.app.probe().await
    }
}
