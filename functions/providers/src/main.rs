//! The Lambda function `providers`.

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), sentry_http::RunError> {
    sentry_http::run("providers", providers::state, providers::router).await
}
