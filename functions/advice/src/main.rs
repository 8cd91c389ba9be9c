//! The Lambda function `advice`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), lambda_http::Error> {
    telemetry::start("advice");
    let state = advice::state(&Settings::from_env())?;
    lambda_http::run(sentry_http::edge(advice::router(), state)).await
}
