//! The Lambda function `passwords`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("passwords");
    let state = passwords::state(&Settings::from_env())?;
    lambda_http::run(sentry_http::edge(passwords::router(), state))
        .await
        .map_err(anyhow::Error::from_boxed)
}
