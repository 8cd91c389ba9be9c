//! The log of what happened to an account. Rows are only ever added.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::UserId;
use serde_json::Value;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Somebody signed in.
    SignedIn,
    /// Somebody tried to, with a wrong password.
    SignInRefused,
    /// A session ended by its own wish.
    SignedOut,
    /// A session was ended from another one.
    SessionRevoked,
    /// A refresh token came back that had been replaced: its sessions were ended.
    RefreshReplayed,
    /// The account was closed.
    AccountDeleted,
}

impl Action {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
            Self::SessionRevoked => "session_revoked",
            Self::RefreshReplayed => "refresh_replayed",
            Self::AccountDeleted => "account_deleted",
        }
    }
}

/// Adds a row. Without an owner (nobody has that address) it adds none, in the same steps, so that
/// the time tells nothing.
pub async fn add(
    tx: &mut Tx,
    owner: Option<UserId>,
    action: Action,
    detail: &Value,
    ip: Option<&str>,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "
        insert into activities (user_id, action, detail, ip, created_at)
        select owner, $2, $3, $4, $5 from unnest(array[$1::bigint]) as owner where owner is not null
        ",
        owner.map(|owner| owner.0),
        action.as_str(),
        detail,
        ip,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
