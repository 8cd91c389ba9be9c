#![doc = include_str!("../README.md")]

pub mod access;
mod opaque;
#[cfg(feature = "passwords")]
pub mod password;
pub mod purpose;
pub mod refresh;
pub mod secret;
pub mod service;
mod token_key;

pub use opaque::{InvalidToken, TokenHash};
pub use secret::{KeyError, KeyMaterial, Secret};
pub use token_key::TokenKey;
