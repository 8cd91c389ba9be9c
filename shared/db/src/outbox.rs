//! Messages that commit together with the write that caused them.

use crate::{Db, Tx};
use serde_json::Value;

/// A message waiting to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The row's id.
    pub id: i64,
    /// The name of the queue.
    pub queue: String,
    /// The message.
    pub body: Value,
    /// For how long the queue hides it, 0 to 900 s.
    pub delay_seconds: i32,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    queue: &'static str,
    body: Value,
    delay_seconds: i32,
) -> crate::Result<Outgoing> {
    let id = sqlx::query_scalar!(
        "insert into outbox (queue, body, delay_seconds) values ($1, $2, $3) returning id",
        queue,
        body,
        delay_seconds,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Outgoing {
        id,
        queue: queue.to_owned(),
        body,
        delay_seconds,
    })
}

/// Many messages for one queue with one statement.
pub(crate) async fn insert_all(
    tx: &mut Tx,
    queue: &'static str,
    bodies: &[Value],
    delay_seconds: i32,
) -> crate::Result<Vec<Outgoing>> {
    sqlx::query_as!(
        Outgoing,
        r#"
        insert into outbox (queue, body, delay_seconds)
        select $1, body, $3 from unnest($2::jsonb[]) message(body)
        returning id, queue, body, delay_seconds
        "#,
        queue,
        bodies,
        delay_seconds,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Takes up to `limit` unsent messages whose sender had its time, oldest first, and gives the
/// caller 30 seconds (more with every failed attempt) to send them before another may try.
pub async fn claim(db: &Db, limit: i64) -> crate::Result<Vec<Outgoing>> {
    sqlx::query_as!(
        Outgoing,
        r#"
        update outbox
        set attempts = attempts + 1,
            next_attempt_at = now() + interval '30 seconds' * least(attempts + 1, 20)
        where id in (
            select id from outbox
            where sent_at is null and next_attempt_at <= now()
            order by next_attempt_at, id
            limit $1
            for update skip locked
        )
        returning id, queue, body, delay_seconds
        "#,
        limit,
    )
    .fetch_all(db.pool())
    .await
}

/// Notes that the queue has accepted these messages.
pub async fn mark_sent(db: &Db, ids: &[i64]) -> crate::Result<()> {
    sqlx::query!(
        "update outbox set sent_at = now() where id = any($1) and sent_at is null",
        ids,
    )
    .execute(db.pool())
    .await?;
    Ok(())
}

/// Lets unsent messages be claimed at once: for a start after a crash, when no sender is alive.
pub async fn release(db: &Db) -> crate::Result<()> {
    sqlx::query!(
        "update outbox set next_attempt_at = now() where sent_at is null and next_attempt_at > now()"
    )
    .execute(db.pool())
    .await?;
    Ok(())
}

/// How many messages wait, for readiness and tests.
pub async fn unsent(db: &Db) -> crate::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from outbox where sent_at is null"#)
        .fetch_one(db.pool())
        .await
}

/// Forgets messages sent more than a day ago. Returns how many.
pub async fn purge(tx: &mut Tx) -> crate::Result<u64> {
    let done = sqlx::query!("delete from outbox where sent_at < now() - interval '1 day'")
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
