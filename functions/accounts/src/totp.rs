//! Turning a second factor on and off.

use crate::recovery::{RecoveryCodesOut, new_codes};
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
use sentry_identity::{
    Client, Guard, notice, second_factor,
    step_up::{self, StepUpIn},
};
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
    State(guard): State<Guard>,
    caller: Caller,
) -> Result<Json<TotpOut>, ApiError> {
    let mut tx = guard.app.tenant(&caller).await?;
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
    State(guard): State<Guard>,
    caller: Caller,
    client: Client,
    Body { value, .. }: Body<StepUpIn>,
) -> Result<(StatusCode, Json<NewTotpOut>), ApiError> {
    let own = step_up::prove(&guard, &caller, &client, value.proof()).await?;
    if !own.verified {
        return Err(NOT_VERIFIED);
    }
    let secret = TotpSecret::new(guard.app.ids.bytes());
    let mut tx = guard.app.tenant(&caller).await?;
    let sealed = second_factor::seal(&guard, &mut tx, caller.user_id, &secret).await?;
    let begun = second_factors::begin(&mut tx, caller.user_id, &sealed, guard.app.now()).await?;
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
    State(guard): State<Guard>,
    caller: Caller,
    client: Client,
    Body { value, .. }: Body<ConfirmTotpIn>,
) -> Result<Json<RecoveryCodesOut>, ApiError> {
    let user = caller.user_id;
    let mut tx = guard.app.tenant(&caller).await?;
    let at = guard.app.now();
    let row = second_factors::get(&mut tx, user).await?.ok_or(OFF)?;
    if row.confirmed_at.is_some() {
        return Err(ON_ALREADY);
    }
    if let Err(error) = guard.gate.take_second_factor(&mut tx, user, at).await? {
        tx.commit().await?;
        return Err(error);
    }
    let step =
        second_factor::secret(&guard, user, &row)?.accept(value.code.expose(), row.last_step, at);
    let right = match step {
        Some(step) => second_factors::use_step(&mut tx, user, step, at).await?,
        None => false,
    };
    if !right {
        tx.commit().await?;
        return Err(WRONG);
    }
    guard
        .gate
        .give_back_second_factor(&mut tx, user, at)
        .await?;
    let codes = new_codes(&guard, &mut tx, user, at).await?;
    changed(
        &guard,
        &mut tx,
        &caller,
        &client,
        (Action::TotpEnabled, MailKind::TotpEnabled),
    )
    .await?;
    notice::commit(&guard.app, tx).await?;
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
    State(guard): State<Guard>,
    caller: Caller,
    client: Client,
    body: Body<StepUpIn>,
) -> Result<Response, ApiError> {
    step_up::prove(&guard, &caller, &client, body.value.proof()).await?;
    let mut write: Write = guard.app.write(&caller, &body).await?;
    if !second_factors::remove(&mut write.tx, caller.user_id).await? {
        return Err(OFF);
    }
    let what = (Action::TotpDisabled, MailKind::TotpDisabled);
    changed(&guard, &mut write.tx, &caller, &client, what).await?;
    write.commit_empty().await
}

/// Notes a change in the log, and tells the person.
pub(crate) async fn changed(
    guard: &Guard,
    tx: &mut Tx,
    caller: &Caller,
    client: &Client,
    (action, kind): (Action, MailKind),
) -> Result<(), ApiError> {
    let at = guard.app.now();
    let detail = json!({ "session_id": caller.session_id });
    let ip = client.ip.as_deref();
    activities::add(tx, Some(caller.user_id), action, &detail, ip, at).await?;
    let detail = notice::circumstances(client);
    let kind = (caller.user_id, kind);
    notice::write(&guard.app, tx, kind, None, &detail, at).await
}
