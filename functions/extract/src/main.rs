//! The Lambda function `extract`.
// The future of a download holds the whole S3 client call, deeper than the default limit.
#![recursion_limit = "256"]

use aws_lambda_events::sqs::SqsEvent;
use extract::{Extract, isolated};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use sentry_runtime::Settings;
use sentry_runtime::telemetry::{self, Invocation};
use std::process::ExitCode;

pub(crate) fn main() -> Result<ExitCode, Error> {
    // Before anything else is started: this may be the process for one file.
    if let Some(code) = isolated::serve() {
        return Ok(code);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run())?;
    Ok(ExitCode::SUCCESS)
}

async fn run() -> Result<(), Error> {
    telemetry::start("extract");
    let worker = &Extract::from_settings(&Settings::from_env())?;
    let handler = |event: LambdaEvent<SqsEvent>| async move {
        let context = event.context;
        let call = Invocation::new(&context.request_id, context.xray_trace_id.as_deref());
        Ok::<_, Error>(telemetry::invoked(call, worker.handle(event.payload)).await)
    };
    lambda_runtime::run(service_fn(handler)).await
}
