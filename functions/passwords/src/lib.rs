//! Passwords that somebody chooses: with a new account, in place of another, or of a forgotten one.
//!
//! Apart from `accounts` because only here a password is judged, and what judges it is a quarter of the program.

mod change_password;
mod new_password;
mod reset_password;
mod sign_up;

use sentry_http::{App, Routes, routes};
use sentry_identity::Guard;
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};

/// The routes of this function.
pub fn router() -> Routes<Guard> {
    routes![
        sign_up::sign_up,
        change_password::change_password,
        reset_password::reset_password,
    ]
}

/// Builds the state from the settings of the process. Does no I/O.
pub fn state(settings: &Settings) -> Result<Guard, SettingError> {
    Guard::new(App::from_settings(settings, &[Queue::Mail])?, settings)
}
