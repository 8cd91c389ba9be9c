//! A function that does nothing: what start-up, size and memory of the others are held against.

use lambda_http::{Error, Request, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let hello = |_: Request| async { Ok::<_, Error>("hello") };
    lambda_http::run(service_fn(hello)).await
}
