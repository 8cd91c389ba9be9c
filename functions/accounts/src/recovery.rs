//! Recovery codes: shown once, each good once.

use crate::totp::{OFF, changed};
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use sentry_auth::recovery::{CODES, RecoveryCode};
use sentry_db::Tx;
use sentry_db::activities::Action;
use sentry_db::mails::MailKind;
use sentry_db::second_factors;
use sentry_domain::UserId;
use sentry_http::{ApiError, Body, Caller};
use sentry_identity::{
    Client, Guard, notice,
    step_up::{self, StepUpIn},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Recovery codes, shown this once. Without `Debug`, so that they reach no log.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesOut {
    /// Each opens the door once in place of the authenticator.
    recovery_codes: Vec<String>,
}

/// Replaces all recovery codes.
#[utoipa::path(
    post,
    path = "/api/auth/totp/recovery-codes",
    operation_id = "replace_recovery_codes",
    tag = "accounts",
    request_body = StepUpIn,
    responses((status = 200, description = "The new codes; the old ones open nothing", body = RecoveryCodesOut))
)]
pub(crate) async fn replace_recovery_codes(
    State(guard): State<Guard>,
    caller: Caller,
    client: Client,
    Body { value, .. }: Body<StepUpIn>,
) -> Result<Json<RecoveryCodesOut>, ApiError> {
    step_up::prove(&guard, &caller, &client, value.proof()).await?;
    let mut tx = guard.app.tenant(&caller).await?;
    if !second_factors::is_required(&mut tx, caller.user_id).await? {
        return Err(OFF);
    }
    let at = guard.app.now();
    let codes = new_codes(&guard, &mut tx, caller.user_id, at).await?;
    let what = (
        Action::RecoveryCodesReplaced,
        MailKind::RecoveryCodesChanged,
    );
    changed(&guard, &mut tx, &caller, &client, what).await?;
    notice::commit(&guard.app, tx).await?;
    Ok(Json(codes))
}

/// Makes new codes in place of all others.
pub(crate) async fn new_codes(
    guard: &Guard,
    tx: &mut Tx,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<RecoveryCodesOut, ApiError> {
    let codes: Vec<RecoveryCode> = (0..CODES)
        .map(|_| RecoveryCode::new(guard.app.ids.bytes()))
        .collect();
    let hashes: Vec<Vec<u8>> = codes
        .iter()
        .map(|code| code.hash(&guard.keys.codes, user).as_bytes().to_vec())
        .collect();
    second_factors::replace_codes(tx, user, &hashes, at).await?;
    let texts = codes.iter().map(|code| code.text().expose().clone());
    Ok(RecoveryCodesOut {
        recovery_codes: texts.collect(),
    })
}
