//! Values that must not be seen: they are wiped from memory when dropped and never printed.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Deserializer};
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// A password, a token or a key on its way through the program.
///
/// It has no `Display`, no `Serialize` and a `Debug` that shows nothing, so it cannot reach a log or
/// an answer unless somebody writes [`Secret::expose`], which is easy to find in a review.
#[derive(Clone)]
pub struct Secret<T: Zeroize = String>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value itself, for the one place that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self::new(value.to_owned())
    }
}

impl From<String> for Secret<String> {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

/// Why a configured key is refused; none of the sentences repeats the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text is not base64.
    #[error("the key is not base64 text; make one with `openssl rand -base64 32`")]
    NotBase64,
    /// Fewer than 256 bits.
    #[error("the key has {bits} bits, 256 are needed; make one with `openssl rand -base64 32`")]
    TooShort {
        /// How many bits it has.
        bits: usize,
    },
    /// Long enough, but the same few bytes over and over.
    #[error("the key repeats a few bytes; make one with `openssl rand -base64 32`")]
    Repetitive,
    /// An Ed25519 private or public key of any length but 32 bytes.
    #[error("an Ed25519 key has exactly 32 bytes")]
    WrongLength,
    /// Not a point of the curve, or one of the points with which anything verifies.
    #[error("this is no usable Ed25519 public key")]
    BadPublicKey,
    /// The two keys of a rotation are of different algorithms.
    #[error("both token keys must be of the configured algorithm")]
    MixedAlgorithms,
    /// The two keys of a rotation are one.
    #[error("the second token key is the same as the first")]
    SameKey,
    /// The name of an algorithm that is not offered.
    #[error("the token algorithm is EdDSA or HS256")]
    UnknownAlgorithm,
}

/// At least 256 bits that look random: the only thing a key can be made of.
#[derive(Debug, Clone)]
pub struct KeyMaterial(Secret<Vec<u8>>);

/// The fewest bytes of a key: 256 bits.
pub(crate) const KEY_BYTES: usize = 32;

/// Below this many different byte values a key is a pattern, not chance: 32 random bytes have about
/// 30, and fewer than 8 less often than once in 10^30 keys.
const FEWEST_DISTINCT_BYTES: usize = 8;

impl KeyMaterial {
    /// Accepts raw bytes of at least 256 bits.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, KeyError> {
        let bytes = Secret::new(bytes);
        let length = bytes.expose().len();
        if length < KEY_BYTES {
            return Err(KeyError::TooShort { bits: length * 8 });
        }
        let mut seen = [false; 256];
        bytes
            .expose()
            .iter()
            .for_each(|byte| seen[usize::from(*byte)] = true);
        if seen.iter().filter(|present| **present).count() < FEWEST_DISTINCT_BYTES {
            return Err(KeyError::Repetitive);
        }
        Ok(Self(bytes))
    }

    /// Accepts base64 text (either alphabet, with or without padding) of at least 256 bits.
    pub fn from_text(text: &Secret<String>) -> Result<Self, KeyError> {
        decode_base64(text.expose()).and_then(Self::from_bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.expose()
    }
}

/// Reads base64 as people configure it: from `openssl`, from a JWK, with or without padding.
pub(crate) fn decode_base64(text: &str) -> Result<Vec<u8>, KeyError> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let text = text.trim();
    GeneralPurpose::new(&alphabet::URL_SAFE, config)
        .decode(text)
        .or_else(|_| GeneralPurpose::new(&alphabet::STANDARD, config).decode(text))
        .map_err(|_| KeyError::NotBase64)
}
