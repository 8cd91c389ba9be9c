//! The Lambda function `tasks`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("tasks");
    let state = tasks::state(&Settings::from_env())?;
    sentry_http::run(tasks::router(), state)
        .await
        .map_err(anyhow::Error::from_boxed)
}
