//! Answers kept for 24 hours, so that a request sent twice is carried out once.

use crate::Tx;
use chrono::{DateTime, Duration, Utc};
use sentry_domain::UserId;
use serde_json::Value;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// Not used yet; it is this transaction's until it ends.
    New,
    /// Another transaction is working on it right now.
    InFlight,
    /// It was used for a different request.
    Mismatch,
    /// The answer that was given.
    Done {
        /// The HTTP status.
        status: i32,
        /// The body and the headers that belong to it.
        response: Value,
    },
}

/// Claims `key` for a request with the given hash.
pub async fn claim(
    tx: &mut Tx,
    owner: UserId,
    key: &str,
    request_hash: &[u8],
    at: DateTime<Utc>,
) -> crate::Result<Claim> {
    let found = sqlx::query!(
        r#"
        select pg_try_advisory_xact_lock(hashtextextended($2, $1)) as "free!",
               k.request_hash as "request_hash?", k.status as "status?", k.response as "response?"
        from (select 1) one
        left join idempotency_keys k on k.user_id = $1 and k.key = $2 and k.expires_at > $3
        "#,
        owner.0,
        key,
        at,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(match (found.request_hash, found.status, found.response) {
        (Some(hash), _, _) if hash != request_hash => Claim::Mismatch,
        (Some(_), Some(status), Some(response)) => Claim::Done { status, response },
        _ if !found.free => Claim::InFlight,
        _ => Claim::New,
    })
}

/// Stores the answer in the transaction of the write itself. False when another transaction has
/// just stored one for the same key: then this one must be rolled back.
pub async fn store(
    tx: &mut Tx,
    owner: UserId,
    key: &str,
    request_hash: &[u8],
    answer: (i32, &Value),
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        insert into idempotency_keys as k (user_id, key, request_hash, status, response, expires_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (user_id, key) do update
        set request_hash = excluded.request_hash, status = excluded.status,
            response = excluded.response, expires_at = excluded.expires_at
        where k.expires_at <= $7
        ",
        owner.0,
        key,
        request_hash,
        answer.0,
        answer.1,
        at + Duration::hours(24),
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets keys that have expired. Returns how many.
pub async fn purge(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!("delete from idempotency_keys where expires_at <= $1", at)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
