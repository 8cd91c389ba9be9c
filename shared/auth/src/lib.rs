#![doc = include_str!("../README.md")]

pub mod access;
pub mod envelope;
mod opaque;
#[cfg(feature = "passwords")]
pub mod password;
pub mod purpose;
pub mod recovery;
pub mod refresh;
pub mod secret;
pub mod service;
mod token_key;
pub mod totp;

pub use opaque::{InvalidToken, TokenHash};
pub use secret::{KeyError, KeyMaterial, Secret};
pub use token_key::TokenKey;
