//! JSON bodies, read strictly.

use crate::wording::readable;
use crate::write::IdempotencyKey;
use crate::{ApiError, FieldError};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, IF_MATCH};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// More than any JSON input of the API needs, and less than a Lambda payload.
const MAX_BYTES: usize = 1024 * 1024;

/// A JSON body with what belongs to it: the `Idempotency-Key` and the version in `If-Match`.
///
/// Unknown fields are refused by the types themselves (`deny_unknown_fields`). An empty body
/// reads as `{}`, so that actions without input need none.
#[derive(Debug)]
pub struct Body<T> {
    /// The parsed input.
    pub value: T,
    /// Present when the client wants the write to happen once.
    pub idempotency: Option<IdempotencyKey>,
    /// The version the client has seen, from `If-Match`.
    pub if_match: Option<i32>,
}

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let bytes =
            axum::body::to_bytes(body, MAX_BYTES)
                .await
                .map_err(|_| ApiError::TooLarge {
                    limit_bytes: MAX_BYTES as u64,
                })?;
        if !bytes.is_empty() && !is_json(&parts.headers) {
            return Err(ApiError::UnsupportedMediaType(
                "send JSON with Content-Type: application/json".to_owned(),
            ));
        }
        let idempotency = IdempotencyKey::read(&parts.headers, &parts.method, &parts.uri, &bytes)?;
        let if_match = if_match(&parts.headers)?;
        Ok(Self {
            value: parse_json(&bytes)?,
            idempotency,
            if_match,
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let essence = value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn if_match(headers: &HeaderMap) -> Result<Option<i32>, ApiError> {
    let Some(value) = headers.get(IF_MATCH) else {
        return Ok(None);
    };
    let value = value.to_str().unwrap_or_default().trim();
    if value == "*" {
        return Ok(None);
    }
    value
        .trim_start_matches("W/")
        .trim_matches('"')
        .parse()
        .map(Some)
        .map_err(|_| ApiError::field("If-Match", "must be the version of what you have read"))
}

/// Reads JSON: 400 when it is not JSON at all, 422 with the field when it does not fit.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let bytes = if bytes.iter().all(u8::is_ascii_whitespace) {
        b"{}"
    } else {
        bytes
    };
    refuse_depth(bytes)?;
    refuse_nul(bytes)?;
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            ApiError::Invalid(vec![FieldError::new(
                if field == "." { String::new() } else { field },
                readable(&inner.to_string()),
            )])
        } else {
            ApiError::Malformed(format!("the body is not valid JSON: {inner}"))
        }
    })?;
    json.end()
        .map_err(|error| ApiError::Malformed(format!("the body is not valid JSON: {error}")))?;
    Ok(value)
}

/// Deeper than any input of the API, and far less than what exhausts a stack.
const MAX_DEPTH: usize = 32;

/// Counts brackets outside strings: cheaper than building what is refused anyway.
fn refuse_depth(bytes: &[u8]) -> Result<(), ApiError> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(ApiError::Malformed(format!(
                        "the body is nested more than {MAX_DEPTH} deep"
                    )));
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// PostgreSQL's text cannot hold U+0000, and nothing a person types does.
fn refuse_nul(bytes: &[u8]) -> Result<(), ApiError> {
    if !bytes.windows(6).any(|window| window == b"\\u0000") {
        return Ok(());
    }
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) if has_nul(&value) => Err(ApiError::field(
            "",
            "text must not contain the character U+0000",
        )),
        _ => Ok(()),
    }
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(key, value)| key.contains('\0') || has_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Input {
        #[expect(dead_code, reason = "only its parsing matters")]
        count: Option<u8>,
    }

    #[test]
    fn what_is_not_json_is_400_and_what_does_not_fit_is_422() {
        for body in ["{", "nope", r#"{"count":1} x"#, "\u{0}"] {
            assert!(
                matches!(
                    parse_json::<Input>(body.as_bytes()),
                    Err(ApiError::Malformed(_))
                ),
                "{body}"
            );
        }
        for body in [
            r#"{"count":300}"#,
            r#"{"cuont":1}"#,
            "[]",
            "7",
            r#"{"count":"\u0000"}"#,
        ] {
            assert!(
                matches!(
                    parse_json::<Input>(body.as_bytes()),
                    Err(ApiError::Invalid(_))
                ),
                "{body}"
            );
        }
        assert!(parse_json::<Input>(b" ").is_ok());
        let deep = |depth| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse_json::<Value>(deep(32).as_bytes()).is_ok());
        assert!(parse_json::<Value>(deep(33).as_bytes()).is_err());
        let brackets = format!("{{\"text\":\"{}\\\"[\"}}", "[{".repeat(100));
        assert!(parse_json::<Value>(brackets.as_bytes()).is_ok());
        // A backslash followed by "u0000" is not a NUL.
        assert!(parse_json::<Value>(br#"{"path":"C:\\u0000"}"#).is_ok());
    }
}
