//! The token of a session, replaced at each use.

use super::Origin;
use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::{SessionId, UserId};
use uuid::Uuid;

/// One replacement of a refresh token.
#[derive(Debug, Clone, Copy)]
pub struct Rotation<'a> {
    /// The session.
    pub id: SessionId,
    /// Hash of the token presented.
    pub presented: &'a [u8],
    /// Hash of the one that replaces it.
    pub successor: &'a [u8],
    /// What the successor was derived with.
    pub salt: &'a [u8],
    /// Where the request came from.
    pub origin: Origin<'a>,
    /// When.
    pub at: DateTime<Utc>,
    /// For how long an unused session lives, in seconds.
    pub idle_seconds: f64,
    /// For how long any session lives, in seconds.
    pub absolute_seconds: f64,
}

/// All that a session knows about its tokens.
#[derive(Debug, Clone)]
pub struct TokenState {
    /// Whose.
    pub user: UserId,
    /// All sessions that descend from one sign-in.
    pub family: Uuid,
    /// Hash of the token that is due.
    pub refresh_hash: Vec<u8>,
    /// Hash of the one before it.
    pub previous_hash: Option<Vec<u8>>,
    /// What the due token was derived with.
    pub salt: Option<Vec<u8>>,
    /// When the due token was issued.
    pub rotated_at: DateTime<Utc>,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When the session was ended early.
    pub revoked_at: Option<DateTime<Utc>>,
    /// What the client called itself at the last use.
    pub device: Option<String>,
    /// From which network address it came then.
    pub ip: Option<String>,
}

/// Replaces the token that is due, if the presented one is it. One statement, so that of two
/// requests at once exactly one hits; returns whose session it is, or none when nothing was hit.
pub async fn rotate(tx: &mut Tx, rotation: &Rotation<'_>) -> crate::Result<Option<UserId>> {
    sqlx::query_scalar!(
        r#"
        update sessions
        set refresh_hash = $3, previous_hash = $2, refresh_salt = $4, rotated_at = $5, last_used_at = $5,
            expires_at = least($5 + make_interval(secs => $8), created_at + make_interval(secs => $9)),
            device = $6, ip = $7
        where id = $1 and refresh_hash = $2 and revoked_at is null and expires_at > $5
        returning user_id as "user_id: UserId"
        "#,
        rotation.id.0,
        rotation.presented,
        rotation.successor,
        rotation.salt,
        rotation.at,
        rotation.origin.device,
        rotation.origin.ip,
        rotation.idle_seconds,
        rotation.absolute_seconds,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// What a session knows about its tokens, for judging one that did not hit. The row stays locked
/// until the transaction ends, so that the judgement still holds when it is acted upon.
pub async fn token_state(tx: &mut Tx, id: SessionId) -> crate::Result<Option<TokenState>> {
    sqlx::query_as!(
        TokenState,
        r#"
        select user_id as "user: UserId", family, refresh_hash, previous_hash, refresh_salt as salt,
               coalesce(rotated_at, created_at) as "rotated_at!", created_at, revoked_at, device, ip
        from sessions where id = $1 for update
        "#,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await
}
