//! The Lambda function `accounts`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("accounts");
    let state = accounts::state(&Settings::from_env())?;
    sentry_http::run(accounts::router(), state)
        .await
        .map_err(anyhow::Error::from_boxed)
}
