//! The Lambda function `burnout`.

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), sentry_http::RunError> {
    sentry_http::run("burnout", burnout::state, burnout::router).await
}
