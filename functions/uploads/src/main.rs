//! The Lambda function `uploads`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> anyhow::Result<()> {
    telemetry::start("uploads");
    let state = uploads::state(&Settings::from_env())?;
    sentry_http::run(uploads::router(), state)
        .await
        .map_err(anyhow::Error::from_boxed)
}
