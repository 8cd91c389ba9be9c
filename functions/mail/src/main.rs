//! The Lambda function `mail`.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use mail::Mail;
use sentry_runtime::Settings;
use sentry_runtime::telemetry::{self, Invocation};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start("mail");
    let worker = &Mail::from_settings(&Settings::from_env())?;
    let handler = |event: LambdaEvent<SqsEvent>| async move {
        let context = event.context;
        let call = Invocation::new(&context.request_id, context.xray_trace_id.as_deref());
        Ok::<_, Error>(telemetry::invoked(call, worker.handle(event.payload)).await)
    };
    lambda_runtime::run(service_fn(handler)).await
}
