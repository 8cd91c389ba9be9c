//! A service of a test's own.

use axum::Router;
use std::net::Ipv4Addr;
use tokio::net::TcpListener;

/// Serves a router on a free loopback port, and returns its address.
pub async fn serve(router: Router) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}
