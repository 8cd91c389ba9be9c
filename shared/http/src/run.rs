//! A function's life.

use crate::{App, Probe, Routes, edge};
use axum::extract::FromRef;

/// Answers requests until Lambda ends the process. Meanwhile it connects to the database: the first request is on its way
/// and has to be read, which is time enough for a good part of that.
pub async fn run<S: Probe>(functions: Routes<S>, state: S) -> Result<(), lambda_http::Error>
where
    App: FromRef<S>,
{
    let db = App::from_ref(&state).db;
    tokio::spawn(async move { db.connect().await });
    lambda_http::run(edge(functions, state)).await
}
