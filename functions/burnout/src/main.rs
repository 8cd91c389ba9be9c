//! The Lambda function `burnout`.

use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), lambda_http::Error> {
    telemetry::start("burnout");
    let state = burnout::state(&Settings::from_env())?;
    lambda_http::run(sentry_http::edge(burnout::router(), state)).await
}
