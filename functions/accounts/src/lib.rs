//! Accounts: signing up, in and out, sessions, and the person's own data.

mod client;
mod delete_user;
mod gate;
mod jwks;
mod profile;
mod refresh;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod state;
mod tokens;
mod user;

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
}
