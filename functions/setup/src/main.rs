//! The Lambda function `setup`.

// The future of a run holds calls to Secrets Manager, deeper than the default limit.
#![recursion_limit = "256"]

use lambda_runtime::{Error, LambdaEvent, service_fn};
use sentry_runtime::Settings;
use sentry_runtime::telemetry::{self, Invocation};
use serde_json::Value;
use setup::Setup;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start("setup");
    let setup = &Setup::from_settings(&Settings::from_env())?;
    let handler = |event: LambdaEvent<Value>| async move {
        let context = event.context;
        let call = Invocation::new(&context.request_id, context.xray_trace_id.as_deref());
        telemetry::invoked(call, setup.handle(event.payload)).await
    };
    lambda_runtime::run(service_fn(handler)).await
}
