//! The Lambda function `tasks`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("tasks");
    let state = tasks::state(&Settings::from_env())?;
    lambda_http::run(sentry_http::edge(tasks::router(), state))
        .await
        .map_err(anyhow::Error::from_boxed)
}
