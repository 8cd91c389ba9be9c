//! The Lambda function `sweep`.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use sentry_runtime::{Settings, telemetry};
use serde_json::Value;
use sweep::Sweep;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start("sweep");
    let sweep = &Sweep::from_settings(&Settings::from_env())?;
    let handler = |event: LambdaEvent<Value>| async move { sweep.handle(event.payload).await };
    lambda_runtime::run(service_fn(handler)).await
}
