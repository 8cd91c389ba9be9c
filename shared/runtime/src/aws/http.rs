//! The HTTP client under the clients of AWS: HTTP/1.1, one TLS configuration, one pool of connections.
//!
//! The SDK's own client speaks HTTP/2 and proxies, too, and reads the certificates of the machine: half a megabyte and
//! a file of every start for what the services of AWS, asked from Lambda, never use.

use crate::tls;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

/// Idle connections live shorter than those of AWS, so that none is used that has just been closed.
const IDLE: Duration = Duration::from_secs(15);

/// The client that services are asked with. Does no I/O; it connects when it is first used.
pub fn http_client() -> Result<SharedHttpClient, rustls::Error> {
    let (tls, connector) = (tls::client()?, OnceLock::new());
    Ok(http_client_fn(move |settings, _| {
        // All services of a process wait alike, so the first to ask decides.
        connector
            .get_or_init(|| SharedHttpConnector::new(Connector::new(settings, tls.clone())))
            .clone()
    }))
}

/// Sends requests of the SDK.
#[derive(Clone)]
struct Connector {
    client: Client<HttpsConnector<Tcp>, SdkBody>,
    read_timeout: Option<Duration>,
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector")
            .field("read_timeout", &self.read_timeout)
            .finish_non_exhaustive()
    }
}

impl Connector {
    fn new(settings: &HttpConnectorSettings, tls: rustls::ClientConfig) -> Self {
        let mut tcp = Tcp::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(settings.connect_timeout());
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Self {
            client: Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(IDLE)
                .build(https),
            read_timeout: settings.read_timeout(),
        }
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = request
            .try_into_http1x()
            .map_err(|error| ConnectorError::user(error.into()))?;
        let sent = self.client.request(request);
        let answer = match self.read_timeout {
            Some(patience) => tokio::time::timeout(patience, sent)
                .await
                .map_err(|elapsed| ConnectorError::timeout(elapsed.into()))?,
            None => sent.await,
        };
        let answer = answer.map_err(failed)?.map(SdkBody::from_body_1_x);
        HttpResponse::try_from(answer).map_err(|error| ConnectorError::other(error.into(), None))
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().send(request))
    }
}

/// What the SDK makes of an error: whether the request may be sent again.
fn failed(error: hyper_util::client::legacy::Error) -> ConnectorError {
    let (mut is_timeout, mut is_ours) = (false, false);
    let mut next: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(source) = next {
        if let Some(http) = source.downcast_ref::<hyper::Error>() {
            is_timeout |= http.is_timeout();
            is_ours |= http.is_user();
        }
        let io = source.downcast_ref::<std::io::Error>();
        is_timeout |= io.is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut);
        next = source.source();
    }
    match (is_timeout, is_ours) {
        (true, _) => ConnectorError::timeout(error.into()),
        (_, true) => ConnectorError::user(error.into()),
        // It never came to an answer: refused, reset, closed, not found.
        _ => ConnectorError::io(error.into()),
    }
}
