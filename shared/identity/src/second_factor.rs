//! The second factor: a code of the authenticator, or a recovery code in its place.

use crate::Guard;
use crate::client::Client;
use crate::notice;
use chrono::{DateTime, Utc};
use sentry_auth::envelope::Wrapped;
use sentry_auth::recovery::RecoveryCode;
use sentry_auth::totp::TotpSecret;
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::data_keys;
use sentry_db::mails::MailKind;
use sentry_db::second_factors::{self, TotpRow};
use sentry_domain::UserId;
use sentry_http::{ApiError, Conflict};
use serde_json::json;

/// What sealed authenticator secrets are bound to.
const LABEL: &str = "totp.secret";

const REQUIRED: ApiError = ApiError::Denied(Conflict {
    code: "second_factor_required",
    detail: "send the code of your authenticator, or a recovery code, as totp_code",
});
const WRONG: ApiError = ApiError::Denied(Conflict {
    code: "second_factor_wrong",
    detail: "the code is wrong or was used; wait for the next one",
});

/// What came of asking for a second factor.
#[derive(Debug)]
pub enum Factor {
    /// The account has none.
    NotNeeded,
    /// It was shown.
    Right,
    /// None was sent.
    Missing,
    /// It was not the right one.
    Wrong,
    /// Too many were tried.
    Limited(ApiError),
}

impl Factor {
    /// Nothing, or the answer to give. The transaction is to be committed before: tries count.
    pub fn or_denied(self) -> Result<(), ApiError> {
        match self {
            Self::NotNeeded | Self::Right => Ok(()),
            Self::Missing => Err(REQUIRED),
            Self::Wrong => Err(WRONG),
            Self::Limited(error) => Err(error),
        }
    }
}

/// Checks the second factor of an account, if it has one.
pub async fn check(
    guard: &Guard,
    tx: &mut Tx,
    (user, typed): (UserId, Option<&str>),
    client: &Client,
    at: DateTime<Utc>,
) -> Result<Factor, ApiError> {
    let Some(row) = second_factors::get(tx, user)
        .await?
        .filter(|row| row.confirmed_at.is_some())
    else {
        return Ok(Factor::NotNeeded);
    };
    let ip = client.ip.as_deref();
    let Some(typed) = typed else {
        activities::add_seldom(tx, user, Action::SecondFactorAsked, ip, at).await?;
        return Ok(Factor::Missing);
    };
    if let Err(error) = guard.gate.take_second_factor(tx, user, at).await? {
        activities::add_seldom(tx, user, Action::SecondFactorLimited, ip, at).await?;
        return Ok(Factor::Limited(error));
    }
    let right = match secret(guard, user, &row)?.accept(typed, row.last_step, at) {
        Some(step) => second_factors::use_step(tx, user, step, at).await?,
        None => use_recovery_code(guard, tx, (user, typed), client, at).await?,
    };
    if right {
        guard.gate.give_back_second_factor(tx, user, at).await?;
        return Ok(Factor::Right);
    }
    let action = Action::SecondFactorRefused;
    activities::add(tx, Some(user), action, &json!({}), ip, at).await?;
    Ok(Factor::Wrong)
}

async fn use_recovery_code(
    guard: &Guard,
    tx: &mut Tx,
    (user, typed): (UserId, &str),
    client: &Client,
    at: DateTime<Utc>,
) -> Result<bool, ApiError> {
    let Ok(code) = RecoveryCode::parse(typed) else {
        return Ok(false);
    };
    let hash = code.hash(&guard.keys.codes, user);
    if !second_factors::use_code(tx, user, hash.as_bytes(), at).await? {
        return Ok(false);
    }
    let ip = client.ip.as_deref();
    let action = Action::RecoveryCodeUsed;
    activities::add(tx, Some(user), action, &json!({}), ip, at).await?;
    let kind = (user, MailKind::RecoveryCodesChanged);
    let detail = notice::circumstances(client);
    notice::write(&guard.app, tx, kind, None, &detail, at).await?;
    Ok(true)
}

/// The secret of an authenticator.
pub fn secret(guard: &Guard, user: UserId, row: &TotpRow) -> Result<TotpSecret, ApiError> {
    let wrapped = Wrapped {
        key_id: row.key_id.clone(),
        bytes: row.wrapped.clone(),
    };
    let key = guard.keys.master.unwrap(user, &wrapped);
    let bytes = key
        .and_then(|key| key.open(user, LABEL, &row.secret))
        .map_err(ApiError::internal)?;
    TotpSecret::from_bytes(bytes.expose())
        .ok_or_else(|| ApiError::internal("a stored authenticator secret has another length"))
}

/// Seals the secret of an authenticator with its owner's data key, which is made when there is none.
pub async fn seal(
    guard: &Guard,
    tx: &mut Tx,
    user: UserId,
    secret: &TotpSecret,
) -> Result<Vec<u8>, ApiError> {
    let ids = &guard.app.ids;
    let random = (ids.bytes(), ids.bytes());
    let key = data_keys::find_or_make(tx, user, &guard.keys.master, random).await?;
    Ok(key.seal(user, LABEL, secret.bytes(), ids.bytes()))
}
