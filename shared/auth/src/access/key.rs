//! Keys of access tokens, and their public halves as a JWKS.

use crate::secret::{KEY_BYTES, KeyError, KeyMaterial, decode_base64};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The signature algorithm; configuration chooses one, a token never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// Ed25519: only the function that signs people in holds the private key.
    #[default]
    EdDsa,
    /// HMAC-SHA256: whoever can check a token can also make one.
    Hs256,
}

impl Algorithm {
    /// The name in a token's header and in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Hs256 => "HS256",
        }
    }
}

impl FromStr for Algorithm {
    type Err = KeyError;

    fn from_str(name: &str) -> Result<Self, KeyError> {
        [Self::EdDsa, Self::Hs256]
            .into_iter()
            .find(|algorithm| algorithm.as_str().eq_ignore_ascii_case(name))
            .ok_or(KeyError::UnknownAlgorithm)
    }
}

/// A key that signs. Its id is derived from it, so two processes with the same key agree on it.
#[derive(Clone)]
pub struct SigningKey {
    secret: Private,
    public: VerifyingKey,
}

#[derive(Clone)]
enum Private {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Hmac(Hmac<Sha256>),
}

impl SigningKey {
    /// Builds a key: exactly 32 random bytes (the seed) for `EdDSA`, 32 or more for `HS256`.
    pub fn new(algorithm: Algorithm, material: &KeyMaterial) -> Result<Self, KeyError> {
        match algorithm {
            Algorithm::EdDsa => {
                let seed: &[u8; KEY_BYTES] = material
                    .bytes()
                    .try_into()
                    .map_err(|_| KeyError::WrongLength)?;
                let private = ed25519_dalek::SigningKey::from_bytes(seed);
                let public = VerifyingKey::of_point(private.verifying_key())?;
                Ok(Self {
                    secret: Private::Ed25519(Box::new(private)),
                    public,
                })
            }
            Algorithm::Hs256 => {
                let public = VerifyingKey::hmac(material)?;
                Ok(Self {
                    secret: Private::Hmac(keyed(material)?),
                    public,
                })
            }
        }
    }

    /// The key that checks what this one signs.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    pub(super) fn sign(&self, message: &[u8], signature: &mut Vec<u8>) {
        match &self.secret {
            Private::Ed25519(key) => signature.extend_from_slice(&key.sign(message).to_bytes()),
            Private::Hmac(key) => {
                signature
                    .extend_from_slice(&key.clone().chain_update(message).finalize().into_bytes());
            }
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.public.id)
            .finish_non_exhaustive()
    }
}

/// A key that checks signatures of one algorithm.
#[derive(Clone)]
pub struct VerifyingKey {
    id: String,
    check: Check,
}

#[derive(Clone)]
enum Check {
    Ed25519(ed25519_dalek::VerifyingKey),
    Hmac(Hmac<Sha256>),
}

impl VerifyingKey {
    /// The public Ed25519 key as base64 text, as [`VerifyingKey::public_text`] gives it.
    pub fn from_public_text(text: &str) -> Result<Self, KeyError> {
        let bytes = decode_base64(text)?;
        let bytes: &[u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| KeyError::WrongLength)?;
        let point =
            ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::BadPublicKey)?;
        Self::of_point(point)
    }

    /// The shared secret of `HS256`.
    pub fn hmac(material: &KeyMaterial) -> Result<Self, KeyError> {
        let check = keyed(material)?;
        // A MAC under the secret names it without giving anything of it away.
        let name = check
            .clone()
            .chain_update(b"sentry key id")
            .finalize()
            .into_bytes();
        Ok(Self {
            id: URL_SAFE_NO_PAD.encode(&name[..16]),
            check: Check::Hmac(check),
        })
    }

    fn of_point(point: ed25519_dalek::VerifyingKey) -> Result<Self, KeyError> {
        // Under a point of small order one signature fits many messages.
        if point.is_weak() {
            return Err(KeyError::BadPublicKey);
        }
        let x = URL_SAFE_NO_PAD.encode(point.as_bytes());
        // RFC 7638: the members in alphabetical order, nothing else.
        let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
        let id = URL_SAFE_NO_PAD.encode(Sha256::digest(canonical));
        Ok(Self {
            id,
            check: Check::Ed25519(point),
        })
    }

    /// The key's id (`kid`): for Ed25519 its RFC 7638 thumbprint.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The only algorithm this key is used with.
    pub fn algorithm(&self) -> Algorithm {
        match self.check {
            Check::Ed25519(_) => Algorithm::EdDsa,
            Check::Hmac(_) => Algorithm::Hs256,
        }
    }

    /// The public key as text for the configuration of the functions that only check; none for a
    /// shared secret.
    pub fn public_text(&self) -> Option<String> {
        match &self.check {
            Check::Ed25519(point) => Some(URL_SAFE_NO_PAD.encode(point.as_bytes())),
            Check::Hmac(_) => None,
        }
    }

    /// The public key as it is published; a shared secret is not.
    pub fn jwk(&self) -> Option<Jwk> {
        self.public_text().map(|x| Jwk {
            kty: "OKP",
            crv: "Ed25519",
            alg: self.algorithm().as_str(),
            usage: "sig",
            kid: self.id.clone(),
            x,
        })
    }

    pub(super) fn confirms(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.check {
            Check::Ed25519(point) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| point.verify_strict(message, &signature).is_ok()),
            Check::Hmac(key) => key
                .clone()
                .chain_update(message)
                .verify_slice(signature)
                .is_ok(),
        }
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

fn keyed(material: &KeyMaterial) -> Result<Hmac<Sha256>, KeyError> {
    // HMAC takes keys of every length; the error exists only in the trait.
    Hmac::new_from_slice(material.bytes()).map_err(|_| KeyError::WrongLength)
}

/// A public key in the form of RFC 8037.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jwk {
    /// Key type, `OKP`.
    pub kty: &'static str,
    /// Curve, `Ed25519`.
    pub crv: &'static str,
    /// Algorithm, `EdDSA`.
    pub alg: &'static str,
    /// What it is for, `sig`.
    #[serde(rename = "use")]
    pub usage: &'static str,
    /// Key id.
    pub kid: String,
    /// The public key, base64url.
    pub x: String,
}

/// The public keys that are accepted, as served at `/.well-known/jwks.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jwks {
    /// One key, or two while keys rotate; none under a shared secret.
    pub keys: Vec<Jwk>,
}
