//! Single-use tokens and codes that do one thing: confirm an address, reset a password.

use crate::opaque::{InvalidToken, TokenHash};
use crate::secret::Secret;
use crate::token_key::TokenKey;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sentry_domain::UserId;
use std::fmt;
use uuid::Uuid;

/// What a token or code is good for, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Show that the address given at sign-up is one's own.
    VerifyEmail,
    /// Choose a new password without the old one.
    ResetPassword,
    /// Show that a new address is one's own.
    ChangeEmail,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::VerifyEmail, Self::ResetPassword, Self::ChangeEmail];

    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
        }
    }

    /// How long a mailed link works.
    pub fn link_lifetime(self) -> TimeDelta {
        match self {
            Self::VerifyEmail | Self::ChangeEmail => TimeDelta::minutes(60),
            Self::ResetPassword => TimeDelta::minutes(30),
        }
    }
}

/// How long a code works, whatever it is for.
pub const CODE_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How many guesses at a code are checked.
pub const CODE_ATTEMPTS: i16 = 5;

const SECRET_BYTES: usize = 32;
/// 32 bytes as base64url without padding.
const ENCODED_BYTES: usize = 43;
const PREFIX: &str = "sentry_pt_";

/// The secret of a mailed link: 256 bits, stored as a keyed hash in which the purpose takes part, so
/// that a link for one purpose finds nothing when it is presented for another.
#[derive(Clone)]
pub struct PurposeToken {
    purpose: Purpose,
    secret: Secret<[u8; SECRET_BYTES]>,
}

impl PurposeToken {
    /// A new token; `random` comes from a cryptographic source.
    pub fn new(purpose: Purpose, random: [u8; SECRET_BYTES]) -> Self {
        Self {
            purpose,
            secret: Secret::new(random),
        }
    }

    /// The token of the row `id`, given its salt. Derived, so that the mail can be written by
    /// whoever holds the key and written twice alike, while only a hash is stored: a dump of the
    /// database is not enough.
    pub fn derive(purpose: Purpose, key: &TokenKey, id: Uuid, salt: &[u8]) -> Self {
        let parts: [&[u8]; 3] = [purpose.as_str().as_bytes(), id.as_bytes(), salt];
        Self::new(purpose, key.mac("purpose token secret", &parts))
    }

    /// The text for the link's fragment.
    pub fn encode(&self) -> Secret {
        let mut text = String::with_capacity(PREFIX.len() + ENCODED_BYTES);
        text.push_str(PREFIX);
        URL_SAFE_NO_PAD.encode_string(self.secret.expose(), &mut text);
        Secret::new(text)
    }

    /// Reads a token presented for `purpose`.
    pub fn parse(purpose: Purpose, text: &str) -> Result<Self, InvalidToken> {
        let encoded = text.strip_prefix(PREFIX).ok_or(InvalidToken)?;
        if encoded.len() != ENCODED_BYTES {
            return Err(InvalidToken);
        }
        let bytes = Secret::new(URL_SAFE_NO_PAD.decode(encoded).map_err(|_| InvalidToken)?);
        let secret = bytes
            .expose()
            .as_slice()
            .try_into()
            .map_err(|_| InvalidToken)?;
        Ok(Self::new(purpose, secret))
    }

    /// What the row keeps, and what it is found by.
    pub fn hash(&self, key: &TokenKey) -> TokenHash {
        let parts: [&[u8]; 2] = [self.purpose.as_str().as_bytes(), self.secret.expose()];
        TokenHash(key.mac("purpose token", &parts))
    }
}

impl fmt::Debug for PurposeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PurposeToken")
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}

const CODES: u32 = 1_000_000;
const CODE_DIGITS: usize = 6;

/// A code to type: six digits, each as likely as any other.
#[derive(Clone)]
pub struct Code(Secret<u32>);

impl Code {
    /// A new code; `random` comes from a cryptographic source.
    pub fn new(random: [u8; 16]) -> Self {
        // Of 2^128 values the remainder favours low codes by less than one part in 10^32.
        let code = u128::from_be_bytes(random) % u128::from(CODES);
        Self(Secret::new(u32::try_from(code).unwrap_or_default()))
    }

    /// The code of the row `id`; see [`PurposeToken::derive`].
    pub fn derive(purpose: Purpose, key: &TokenKey, id: Uuid, salt: &[u8]) -> Self {
        let parts: [&[u8]; 3] = [purpose.as_str().as_bytes(), id.as_bytes(), salt];
        let secret = key.mac("code secret", &parts);
        let mut random = [0; 16];
        random.copy_from_slice(&secret[..16]);
        Self::new(random)
    }

    /// The six digits, leading zeros included.
    pub fn text(&self) -> Secret {
        Secret::new(format!("{:06}", self.0.expose()))
    }

    /// Reads what a person typed; spaces and hyphens between the digits do not matter.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let mut code = 0;
        let mut digits = 0;
        for character in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
            let digit = character.to_digit(10).ok_or(InvalidToken)?;
            digits += 1;
            if digits > CODE_DIGITS {
                return Err(InvalidToken);
            }
            code = code * 10 + digit;
        }
        if digits == CODE_DIGITS {
            Ok(Self(Secret::new(code)))
        } else {
            Err(InvalidToken)
        }
    }

    /// What the row keeps. Keyed, because a million plain hashes are computed in a second; bound to
    /// person and purpose, because the same code is drawn for others too.
    pub fn hash(&self, key: &TokenKey, purpose: Purpose, user: UserId) -> TokenHash {
        let parts: [&[u8]; 3] = [
            purpose.as_str().as_bytes(),
            &user.0.to_be_bytes(),
            &self.0.expose().to_be_bytes(),
        ];
        TokenHash(key.mac("code", &parts))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}
