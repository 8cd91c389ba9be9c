//! Objects that look like XML, on their way to the emulator.
//!
//! The emulator reads a body that begins with `<` as the parameters of a request, and loses it: an HTML
//! page would be stored empty, or be refused for its checksum. In the chunked framing of S3 it begins with
//! a number, and arrives as it is.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::LARGEST_BODY_BYTES;
use super::direct::is_object;

/// Frames the body of an object that begins like XML. What else is asked of an object does speak XML.
pub async fn frame(request: Request, next: Next) -> Response {
    if *request.method() != Method::PUT || !is_object(request.uri()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST_BODY_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let bytes = if bytes.starts_with(b"<") {
        let framed = chunked(&bytes);
        announce(&mut parts.headers, framed.len());
        framed
    } else {
        bytes
    };
    next.run(Request::from_parts(parts, Body::from(bytes)))
        .await
}

/// Names the framing among the encodings there are: the emulator reads the first header of a name.
fn announce(headers: &mut HeaderMap, length: usize) {
    let named = headers.get(header::CONTENT_ENCODING);
    let named = named.map_or(&b""[..], HeaderValue::as_bytes);
    let encodings = [&b"aws-chunked,"[..], named].concat();
    if let Ok(encodings) = HeaderValue::from_bytes(&encodings) {
        headers.insert(header::CONTENT_ENCODING, encodings);
    }
    headers.insert(header::CONTENT_LENGTH, length.into());
}

fn chunked(bytes: &[u8]) -> Bytes {
    let size = format!("{:x}\r\n", bytes.len());
    [size.as_bytes(), bytes, b"\r\n0\r\n\r\n"].concat().into()
}
