//! Accounts: signing up, in and out, sessions, and the person's own data.

mod activities;
mod ask;
mod change_email;
mod change_password;
mod client;
mod codes;
mod confirm;
mod delete_user;
mod export;
mod gate;
mod jwks;
mod keys;
mod new_password;
mod notice;
mod oauth;
mod profile;
mod provider;
mod recovery;
mod refresh;
mod reset_password;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod state;
mod step_up;
mod tokens;
mod totp;
mod user;
mod verify_email;

pub use state::{Accounts, state};

use sentry_http::openapi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this function.
pub fn router() -> OpenApiRouter<Accounts> {
    OpenApiRouter::new()
        .routes(routes!(sign_up::sign_up))
        .routes(routes!(
            user::get_user,
            user::update_user,
            user::patch_user,
            delete_user::delete_user
        ))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(refresh::refresh_tokens))
        .routes(routes!(sign_out::sign_out))
        .routes(routes!(
            sessions::list_sessions,
            sessions::delete_all_sessions
        ))
        .routes(routes!(sessions::delete_session))
        .routes(routes!(jwks::get_jwks))
        .routes(routes!(openapi::get_document))
        .merge(mailed())
        .merge(second_factor_routes())
        .merge(oauth::router())
        .routes(routes!(activities::list_activities))
        .routes(routes!(export::get_export, export::create_export))
}

/// What goes by mail.
fn mailed() -> OpenApiRouter<Accounts> {
    OpenApiRouter::new()
        .routes(routes!(ask::forgot_password))
        .routes(routes!(ask::resend_verification))
        .routes(routes!(verify_email::verify_email))
        .routes(routes!(reset_password::reset_password))
        .routes(routes!(change_password::change_password))
        .routes(routes!(change_email::change_email))
        .routes(routes!(change_email::confirm_email))
        .routes(routes!(confirm::confirm_page))
}

fn second_factor_routes() -> OpenApiRouter<Accounts> {
    OpenApiRouter::new()
        .routes(routes!(
            totp::get_totp,
            totp::create_totp,
            totp::delete_totp
        ))
        .routes(routes!(totp::confirm_totp))
        .routes(routes!(recovery::replace_recovery_codes))
}
