//! The Lambda function `rescore`.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use rescore::Rescore;
use sentry_runtime::Settings;
use sentry_runtime::telemetry::{self, Invocation};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start("rescore");
    let rescore = &Rescore::from_settings(&Settings::from_env())?;
    let handler = |event: LambdaEvent<Value>| async move {
        let context = event.context;
        let call = Invocation::new(&context.request_id, context.xray_trace_id.as_deref());
        telemetry::invoked(call, rescore.handle(event.payload)).await
    };
    lambda_runtime::run(service_fn(handler)).await
}
