//! The Lambda function `rescore`.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use rescore::Rescore;
use sentry_runtime::{Settings, telemetry};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start("rescore");
    let rescore = &Rescore::from_settings(&Settings::from_env())?;
    let handler = |event: LambdaEvent<Value>| async move { rescore.handle(event.payload).await };
    lambda_runtime::run(service_fn(handler)).await
}
