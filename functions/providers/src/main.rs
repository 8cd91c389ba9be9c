//! The Lambda function `providers`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("providers");
    let state = providers::state(&Settings::from_env())?;
    sentry_http::run(providers::router(), state)
        .await
        .map_err(anyhow::Error::from_boxed)
}
