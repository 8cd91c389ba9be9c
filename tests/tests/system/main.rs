//! The system through its front door.
#![expect(
    clippy::expect_used,
    clippy::format_push_string,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a test tells one story from its premise to its end"
)]

mod accounts;
mod advice;
mod asvs;
mod bootstraps;
mod burnout;
mod check_ins;
mod invoke;
mod names;
#[path = "../../../shared/ai/tests/provider/mod.rs"]
mod provider;
mod ratchets;
mod ready;
mod rescore;
mod setup;
mod sweep;
mod tasks;
mod template;
mod texts_models;
mod upgrade;
mod uploads;
mod uploads_media;
mod uploads_models;
mod uploads_pictures;
