//! The Lambda function `advice`.

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), sentry_http::RunError> {
    sentry_http::run("advice", advice::state, advice::router).await
}
