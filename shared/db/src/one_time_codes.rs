//! Links and codes that prove an address or allow a new password, once.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::UserId;
use uuid::Uuid;

/// A link and a code for the same thing.
#[derive(Debug, Clone, Copy)]
pub struct NewCode<'a> {
    /// The row; of the mail that carries it.
    pub id: Uuid,
    /// Whose.
    pub user: UserId,
    /// What they are good for.
    pub purpose: &'a str,
    /// What both are derived from.
    pub salt: &'a [u8],
    /// Hash of the code.
    pub code_hash: &'a [u8],
    /// Hash of the link's token.
    pub token_hash: &'a [u8],
    /// The address that it proves, when it is not the account's own.
    pub target: Option<&'a str>,
    /// When the code ends.
    pub code_expires_at: DateTime<Utc>,
    /// When the link ends.
    pub expires_at: DateTime<Utc>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A link or code that was shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The row.
    pub id: Uuid,
    /// Whose.
    pub user: UserId,
    /// Hash of the code.
    pub code_hash: Vec<u8>,
    /// The address that it proves, when it is not the account's own.
    pub target: Option<String>,
}

/// Keeps a new link and code; those of the same purpose before it end. Nothing happens when the
/// row is there already: a mail may be written twice.
pub async fn insert(tx: &mut Tx, code: &NewCode<'_>) -> crate::Result<()> {
    sqlx::query!(
        "
        with earlier as (
            delete from one_time_codes where user_id = $2 and purpose = $3 and id <> $1
        )
        insert into one_time_codes (id, user_id, purpose, salt, code_hash, token_hash, target,
            code_expires_at, expires_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (id) do nothing
        ",
        code.id,
        code.user.0,
        code.purpose,
        code.salt,
        code.code_hash,
        code.token_hash,
        code.target,
        code.code_expires_at,
        code.expires_at,
        code.at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The salt of a row that is there already, for writing its mail again.
pub async fn salt(tx: &mut Tx, id: Uuid) -> crate::Result<Option<Vec<u8>>> {
    let found = sqlx::query_scalar!("select salt from one_time_codes where id = $1", id)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.flatten())
}

/// Uses up the link with this hash. One statement, so that of many at once exactly one succeeds.
pub async fn use_link(
    tx: &mut Tx,
    purpose: &str,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> crate::Result<Option<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"
        update one_time_codes c set used_at = $3
        from users u
        where c.token_hash = $1 and c.purpose = $2 and c.used_at is null and c.expires_at > $3
          and u.id = c.user_id and u.deleted_at is null
        returning c.id, c.user_id as "user: UserId", c.code_hash, c.target
        "#,
        token_hash,
        purpose,
        at,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Counts an attempt at the code of the account with this address. None when there is no account,
/// no code, or no attempt left. The row stays locked until the transaction ends, which must commit
/// also when the code was wrong.
pub async fn attempt(
    tx: &mut Tx,
    email: &str,
    purpose: &str,
    most_attempts: i32,
    at: DateTime<Utc>,
) -> crate::Result<Option<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"
        update one_time_codes c set attempts = attempts + 1
        from users u
        where lower(u.email) = lower($1) and u.deleted_at is null
          and c.user_id = u.id and c.purpose = $2 and c.used_at is null
          and c.code_expires_at > $4 and c.attempts < $3
        returning c.id, c.user_id as "user: UserId", c.code_hash, c.target
        "#,
        email,
        purpose,
        most_attempts,
        at,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Uses up a code that was right.
pub async fn use_code(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> crate::Result<()> {
    sqlx::query!(
        "update one_time_codes set used_at = $2 where id = $1",
        id,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends every open link and code of a person: they went to an address or allowed what is no more.
pub async fn end_all(tx: &mut Tx, owner: UserId) -> crate::Result<()> {
    sqlx::query!(
        "delete from one_time_codes where user_id = $1 and used_at is null",
        owner.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets codes that have expired. Returns how many.
pub async fn purge(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!("delete from one_time_codes where expires_at <= $1", at)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
