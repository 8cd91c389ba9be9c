//! Mails to people about their accounts: what to write, to whom, and whether it went out.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::UserId;
use serde_json::Value;
use uuid::Uuid;

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    /// Show that the address is one's own.
    VerifyEmail,
    /// Choose a new password.
    ResetPassword,
    /// Show that the new address is one's own.
    ChangeEmail,
    /// Somebody signed up with an address that has an account.
    SignUpRepeated,
    /// The password was changed.
    PasswordChanged,
    /// The address was changed: to the old one.
    EmailChanged,
    /// A refresh token came back that had been replaced: sessions were ended.
    RefreshReplayed,
    /// A second factor is asked for from now on.
    TotpEnabled,
    /// No second factor is asked for any more.
    TotpDisabled,
    /// A recovery code was used, or new ones were made.
    RecoveryCodesChanged,
    /// Another way in was added.
    ProviderLinked,
    /// A way in was removed.
    ProviderUnlinked,
    /// The archive of all data can be fetched.
    ExportReady,
    /// The account was closed.
    AccountDeleted,
}

impl MailKind {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::VerifyEmail,
        Self::ResetPassword,
        Self::ChangeEmail,
        Self::SignUpRepeated,
        Self::PasswordChanged,
        Self::EmailChanged,
        Self::RefreshReplayed,
        Self::TotpEnabled,
        Self::TotpDisabled,
        Self::RecoveryCodesChanged,
        Self::ProviderLinked,
        Self::ProviderUnlinked,
        Self::ExportReady,
        Self::AccountDeleted,
    ];

    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
            Self::SignUpRepeated => "sign_up_repeated",
            Self::PasswordChanged => "password_changed",
            Self::EmailChanged => "email_changed",
            Self::RefreshReplayed => "refresh_replayed",
            Self::TotpEnabled => "totp_enabled",
            Self::TotpDisabled => "totp_disabled",
            Self::RecoveryCodesChanged => "recovery_codes_changed",
            Self::ProviderLinked => "provider_linked",
            Self::ProviderUnlinked => "provider_unlinked",
            Self::ExportReady => "export_ready",
            Self::AccountDeleted => "account_deleted",
        }
    }

    /// The kind that a word means.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A mail to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewMail<'a> {
    /// The mail.
    pub id: Uuid,
    /// Whose account it is about.
    pub user: UserId,
    /// What it is about.
    pub kind: MailKind,
    /// To which address; the account's own when none is given.
    pub recipient: Option<&'a str>,
    /// What it names.
    pub detail: &'a Value,
    /// When.
    pub at: DateTime<Utc>,
}

/// A mail as the worker needs it.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// To which address.
    pub recipient: String,
    /// What it is about.
    pub kind: String,
    /// What it names.
    pub detail: Value,
    /// When it became necessary.
    pub created_at: DateTime<Utc>,
    /// When it went out.
    pub sent_at: Option<DateTime<Utc>>,
    /// What the person is called.
    pub first_name: Option<String>,
    /// Whether the account's address was proven.
    pub verified: bool,
    /// How many mails went to this person in the hour before.
    pub recent: i64,
}

/// Writes down a mail. False when there is no such account any more. After its end only an address
/// that is given is written to.
pub async fn insert(tx: &mut Tx, mail: &NewMail<'_>) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        insert into mails (id, user_id, kind, recipient, detail, created_at)
        select $1, id, $3, coalesce($4, email), $5, $6
        from users where id = $2 and (deleted_at is null or $4 is not null)
        ",
        mail.id,
        mail.user.0,
        mail.kind.as_str(),
        mail.recipient,
        mail.detail,
        mail.at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The mail, for the worker that sends it.
pub async fn get(tx: &mut Tx, owner: UserId, id: Uuid) -> crate::Result<Option<MailRow>> {
    sqlx::query_as!(
        MailRow,
        r#"
        select m.recipient, m.kind, m.detail, m.created_at, m.sent_at, u.first_name,
               u.email_verified_at is not null as "verified!",
               (select count(*) from mails o where o.user_id = m.user_id and o.sent_at is not null
                    and o.created_at > m.created_at - interval '1 hour') as "recent!"
        from mails m join users u on u.id = m.user_id
        where m.user_id = $1 and m.id = $2
        "#,
        owner.0,
        id,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Notes that a mail went out, or never will.
pub async fn mark_sent(
    tx: &mut Tx,
    owner: UserId,
    id: Uuid,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "update mails set sent_at = $3 where user_id = $1 and id = $2",
        owner.0,
        id,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes down what a stranger asks for by address, without looking whether there is an account.
pub async fn request(
    tx: &mut Tx,
    id: Uuid,
    (purpose, email): (&str, &str),
    ip: Option<&str>,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "insert into mail_requests (id, purpose, email, ip, created_at) values ($1, $2, $3, $4, $5)",
        id,
        purpose,
        email,
        ip,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a stranger asked for, and whose account the address is, if anybody's.
#[derive(Debug, Clone)]
pub struct Requested {
    /// What for.
    pub purpose: String,
    /// From where.
    pub ip: Option<String>,
    /// Whose address it is.
    pub user: Option<UserId>,
    /// Whether the address was proven.
    pub verified: bool,
}

/// Takes a stranger's request away to be answered. None when that has happened.
pub async fn take_request(tx: &mut Tx, id: Uuid) -> crate::Result<Option<Requested>> {
    sqlx::query_as!(
        Requested,
        r#"
        with taken as (delete from mail_requests where id = $1 returning purpose, email, ip)
        select t.purpose, t.ip, u.id as "user?: UserId",
               coalesce(u.email_verified_at is not null, false) as "verified!"
        from taken t left join users u on lower(u.email) = lower(t.email) and u.deleted_at is null
        "#,
        id,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Forgets mails of more than 30 days ago and requests that nobody answered for a day. Returns how
/// many.
pub async fn purge(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query_scalar!(
        r#"
        with old as (
            delete from mails where created_at < $1::timestamptz - interval '30 days' returning 1
        ), unanswered as (
            delete from mail_requests where created_at < $1::timestamptz - interval '1 day' returning 1
        )
        select (select count(*) from old) + (select count(*) from unanswered) as "count!"
        "#,
        at,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(u64::try_from(done).unwrap_or_default())
}
