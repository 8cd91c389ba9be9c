//! What this function holds.

use crate::provider::Known;
use axum::extract::FromRef;
use openidconnect::url::Url;
use sentry_http::{App, Probe, Probed};
use sentry_identity::{Guard, Issuer};
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};
use std::sync::Arc;

/// The state of the providers function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Providers {
    /// Checks who somebody is.
    pub guard: Guard,
    /// Gives them their tokens.
    pub(crate) issuer: Issuer,
    /// Who else vouches for people.
    pub(crate) known: Arc<Known>,
    /// Whose pages a browser may be sent on to.
    pub(crate) origins: Arc<[String]>,
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Providers, SettingError> {
    let app = App::from_settings(settings, &[Queue::Mail])?;
    Providers::new(app, settings)
}

impl Providers {
    /// Adds to `app` what only this function needs.
    pub fn new(app: App, settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            issuer: Issuer::new(&app, settings)?,
            guard: Guard::new(app, settings)?,
            known: Arc::new(Known::from_settings(settings)?),
            origins: origins(settings)?.into(),
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

impl FromRef<Providers> for App {
    fn from_ref(providers: &Providers) -> Self {
        providers.guard.app.clone()
    }
}

impl FromRef<Providers> for Guard {
    fn from_ref(providers: &Providers) -> Self {
        providers.guard.clone()
    }
}

impl Probe for Providers {
    async fn probe(&self) -> Vec<Probed> {
        self.guard.probe().await
    }
}
