//! Requests for a new score. A burst of changes leaves one row and one message.

use crate::Tx;
use sentry_domain::UserId;

/// Notes that the user's score is out of date. True when a message must be sent for it, false
/// when one is under way already.
pub async fn request(tx: &mut Tx, owner: UserId) -> crate::Result<bool> {
    let done = sqlx::query!(
        "insert into pending_rescores (user_id) values ($1) on conflict do nothing",
        owner.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the requests of these users. Changes made from now on ask anew, so a score computed
/// after this in the same transaction misses none.
pub async fn take(tx: &mut Tx, users: &[i64]) -> crate::Result<u64> {
    let done = sqlx::query!(
        "delete from pending_rescores where user_id = any($1)",
        users
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Up to `limit` users whose request is older than `minutes`: their message was lost or keeps
/// failing. The request counts as new again, so that the next sweep does not send a second
/// message at once.
pub async fn overdue(tx: &mut Tx, minutes: i32, limit: i64) -> crate::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        update pending_rescores set requested_at = now()
        where user_id in (
            select user_id from pending_rescores
            where requested_at < now() - make_interval(mins => $1)
            order by requested_at
            limit $2
            for update skip locked
        )
        returning user_id
        "#,
        minutes,
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}
