//! Another address: asked for while signed in, proven by a mail to it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sentry_auth::Secret;
use sentry_auth::purpose::Purpose;
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::credentials::{self, ChangeEmailError};
use sentry_db::mails::MailKind;
use sentry_db::{one_time_codes, users};
use sentry_domain::UserId;
use sentry_http::{ApiError, Body, Caller, Conflict};
use sentry_identity::{
    Client, Guard,
    codes::{self, Proof as Shown},
    notice, profile,
    step_up::{self, Proof},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// The new address, and what proves that the person is here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeEmailIn {
    /// Kept as given, compared without regard to case.
    #[schema(format = "email", max_length = 254)]
    new_email: String,
    /// The account's password; none for an account without.
    #[schema(value_type = Option<String>, format = Password, max_length = 128)]
    current_password: Option<Secret>,
    /// Code of the authenticator, or a recovery code, where the account has a second factor.
    #[schema(value_type = Option<String>, example = "123456")]
    totp_code: Option<Secret>,
}

/// The token of the mailed link, or the account's present address with the mailed code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmEmailIn {
    /// From the fragment of the link.
    #[schema(value_type = Option<String>, format = Password)]
    token: Option<Secret>,
    /// The present address of the account.
    #[schema(format = "email", max_length = 254)]
    email: Option<String>,
    /// Six digits.
    #[schema(value_type = Option<String>, example = "123456")]
    code: Option<Secret>,
}

/// What happens next.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmailChangeOut {
    /// What to do next.
    detail: &'static str,
}

/// Asks for another address. It counts from the moment it is proven by the mail that goes there;
/// until then the old one does.
#[utoipa::path(
    post,
    path = "/api/auth/change-email",
    operation_id = "change_email",
    tag = "accounts",
    request_body = ChangeEmailIn,
    responses((status = 202, description = "A mail to the new address is on its way", body = EmailChangeOut))
)]
pub(crate) async fn change_email(
    State(guard): State<Guard>,
    caller: Caller,
    client: Client,
    body: Body<ChangeEmailIn>,
) -> Result<Response, ApiError> {
    let input = &body.value;
    let email =
        profile::email(&input.new_email).map_err(|detail| ApiError::field("new_email", detail))?;
    let proof = Proof {
        password: input.current_password.as_ref(),
        code: input.totp_code.as_ref(),
    };
    step_up::prove(&guard, &caller, &client, proof).await?;
    guard.gate.admit_mail(&guard.app, &client, email).await?;
    let mut write = guard.app.write(&caller, &body).await?;
    let (at, user) = (write.at(), caller.user_id);
    // Whether somebody else has that address shows only to whoever reads its mail.
    let kind = (user, MailKind::ChangeEmail);
    let detail = notice::circumstances(&client);
    notice::write(&guard.app, &mut write.tx, kind, Some(email), &detail, at).await?;
    let ip = client.ip.as_deref();
    let action = Action::EmailChangeRequested;
    activities::add(&mut write.tx, Some(user), action, &json!({}), ip, at).await?;
    let detail =
        "open the link in the mail to the new address, or send its code with your present address";
    write
        .commit(StatusCode::ACCEPTED, &EmailChangeOut { detail })
        .await
}

/// Proves a new address, which is the account's from now on.
#[utoipa::path(
    post,
    path = "/api/auth/confirm-email",
    operation_id = "confirm_email",
    tag = "accounts",
    security(()),
    request_body = ConfirmEmailIn,
    responses((status = 204, description = "The account has the new address"))
)]
pub(crate) async fn confirm_email(
    State(guard): State<Guard>,
    client: Client,
    Body { value, .. }: Body<ConfirmEmailIn>,
) -> Result<StatusCode, ApiError> {
    let app = &guard.app;
    let proof = Shown::read(
        value.token.as_ref(),
        value.email.as_deref(),
        value.code.as_ref(),
    )?;
    guard.gate.admit_code(app, &client).await?;
    let at = app.now();
    let mut tx = app.db.sign_in().await?;
    let purpose = Purpose::ChangeEmail;
    let shown = codes::redeem(&guard, &mut tx, &client, (purpose, &proof), at).await?;
    if let Some((user, email)) = shown
        .as_ref()
        .and_then(|shown| Some((shown.user, shown.target.as_deref()?)))
    {
        apply(&guard, &mut tx, (user, email), &client).await?;
    }
    notice::commit(app, tx).await?;
    shown.map(|_| StatusCode::NO_CONTENT).ok_or(codes::REFUSED)
}

async fn apply(
    guard: &Guard,
    tx: &mut Tx,
    (user, email): (UserId, &str),
    client: &Client,
) -> Result<(), ApiError> {
    let at = guard.app.now();
    let Some(old) = users::get(tx, user).await? else {
        return Err(codes::REFUSED);
    };
    credentials::change_email(tx, user, email, at)
        .await
        .map_err(|error| match error {
            ChangeEmailError::Taken => ApiError::Conflict(Conflict {
                code: "email_taken",
                detail: "this address has an account of its own by now",
            }),
            ChangeEmailError::Database(error) => error.into(),
        })?;
    // What went to the old mailbox opens nothing any more.
    one_time_codes::end_all(tx, user).await?;
    let ip = client.ip.as_deref();
    activities::add(tx, Some(user), Action::EmailChanged, &json!({}), ip, at).await?;
    let kind = (user, MailKind::EmailChanged);
    let detail = notice::circumstances(client);
    notice::write(&guard.app, tx, kind, Some(&old.email), &detail, at).await
}
