#![doc = include_str!("../README.md")]

#[cfg(feature = "client")]
mod bucket;
mod error;
mod key;
mod signer;

#[cfg(feature = "client")]
pub use bucket::{PresignedPut, Storage};
pub use error::StorageError;
pub use key::{export_key, upload_key, user_prefix};
pub use signer::Signer;
