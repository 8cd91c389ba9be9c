#![doc = include_str!("../README.md")]

pub mod codes;
pub mod notice;
pub mod password;
pub mod profile;
pub mod second_factor;
pub mod step_up;
pub mod tokens;

mod client;
mod gate;
mod guard;
mod session;

pub use client::Client;
pub use gate::{Admission, Gate};
pub use guard::{Guard, Keys};
pub use tokens::Issuer;
