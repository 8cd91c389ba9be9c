//! The Lambda function `advice`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("advice");
    let state = advice::state(&Settings::from_env())?;
    sentry_http::run(advice::router(), state)
        .await
        .map_err(anyhow::Error::from_boxed)
}
