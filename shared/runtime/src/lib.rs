#![doc = include_str!("../README.md")]

#[cfg(feature = "aws")]
pub mod aws;
#[cfg(feature = "keys")]
pub mod keys;
pub mod telemetry;
#[cfg(feature = "tls")]
pub mod tls;

mod clock;
mod ids;
mod settings;

pub use clock::Clock;
pub use ids::Ids;
pub use settings::{SettingError, Settings};
