//! The system through its front door.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends where its premise does"
)]

mod accounts;
mod burnout;
mod ratchets;
mod rescore;
mod sweep;
mod tasks;
mod uploads;
