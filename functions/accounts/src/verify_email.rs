//! Proving that an address is one's own.

use axum::extract::State;
use axum::http::StatusCode;
use sentry_auth::Secret;
use sentry_auth::purpose::Purpose;
use sentry_db::activities::{self, Action};
use sentry_db::credentials;
use sentry_http::{ApiError, Body};
use sentry_identity::{
    Client, Guard,
    codes::{self, Proof},
    notice,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// The token of the mailed link, or the address with the mailed code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyIn {
    /// From the fragment of the link.
    #[schema(value_type = Option<String>, format = Password)]
    token: Option<Secret>,
    /// The address of the account.
    #[schema(format = "email", max_length = 254)]
    email: Option<String>,
    /// Six digits.
    #[schema(value_type = Option<String>, example = "123456")]
    code: Option<Secret>,
}

/// Proves the address of an account.
#[utoipa::path(
    post,
    path = "/api/auth/verify-email",
    operation_id = "verify_email",
    tag = "accounts",
    security(()),
    request_body = VerifyIn,
    responses((status = 204, description = "The address is proven"))
)]
pub(crate) async fn verify_email(
    State(guard): State<Guard>,
    client: Client,
    Body { value, .. }: Body<VerifyIn>,
) -> Result<StatusCode, ApiError> {
    let app = &guard.app;
    let proof = Proof::read(
        value.token.as_ref(),
        value.email.as_deref(),
        value.code.as_ref(),
    )?;
    guard.gate.admit_code(app, &client).await?;
    let at = app.now();
    let mut tx = app.db.sign_in().await?;
    let purpose = Purpose::VerifyEmail;
    let shown = codes::redeem(&guard, &mut tx, &client, (purpose, &proof), at).await?;
    if let Some(shown) = &shown
        && credentials::mark_verified(&mut tx, shown.user, at).await?
    {
        let ip = client.ip.as_deref();
        let action = Action::EmailVerified;
        activities::add(&mut tx, Some(shown.user), action, &json!({}), ip, at).await?;
    }
    notice::commit(app, tx).await?;
    shown.map(|_| StatusCode::NO_CONTENT).ok_or(codes::REFUSED)
}
