//! Access tokens: signed, short-lived, checked without the database.
//!
//! A JWT (RFC 7519) of the profile `at+jwt` with exactly one issuer, us. The few lines of RFC 7515
//! that takes are written here rather than taken from `jsonwebtoken`, for three reasons: that crate
//! reads the system's clock, keeps its cryptography in a process-wide global, and brings RSA and two
//! NIST curves into every function. The tests hold ours against it in both directions.

mod cache;
mod key;
mod signer;
mod verifier;

pub use key::{Algorithm, Jwk, Jwks, SigningKey, VerifyingKey};
pub use signer::{AccessToken, Signer};
pub use verifier::{TokenError, Verifier};

use chrono::{DateTime, TimeDelta, Utc};
use sentry_domain::{SessionId, UserId};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// How long an access token lasts. No longer one is accepted either.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How far the clocks of two machines may be apart.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(5);
/// The type in every header; nothing else that is signed may be used as an access token.
const TOKEN_TYPE: &str = "at+jwt";

/// Who issues the tokens and for whom; part of every token and compared exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Realm {
    /// The `iss` claim: the public URL of the deployment.
    pub issuer: String,
    /// The `aud` claim: the name of the API.
    pub audience: String,
}

/// What a token that was checked says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Whose token it is (`sub`).
    pub user: UserId,
    /// The session it was issued in (`sid`); the tenant transaction refuses a revoked one.
    pub session: SessionId,
    /// The token's own id (`jti`).
    pub id: Uuid,
    /// When it was issued (`iat`), to the second.
    pub issued_at: DateTime<Utc>,
    /// When it ends (`exp`), to the second.
    pub expires_at: DateTime<Utc>,
}

/// The header: three fields, no fourth. `crit`, `jwk`, `jku`, `x5u`, `b64` and whatever else asks
/// for special treatment is refused by not being known.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header<'a> {
    #[serde(borrow)]
    alg: Cow<'a, str>,
    #[serde(borrow)]
    typ: Cow<'a, str>,
    #[serde(borrow)]
    kid: Cow<'a, str>,
}

/// The claims. Unknown ones are passed over, so that a newer function may add some while older ones
/// still run.
#[derive(Serialize, Deserialize)]
struct Claims<'a> {
    #[serde(borrow)]
    iss: Cow<'a, str>,
    #[serde(borrow)]
    aud: Cow<'a, str>,
    #[serde(borrow)]
    sub: Cow<'a, str>,
    sid: Uuid,
    iat: i64,
    exp: i64,
    jti: Uuid,
}
