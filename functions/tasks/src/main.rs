//! The Lambda function `tasks`.

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), sentry_http::RunError> {
    sentry_http::run("tasks", tasks::state, tasks::router).await
}
