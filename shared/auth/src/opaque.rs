//! Tokens that mean nothing outside the database: an id to find the row and 256 secret bits.

use crate::secret::Secret;
use crate::token_key::TokenKey;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::marker::PhantomData;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

const ID_BYTES: usize = 16;
const SECRET_BYTES: usize = 32;
const TAG_BYTES: usize = 16;
const TOKEN_BYTES: usize = ID_BYTES + SECRET_BYTES + TAG_BYTES;
/// 64 bytes as base64url without padding.
const ENCODED_BYTES: usize = 86;

/// Not a token of this kind, or not one of ours. Says no more: the caller answers 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a valid token")]
pub struct InvalidToken;

/// What is stored of a token or code: 32 bytes, compared in constant time.
#[derive(Clone, Copy, Eq)]
pub struct TokenHash(pub(crate) [u8; 32]);

impl TokenHash {
    /// The bytes for the database column.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<&[u8]> for TokenHash {
    type Error = InvalidToken;

    fn try_from(stored: &[u8]) -> Result<Self, InvalidToken> {
        stored.try_into().map(Self).map_err(|_| InvalidToken)
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash")
    }
}

/// What sets one kind of opaque token apart from the others.
pub trait Kind {
    /// How its text begins, so that people and secret scanners recognise a leaked one.
    const PREFIX: &'static str;
}

/// An opaque token: prefix, row id, 256 secret bits and a tag.
///
/// The tag (128 bits of HMAC) is checked without the database. So garbage costs no statement, and
/// whoever merely knows the id of a session cannot make up an "old" token and have the session
/// ended for replay: what parses was once issued by us.
#[derive(Clone)]
pub struct OpaqueToken<K: Kind> {
    id: Uuid,
    secret: Secret<[u8; SECRET_BYTES]>,
    kind: PhantomData<K>,
}

impl<K: Kind> OpaqueToken<K> {
    /// A new token for the row `id`; `random` comes from a cryptographic source.
    pub fn new(id: Uuid, random: [u8; SECRET_BYTES]) -> Self {
        Self {
            id,
            secret: Secret::new(random),
            kind: PhantomData,
        }
    }

    /// The row the token belongs to.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The text to give to the client, once.
    pub fn encode(&self, key: &TokenKey) -> Secret {
        let mut bytes = Zeroizing::new([0_u8; TOKEN_BYTES]);
        let tag = key.mac(K::PREFIX, &[self.id.as_bytes(), self.secret.expose()]);
        bytes[..ID_BYTES].copy_from_slice(self.id.as_bytes());
        bytes[ID_BYTES..ID_BYTES + SECRET_BYTES].copy_from_slice(self.secret.expose());
        bytes[ID_BYTES + SECRET_BYTES..].copy_from_slice(&tag[..TAG_BYTES]);
        let mut text = String::with_capacity(K::PREFIX.len() + ENCODED_BYTES);
        text.push_str(K::PREFIX);
        URL_SAFE_NO_PAD.encode_string(&bytes[..], &mut text);
        Secret::new(text)
    }

    /// Reads a token from a client and checks that we issued it. Whether it is still good is for
    /// the row to say.
    pub fn parse(text: &str, key: &TokenKey) -> Result<Self, InvalidToken> {
        let encoded = text.strip_prefix(K::PREFIX).ok_or(InvalidToken)?;
        if encoded.len() != ENCODED_BYTES {
            return Err(InvalidToken);
        }
        let bytes = Secret::new(URL_SAFE_NO_PAD.decode(encoded).map_err(|_| InvalidToken)?);
        let (id, rest) = bytes
            .expose()
            .split_at_checked(ID_BYTES)
            .ok_or(InvalidToken)?;
        let (secret, tag) = rest.split_at_checked(SECRET_BYTES).ok_or(InvalidToken)?;
        if !key.confirms(tag, K::PREFIX, &[id, secret]) {
            return Err(InvalidToken);
        }
        Ok(Self::new(
            Uuid::from_slice(id).map_err(|_| InvalidToken)?,
            secret.try_into().map_err(|_| InvalidToken)?,
        ))
    }

    /// What the row keeps: SHA-256 over kind, id and secret. No key is needed, nobody can search
    /// 256 random bits; and a rotated key leaves stored hashes valid.
    pub fn hash(&self) -> TokenHash {
        let digest = Sha256::new()
            .chain_update(K::PREFIX)
            .chain_update(self.id.as_bytes())
            .chain_update(self.secret.expose())
            .finalize();
        TokenHash(digest.into())
    }

    /// A second value that goes along with this very token, and tells nothing about it.
    pub fn companion(&self, label: &str) -> Secret<[u8; 32]> {
        let digest = Sha256::new()
            .chain_update(label)
            .chain_update([0])
            .chain_update(K::PREFIX)
            .chain_update(self.id.as_bytes())
            .chain_update(self.secret.expose())
            .finalize();
        Secret::new(digest.into())
    }

    pub(crate) fn secret(&self) -> &[u8; SECRET_BYTES] {
        self.secret.expose()
    }
}

impl<K: Kind> fmt::Debug for OpaqueToken<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(K::PREFIX)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
