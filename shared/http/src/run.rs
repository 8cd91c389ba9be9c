//! A function's life.

use crate::{App, Probe, Routes, edge};
use axum::extract::FromRef;
use sentry_runtime::{SettingError, Settings, telemetry};

/// Why a function ended before Lambda ended it.
pub type RunError = lambda_http::Error;

/// Starts the function `name` and answers requests until Lambda ends the process. Meanwhile it connects to the database:
/// the first request is on its way and has to be read, which is time enough for a good part of that.
pub async fn run<S: Probe>(
    name: &'static str,
    state: impl FnOnce(&Settings) -> Result<S, SettingError>,
    routes: impl FnOnce() -> Routes<S>,
) -> Result<(), RunError>
where
    App: FromRef<S>,
{
    telemetry::start(name);
    let state = state(&Settings::from_env())?;
    let db = App::from_ref(&state).db;
    tokio::spawn(async move { db.connect().await });
    lambda_http::run(edge(routes(), state)).await
}
