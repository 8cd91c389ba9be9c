//! The log of what happened to an account. Rows are only ever added.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::UserId;
use serde_json::Value;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// An account was made for somebody from another provider.
    SignedUp,
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
    /// So many tries that they were not even looked at.
    SignInLimited,
    /// The address was shown to be the person's own.
    EmailVerified,
    /// A link or code was not right.
    CodeRefused,
    /// Somebody asked for a new password.
    PasswordResetRequested,
    /// A new password was set by a mailed link or code.
    PasswordReset,
    /// The password was changed.
    PasswordChanged,
    /// Another address was asked for.
    EmailChangeRequested,
    /// The account has another address.
    EmailChanged,
    /// What should have proved the person once more did not, or was not there.
    StepUpRefused,
    /// So many tries to prove oneself once more that they were not even looked at.
    StepUpLimited,
    /// The password was right, and the second factor not yet there.
    SecondFactorAsked,
    /// A second factor was wrong.
    SecondFactorRefused,
    /// So many second factors that they were not even looked at.
    SecondFactorLimited,
    /// The refresh token of a session that has ended came back.
    RefreshRefused,
    /// A provider that was to be linked did not vouch for the person, or already opens another account.
    ProviderRefused,
    /// A second factor is asked for from now on.
    TotpEnabled,
    /// No second factor is asked for any more.
    TotpDisabled,
    /// A recovery code stood in for the authenticator.
    RecoveryCodeUsed,
    /// New recovery codes were made.
    RecoveryCodesReplaced,
    /// Another way in was added.
    ProviderLinked,
    /// A way in was removed.
    ProviderUnlinked,
    /// An archive of everything was asked for.
    ExportRequested,
}

impl Action {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedUp => "signed_up",
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
            Self::SessionRevoked => "session_revoked",
            Self::RefreshReplayed => "refresh_replayed",
            Self::AccountDeleted => "account_deleted",
            Self::SignInLimited => "sign_in_limited",
            Self::EmailVerified => "email_verified",
            Self::CodeRefused => "code_refused",
            Self::PasswordResetRequested => "password_reset_requested",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::EmailChangeRequested => "email_change_requested",
            Self::EmailChanged => "email_changed",
            Self::StepUpRefused => "step_up_refused",
            Self::StepUpLimited => "step_up_limited",
            Self::SecondFactorAsked => "second_factor_asked",
            Self::SecondFactorLimited => "second_factor_limited",
            Self::RefreshRefused => "refresh_refused",
            Self::ProviderRefused => "provider_refused",
            Self::SecondFactorRefused => "second_factor_refused",
            Self::TotpEnabled => "totp_enabled",
            Self::TotpDisabled => "totp_disabled",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::RecoveryCodesReplaced => "recovery_codes_replaced",
            Self::ProviderLinked => "provider_linked",
            Self::ProviderUnlinked => "provider_unlinked",
            Self::ExportRequested => "export_requested",
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

/// Adds a row to the log of the account with this address, at most one a minute of the same action:
/// who is turned away a thousand times a minute must not fill the log.
pub async fn add_for_address(
    tx: &mut Tx,
    email: &str,
    action: Action,
    ip: Option<&str>,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "
        insert into activities (user_id, action, ip, created_at)
        select u.id, $2, $3, $4 from users u
        where lower(u.email) = lower($1) and u.deleted_at is null and not exists (
            select from activities a
            where a.user_id = u.id and a.action = $2 and a.created_at > $4::timestamptz - interval '1 minute')
        ",
        email,
        action.as_str(),
        ip,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds a row for something that a machine can repeat at will, at most one a minute of the same action.
pub async fn add_seldom(
    tx: &mut Tx,
    owner: UserId,
    action: Action,
    ip: Option<&str>,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "
        insert into activities (user_id, action, ip, created_at)
        select $1, $2, $3, $4 where not exists (
            select from activities a
            where a.user_id = $1 and a.action = $2 and a.created_at > $4::timestamptz - interval '1 minute')
        ",
        owner.0,
        action.as_str(),
        ip,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A row of the log as its owner sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityRow {
    /// The row.
    pub id: i64,
    /// What happened.
    pub action: String,
    /// More about it.
    pub detail: Value,
    /// From which network address.
    pub ip: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// The owner's log, the latest first.
pub async fn list(
    tx: &mut Tx,
    owner: UserId,
    after: Option<i64>,
    limit: i64,
) -> crate::Result<Vec<ActivityRow>> {
    sqlx::query_as!(
        ActivityRow,
        "
        select id, action, detail, ip, created_at from activities
        where user_id = $1 and ($2::bigint is null or id < $2)
        order by id desc
        limit $3
        ",
        owner.0,
        after,
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}
