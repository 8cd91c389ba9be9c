//! The server's key behind refresh tokens, purpose tokens and codes.

use crate::secret::{KeyError, KeyMaterial, Secret};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// Keys the tags and hashes of everything that is stored hashed, so that a dump of the database
/// alone can neither be searched for a six-digit code nor made into a token.
///
/// Rotation: the new key becomes the current one and the old one is given to
/// [`TokenKey::with_previous`] for the 30 days a refresh token may live. Links and codes that are
/// under way at that moment (an hour at most) have to be asked for again.
#[derive(Clone)]
pub struct TokenKey {
    current: Hmac<Sha256>,
    previous: Option<Hmac<Sha256>>,
}

impl TokenKey {
    /// Builds the key from at least 256 bits.
    pub fn new(material: &KeyMaterial) -> Result<Self, KeyError> {
        Ok(Self {
            current: keyed(material)?,
            previous: None,
        })
    }

    /// Goes on accepting refresh and service tokens that were made under the key before.
    pub fn with_previous(self, material: &KeyMaterial) -> Result<Self, KeyError> {
        Ok(Self {
            previous: Some(keyed(material)?),
            ..self
        })
    }

    /// HMAC-SHA256 under the current key over a label and parts.
    pub(crate) fn mac(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        feed(&self.current, label, parts)
            .finalize()
            .into_bytes()
            .into()
    }

    /// 256 bits that nobody without the key can tell, for what is derived instead of stored.
    pub fn derive(&self, label: &str, parts: &[&[u8]]) -> Secret<[u8; 32]> {
        Secret::new(self.mac(label, parts))
    }

    /// Whether `tag` is the beginning of the MAC under the current key or the one before.
    pub(crate) fn confirms(&self, tag: &[u8], label: &str, parts: &[&[u8]]) -> bool {
        std::iter::once(&self.current)
            .chain(&self.previous)
            .any(|key| feed(key, label, parts).verify_truncated_left(tag).is_ok())
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey")
    }
}

fn keyed(material: &KeyMaterial) -> Result<Hmac<Sha256>, KeyError> {
    // HMAC takes keys of every length; the error exists only in the trait.
    Hmac::new_from_slice(material.bytes()).map_err(|_| KeyError::WrongLength)
}

/// Each part goes in behind its length, so that no two lists of parts look alike.
fn feed(key: &Hmac<Sha256>, label: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = key.clone();
    for part in std::iter::once(&label.as_bytes()).chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}
