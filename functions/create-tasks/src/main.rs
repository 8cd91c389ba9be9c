//! The Lambda function `create-tasks`.

use aws_lambda_events::sqs::SqsEvent;
use create_tasks::CreateTasks;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use sentry_runtime::{Settings, telemetry};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Error> {
    telemetry::start("create-tasks");
    let worker = &CreateTasks::from_settings(&Settings::from_env())?;
    let handler = |event: LambdaEvent<SqsEvent>| async move {
        Ok::<_, Error>(worker.handle(event.payload).await)
    };
    lambda_runtime::run(service_fn(handler)).await
}
