//! Proving once more who one is, before something that a stolen session must not be able to do.

use crate::Guard;
use crate::client::Client;
use crate::second_factor::{self, Factor};
use chrono::TimeDelta;
use sentry_auth::Secret;
use sentry_auth::password::{Password, PasswordHash, Verdict};
use sentry_db::activities::{self, Action};
use sentry_db::credentials::{self, Own};
use sentry_db::second_factors;
use sentry_http::{ApiError, Caller, Conflict};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// How fresh a sign-in must be where there is nothing else to ask for.
const FRESH: TimeDelta = TimeDelta::minutes(10);

const NEEDS_PASSWORD: ApiError = ApiError::Denied(Conflict {
    code: "password_required",
    detail: "send your current_password with this request",
});
const WRONG_PASSWORD: ApiError = ApiError::Denied(Conflict {
    code: "password_wrong",
    detail: "the current_password is wrong",
});
const NOT_FRESH: ApiError = ApiError::Denied(Conflict {
    code: "sign_in_again",
    detail: "sign in again, then repeat this within ten minutes",
});

/// What a request brings along.
#[derive(Debug, Clone, Copy, Default)]
pub struct Proof<'a> {
    /// The account's password.
    pub password: Option<&'a Secret>,
    /// A code of the authenticator, or a recovery code.
    pub code: Option<&'a Secret>,
}

/// What proves that the person is here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepUpIn {
    /// The account's password; none for an account without.
    #[schema(value_type = Option<String>, format = Password, max_length = 128)]
    pub current_password: Option<Secret>,
    /// Code of the authenticator, or a recovery code, where the account has a second factor.
    #[schema(value_type = Option<String>, example = "123456")]
    pub totp_code: Option<Secret>,
}

impl StepUpIn {
    /// As it is checked.
    pub fn proof(&self) -> Proof<'_> {
        Proof {
            password: self.current_password.as_ref(),
            code: self.totp_code.as_ref(),
        }
    }
}

/// Asks for everything the account has: its password, its second factor; or, where it has
/// neither, a sign-in of just now. Returns what the account is proven with.
pub async fn prove(
    guard: &Guard,
    caller: &Caller,
    client: &Client,
    proof: Proof<'_>,
) -> Result<Own, ApiError> {
    let app = &guard.app;
    let mut tx = app.tenant(caller).await?;
    let taken = guard
        .gate
        .take_step_up(&mut tx, caller.user_id, app.now())
        .await?;
    let own = credentials::own(&mut tx, caller.user_id, caller.session_id)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let has_factor = second_factors::is_required(&mut tx, caller.user_id).await?;
    if taken.is_err() {
        let (user, ip) = (caller.user_id, client.ip.as_deref());
        activities::add_seldom(&mut tx, user, Action::StepUpLimited, ip, app.now()).await?;
    }
    tx.commit().await?;
    taken?;
    let lacking = match (&own.password_hash, proof.password) {
        (Some(_), None) => Some(NEEDS_PASSWORD),
        (Some(stored), Some(typed)) => {
            (!is_right(guard, typed, stored).await?).then_some(WRONG_PASSWORD)
        }
        (None, _) => (!has_factor && app.now() - own.signed_in_at > FRESH).then_some(NOT_FRESH),
    };
    if let Some(error) = lacking {
        refused(guard, caller, client).await?;
        return Err(error);
    }
    let mut tx = app.tenant(caller).await?;
    let at = app.now();
    let code = proof.code.map(|code| code.expose().as_str());
    let factor = second_factor::check(guard, &mut tx, (caller.user_id, code), client, at).await?;
    if matches!(factor, Factor::Right | Factor::NotNeeded) {
        guard
            .gate
            .give_back_step_up(&mut tx, caller.user_id, at)
            .await?;
    }
    crate::notice::commit(app, tx).await?;
    factor.or_denied()?;
    Ok(own)
}

async fn is_right(guard: &Guard, typed: &Secret, stored: &str) -> Result<bool, ApiError> {
    let Ok(password) = Password::read(typed) else {
        return Ok(false);
    };
    let stored = PasswordHash::from_stored(stored.to_owned());
    let verdict = crate::password::verify(guard, &password, Some(stored)).await?;
    Ok(matches!(verdict, Verdict::Right { .. }))
}

async fn refused(guard: &Guard, caller: &Caller, client: &Client) -> Result<(), ApiError> {
    let at = guard.app.now();
    let mut tx = guard.app.tenant(caller).await?;
    activities::add(
        &mut tx,
        Some(caller.user_id),
        Action::StepUpRefused,
        &json!({ "session_id": caller.session_id }),
        client.ip.as_deref(),
        at,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
