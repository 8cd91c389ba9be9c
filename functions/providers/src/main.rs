//! The Lambda function `providers`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("providers");
    let state = providers::state(&Settings::from_env())?;
    lambda_http::run(sentry_http::edge(providers::router(), state))
        .await
        .map_err(anyhow::Error::from_boxed)
}
