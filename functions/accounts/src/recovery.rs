//! Recovery codes: shown once, each good once.

use crate::Accounts;
use crate::client::Client;
use crate::notice;
use crate::step_up;
use crate::totp::{OFF, StepUpIn, changed};
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
    State(accounts): State<Accounts>,
    caller: Caller,
    client: Client,
    Body { value, .. }: Body<StepUpIn>,
) -> Result<Json<RecoveryCodesOut>, ApiError> {
    step_up::prove(&accounts, &caller, &client, value.proof()).await?;
    let mut tx = accounts.app.tenant(&caller).await?;
    if !second_factors::is_required(&mut tx, caller.user_id).await? {
        return Err(OFF);
    }
    let at = accounts.app.now();
    let codes = new_codes(&accounts, &mut tx, caller.user_id, at).await?;
    let what = (
        Action::RecoveryCodesReplaced,
        MailKind::RecoveryCodesChanged,
    );
    changed(&accounts, &mut tx, &caller, &client, what).await?;
    notice::commit(&accounts.app, tx).await?;
    Ok(Json(codes))
}

/// Makes new codes in place of all others.
pub(crate) async fn new_codes(
    accounts: &Accounts,
    tx: &mut Tx,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<RecoveryCodesOut, ApiError> {
    let codes: Vec<RecoveryCode> = (0..CODES)
        .map(|_| RecoveryCode::new(accounts.app.ids.bytes()))
        .collect();
    let hashes: Vec<Vec<u8>> = codes
        .iter()
        .map(|code| code.hash(&accounts.keys.codes, user).as_bytes().to_vec())
        .collect();
    second_factors::replace_codes(tx, user, &hashes, at).await?;
    let texts = codes.iter().map(|code| code.text().expose().clone());
    Ok(RecoveryCodesOut {
        recovery_codes: texts.collect(),
    })
}
