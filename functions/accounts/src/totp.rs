//! Turning a second factor on and off.

use crate::Accounts;
use crate::client::Client;
use crate::notice;
use crate::recovery::{RecoveryCodesOut, new_codes};
use crate::second_factor;
use crate::step_up::{self, Proof};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sentry_auth::Secret;
use sentry_auth::totp::TotpSecret;
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::mails::MailKind;
use sentry_db::second_factors;
use sentry_http::{ApiError, Body, Caller, Conflict, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

const NOT_VERIFIED: ApiError = ApiError::Denied(Conflict {
    code: "email_not_verified",
    detail: "confirm your e-mail address first",
});
const ON_ALREADY: ApiError = ApiError::Conflict(Conflict {
    code: "totp_enabled",
    detail: "the second factor is on; turn it off first",
});
pub(crate) const OFF: ApiError = ApiError::Conflict(Conflict {
    code: "totp_disabled",
    detail: "the second factor is off, or was not begun",
});
const WRONG: ApiError = ApiError::Denied(Conflict {
    code: "second_factor_wrong",
    detail: "the code is wrong or was used; wait for the next one",
});

/// What proves that the person is here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepUpIn {
    /// The account's password; none for an account without.
    #[schema(value_type = Option<String>, format = Password, max_length = 128)]
    pub current_password: Option<Secret>,
    /// Code of the authenticator, or a recovery code, where the account has a second factor.
    #[schema(value_type = Option<String>, example = "123456")]
    pub totp_code: Option<Secret>,
}

impl StepUpIn {
    pub fn proof(&self) -> Proof<'_> {
        Proof {
            password: self.current_password.as_ref(),
            code: self.totp_code.as_ref(),
        }
    }
}

/// A code of the new authenticator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmTotpIn {
    /// Six digits.
    #[schema(value_type = String, example = "123456")]
    code: Secret,
}

/// Whether a second factor is asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotpOut {
    /// Whether signing in asks for a code.
    enabled: bool,
    /// Since when.
    enabled_at: Option<DateTime<Utc>>,
    /// How many recovery codes are left.
    recovery_codes_left: i64,
}

/// What an authenticator needs. Without `Debug`, so that it reaches no log.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewTotpOut {
    /// For typing into the app.
    secret: String,
    /// For a QR code.
    uri: String,
}

/// Tells whether a second factor is asked for.
#[utoipa::path(
    get,
    path = "/api/auth/totp",
    operation_id = "get_totp",
    tag = "accounts",
    responses((status = 200, description = "Whether it is on", body = TotpOut))
)]
pub(crate) async fn get_totp(
    State(accounts): State<Accounts>,
    caller: Caller,
) -> Result<Json<TotpOut>, ApiError> {
    let mut tx = accounts.app.tenant(&caller).await?;
    let row = second_factors::get(&mut tx, caller.user_id).await?;
    let recovery_codes_left = second_factors::codes_left(&mut tx, caller.user_id).await?;
    tx.commit().await?;
    let enabled_at = row.and_then(|row| row.confirmed_at);
    Ok(Json(TotpOut {
        enabled: enabled_at.is_some(),
        enabled_at,
        recovery_codes_left,
    }))
}

/// Begins to turn the second factor on: gives the secret for the authenticator. It counts once a
/// code of it is confirmed.
#[utoipa::path(
    post,
    path = "/api/auth/totp",
    operation_id = "create_totp",
    tag = "accounts",
    request_body = StepUpIn,
    responses((status = 201, description = "What the authenticator needs", body = NewTotpOut))
)]
pub(crate) async fn create_totp(
    State(accounts): State<Accounts>,
    caller: Caller,
    client: Client,
    Body { value, .. }: Body<StepUpIn>,
) -> Result<(StatusCode, Json<NewTotpOut>), ApiError> {
    let own = step_up::prove(&accounts, &caller, &client, value.proof()).await?;
    if !own.verified {
        return Err(NOT_VERIFIED);
    }
    let secret = TotpSecret::new(accounts.app.ids.bytes());
    let mut tx = accounts.app.tenant(&caller).await?;
    let sealed = second_factor::seal(&accounts, &mut tx, caller.user_id, &secret).await?;
    let begun = second_factors::begin(&mut tx, caller.user_id, &sealed, accounts.app.now()).await?;
    tx.commit().await?;
    if !begun {
        return Err(ON_ALREADY);
    }
    let out = NewTotpOut {
        secret: secret.base32().expose().clone(),
        uri: secret.uri("Sentry AI", &own.email).expose().clone(),
    };
    Ok((StatusCode::CREATED, Json(out)))
}

/// Turns the second factor on with a first code of the authenticator, and gives recovery codes.
#[utoipa::path(
    post,
    path = "/api/auth/totp/confirm",
    operation_id = "confirm_totp",
    tag = "accounts",
    request_body = ConfirmTotpIn,
    responses((status = 200, description = "It is on; keep the recovery codes", body = RecoveryCodesOut))
)]
pub(crate) async fn confirm_totp(
    State(accounts): State<Accounts>,
    caller: Caller,
    client: Client,
    Body { value, .. }: Body<ConfirmTotpIn>,
) -> Result<Json<RecoveryCodesOut>, ApiError> {
    let user = caller.user_id;
    let mut tx = accounts.app.tenant(&caller).await?;
    let at = accounts.app.now();
    let row = second_factors::get(&mut tx, user).await?.ok_or(OFF)?;
    if row.confirmed_at.is_some() {
        return Err(ON_ALREADY);
    }
    if let Err(error) = accounts.gate.take_second_factor(&mut tx, user, at).await? {
        tx.commit().await?;
        return Err(error);
    }
    let step = second_factor::secret(&accounts, user, &row)?.accept(
        value.code.expose(),
        row.last_step,
        at,
    );
    let right = match step {
        Some(step) => second_factors::use_step(&mut tx, user, step, at).await?,
        None => false,
    };
    if !right {
        tx.commit().await?;
        return Err(WRONG);
    }
    accounts
        .gate
        .give_back_second_factor(&mut tx, user, at)
        .await?;
    let codes = new_codes(&accounts, &mut tx, user, at).await?;
    changed(
        &accounts,
        &mut tx,
        &caller,
        &client,
        (Action::TotpEnabled, MailKind::TotpEnabled),
    )
    .await?;
    notice::commit(&accounts.app, tx).await?;
    Ok(Json(codes))
}

/// Turns the second factor off.
#[utoipa::path(
    delete,
    path = "/api/auth/totp",
    operation_id = "delete_totp",
    tag = "accounts",
    request_body = StepUpIn,
    responses((status = 204, description = "It is off"))
)]
pub(crate) async fn delete_totp(
    State(accounts): State<Accounts>,
    caller: Caller,
    client: Client,
    body: Body<StepUpIn>,
) -> Result<Response, ApiError> {
    step_up::prove(&accounts, &caller, &client, body.value.proof()).await?;
    let mut write: Write = accounts.app.write(&caller, &body).await?;
    if !second_factors::remove(&mut write.tx, caller.user_id).await? {
        return Err(OFF);
    }
    let what = (Action::TotpDisabled, MailKind::TotpDisabled);
    changed(&accounts, &mut write.tx, &caller, &client, what).await?;
    write.commit_empty().await
}

/// Notes a change in the log, and tells the person.
pub(crate) async fn changed(
    accounts: &Accounts,
    tx: &mut Tx,
    caller: &Caller,
    client: &Client,
    (action, kind): (Action, MailKind),
) -> Result<(), ApiError> {
    let at = accounts.app.now();
    let detail = json!({ "session_id": caller.session_id });
    let ip = client.ip.as_deref();
    activities::add(tx, Some(caller.user_id), action, &detail, ip, at).await?;
    let detail = notice::circumstances(client);
    let kind = (caller.user_id, kind);
    notice::write(&accounts.app, tx, kind, None, &detail, at).await
}
