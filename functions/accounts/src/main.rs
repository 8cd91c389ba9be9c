//! The Lambda function `accounts`.

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), sentry_http::RunError> {
    sentry_http::run("accounts", accounts::state, accounts::router).await
}
