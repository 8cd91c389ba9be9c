//! The system on one machine, part by part and as a whole.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod aws;
mod chain;
mod database;
mod dead_letters;
mod faults;
mod kill;
mod observe;
mod program;
mod pump;
mod sqs;
