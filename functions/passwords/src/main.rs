//! The Lambda function `passwords`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("passwords");
    let state = passwords::state(&Settings::from_env())?;
    sentry_http::run(passwords::router(), state)
        .await
        .map_err(anyhow::Error::from_boxed)
}
