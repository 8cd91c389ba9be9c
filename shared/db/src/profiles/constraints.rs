//! What advice must not touch.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::UserId;
use uuid::Uuid;

/// A constraint as it is kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct ConstraintRow {
    pub id: Uuid,
    pub constraint_type: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub version: i32,
}

/// Constraints in order of their start; with `id`, that one; with `ending_after`, those not over by then.
pub async fn constraints(
    tx: &mut Tx,
    owner: UserId,
    id: Option<Uuid>,
    ending_after: Option<DateTime<Utc>>,
) -> crate::Result<Vec<ConstraintRow>> {
    sqlx::query_as!(
        ConstraintRow,
        "select id, constraint_type, starts_at, ends_at, note, version
         from user_constraints
         where user_id = $1 and ($2::uuid is null or id = $2)
           and ($3::timestamptz is null or ends_at is null or ends_at > $3)
         order by starts_at, id
         limit 200",
        owner.0,
        id,
        ending_after,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Writes a constraint, a new one or a changed one. `None` where it belongs to nobody here.
pub async fn put_constraint(
    tx: &mut Tx,
    owner: UserId,
    row: &ConstraintRow,
    at: DateTime<Utc>,
) -> crate::Result<Option<i32>> {
    sqlx::query_scalar!(
        r#"
        insert into user_constraints as c (user_id, id, constraint_type, starts_at, ends_at, note, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $7)
        on conflict (id) do update set constraint_type = excluded.constraint_type,
            starts_at = excluded.starts_at, ends_at = excluded.ends_at, note = excluded.note,
            version = c.version + 1, updated_at = excluded.updated_at
        where c.user_id = $1
        returning c.version
        "#,
        owner.0,
        row.id,
        row.constraint_type,
        row.starts_at,
        row.ends_at,
        row.note,
        at,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Deletes a constraint; what it was stays in the history.
pub async fn delete_constraint(tx: &mut Tx, owner: UserId, id: Uuid) -> crate::Result<()> {
    sqlx::query!(
        "delete from user_constraints where user_id = $1 and id = $2",
        owner.0,
        id
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
