//! Codes of an authenticator app (RFC 6238): six digits from a shared secret and the time.

use crate::secret::Secret;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::fmt;
use subtle::ConstantTimeEq;

/// For how long a code is shown, in seconds.
pub const STEP_SECONDS: i64 = 30;
/// How many steps a clock may be off, to either side.
const TOLERANCE: i64 = 1;
const SECRET_BYTES: usize = 20;
const CODES: u32 = 1_000_000;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The secret that a person's app and the server share: 160 bits, as RFC 4226 recommends.
#[derive(Clone)]
pub struct TotpSecret(Secret<[u8; SECRET_BYTES]>);

impl TotpSecret {
    /// A new secret; `random` comes from a cryptographic source.
    pub fn new(random: [u8; SECRET_BYTES]) -> Self {
        Self(Secret::new(random))
    }

    /// The secret in its stored form, which the caller seals.
    pub fn bytes(&self) -> &[u8] {
        self.0.expose()
    }

    /// Reads the stored form; none when it has another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    /// The secret as base32 for typing into an app.
    pub fn base32(&self) -> Secret {
        let mut text = String::with_capacity(SECRET_BYTES * 8 / 5);
        // 20 bytes are four groups of five, each of eight letters.
        for group in self.0.expose().chunks(5) {
            let bits = group
                .iter()
                .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            for place in (0..8).rev() {
                let letter = usize::try_from(bits >> (5 * place) & 31).unwrap_or_default();
                text.push(char::from(ALPHABET[letter]));
            }
        }
        Secret::new(text)
    }

    /// What an app reads from a QR code. `account` is percent-encoded here.
    pub fn uri(&self, issuer: &str, account: &str) -> Secret {
        let (issuer, account) = (encoded(issuer), encoded(account));
        Secret::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP_SECONDS}",
            self.base32().expose()
        ))
    }

    /// The time step whose code was typed, if it is one of those around `now` and later than
    /// `last_step`. The caller stores it, so that no code is good twice.
    pub fn accept(&self, typed: &str, last_step: i64, now: DateTime<Utc>) -> Option<i64> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let current = now.timestamp().div_euclid(STEP_SECONDS);
        let mut accepted = None;
        for step in current - TOLERANCE..=current + TOLERANCE {
            let right: bool = self.code(step).as_bytes().ct_eq(typed.as_bytes()).into();
            if right && step > last_step {
                accepted = Some(step);
            }
        }
        accepted
    }

    /// The code of a time step: HOTP (RFC 4226) with the step as its counter.
    pub fn code(&self, step: i64) -> String {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(self.0.expose()) else {
            // HMAC takes keys of every length; the error exists only in the trait.
            return String::new();
        };
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[19] & 15);
        let mut word = [0; 4];
        word.copy_from_slice(&digest[offset..offset + 4]);
        format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % CODES)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret")
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
fn encoded(text: &str) -> String {
    use fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
