//! Tasks, counted.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::{Priority, TaskStatus, TaskType, UserId};

/// How many of the owner's tasks share state, priority and type, and how many of those are pressing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Their state.
    pub status: TaskStatus,
    /// Their priority.
    pub priority: Priority,
    /// Their type.
    pub task_type: TaskType,
    /// All of them.
    pub tasks: i64,
    /// Active and past their due time.
    pub overdue: i64,
    /// Of those, due within the last 7 days.
    pub newly_overdue: i64,
    /// Active and due on the owner's present day, or still due on it.
    pub due_today: i64,
    /// Active and due from the owner's present day to 7 days ahead.
    pub due_this_week: i64,
    /// Completed within the last 7 days.
    pub newly_done: i64,
}

/// Counts the owner's tasks.
pub async fn statistics(
    tx: &mut Tx,
    owner: UserId,
    at: DateTime<Utc>,
) -> crate::Result<Vec<Counted>> {
    sqlx::query_as!(
        Counted,
        r#"
        with today as materialized (
            select u.time_zone as zone, ($2::timestamptz at time zone u.time_zone)::date as day
            from users u where u.id = $1
        )
        select t.status as "status!: TaskStatus", t.priority as "priority!: Priority",
               t.task_type as "task_type!: TaskType", count(*) as "tasks!",
               count(*) filter (where active and (t.due_at < $2 or t.due_on < today.day)) as "overdue!",
               count(*) filter (where active and (t.due_at < $2 and t.due_at >= $2 - interval '7 days'
                   or t.due_on < today.day and t.due_on >= today.day - 7)) as "newly_overdue!",
               count(*) filter (where active and due_day = today.day) as "due_today!",
               count(*) filter (where active and due_day between today.day and today.day + 7) as "due_this_week!",
               count(*) filter (where t.completed_at > $2 - interval '7 days') as "newly_done!"
        from tasks t
        cross join today
        cross join lateral (
            select t.status not in ('done', 'cancelled') as active,
                   coalesce(t.due_on, (t.due_at at time zone today.zone)::date) as due_day
        ) computed
        where t.user_id = $1 and t.deleted_at is null
        group by t.status, t.priority, t.task_type
        "#,
        owner.0,
        at,
    )
    .fetch_all(&mut **tx)
    .await
}
