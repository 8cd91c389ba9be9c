//! The Lambda function `uploads`.

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), sentry_http::RunError> {
    sentry_http::run("uploads", uploads::state, uploads::router).await
}
