#![doc = include_str!("../README.md")]

pub mod activities;
pub mod advice;
pub mod ai_usage;
pub mod alerts;
pub mod analyses;
pub mod credentials;
pub mod data_keys;
pub mod exports;
pub mod extracted_items;
pub mod facts;
pub mod idempotency;
pub mod identities;
pub mod mails;
pub mod nightly_runs;
pub mod one_time_codes;
pub mod outbox;
pub mod owner;
pub mod profiles;
pub mod rate_limits;
pub mod rds;
pub mod recommendations;
pub mod rescores;
pub mod second_factors;
pub mod service_tokens;
pub mod sessions;
pub mod tasks;
pub mod texts;
pub mod uploads;
pub mod users;

mod constraint;
mod migrate;
mod transaction;

pub use constraint::{OnConstraint, is_unavailable};
pub use migrate::{MigrateError, migrate};
pub use transaction::{Db, EnterError, LONGEST_IDLE, PATIENCE, Tx};

/// What every query of this crate returns.
pub type Result<T> = sqlx::Result<T>;

/// The error of every query of this crate.
pub use sqlx::Error;
