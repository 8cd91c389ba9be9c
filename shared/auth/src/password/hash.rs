//! Argon2id hashes as PHC strings, and bcrypt hashes of the former system.

use super::policy::Password;
use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::fmt;

/// A password's hash as it is stored; never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a hash from the database.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text for the database.
    pub fn as_stored(&self) -> &str {
        &self.0
    }

    fn is_bcrypt(&self) -> bool {
        ["$2a$", "$2b$", "$2x$", "$2y$"]
            .iter()
            .any(|prefix| self.0.starts_with(prefix))
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

/// Why hashing or checking failed; not "wrong password", which is a [`Verdict`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The stored text is no hash that can be read.
    #[error("the stored password hash cannot be read")]
    Unreadable,
    /// The function itself failed, which its checked parameters exclude.
    #[error("hashing the password failed")]
    Failed,
}

/// Whether a password is the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is not.
    Wrong,
    /// It is.
    Right {
        /// The hash is weaker than new ones: store [`Cost::hash`] of the password instead.
        needs_rehash: bool,
    },
}

/// A cost below the floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Argon2id needs at least 19456 KiB, 2 passes and 1 lane, and at most 1 GiB and 16 lanes")]
pub struct WeakCost;

/// What one hash costs: by default, and at least, Argon2id with 19 MiB, 2 passes, 1 lane (OWASP).
#[derive(Debug, Clone)]
pub struct Cost(Params);

const MEMORY_KIB: u32 = 19 * 1024;
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const MOST_LANES: u32 = 16;
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;

impl Cost {
    /// A cost at or above the floor; memory in KiB.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, WeakCost> {
        let memory = (MEMORY_KIB..=MOST_MEMORY_KIB).contains(&memory_kib);
        if !memory || passes < PASSES || !(LANES..=MOST_LANES).contains(&lanes) {
            return Err(WeakCost);
        }
        Params::new(memory_kib, passes, lanes, Some(HASH_BYTES))
            .map(Self)
            .map_err(|_| WeakCost)
    }

    /// Hashes a password; `salt` comes from a cryptographic source. Takes some 20 milliseconds.
    pub fn hash(
        &self,
        password: &Password,
        salt: [u8; SALT_BYTES],
    ) -> Result<PasswordHash, HashError> {
        let hash: phc::PasswordHash = self
            .function()
            .hash_password_with_salt(password.bytes(), &salt)
            .map_err(|_| HashError::Failed)?;
        Ok(PasswordHash(hash.to_string()))
    }

    /// Checks a password against a stored hash, or, when there is none (no such account, or one
    /// without a password), against nothing in the same time.
    pub fn verify(
        &self,
        password: &Password,
        stored: Option<&PasswordHash>,
    ) -> Result<Verdict, HashError> {
        let Some(stored) = stored else {
            return self
                .verify_argon2(password, &self.unmatched()?)
                .map(|_| Verdict::Wrong);
        };
        if stored.is_bcrypt() {
            return verify_bcrypt(password, stored);
        }
        let hash = phc::PasswordHash::new(&stored.0).map_err(|_| HashError::Unreadable)?;
        self.verify_argon2(password, &hash)
    }

    fn verify_argon2(
        &self,
        password: &Password,
        hash: &phc::PasswordHash,
    ) -> Result<Verdict, HashError> {
        let params = Params::try_from(hash).map_err(|_| HashError::Unreadable)?;
        if params.m_cost() > MOST_MEMORY_KIB || hash.salt.is_none() || hash.hash.is_none() {
            return Err(HashError::Unreadable);
        }
        match self.function().verify_password(password.bytes(), hash) {
            Ok(()) => Ok(Verdict::Right {
                needs_rehash: self.is_above(hash, &params),
            }),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
            Err(_) => Err(HashError::Unreadable),
        }
    }

    /// Whether a hash made now would be stronger than this one.
    fn is_above(&self, hash: &phc::PasswordHash, params: &Params) -> bool {
        hash.algorithm.as_str() != Algorithm::Argon2id.ident().as_str()
            || hash.version != Some(Version::V0x13.into())
            || params.m_cost() < self.0.m_cost()
            || params.t_cost() < self.0.t_cost()
            || params.p_cost() < self.0.p_cost()
            || hash.hash.is_none_or(|output| output.len() < HASH_BYTES)
    }

    /// A hash of nothing: of this cost, and as likely to match as a guess of 256 bits. It is put
    /// together rather than computed, so that a cold start does not pay for it.
    fn unmatched(&self) -> Result<phc::PasswordHash, HashError> {
        let salt = phc::Salt::new(&[0; SALT_BYTES]).map_err(|_| HashError::Failed)?;
        let output = phc::Output::new(&[0; HASH_BYTES]).map_err(|_| HashError::Failed)?;
        Ok(phc::PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: (&self.0).try_into().map_err(|_| HashError::Failed)?,
            salt: Some(salt),
            hash: Some(output),
        })
    }

    fn function(&self) -> Argon2<'_> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.0.clone())
    }
}

impl Default for Cost {
    fn default() -> Self {
        Self(Params::DEFAULT)
    }
}

/// The former system hashed what was typed, cut after 72 bytes as bcrypt does. A right answer is
/// always followed by a new hash.
fn verify_bcrypt(password: &Password, stored: &PasswordHash) -> Result<Verdict, HashError> {
    match bcrypt::verify(password.typed_bytes(), &stored.0) {
        Ok(true) => Ok(Verdict::Right { needs_rehash: true }),
        Ok(false) => Ok(Verdict::Wrong),
        Err(_) => Err(HashError::Unreadable),
    }
}
