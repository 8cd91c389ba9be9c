#![doc = include_str!("../README.md")]

mod bucket;
mod key;

pub use bucket::{PresignedPut, Storage, StorageError};
pub use key::{export_key, upload_key, user_prefix};
