#![doc = include_str!("../README.md")]

mod addresses;
mod chat;
mod client;
mod endpoint;
mod error;
mod repair;
mod retry;
mod settings;
mod transcription;
mod usage;

pub use chat::{Answer, ChatRequest, Part, Schema};
pub use client::Model;
pub use error::AiError;
pub use settings::{Ai, Patience};
pub use transcription::{Recording, Segment, Transcript};
pub use usage::{Prices, Usage};
