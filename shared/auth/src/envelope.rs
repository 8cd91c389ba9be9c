//! Envelope encryption: secrets that must be read again are sealed with a data key per person, and
//! the data keys are wrapped by a key of the deployment that the database never sees.
//!
//! AES-256-GCM throughout. To replace the deployment's key, only the data keys are wrapped anew;
//! to forget a person, only their data key has to go.

use crate::secret::{KEY_BYTES, KeyError, KeyMaterial, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sentry_domain::UserId;
use sha2::{Digest, Sha256};
use std::fmt;

/// Bytes of chance for one sealing. Chosen at random: one key seals far fewer than 2^32 texts.
pub const NONCE_BYTES: usize = NONCE_LEN;
const VERSION: u8 = 1;

/// A sealed text was changed, belongs somewhere else, or its key is not at hand. Says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is sealed cannot be opened")]
pub struct Unopenable;

/// The keys of the deployment: one that wraps, and while they rotate one that still unwraps.
#[derive(Clone)]
pub struct MasterKeys {
    current: Master,
    previous: Option<Master>,
}

#[derive(Clone)]
struct Master {
    id: String,
    key: Secret<[u8; KEY_BYTES]>,
}

/// A data key as its row keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// Names the key that wraps it.
    pub key_id: String,
    /// The sealed key.
    pub bytes: Vec<u8>,
}

impl MasterKeys {
    /// Builds the keys from at least 256 bits.
    pub fn new(material: &KeyMaterial) -> Self {
        Self {
            current: Master::new(material),
            previous: None,
        }
    }

    /// Goes on unwrapping what the key before has wrapped.
    pub fn with_previous(self, material: &KeyMaterial) -> Result<Self, KeyError> {
        let previous = Master::new(material);
        if previous.id == self.current.id {
            return Err(KeyError::SameKey);
        }
        Ok(Self {
            previous: Some(previous),
            ..self
        })
    }

    /// The name of the key that wraps now: rows with another one are to be wrapped anew.
    pub fn current_id(&self) -> &str {
        &self.current.id
    }

    /// Wraps a data key for its owner's row.
    pub fn wrap(&self, owner: UserId, key: &DataKey, nonce: [u8; NONCE_BYTES]) -> Wrapped {
        Wrapped {
            key_id: self.current.id.clone(),
            bytes: seal(
                self.current.key.expose(),
                &bound("data key", owner),
                key.0.expose(),
                nonce,
            ),
        }
    }

    /// Unwraps the data key of a row.
    pub fn unwrap(&self, owner: UserId, wrapped: &Wrapped) -> Result<DataKey, Unopenable> {
        let master = std::iter::once(&self.current)
            .chain(&self.previous)
            .find(|master| master.id == wrapped.key_id)
            .ok_or(Unopenable)?;
        let bytes = open(
            master.key.expose(),
            &bound("data key", owner),
            &wrapped.bytes,
        )?;
        let key = bytes
            .expose()
            .as_slice()
            .try_into()
            .map_err(|_| Unopenable)?;
        Ok(DataKey(Secret::new(key)))
    }
}

impl Master {
    fn new(material: &KeyMaterial) -> Self {
        // Whatever the length of the material, the cipher's key has its own, and so has its name.
        let key: [u8; KEY_BYTES] = Sha256::new()
            .chain_update("sentry data key encryption")
            .chain_update(material.bytes())
            .finalize()
            .into();
        let name = Sha256::new()
            .chain_update("sentry data key name")
            .chain_update(key)
            .finalize();
        Self {
            id: URL_SAFE_NO_PAD.encode(&name[..9]),
            key: Secret::new(key),
        }
    }
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MasterKeys")
            .field("current", &self.current.id)
            .finish_non_exhaustive()
    }
}

/// The key that one person's secrets are sealed with.
#[derive(Clone)]
pub struct DataKey(Secret<[u8; KEY_BYTES]>);

impl DataKey {
    /// A new key; `random` comes from a cryptographic source.
    pub fn new(random: [u8; KEY_BYTES]) -> Self {
        Self(Secret::new(random))
    }

    /// Seals a text for the column that `label` names: it opens nowhere else.
    pub fn seal(
        &self,
        owner: UserId,
        label: &str,
        plain: &[u8],
        nonce: [u8; NONCE_BYTES],
    ) -> Vec<u8> {
        seal(self.0.expose(), &bound(label, owner), plain, nonce)
    }

    /// Opens what [`DataKey::seal`] made.
    pub fn open(
        &self,
        owner: UserId,
        label: &str,
        sealed: &[u8],
    ) -> Result<Secret<Vec<u8>>, Unopenable> {
        open(self.0.expose(), &bound(label, owner), sealed)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}

/// What a sealed text is bound to: a row copied to somebody else's does not open there.
fn bound(label: &str, owner: UserId) -> Vec<u8> {
    let mut bytes = owner.0.to_be_bytes().to_vec();
    bytes.extend_from_slice(label.as_bytes());
    bytes
}

/// Version, nonce, then the encrypted text with its tag.
fn seal(key: &[u8; KEY_BYTES], aad: &[u8], plain: &[u8], nonce: [u8; NONCE_BYTES]) -> Vec<u8> {
    let mut text = plain.to_vec();
    let sealed = cipher(key).and_then(|cipher| {
        cipher
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad),
                &mut text,
            )
            .map_err(|_| Unopenable)
    });
    // Only texts of gigabytes fail; an empty result opens nowhere and holds nothing in the clear.
    if sealed.is_err() {
        return Vec::new();
    }
    let mut out = vec![VERSION];
    out.extend_from_slice(&nonce);
    out.append(&mut text);
    out
}

fn open(key: &[u8; KEY_BYTES], aad: &[u8], sealed: &[u8]) -> Result<Secret<Vec<u8>>, Unopenable> {
    let (version, rest) = sealed.split_first().ok_or(Unopenable)?;
    let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(Unopenable)?;
    if *version != VERSION {
        return Err(Unopenable);
    }
    let mut text = text.to_vec();
    let length = cipher(key)?
        .open_in_place(
            Nonce::assume_unique_for_key(*nonce),
            Aad::from(aad),
            &mut text,
        )
        .map_err(|_| Unopenable)?
        .len();
    text.truncate(length);
    Ok(Secret::new(text))
}

fn cipher(key: &[u8; KEY_BYTES]) -> Result<LessSafeKey, Unopenable> {
    UnboundKey::new(&AES_256_GCM, key)
        .map(LessSafeKey::new)
        .map_err(|_| Unopenable)
}
