//! Archives of everything the system holds about a person.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::UserId;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

/// An export as its owner sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportRow {
    /// The export.
    pub id: Uuid,
    /// pending, ready, failed or expired.
    pub status: String,
    /// Where the archive lies.
    pub object_key: Option<String>,
    /// How large it is.
    pub size_bytes: Option<i64>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was finished.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it is removed.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Asks for an export. None when one is under way.
pub async fn insert(
    tx: &mut Tx,
    owner: UserId,
    id: Uuid,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        insert into exports (id, user_id, created_at) values ($1, $2, $3)
        on conflict (user_id) where status = 'pending' do nothing
        ",
        id,
        owner.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The owner's latest export.
pub async fn latest(tx: &mut Tx, owner: UserId) -> crate::Result<Option<ExportRow>> {
    sqlx::query_as!(
        ExportRow,
        "
        select id, status, object_key, size_bytes, created_at, finished_at, expires_at
        from exports where user_id = $1 order by created_at desc limit 1
        ",
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Whether an export still waits to be made. Locked until the transaction ends.
pub async fn is_pending(tx: &mut Tx, owner: UserId, id: Uuid) -> crate::Result<bool> {
    let found = sqlx::query_scalar!(
        "select id from exports where user_id = $1 and id = $2 and status = 'pending'",
        owner.0,
        id,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.is_some())
}

/// Notes that the archive lies in the bucket.
pub async fn finish(
    tx: &mut Tx,
    owner: UserId,
    id: Uuid,
    (object_key, size_bytes): (&str, i64),
    (at, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update exports set status = 'ready', object_key = $3, size_bytes = $4, finished_at = $5, expires_at = $6
        where user_id = $1 and id = $2 and status = 'pending'
        ",
        owner.0,
        id,
        object_key,
        size_bytes,
        at,
        expires_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that no archive could be made.
pub async fn fail(tx: &mut Tx, owner: UserId, id: Uuid, at: DateTime<Utc>) -> crate::Result<()> {
    sqlx::query!(
        "
        update exports set status = 'failed', finished_at = $3
        where user_id = $1 and id = $2 and status = 'pending'
        ",
        owner.0,
        id,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Marks archives whose time is over, and returns where they lie.
pub async fn expire(tx: &mut Tx, at: DateTime<Utc>, limit: i64) -> crate::Result<Vec<String>> {
    let keys = sqlx::query_scalar!(
        "
        update exports set status = 'expired'
        where id in (select id from exports where status = 'ready' and expires_at <= $1 order by expires_at limit $2)
        returning object_key
        ",
        at,
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(keys.into_iter().flatten().collect())
}

/// Gives up exports that nobody finished within a day. Returns how many.
pub async fn give_up(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!(
        "
        update exports set status = 'failed', finished_at = $1
        where status = 'pending' and created_at < $1::timestamptz - interval '1 day'
        ",
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Columns that are of no use to the person and of much to a thief: hashes, keys, sealed secrets.
const WITHHELD: &[&str] = &[
    "password_hash",
    "refresh_hash",
    "previous_hash",
    "refresh_salt",
    "code_hash",
    "token_hash",
    "salt",
    "secret",
    "wrapped",
    "state_hash",
    "browser_hash",
    "request_hash",
    "inputs_hash",
    "access_token",
    "refresh_token",
    "search",
    "due_key",
];

/// Every table with rows of people: whatever refers to `users`, and `users` itself. From the
/// catalogue, so that a table added tomorrow is in tomorrow's export.
pub async fn owner_tables(tx: &mut Tx) -> crate::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        select distinct c.relname::text as "name!"
        from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where c.relkind in ('r', 'p') and (c.relname = 'users' or exists (
            select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped))
        order by 1
        "#
    )
    .fetch_all(&mut **tx)
    .await
}

/// A page of the owner's rows of a table of [`owner_tables`], as JSON, from the row `offset` on.
/// The transaction must be the owner's own: row-level security bounds what is read.
pub async fn rows(
    tx: &mut Tx,
    owner: UserId,
    table: &str,
    (offset, limit): (i64, i64),
) -> crate::Result<Vec<Value>> {
    // Names come from the catalogue; quoted all the same.
    let table = table.replace('"', "\"\"");
    let column = if table == "users" { "id" } else { "user_id" };
    let statement = format!(
        "select to_jsonb(t) - $2::text[] from \"{table}\" t where {column} = $1 order by t.ctid offset $3 limit $4"
    );
    sqlx::query(AssertSqlSafe(statement))
        .bind(owner.0)
        .bind(WITHHELD)
        .bind(offset)
        .bind(limit)
        .fetch_all(&mut **tx)
        .await?
        .iter()
        .map(|row| row.try_get(0))
        .collect()
}
