//! Accounts: signing in and out, sessions, and the person's own data.

mod activities;
mod ask;
mod change_email;
mod confirm;
mod delete_user;
mod export;
mod jwks;
mod recovery;
mod refresh;
mod sessions;
mod sign_in;
mod sign_out;
mod state;
mod totp;
mod user;
mod verify_email;

pub use state::{Accounts, state};

use sentry_http::openapi;
use sentry_http::{Routes, routes};

/// The routes of this function.
pub fn router() -> Routes<Accounts> {
    routes![
        user::get_user,
        user::update_user,
        user::patch_user,
        delete_user::delete_user,
        sign_in::sign_in,
        refresh::refresh_tokens,
        sign_out::sign_out,
        sessions::list_sessions,
        sessions::delete_all_sessions,
        sessions::delete_session,
        jwks::get_jwks,
        openapi::get_document,
        activities::list_activities,
        export::get_export,
        export::create_export,
    ]
    .merge(mailed())
    .merge(second_factor_routes())
}

/// What goes by mail.
fn mailed() -> Routes<Accounts> {
    routes![
        ask::forgot_password,
        ask::resend_verification,
        verify_email::verify_email,
        change_email::change_email,
        change_email::confirm_email,
        confirm::confirm_page,
    ]
}

fn second_factor_routes() -> Routes<Accounts> {
    routes![
        totp::get_totp,
        totp::create_totp,
        totp::delete_totp,
        totp::confirm_totp,
        recovery::replace_recovery_codes,
    ]
}
