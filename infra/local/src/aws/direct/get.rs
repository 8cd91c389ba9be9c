//! Reading an object, or a part of it, from its file.

use std::io::SeekFrom;

use awsim_core::{AwsError, Body as Stored};
use awsim_s3::state::S3Object;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::{not_stored, refused};

/// Answers with the object, or with the range the headers ask for.
pub async fn get(object: S3Object, headers: &HeaderMap) -> Result<Response, AwsError> {
    let Stored::OnDisk(path) = &object.body else {
        return Err(AwsError::internal("the object has no file"));
    };
    let mut file = tokio::fs::File::open(path)
        .await
        .map_err(|error| not_stored(&error))?;
    let total = file
        .metadata()
        .await
        .map_err(|error| not_stored(&error))?
        .len();
    let asked = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok())
        .and_then(|range| range_of(range, total));
    let (status, first, length) = match asked {
        Some(Ok((first, last))) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Some(Err(())) => return Err(refused(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange")),
        None => (StatusCode::OK, 0, total),
    };
    file.seek(SeekFrom::Start(first))
        .await
        .map_err(|error| not_stored(&error))?;
    let mut response = Response::new(Body::from_stream(ReaderStream::with_capacity(
        file.take(length),
        256 * 1024,
    )));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, &object.content_type);
    set(header::CONTENT_LENGTH, &length.to_string());
    set(header::ETAG, &object.etag);
    set(header::LAST_MODIFIED, &object.last_modified);
    set(header::ACCEPT_RANGES, "bytes");
    if status == StatusCode::PARTIAL_CONTENT {
        set(
            header::CONTENT_RANGE,
            &format!("bytes {first}-{}/{total}", first + length - 1),
        );
    }
    let optional = [
        (header::CACHE_CONTROL, &object.cache_control),
        (header::CONTENT_DISPOSITION, &object.content_disposition),
        (header::CONTENT_ENCODING, &object.content_encoding),
        (header::CONTENT_LANGUAGE, &object.content_language),
        (header::EXPIRES, &object.expires),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            set(name, value);
        }
    }
    for (name, value) in &object.metadata {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            set(name, value);
        }
    }
    Ok(response)
}

/// The first and last byte of a range; `None` for one that RFC 9110 lets a server ignore.
fn range_of(range: &str, total: u64) -> Option<Result<(u64, u64), ()>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    if total == 0 {
        return None;
    }
    let bounds = if first.is_empty() {
        let suffix: u64 = last.parse().ok()?;
        if suffix == 0 {
            return Some(Err(()));
        }
        (total.saturating_sub(suffix), total - 1)
    } else {
        let last = if last.is_empty() {
            u64::MAX
        } else {
            last.parse().ok()?
        };
        (first.parse().ok()?, last.min(total - 1))
    };
    if bounds.0 >= total {
        return Some(Err(()));
    }
    // A last byte before the first makes the whole header invalid.
    (bounds.0 <= bounds.1).then_some(Ok(bounds))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranges_mean_what_rfc_9110_says() {
        assert_eq!(range_of("bytes=0-4", 10), Some(Ok((0, 4))));
        assert_eq!(range_of("bytes=7-", 10), Some(Ok((7, 9))));
        assert_eq!(range_of("bytes=7-99", 10), Some(Ok((7, 9))));
        assert_eq!(range_of("bytes=-3", 10), Some(Ok((7, 9))));
        assert_eq!(range_of("bytes=-30", 10), Some(Ok((0, 9))));
        assert_eq!(range_of("bytes=10-", 10), Some(Err(())));
        assert_eq!(range_of("bytes=-0", 10), Some(Err(())));
        for ignored in ["bytes=5-2", "lines=1-2", "bytes=1-2,4-5", "bytes=a-b", ""] {
            assert_eq!(range_of(ignored, 10), None, "{ignored}");
        }
    }

    proptest! {
        #[test]
        fn a_range_lies_within_the_object(range in "bytes=[0-9]{0,3}-[0-9]{0,3}", total in 0_u64..300) {
            if let Some(Ok((first, last))) = range_of(&range, total) {
                prop_assert!(first <= last && last < total);
            }
        }
    }
}
