//! What stands before the emulator: no request without a valid signature, and CORS for the console.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio_util::sync::CancellationToken;
use tower_http::cors::{AllowHeaders, CorsLayer};

use super::{now, signature};

/// The largest body of a request whose body is hashed before it is let through: ten messages of 256 KiB, escaped.
const LARGEST_HASHED_BODY_BYTES: usize = 4 * 1024 * 1024;

/// Refuses a request whose signature S3 or SQS would refuse. Bodies of files are not read for it.
pub async fn check_signature(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (body, hashed) = if signature::signs_unsent_hash(&parts.uri, &parts.headers) {
        match axum::body::to_bytes(body, LARGEST_HASHED_BODY_BYTES).await {
            Ok(bytes) => (Body::from(bytes.clone()), Some(bytes)),
            Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        }
    } else {
        (body, None)
    };
    let verdict = signature::verify(
        &parts.method,
        &parts.uri,
        &parts.headers,
        hashed.as_deref(),
        now(),
    );
    let request = Request::from_parts(parts, body);
    match verdict {
        Ok(()) => next.run(request).await,
        Err(refused) => refusal(&request, refused),
    }
}

fn refusal(request: &Request, refused: signature::Refused) -> Response {
    tracing::debug!(
        code = refused.code(),
        path = request.uri().path(),
        "refused a request"
    );
    let speaks_json = request.headers().contains_key("x-amz-target");
    let (content_type, body) = if speaks_json {
        let body = serde_json::json!({ "__type": refused.code(), "message": refused.to_string() });
        ("application/x-amz-json-1.0", body.to_string())
    } else {
        let (code, message) = (refused.code(), refused.to_string());
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        );
        ("application/xml", body)
    };
    (
        refused.status(),
        [(header::CONTENT_TYPE, HeaderValue::from_static(content_type))],
        body,
    )
        .into_response()
}

/// Breaks off what waits, and refuses what comes on connections still open, once
/// `stop` is cancelled: another emulator may have the same folder by then.
pub async fn refuse_after(
    State(stop): State<CancellationToken>,
    request: Request,
    next: Next,
) -> Response {
    let unavailable = || {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::CONNECTION, "close")],
        )
    };
    tokio::select! {
        biased;
        () = stop.cancelled() => unavailable().into_response(),
        response = next.run(request) => response,
    }
}

/// Lets a page put a file through a presigned URL. Any origin may: without a signature it gets nothing.
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(tower_http::cors::Any)
        .allow_methods([
            Method::GET,
            Method::HEAD,
            Method::PUT,
            Method::POST,
            Method::DELETE,
        ])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::ETAG, HeaderName::from_static("x-amz-request-id")])
        .max_age(std::time::Duration::from_hours(1))
}
