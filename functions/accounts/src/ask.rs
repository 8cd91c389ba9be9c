//! Asking for a mail by address: for a new password, or to prove the address once more.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sentry_auth::purpose::Purpose;
use sentry_db::mails;
use sentry_http::{ApiError, Body};
use sentry_identity::{Client, Guard, notice, profile};
use sentry_queue::{MailMessage, enqueue};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whose account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressIn {
    /// The address of the account.
    #[schema(format = "email", max_length = 254)]
    email: String,
}

/// The answer to everybody who asks, whether there is such an account or not.
#[derive(Serialize, ToSchema)]
pub(crate) struct Asked {
    /// What to do next.
    detail: &'static str,
}

/// Asks for a mail that allows a new password. The answer, and the time it takes, are the same for
/// addresses without an account: whether there is one is looked up later, by a worker.
#[utoipa::path(
    post,
    path = "/api/auth/forgot-password",
    operation_id = "forgot_password",
    tag = "accounts",
    security(()),
    request_body = AddressIn,
    responses((status = 202, description = "If there is such an account, a mail is on its way", body = Asked))
)]
pub(crate) async fn forgot_password(
    State(guard): State<Guard>,
    client: Client,
    Body { value, .. }: Body<AddressIn>,
) -> Result<(StatusCode, Json<Asked>), ApiError> {
    ask(&guard, &client, &value.email, Purpose::ResetPassword).await
}

/// Asks for another mail that proves the address.
#[utoipa::path(
    post,
    path = "/api/auth/resend-verification",
    operation_id = "resend_verification",
    tag = "accounts",
    security(()),
    request_body = AddressIn,
    responses((status = 202, description = "If there is such an account to prove, a mail is on its way", body = Asked))
)]
pub(crate) async fn resend_verification(
    State(guard): State<Guard>,
    client: Client,
    Body { value, .. }: Body<AddressIn>,
) -> Result<(StatusCode, Json<Asked>), ApiError> {
    ask(&guard, &client, &value.email, Purpose::VerifyEmail).await
}

async fn ask(
    guard: &Guard,
    client: &Client,
    email: &str,
    purpose: Purpose,
) -> Result<(StatusCode, Json<Asked>), ApiError> {
    let app = &guard.app;
    let email = profile::email(email).map_err(|detail| ApiError::field("email", detail))?;
    guard.gate.admit_mail(app, client, email).await?;
    let at = app.now();
    let id = app.ids.uuid(at);
    let mut tx = app.db.sign_in().await?;
    mails::request(
        &mut tx,
        id,
        (purpose.as_str(), email),
        client.ip.as_deref(),
        at,
    )
    .await?;
    enqueue(&mut tx, &MailMessage::Requested { request_id: id }, 0).await?;
    notice::commit(app, tx).await?;
    let detail =
        "if this address has an account, a mail is on its way; look into the junk folder too";
    Ok((StatusCode::ACCEPTED, Json(Asked { detail })))
}
