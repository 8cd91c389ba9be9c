//! The second factor of somebody whom a provider vouches for.

use crate::Providers;
use crate::binding;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use sentry_auth::Secret;
use sentry_db::identities;
use sentry_db::sessions::SignInBy;
use sentry_http::{ApiError, Body};
use sentry_identity::{
    Client, notice,
    second_factor::{self, Factor},
    tokens::{Carrier, TokensOut},
};
use serde::Deserialize;
use utoipa::ToSchema;

const NOBODY: ApiError =
    ApiError::Unauthorized("nobody came back with this browser, or too long ago; begin again");

/// The second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishIn {
    /// Code of the authenticator, or a recovery code.
    #[schema(value_type = String, example = "123456")]
    totp_code: Secret,
    /// For pages: the refresh token goes into a cookie that no script can read.
    #[serde(default)]
    cookie: bool,
}

/// Completes a sign-in through a provider with the second factor, from the same browser.
#[utoipa::path(
    post,
    path = "/api/auth/providers/finish",
    operation_id = "finish_sign_in",
    tag = "accounts",
    security(()),
    request_body = FinishIn,
    responses((status = 200, description = "Signed in", body = TokensOut))
)]
pub(crate) async fn finish_sign_in(
    State(providers): State<Providers>,
    client: Client,
    headers: HeaderMap,
    Body { value, .. }: Body<FinishIn>,
) -> Result<Response, ApiError> {
    let app = &providers.guard.app;
    providers.guard.gate.admit_code(app, &client).await?;
    let browser = binding::browser_hash(&headers).ok_or(NOBODY)?;
    let at = app.now();
    let mut tx = app.db.sign_in().await?;
    let (flow, user) = identities::arrived(&mut tx, &browser, at)
        .await?
        .ok_or(NOBODY)?;
    let typed = Some(value.totp_code.expose().as_str());
    let factor =
        second_factor::check(&providers.guard, &mut tx, (user, typed), &client, at).await?;
    if !matches!(factor, Factor::Right | Factor::NotNeeded) {
        // Committed: tries count.
        notice::commit(app, tx).await?;
        factor.or_denied()?;
        return Err(NOBODY);
    }
    identities::finish(&mut tx, flow).await?;
    let who = (user, SignInBy::Provider);
    let refresh = providers
        .issuer
        .open_session(&mut tx, &client, who, at)
        .await?
        .ok_or(NOBODY)?;
    notice::commit(app, tx).await?;
    let carrier = if value.cookie {
        Carrier::Cookie
    } else {
        Carrier::Body
    };
    let mut response = providers.issuer.tokens(user, &refresh, carrier, at);
    binding::clear_cookie(response.headers_mut());
    Ok(response)
}
