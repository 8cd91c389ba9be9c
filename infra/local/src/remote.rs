//! Functions that run elsewhere: the real bootstraps, started by `cargo lambda watch`.

use crate::functions::{self, Worker};
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use reqwest::{Client, Url};
use serde_json::Value;
use std::time::Duration;
use tower::ServiceBuilder;
use tower::util::MapRequestLayer;

/// The first call of a function builds it.
const PATIENCE: Duration = Duration::from_mins(15);
/// As much as API Gateway would pass on.
const MOST_BYTES: usize = 10 * 1024 * 1024;
/// What belongs to one connection, not to the message that crosses it.
const HOP_BY_HOP: [HeaderName; 4] = [CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING];

/// Invokes functions over the addresses of the Lambda emulator of `cargo lambda`.
#[derive(Debug, Clone)]
pub struct Remote {
    client: Client,
    base: Url,
}

/// A function behind the gateway.
#[derive(Clone)]
struct Target {
    remote: Remote,
    function: &'static str,
}

impl Remote {
    /// Reaches the emulator at `base`, such as `http://127.0.0.1:9000`. Does no I/O.
    pub fn new(base: &str) -> Result<Self> {
        let base: Url = base
            .parse()
            .with_context(|| format!("--invoke {base}: expected http://host:port"))?;
        if base.cannot_be_a_base() || base.scheme() != "http" {
            bail!("--invoke {base}: expected http://host:port");
        }
        let client = Client::builder().no_proxy().timeout(PATIENCE).build()?;
        Ok(Self { client, base })
    }

    /// Invokes a worker with an event, as Lambda would.
    pub async fn invoke(&self, worker: Worker, event: Value) -> Result<Value> {
        let name = worker.name();
        let url = self
            .base
            .join(&format!("2015-03-31/functions/{name}/invocations"))?;
        let response = self.client.post(url).json(&event).send().await?;
        let failed = !response.status().is_success()
            || response.headers().contains_key("x-amz-function-error");
        let text = response.text().await?;
        if failed {
            bail!("{name} failed: {text}");
        }
        serde_json::from_str(&text).with_context(|| format!("{name} answered {text:?}"))
    }

    /// The routes of all functions behind one door: each goes to the function that owns it, and signs of life, as well
    /// as what no function knows, to `accounts`.
    pub fn router(&self) -> Router {
        let target = |function| Target {
            remote: self.clone(),
            function,
        };
        let mut router =
            Router::new().fallback_service(any(forward).with_state(target("accounts")));
        for (function, document) in functions::documents() {
            let target = target(function);
            let ready = format!("/health/ready/{function}");
            router = router.route(&ready, any(forward).with_state(target.clone()));
            for path in document.paths.paths.keys() {
                router = router.route(path, any(forward).with_state(target.clone()));
            }
        }
        let aliased = ServiceBuilder::new()
            .layer(MapRequestLayer::new(sentry_http::canonical))
            .service(router);
        Router::new().fallback_service(aliased)
    }
}

async fn forward(State(target): State<Target>, request: Request) -> Response {
    match target.forward(request).await {
        Ok(response) => response,
        Err(error) => {
            tracing::warn!(function = target.function, error = %format!("{error:#}"), "not reached");
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}

impl Target {
    async fn forward(&self, request: Request) -> Result<Response> {
        let (parts, body) = request.into_parts();
        let mut url =
            self.remote
                .base
                .join(&format!("lambda-url/{}{}", self.function, parts.uri.path()))?;
        url.set_query(parts.uri.query());
        let answer = self
            .remote
            .client
            .request(parts.method, url)
            .headers(end_to_end(&parts.headers))
            .body(to_bytes(body, MOST_BYTES).await?)
            .send()
            .await?;
        let (status, headers) = (answer.status(), end_to_end(answer.headers()));
        let mut response = Response::new(Body::from(answer.bytes().await?));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    headers
        .iter()
        .filter(|(name, _)| !HOP_BY_HOP.contains(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
