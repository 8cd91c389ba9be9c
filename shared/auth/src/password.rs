//! Passwords: read, judged, hashed and checked. Behind the feature `passwords`.

mod hash;
mod hasher;
mod policy;

pub use hash::{Cost, HashError, PasswordHash, Verdict, WeakCost};
pub use hasher::{Hasher, HasherError};
pub use policy::{LONGEST, NewPassword, Password, Refusal, SHORTEST, TooLong};
