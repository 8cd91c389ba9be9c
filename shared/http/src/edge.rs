//! What surrounds every HTTP function: request ids, the log line, error bodies, headers, aliases.

use crate::{Probe, Routes, aliases, health, problem};
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use lambda_http::RequestExt;
use lambda_http::request::RequestContext;
use sentry_runtime::telemetry::{self, Invocation, metric};
use sentry_runtime::{Clock, Ids};
use std::time::{Duration, Instant};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

/// Names a request in answers, logs and messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

const REQUEST_ID: &str = "x-request-id";

/// Headers of every answer: nothing here is a page, so nothing may be framed, sniffed or kept.
const HEADERS: &[(&str, &str)] = &[
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

/// Makes the service of a function out of its routes and its state.
pub fn edge<S: Probe>(functions: Routes<S>, state: S) -> Router {
    let served = Router::from(functions)
        .route("/health", get(health::health))
        .route("/health/ready", get(health::ready::<S>))
        .with_state(state)
        .route_layer(middleware::from_fn(note_route))
        // Bodies are bounded where they are read; this is the bound of what nobody reads.
        .layer(DefaultBodyLimit::max(8 * 1024 * 1024))
        .layer(CatchPanicLayer::new());
    let aliased = ServiceBuilder::new().map_request(canonical).service(served);
    Router::new()
        .fallback_service(aliased)
        .layer(middleware::from_fn(around))
}

/// Resolves aliases before a router sees the path.
pub fn canonical(mut request: Request) -> Request {
    let path = aliases::canonical_path(request.uri().path());
    if path != request.uri().path() {
        let target = match request.uri().query() {
            Some(query) => format!("{path}?{query}"),
            None => path.into_owned(),
        };
        if let Ok(uri) = target.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    request
}

/// What a request is called: by us and, where they stand before it, by API Gateway and by Lambda.
struct Names {
    request: String,
    gateway: Option<String>,
    call: Invocation,
}

impl Names {
    fn of(request: &Request) -> Self {
        let gateway = match request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone(),
            _ => None,
        };
        let call = request
            .lambda_context_ref()
            .map(|context| Invocation::new(&context.request_id, context.xray_trace_id.as_deref()));
        Self {
            request: request_id(request),
            gateway,
            call: call.unwrap_or_default(),
        }
    }
}

async fn around(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let names = Names::of(&request);
    let id = &names.request;
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let span = tracing::info_span!("request", request.id = %id, gateway.request_id = names.gateway,
        lambda.request_id = names.call.lambda, trace.id = names.call.trace, %method);
    let answered = telemetry::within(id.clone(), span, next.run(request)).await;
    let mut response = problem::render(answered, id);
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    note(&names, &method, &response, started.elapsed());
    response
}

/// The template of a route, such as `/api/tasks/{id}`: what was asked for without whose it was.
#[derive(Debug, Clone)]
struct Route(MatchedPath);

/// Tells the edge which route a request took.
async fn note_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(Route(route));
    }
    response
}

/// The log line and the metrics of one request.
fn note(names: &Names, method: &Method, response: &Response, took: Duration) {
    let status = response.status();
    let route = response.extensions().get::<Route>();
    let route = route.map_or("none", |route| route.0.as_str());
    let duration_ms = took.as_secs_f64() * 1000.0;
    let Names {
        request,
        gateway,
        call,
    } = names;
    tracing::info!(request.id = %request, gateway.request_id = gateway.as_deref(),
        lambda.request_id = call.lambda.as_deref(), trace.id = call.trace.as_deref(),
        %method, route, status = status.as_u16(), duration_ms, "request");
    metrics::counter!(metric::REQUESTS).increment(1);
    match status.as_u16() {
        400..500 => metrics::counter!(metric::CLIENT_ERRORS).increment(1),
        500.. => metrics::counter!(metric::SERVER_ERRORS).increment(1),
        _ => {}
    }
    metrics::histogram!(metric::REQUEST_DURATION).record(duration_ms);
    telemetry::flush();
}

/// The client's own id when it is short and plain, else a new one.
fn request_id(request: &Request) -> String {
    let given = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        (1..=64).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    given.filter(plain).map_or_else(
        || Ids::system().uuid(Clock::system().now()).to_string(),
        str::to_owned,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn a_request_has_the_names_of_everything_before_the_function() {
        let bare = Request::new(Body::empty());
        let names = Names::of(&bare);
        assert_eq!((names.gateway, names.call), (None, Invocation::default()));

        let mut gateway =
            lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext::default();
        gateway.request_id = Some("JKJaXmPLvHcESHA=".to_owned());
        let mut lambda = lambda_http::Context::default();
        lambda.request_id = "8476a536".to_owned();
        lambda.xray_trace_id = Some("Root=1-5759e988-bd86;Sampled=1".to_owned());
        let request = bare
            .with_request_context(RequestContext::ApiGatewayV2(gateway))
            .with_lambda_context(lambda);
        let names = Names::of(&request);
        assert_eq!(names.gateway.as_deref(), Some("JKJaXmPLvHcESHA="));
        assert_eq!(names.call.lambda.as_deref(), Some("8476a536"));
        assert_eq!(names.call.trace.as_deref(), Some("1-5759e988-bd86"));
    }
}
