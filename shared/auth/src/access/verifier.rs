//! Checks access tokens.

use super::cache::Cache;
use super::{Access, Claims, Header, Jwks, LEEWAY, LIFETIME, Realm, TOKEN_TYPE, VerifyingKey};
use crate::secret::KeyError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sentry_domain::{SessionId, UserId};

/// Ours have about 500 bytes; what is longer is not looked at.
const LONGEST_TOKEN_BYTES: usize = 2048;
/// How many checked tokens are remembered unless told otherwise; about 200 bytes each.
const REMEMBERED: usize = 1024;

/// Why a token is refused. For the log: the client learns `expired` or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not three base64url parts, or the header is not exactly `alg`, `typ`, `kid`.
    #[error("the token is malformed")]
    Malformed,
    /// Not an access token.
    #[error("the token is of another type")]
    WrongType,
    /// The key id is of no accepted key.
    #[error("the token's key is not known")]
    UnknownKey,
    /// The header names another algorithm than the key's, `none` among them.
    #[error("the token's algorithm is not the configured one")]
    WrongAlgorithm,
    /// The signature is missing, cut or of something else.
    #[error("the token's signature does not fit")]
    BadSignature,
    /// Signed by us, but without the claims of an access token.
    #[error("the token's claims are not those of an access token")]
    BadClaims,
    /// Of another deployment.
    #[error("the token is of another issuer")]
    WrongIssuer,
    /// For another API.
    #[error("the token is for another audience")]
    WrongAudience,
    /// Issued in the future, or made to last longer than any token of ours.
    #[error("the token's times make no sense")]
    BadTimes,
    /// Was good once.
    #[error("the token has expired")]
    Expired,
}

/// Checks access tokens of one realm against one key, or two while keys rotate.
///
/// Tokens that were found good are remembered by their SHA-256 until they expire, since a client
/// sends the same one for 15 minutes; times are checked again at every use.
#[derive(Debug)]
pub struct Verifier {
    realm: Realm,
    keys: Vec<VerifyingKey>,
    cache: Cache,
}

impl Verifier {
    /// A verifier that accepts one key.
    pub fn new(realm: Realm, key: VerifyingKey) -> Self {
        Self {
            realm,
            keys: vec![key],
            cache: Cache::new(REMEMBERED),
        }
    }

    /// Also accepts a second key: the next one before a rotation, the former one for 15 minutes
    /// after it. It must be another key of the same algorithm.
    pub fn also_accept(mut self, key: VerifyingKey) -> Result<Self, KeyError> {
        if self
            .keys
            .iter()
            .any(|known| known.algorithm() != key.algorithm())
        {
            return Err(KeyError::MixedAlgorithms);
        }
        if self.keys.iter().any(|known| known.id() == key.id()) {
            return Err(KeyError::SameKey);
        }
        self.keys.truncate(1);
        self.keys.push(key);
        Ok(self)
    }

    /// Remembers up to this many checked tokens; 0 for none.
    #[must_use]
    pub fn remembering(self, tokens: usize) -> Self {
        Self {
            cache: Cache::new(tokens),
            ..self
        }
    }

    /// The public keys it accepts, to be published.
    pub fn jwks(&self) -> Jwks {
        Jwks {
            keys: self.keys.iter().filter_map(VerifyingKey::jwk).collect(),
        }
    }

    /// Checks a token at the time `now`. Whether its session still stands is for the database to
    /// say.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Access, TokenError> {
        if token.len() > LONGEST_TOKEN_BYTES {
            return Err(TokenError::Malformed);
        }
        let access = self.cache.get_or_check(token, || self.check(token))?;
        check_times(&access, now)?;
        Ok(access)
    }

    /// Everything about a token that does not change with time, the signature before the claims.
    fn check(&self, token: &str) -> Result<Access, TokenError> {
        let (message, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(TokenError::Malformed)?;
        let key = self.key_for(&decode(header)?)?;
        let signature = decode(signature)?;
        if !key.confirms(message.as_bytes(), &signature) {
            return Err(TokenError::BadSignature);
        }
        self.read_claims(&decode(claims)?)
    }

    fn key_for(&self, header: &[u8]) -> Result<&VerifyingKey, TokenError> {
        let header: Header = serde_json::from_slice(header).map_err(|_| TokenError::Malformed)?;
        if header.typ != TOKEN_TYPE {
            return Err(TokenError::WrongType);
        }
        // The id chooses the key and the key its algorithm; what the header says of the algorithm
        // can only make the token worse.
        let key = self
            .keys
            .iter()
            .find(|key| key.id() == header.kid)
            .ok_or(TokenError::UnknownKey)?;
        if header.alg != key.algorithm().as_str() {
            return Err(TokenError::WrongAlgorithm);
        }
        Ok(key)
    }

    fn read_claims(&self, claims: &[u8]) -> Result<Access, TokenError> {
        let claims: Claims = serde_json::from_slice(claims).map_err(|_| TokenError::BadClaims)?;
        if claims.iss != self.realm.issuer {
            return Err(TokenError::WrongIssuer);
        }
        if claims.aud != self.realm.audience {
            return Err(TokenError::WrongAudience);
        }
        let time = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::BadClaims);
        Ok(Access {
            user: UserId(claims.sub.parse().map_err(|_| TokenError::BadClaims)?),
            session: SessionId(claims.sid),
            id: claims.jti,
            issued_at: time(claims.iat)?,
            expires_at: time(claims.exp)?,
        })
    }
}

fn decode(part: &str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| TokenError::Malformed)
}

fn check_times(access: &Access, now: DateTime<Utc>) -> Result<(), TokenError> {
    let lifetime = access.expires_at - access.issued_at;
    if lifetime > LIFETIME || access.issued_at > now + LEEWAY {
        return Err(TokenError::BadTimes);
    }
    if now >= access.expires_at + LEEWAY {
        return Err(TokenError::Expired);
    }
    Ok(())
}
