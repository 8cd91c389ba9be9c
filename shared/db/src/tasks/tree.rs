//! Tasks within tasks.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::{TaskId, UserId};

/// Where a task would stand below a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// Tasks from the root down to the parent; 0 when the owner has no such parent.
    pub parent_level: i32,
    /// Levels of the task itself and what stands below it; 1 for a new one.
    pub height: i32,
    /// The parent is the task itself or stands below it.
    pub is_circle: bool,
}

/// Looks where `task` (None: a new one) would stand below `parent`, and holds the owner's tree still
/// until the transaction ends: two moves at once could close a circle, and a parent could vanish.
pub async fn place(
    tx: &mut Tx,
    owner: UserId,
    task: Option<TaskId>,
    parent: TaskId,
) -> crate::Result<Placement> {
    hold(tx, owner).await?;
    sqlx::query_as!(
        Placement,
        r#"
        with recursive up as (
            select t.id, t.parent_id, 1 as level from tasks t
            where t.user_id = $1 and t.id = $2 and t.deleted_at is null
            union all
            select t.id, t.parent_id, up.level + 1 from up join tasks t on t.user_id = $1 and t.id = up.parent_id
            where up.level < 100
        ),
        down as (
            select t.id, 1 as level from tasks t where t.user_id = $1 and t.id = $3 and t.deleted_at is null
            union all
            select t.id, down.level + 1 from down
            join tasks t on t.user_id = $1 and t.parent_id = down.id and t.deleted_at is null
            where down.level < 100
        )
        select coalesce((select max(level) from up), 0) as "parent_level!",
               coalesce((select max(level) from down), 1) as "height!",
               exists (select from up where id = $3) as "is_circle!"
        "#,
        owner.0,
        parent.0,
        task.map(|id| id.0),
    )
    .fetch_one(&mut **tx)
    .await
}

/// Deletes a task of the owner's that is at `version`, where one is given, with everything below it.
/// True when a message for a new score must be sent, `None` when there is no such task.
pub async fn delete(
    tx: &mut Tx,
    owner: UserId,
    (id, version): (TaskId, Option<i32>),
    at: DateTime<Utc>,
) -> crate::Result<Option<bool>> {
    hold(tx, owner).await?;
    let found = sqlx::query!(
        r#"
        with recursive below as (
            select t.id from tasks t
            where t.user_id = $1 and t.id = $3 and t.deleted_at is null and ($4::integer is null or t.version = $4)
            union
            select t.id from below join tasks t on t.user_id = $1 and t.parent_id = below.id and t.deleted_at is null
        ),
        gone as (
            update tasks t
            set deleted_at = $2, touched_at = $2, updated_at = $2, version = t.version + 1
            from below
            where t.user_id = $1 and t.id = below.id and t.deleted_at is null
            returning t.user_id
        ),
        asked as (
            insert into pending_rescores (user_id) select user_id from gone limit 1
            on conflict do nothing returning 1
        )
        select exists (select from gone) as "gone!", exists (select from asked) as "asked!"
        "#,
        owner.0,
        at,
        id.0,
        version,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(found.gone.then_some(found.asked))
}

async fn hold(tx: &mut Tx, owner: UserId) -> crate::Result<()> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('tree of tasks', $1))",
        owner.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
