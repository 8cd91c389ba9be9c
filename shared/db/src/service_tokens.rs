//! Tokens of trusted services, and the transactions they open.

use crate::{Db, Tx};
use chrono::{DateTime, Utc};
use sentry_domain::UserId;
use std::fmt::Write;
use uuid::Uuid;

/// Why a service's transaction did not begin.
#[derive(Debug, thiserror::Error)]
pub enum EnterServiceError {
    /// The token is unknown, revoked or not meant for this.
    #[error("the service token is not valid")]
    Refused,
    /// The user the service wants to act for does not exist.
    #[error("there is no such user")]
    NoSuchUser,
    /// The database could not be asked.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Begins a transaction that sees one user's rows only, for a service whose token may do `scope`.
pub async fn enter(
    db: &Db,
    owner: UserId,
    (token, hash): (Uuid, &[u8]),
    scope: &'static str,
    at: DateTime<Utc>,
) -> Result<Tx, EnterServiceError> {
    let mut hex = String::with_capacity(2 * hash.len());
    for byte in hash {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    let enter = format!(
        "BEGIN; SELECT sentry.enter_service({owner}, '{token}', '\\x{hex}', '{scope}', '{}')",
        at.to_rfc3339()
    );
    match db.begin(enter).await {
        Err(sqlx::Error::Database(error)) => Err(match error.code().as_deref() {
            Some("SE401") => EnterServiceError::Refused,
            Some("SE404") => EnterServiceError::NoSuchUser,
            _ => EnterServiceError::Database(sqlx::Error::Database(error)),
        }),
        other => Ok(other?),
    }
}

/// Keeps the hash of a new token. For an operator with the database's own login: no function may.
pub async fn issue(
    db: &Db,
    (token, hash): (Uuid, &[u8]),
    name: &str,
    scopes: &[String],
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "insert into service_tokens (id, name, token_hash, scopes, created_at) values ($1, $2, $3, $4, $5)",
        token,
        name,
        hash,
        scopes,
        at,
    )
    .execute(db.pool())
    .await?;
    Ok(())
}

/// Ends a token. False when there is no such token, or it has ended already.
pub async fn revoke(db: &Db, token: Uuid, at: DateTime<Utc>) -> crate::Result<bool> {
    let done = sqlx::query!(
        "update service_tokens set revoked_at = $2 where id = $1 and revoked_at is null",
        token,
        at,
    )
    .execute(db.pool())
    .await?;
    Ok(done.rows_affected() == 1)
}
