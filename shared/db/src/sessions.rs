//! Signed-in devices: one row each, with the hash of the refresh token that is due.

mod rotation;

pub use rotation::{Rotation, TokenState, rotate, token_state};

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::{SessionId, UserId};
use uuid::Uuid;

/// Where a request came from, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin<'a> {
    /// What the client calls itself.
    pub device: Option<&'a str>,
    /// Its network address.
    pub ip: Option<&'a str>,
}

/// How a person got in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInBy<'a> {
    /// By a password, with its hash at the moment it was found right.
    Password(&'a str),
    /// By a provider that vouches for them.
    Provider,
}

/// What a new session begins with.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// The session.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// How the person got in.
    pub by: SignInBy<'a>,
    /// Hash of the first refresh token.
    pub refresh_hash: &'a [u8],
    /// Where the person signed in.
    pub origin: Origin<'a>,
    /// When.
    pub at: DateTime<Utc>,
    /// When it ends unless it is used.
    pub expires_at: DateTime<Utc>,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When its tokens were last replaced.
    pub last_used_at: DateTime<Utc>,
    /// When it ends unless it is used.
    pub expires_at: DateTime<Utc>,
    /// What the client called itself at the last use.
    pub device: Option<String>,
    /// From which network address it came then.
    pub ip: Option<String>,
}

/// Opens a session. False when the account was closed or its password changed since the password
/// was checked: the lock on the account's row lets exactly one of the two win.
pub async fn open(tx: &mut Tx, session: &NewSession<'_>) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        insert into sessions (id, user_id, family, refresh_hash, rotated_at, created_at, last_used_at,
            expires_at, device, ip)
        select $1, u.id, $1, $4, $5, $5, $5, $6, $7, $8
        from (
            select id from users
            where id = $2 and deleted_at is null and ($3::text is null or password_hash = $3)
            for share
        ) u
        ",
        session.id.0,
        session.user.0,
        match session.by {
            SignInBy::Password(hash) => Some(hash),
            SignInBy::Provider => None,
        },
        session.refresh_hash,
        session.at,
        session.expires_at,
        session.origin.device,
        session.origin.ip,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every session that descends from one sign-in. Returns how many were open.
pub async fn revoke_family(
    tx: &mut Tx,
    owner: UserId,
    family: Uuid,
    at: DateTime<Utc>,
) -> crate::Result<u64> {
    let done = sqlx::query!(
        "update sessions set revoked_at = $3 where user_id = $1 and family = $2 and revoked_at is null",
        owner.0,
        family,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// The owner's open sessions, the latest sign-in first.
pub async fn list(
    tx: &mut Tx,
    owner: UserId,
    after: Option<(DateTime<Utc>, SessionId)>,
    limit: i64,
    at: DateTime<Utc>,
) -> crate::Result<Vec<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        r#"
        select id as "id: SessionId", created_at, last_used_at, expires_at, device, ip
        from sessions
        where user_id = $1 and revoked_at is null and expires_at > $2
          and ($3::timestamptz is null or (created_at, id) < ($3, $4))
        order by created_at desc, id desc
        limit $5
        "#,
        owner.0,
        at,
        after.map(|(created_at, _)| created_at),
        after.map(|(_, id)| id.0),
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Ends one of the owner's sessions. False when there is no such open one.
pub async fn revoke(
    tx: &mut Tx,
    owner: UserId,
    id: SessionId,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update sessions set revoked_at = $3
        where user_id = $1 and id = $2 and revoked_at is null and expires_at > $3
        ",
        owner.0,
        id.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all of the owner's sessions. Returns how many were open.
pub async fn revoke_all(tx: &mut Tx, owner: UserId, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!(
        "update sessions set revoked_at = $2 where user_id = $1 and revoked_at is null and expires_at > $2",
        owner.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Ends all of the owner's sessions but one. Returns how many were open.
pub async fn revoke_others(
    tx: &mut Tx,
    owner: UserId,
    keep: SessionId,
    at: DateTime<Utc>,
) -> crate::Result<u64> {
    let done = sqlx::query!(
        "
        update sessions set revoked_at = $3
        where user_id = $1 and id <> $2 and revoked_at is null and expires_at > $3
        ",
        owner.0,
        keep.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Whether the person behind an address has an open session at this network address.
pub async fn is_known_place(
    tx: &mut Tx,
    email: &str,
    ip: &str,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select from users u join sessions s on s.user_id = u.id
            where lower(u.email) = lower($1) and u.deleted_at is null
              and s.ip = $2 and s.revoked_at is null and s.expires_at > $3
        ) as "known!"
        "#,
        email,
        ip,
        at,
    )
    .fetch_one(&mut **tx)
    .await
}

/// Forgets sessions that ended more than 30 days ago; until then a token of theirs that comes back
/// is recognised. Returns how many.
pub async fn purge(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!(
        "delete from sessions where expires_at < $1::timestamptz - interval '30 days'",
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
