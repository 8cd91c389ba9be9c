//! Checking of AWS signatures (version 4), in the header and in presigned URLs.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
//!
//! The emulator takes any signature. A presigned URL promises that a browser can
//! put exactly the bytes announced, of the type announced, and only for a while;
//! a machine that does not keep the promise would hide a client's faults. It also
//! keeps web pages and other users of the machine away from the files.

mod canonical;

use axum::http::{HeaderMap, Method, StatusCode, Uri};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use canonical::{canonical_headers, canonical_query, decode, query_pairs, unhex};

pub use canonical::hex;

/// The access key of the one machine. It opens nothing but the loopback emulator.
pub const ACCESS_KEY_ID: &str = "sentry-local";
/// The secret that belongs to it, as public as the key.
pub const SECRET_ACCESS_KEY: &str = "sentry-local-secret";

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// How far the clocks of client and server may be apart.
const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(15);
/// The longest a presigned URL may live, in seconds.
const LONGEST_EXPIRY_SECONDS: i64 = 7 * 24 * 3600;

/// Why a request is refused, with S3's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No signature at all.
    #[error("Access Denied")]
    Unsigned,
    /// A signature from which a part is missing.
    #[error("The signature is missing a part or has one that cannot be read.")]
    Malformed,
    /// Another access key.
    #[error("The AWS Access Key Id you provided does not exist in our records.")]
    UnknownKey,
    /// A presigned URL past its time.
    #[error("Request has expired")]
    Expired,
    /// A signature from another time.
    #[error("The difference between the request time and the current time is too large.")]
    Skewed,
    /// Anything that was signed differs from what was sent.
    #[error("The request signature we calculated does not match the signature you provided.")]
    Mismatch,
}

impl Refused {
    /// The `Code` of the answer.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unsigned | Self::Expired => "AccessDenied",
            Self::Malformed => "AuthorizationQueryParametersError",
            Self::UnknownKey => "InvalidAccessKeyId",
            Self::Skewed => "RequestTimeTooSkewed",
            Self::Mismatch => "SignatureDoesNotMatch",
        }
    }

    /// The HTTP status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            _ => StatusCode::FORBIDDEN,
        }
    }
}

/// What a signature says about itself.
struct Claim {
    /// `<date>/<region>/<service>/aws4_request`
    scope: String,
    access_key: String,
    signed_headers: String,
    signature: String,
    signed_at: DateTime<Utc>,
    /// Of presigned URLs.
    lives_for: Option<TimeDelta>,
    payload_hash: String,
    canonical_query: String,
}

/// Whether the body must be hashed to check the signature. S3's clients send the
/// hash (or say that there is none) in a header, the others only sign it.
pub fn signs_unsent_hash(uri: &Uri, headers: &HeaderMap) -> bool {
    let presigned = uri
        .query()
        .is_some_and(|query| query.contains("X-Amz-Signature="));
    !presigned
        && headers.contains_key("authorization")
        && !headers.contains_key("x-amz-content-sha256")
}

/// Checks the signature of a request; `now` is the server's time, `body` is needed
/// when [`signs_unsent_hash`] says so.
pub fn verify(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Option<&[u8]>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let pairs = query_pairs(uri.query().unwrap_or_default());
    let presigned = pairs.iter().any(|(name, _)| *name == "X-Amz-Signature");
    let claim = if presigned {
        claim_of_query(&pairs)?
    } else {
        claim_of_header(&pairs, headers, body)?
    };
    if claim.access_key != ACCESS_KEY_ID {
        return Err(Refused::UnknownKey);
    }
    check_time(&claim, now)?;
    let headers = canonical_headers(&claim.signed_headers, headers, uri)?;
    let request = format!(
        "{method}\n{}\n{}\n{headers}\n{}\n{}",
        uri.path(),
        claim.canonical_query,
        claim.signed_headers,
        claim.payload_hash
    );
    let to_sign = format!(
        "{ALGORITHM}\n{}\n{}\n{}",
        claim.signed_at.format("%Y%m%dT%H%M%SZ"),
        claim.scope,
        hex(&Sha256::digest(request))
    );
    let mut mac = signing_key(&claim.scope);
    mac.update(to_sign.as_bytes());
    let given = unhex(&claim.signature).ok_or(Refused::Malformed)?;
    mac.verify_slice(&given).map_err(|_| Refused::Mismatch)
}

fn check_time(claim: &Claim, now: DateTime<Utc>) -> Result<(), Refused> {
    let age = now - claim.signed_at;
    match claim.lives_for {
        _ if age < -CLOCK_SKEW => Err(Refused::Skewed),
        Some(lifetime) if age > lifetime => Err(Refused::Expired),
        None if age > CLOCK_SKEW => Err(Refused::Skewed),
        _ => Ok(()),
    }
}

fn claim_of_query(pairs: &[(&str, &str)]) -> Result<Claim, Refused> {
    let get = |name: &str| -> Result<String, Refused> {
        let mut found = pairs.iter().filter(|(key, _)| *key == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => decode(value),
            _ => Err(Refused::Malformed),
        }
    };
    if get("X-Amz-Algorithm")? != ALGORITHM {
        return Err(Refused::Malformed);
    }
    let seconds: i64 = get("X-Amz-Expires")?
        .parse()
        .map_err(|_| Refused::Malformed)?;
    if !(0..=LONGEST_EXPIRY_SECONDS).contains(&seconds) {
        return Err(Refused::Malformed);
    }
    let (access_key, scope) = split_credential(&get("X-Amz-Credential")?)?;
    Ok(Claim {
        access_key,
        scope,
        signed_headers: get("X-Amz-SignedHeaders")?,
        signature: get("X-Amz-Signature")?,
        signed_at: parse_time(&get("X-Amz-Date")?)?,
        lives_for: Some(TimeDelta::seconds(seconds)),
        payload_hash: "UNSIGNED-PAYLOAD".to_owned(),
        canonical_query: canonical_query(pairs),
    })
}

fn claim_of_header(
    pairs: &[(&str, &str)],
    headers: &HeaderMap,
    body: Option<&[u8]>,
) -> Result<Claim, Refused> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let authorization = text("authorization").ok_or(Refused::Unsigned)?;
    let parts = authorization
        .strip_prefix(ALGORITHM)
        .ok_or(Refused::Malformed)?;
    let part = |name: &str| {
        parts
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name))
            .ok_or(Refused::Malformed)
    };
    let (access_key, scope) = split_credential(part("Credential=")?)?;
    let payload_hash = match (text("x-amz-content-sha256"), body) {
        (Some(sent), _) => sent.to_owned(),
        (None, Some(body)) => hex(&Sha256::digest(body)),
        (None, None) => return Err(Refused::Malformed),
    };
    Ok(Claim {
        access_key,
        scope,
        signed_headers: part("SignedHeaders=")?.to_owned(),
        signature: part("Signature=")?.to_owned(),
        signed_at: parse_time(text("x-amz-date").ok_or(Refused::Malformed)?)?,
        lives_for: None,
        payload_hash,
        canonical_query: canonical_query(pairs),
    })
}

fn split_credential(credential: &str) -> Result<(String, String), Refused> {
    let (access_key, scope) = credential.split_once('/').ok_or(Refused::Malformed)?;
    let parts: Vec<&str> = scope.split('/').collect();
    if parts.len() != 4 || parts[3] != "aws4_request" {
        return Err(Refused::Malformed);
    }
    Ok((access_key.to_owned(), scope.to_owned()))
}

fn parse_time(text: &str) -> Result<DateTime<Utc>, Refused> {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ")
        .map(|at| at.and_utc())
        .map_err(|_| Refused::Malformed)
}

fn signing_key(scope: &str) -> Hmac<Sha256> {
    let first = format!("AWS4{SECRET_ACCESS_KEY}").into_bytes();
    let key = scope.split('/').fold(first, |key, part| {
        let mut mac = keyed(&key);
        mac.update(part.as_bytes());
        mac.finalize().into_bytes().to_vec()
    });
    keyed(&key)
}

#[expect(
    clippy::expect_used,
    reason = "HMAC takes keys of any length; its signature cannot say so"
)]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("any length")
}
