//! A new password for somebody who cannot sign in, but reads the mail of the account.

use crate::new_password;
use axum::extract::State;
use axum::http::StatusCode;
use sentry_auth::Secret;
use sentry_auth::purpose::Purpose;
use sentry_db::activities::{self, Action};
use sentry_db::mails::MailKind;
use sentry_db::{credentials, one_time_codes, sessions};
use sentry_http::{ApiError, Body};
use sentry_identity::{
    Client, Guard,
    codes::{self, Proof},
    notice,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// The token of the mailed link, or the address with the mailed code; and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetIn {
    /// From the fragment of the link.
    #[schema(value_type = Option<String>, format = Password)]
    token: Option<Secret>,
    /// The address of the account.
    #[schema(format = "email", max_length = 254)]
    email: Option<String>,
    /// Six digits.
    #[schema(value_type = Option<String>, example = "123456")]
    code: Option<Secret>,
    /// 12 to 128 characters that are not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    new_password: Secret,
}

/// Sets a new password and ends every session. A second factor stays: the mailbox alone does not
/// open an account that has one.
#[utoipa::path(
    post,
    path = "/api/auth/reset-password",
    operation_id = "reset_password",
    tag = "accounts",
    security(()),
    request_body = ResetIn,
    responses((status = 204, description = "Sign in with the new password"))
)]
pub(crate) async fn reset_password(
    State(guard): State<Guard>,
    client: Client,
    Body { value, .. }: Body<ResetIn>,
) -> Result<StatusCode, ApiError> {
    let app = &guard.app;
    let proof = Proof::read(
        value.token.as_ref(),
        value.email.as_deref(),
        value.code.as_ref(),
    )?;
    guard.gate.admit_code(app, &client).await?;
    let personal = vec![proof.email().to_owned()];
    // Hashed before anything is looked up: the time tells nobody whether the code was right, and no
    // transaction waits for it.
    let hash = new_password::hash(&guard, "new_password", &value.new_password, personal).await?;
    let at = app.now();
    let mut tx = app.db.sign_in().await?;
    let purpose = Purpose::ResetPassword;
    let shown = codes::redeem(&guard, &mut tx, &client, (purpose, &proof), at).await?;
    if let Some(shown) = &shown {
        let user = shown.user;
        credentials::reset_password(&mut tx, user, hash.as_stored(), at).await?;
        let ended = sessions::revoke_all(&mut tx, user, at).await?;
        one_time_codes::end_all(&mut tx, user).await?;
        let detail = json!({ "sessions": ended });
        let ip = client.ip.as_deref();
        activities::add(&mut tx, Some(user), Action::PasswordReset, &detail, ip, at).await?;
        let kind = (user, MailKind::PasswordChanged);
        let detail = notice::circumstances(&client);
        notice::write(app, &mut tx, kind, None, &detail, at).await?;
    }
    notice::commit(app, tx).await?;
    shown.map(|_| StatusCode::NO_CONTENT).ok_or(codes::REFUSED)
}
