//! The Lambda function `burnout`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("burnout");
    let state = burnout::state(&Settings::from_env())?;
    sentry_http::run(burnout::router(), state)
        .await
        .map_err(anyhow::Error::from_boxed)
}
