#![doc = include_str!("../README.md")]

#[cfg(feature = "aws")]
pub mod aws;
pub mod telemetry;

mod clock;
mod ids;
mod settings;

pub use clock::Clock;
pub use ids::Ids;
pub use settings::{SettingError, Settings};
