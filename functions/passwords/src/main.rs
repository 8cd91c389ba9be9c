//! The Lambda function `passwords`.

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), sentry_http::RunError> {
    sentry_http::run("passwords", passwords::state, passwords::router).await
}
