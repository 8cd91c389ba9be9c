//! Issues access tokens.

use super::{Access, Claims, Header, LIFETIME, Realm, SigningKey, TOKEN_TYPE};
use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, SubsecRound, Utc};
use sentry_domain::{SessionId, UserId};
use serde_json::json;
use std::borrow::Cow;
use uuid::Uuid;

/// Issues access tokens of one realm under one key.
#[derive(Debug, Clone)]
pub struct Signer {
    realm: Realm,
    key: SigningKey,
    /// The same for every token of a key.
    encoded_header: String,
}

/// A token just issued.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The text for the `Authorization` header.
    pub text: Secret,
    /// What it says.
    pub access: Access,
}

impl Signer {
    /// A signer for the realm.
    pub fn new(realm: Realm, key: SigningKey) -> Self {
        let public = key.verifying_key();
        let header = json!(Header {
            alg: Cow::Borrowed(public.algorithm().as_str()),
            typ: Cow::Borrowed(TOKEN_TYPE),
            kid: Cow::Borrowed(public.id()),
        });
        let encoded_header = URL_SAFE_NO_PAD.encode(header.to_string());
        Self {
            realm,
            key,
            encoded_header,
        }
    }

    /// Issues a token that lasts [`LIFETIME`] from `now`; `id` is a fresh random id.
    pub fn sign(
        &self,
        user: UserId,
        session: SessionId,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> AccessToken {
        let issued_at = now.trunc_subsecs(0);
        let access = Access {
            user,
            session,
            id,
            issued_at,
            expires_at: issued_at + LIFETIME,
        };
        let claims = json!(Claims {
            iss: Cow::Borrowed(&self.realm.issuer),
            aud: Cow::Borrowed(&self.realm.audience),
            sub: Cow::Owned(user.0.to_string()),
            sid: session.0,
            iat: access.issued_at.timestamp(),
            exp: access.expires_at.timestamp(),
            jti: id,
        });
        let mut text = self.encoded_header.clone();
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(claims.to_string(), &mut text);
        let mut signature = Vec::with_capacity(64);
        self.key.sign(text.as_bytes(), &mut signature);
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut text);
        AccessToken {
            text: Secret::new(text),
            access,
        }
    }
}
