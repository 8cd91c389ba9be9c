//! Other ways in: out to a provider, and back.
//!
//! Everything that must fit together on the way back hangs on two values of chance: the state, which
//! travels through the provider, and the browser's cookie, which does not. Only hashes of the two
//! are stored; nonce and PKCE verifier are derived from them.

mod arrive;
mod back;
mod binding;
mod finish;
mod link;
mod out;
mod provider;
mod state;

pub use state::{Providers, state};

use sentry_http::{Routes, routes};

/// The routes of this function.
pub fn router() -> Routes<Providers> {
    routes![
        link::list_providers,
        link::link_provider,
        link::unlink_provider,
        finish::finish_sign_in,
        out::begin_sign_in,
        back::return_sign_in,
        back::return_form_sign_in,
    ]
}
