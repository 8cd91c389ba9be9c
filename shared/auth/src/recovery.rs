//! Recovery codes: what opens the door once when the authenticator is lost.

use crate::opaque::{InvalidToken, TokenHash};
use crate::secret::Secret;
use crate::token_key::TokenKey;
use sentry_domain::UserId;
use std::fmt;

/// How many a person gets at a time.
pub const CODES: usize = 10;
/// 24 letters of 5 bits: at 120 bits a plain hash is as good as a slow one.
const LETTERS: usize = 24;
/// Crockford's alphabet: no letter looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One recovery code.
#[derive(Clone)]
pub struct RecoveryCode(Secret<[u8; LETTERS]>);

impl RecoveryCode {
    /// A new code; `random` comes from a cryptographic source.
    pub fn new(random: [u8; LETTERS]) -> Self {
        Self(Secret::new(
            random.map(|byte| ALPHABET[usize::from(byte & 31)]),
        ))
    }

    /// The code for the person, in groups of four.
    pub fn text(&self) -> Secret {
        let groups: Vec<String> = self
            .0
            .expose()
            .chunks(4)
            .map(|group| group.iter().map(|letter| char::from(*letter)).collect())
            .collect();
        Secret::new(groups.join("-"))
    }

    /// Reads what a person typed: case, spaces and hyphens do not matter, nor whether an O was
    /// meant for a zero.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let mut letters = [0; LETTERS];
        let mut count = 0;
        for c in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
            let letter = match c.to_ascii_uppercase() {
                'O' => b'0',
                'I' | 'L' => b'1',
                c => u8::try_from(c).map_err(|_| InvalidToken)?,
            };
            if count == LETTERS || !ALPHABET.contains(&letter) {
                return Err(InvalidToken);
            }
            letters[count] = letter;
            count += 1;
        }
        (count == LETTERS)
            .then(|| Self(Secret::new(letters)))
            .ok_or(InvalidToken)
    }

    /// What the row keeps: keyed, and bound to the person.
    pub fn hash(&self, key: &TokenKey, user: UserId) -> TokenHash {
        let parts: [&[u8]; 2] = [&user.0.to_be_bytes(), self.0.expose()];
        TokenHash(key.mac("recovery code", &parts))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}
