//! Files on the short way: from the socket to the disk and back, without being held in memory.
//!
//! The emulator reads a whole body and encodes it several times over, also for
//! a range of a few bytes. Plain `PUT`s and `GET`s, which is what presigned URLs
//! and workers send, are served here; anything with more to it goes on to the emulator.

mod get;

use std::sync::Arc;

use awsim_chaos::ChaosEngine;
use awsim_core::{AwsError, Body as Stored, RequestContext};
use awsim_s3::state::S3Object;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use md5::{Digest, Md5};
use percent_encoding::percent_decode_str;
use sha2::Sha256;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;

use super::objects::Objects;
use super::signature::hex;
use super::{LARGEST_BODY_BYTES, REGION, now};

const METADATA: &str = "x-amz-meta-";

/// Headers of S3's own that do not change what a plain request means.
const HARMLESS: [&str; 6] = [
    "x-amz-checksum-mode",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-user-agent",
    "x-amz-sdk-checksum-algorithm",
];

struct Place {
    bucket: String,
    key: String,
}

/// Serves plain writes and reads of objects on disk, and hands everything else on.
/// So is everything while faults are injected: that is the emulator's part.
pub async fn serve(
    State((objects, faults)): State<(Arc<Objects>, Arc<ChaosEngine>)>,
    request: Request,
    next: Next,
) -> Response {
    let short = objects.keeps_files() && faults.rules().is_empty();
    if !short || !is_plain(request.headers()) {
        return next.run(request).await;
    }
    let Some(place) = place_of(request.uri()) else {
        return next.run(request).await;
    };
    let result = match *request.method() {
        Method::PUT if objects.has_bucket(&place.bucket) => put(&objects, place, request).await,
        Method::GET => match objects.find(&place.bucket, &place.key) {
            Some(object) => get::get(object, request.headers()).await,
            None => return next.run(request).await,
        },
        _ => return next.run(request).await,
    };
    result.unwrap_or_else(|error| failure(&error))
}

/// Whether no header asks for more than storing or returning the bytes.
fn is_plain(headers: &HeaderMap) -> bool {
    let streamed = headers
        .get("x-amz-content-sha256")
        .is_some_and(|hash| hash.as_bytes().starts_with(b"STREAMING"));
    let special = [
        "content-encoding",
        "content-md5",
        "if-match",
        "if-none-match",
        "if-modified-since",
        "if-unmodified-since",
    ];
    !streamed
        && headers.keys().all(|name| {
            let name = name.as_str();
            !special.contains(&name)
                && (!name.starts_with("x-amz-")
                    || name.starts_with(METADATA)
                    || HARMLESS.contains(&name))
        })
}

/// Whether a request is about an object itself, not about something beside it.
pub fn is_object(uri: &Uri) -> bool {
    place_of(uri).is_some()
}

/// The object a request is about; `None` when its query asks for something beside it.
fn place_of(uri: &Uri) -> Option<Place> {
    let mut pairs = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty());
    if !pairs.all(|pair| pair.starts_with("X-Amz-") || pair.starts_with("x-id=")) {
        return None;
    }
    let path = percent_decode_str(uri.path()).decode_utf8().ok()?;
    let (bucket, key) = path.strip_prefix('/')?.split_once('/')?;
    // S3's limits for keys, which the emulator explains.
    if bucket.is_empty() || key.is_empty() || key.len() > 1024 {
        return None;
    }
    Some(Place {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
    })
}

async fn put(objects: &Objects, place: Place, request: Request) -> Result<Response, AwsError> {
    let (parts, body) = request.into_parts();
    let text = |name: HeaderName| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let announced = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    let announced =
        announced.ok_or_else(|| refused(StatusCode::LENGTH_REQUIRED, "MissingContentLength"))?;
    if announced > LARGEST_BODY_BYTES as u64 {
        return Err(refused(StatusCode::BAD_REQUEST, "EntityTooLarge"));
    }
    let file = objects.new_file().map_err(|error| not_stored(&error))?;
    let signed_hash =
        text(HeaderName::from_static("x-amz-content-sha256")).filter(|hash| hash.len() == 64);
    let etag = receive(body, &file, announced, signed_hash.as_deref()).await?;
    let metadata = parts
        .headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with(METADATA));
    let object = S3Object {
        key: place.key,
        // The place is given by `store`, which moves the file there.
        body: Stored::InMemory(Vec::new()),
        content_type: text(header::CONTENT_TYPE)
            .unwrap_or_else(|| "application/octet-stream".to_owned()),
        content_length: announced,
        etag: etag.clone(),
        last_modified: now().format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
        metadata: metadata
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect(),
        version_id: None,
        tags: std::collections::HashMap::new(),
        content_encoding: None,
        cache_control: text(header::CACHE_CONTROL),
        content_disposition: text(header::CONTENT_DISPOSITION),
        content_language: text(header::CONTENT_LANGUAGE),
        expires: text(header::EXPIRES),
        checksum_algorithm: None,
        checksum_value: None,
        sse_algorithm: None,
        sse_kms_key_id: None,
        sse_customer_algorithm: None,
        sse_customer_key_md5: None,
        is_delete_marker: false,
    };
    objects
        .store(
            &place.bucket,
            object,
            file,
            &RequestContext::new("s3", REGION),
        )
        .await?;
    Ok([(header::ETAG, etag)].into_response())
}

/// Writes the body to `file` and returns its `ETag`.
async fn receive(
    body: Body,
    file: &NamedTempFile,
    announced: u64,
    signed_hash: Option<&str>,
) -> Result<String, AwsError> {
    let handle = file.reopen().map_err(|error| not_stored(&error))?;
    let mut writer =
        tokio::io::BufWriter::with_capacity(256 * 1024, tokio::fs::File::from_std(handle));
    let (mut md5, mut sha256, mut received) = (Md5::new(), Sha256::new(), 0_u64);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = next_chunk(&mut chunks).await? {
        received += chunk.len() as u64;
        md5.update(&chunk);
        if signed_hash.is_some() {
            sha256.update(&chunk);
        }
        writer
            .write_all(&chunk)
            .await
            .map_err(|error| not_stored(&error))?;
    }
    writer.flush().await.map_err(|error| not_stored(&error))?;
    if received != announced {
        return Err(refused(StatusCode::BAD_REQUEST, "IncompleteBody"));
    }
    if signed_hash.is_some_and(|signed| signed != hex(&sha256.finalize())) {
        return Err(refused(
            StatusCode::BAD_REQUEST,
            "XAmzContentSHA256Mismatch",
        ));
    }
    Ok(format!("\"{}\"", hex(&md5.finalize())))
}

async fn next_chunk(
    chunks: &mut axum::body::BodyDataStream,
) -> Result<Option<axum::body::Bytes>, AwsError> {
    let next = std::future::poll_fn(|context| {
        let chunks = std::pin::Pin::new(&mut *chunks);
        futures_core::Stream::poll_next(chunks, context)
    });
    next.await
        .transpose()
        .map_err(|_| refused(StatusCode::BAD_REQUEST, "IncompleteBody"))
}

fn refused(status: StatusCode, code: &str) -> AwsError {
    let mut error = AwsError::bad_request(code, code);
    error.status = status;
    error
}

fn not_stored(error: &std::io::Error) -> AwsError {
    AwsError::internal(format!("the file cannot be read or written: {error}"))
}

fn failure(error: &AwsError) -> Response {
    let (code, message) = (&error.code, &error.message);
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    (
        error.status,
        [(header::CONTENT_TYPE, "application/xml")],
        body,
    )
        .into_response()
}
