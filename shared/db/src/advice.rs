//! The rows that advice may be about, and what the person wants of it.

use crate::Tx;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sentry_domain::{Priority, TaskId, TaskSource, TaskStatus, TaskType, UserId};
use sentry_scoring::advice::AdviceRow;
use sentry_scoring::{Origin, TaskFact};

/// Rows that are looked at; nobody can be advised about more.
const MAX_ROWS: i64 = 1_000;
/// Meetings are looked at this far ahead.
const AHEAD_DAYS: i64 = 16;

struct Row {
    id: TaskId,
    task_type: TaskType,
    status: TaskStatus,
    priority: Priority,
    source: TaskSource,
    has_provider: bool,
    title: String,
    is_optional: bool,
    can_delegate: bool,
    version: i32,
    created_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
    touched_at: Option<DateTime<Utc>>,
    due_at: Option<DateTime<Utc>>,
    due_on: Option<NaiveDate>,
    start_at: Option<DateTime<Utc>>,
    end_at: Option<DateTime<Utc>>,
    estimated_hours: Option<f64>,
    actual_hours: Option<f64>,
}

/// Active tasks, and meetings that are not over. With `ids`, those rows alone, whatever their state.
pub async fn rows(
    tx: &mut Tx,
    owner: UserId,
    ids: Option<&[i64]>,
    at: DateTime<Utc>,
) -> crate::Result<Vec<AdviceRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select id as "id: TaskId", task_type as "task_type: TaskType", status as "status: TaskStatus",
               priority as "priority: Priority", source as "source: TaskSource",
               provider is not null as "has_provider!", title, is_optional, can_delegate, version, created_at,
               completed_at, touched_at, due_at, due_on, start_at, end_at, estimated_hours, actual_hours
        from tasks
        where user_id = $1 and deleted_at is null
          and (id = any($2) or ($2::bigint[] is null and status not in ('done', 'cancelled') and (
              task_type = 'task'
              or (coalesce(end_at, start_at, due_at, due_on::timestamp at time zone 'UTC') >= $3
                  and coalesce(start_at, due_at, due_on::timestamp at time zone 'UTC') <= $4))))
        order by due_key, id
        limit $5
        "#,
        owner.0,
        ids,
        at - Duration::days(1),
        at + Duration::days(AHEAD_DAYS),
        MAX_ROWS,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(advice_row).collect())
}

fn advice_row(row: Row) -> AdviceRow {
    AdviceRow {
        fact: TaskFact {
            id: row.id,
            task_type: row.task_type,
            status: row.status,
            created_at: row.created_at,
            completed_at: row.completed_at,
            due_at: row.due_at,
            due_on: row.due_on,
            start_at: row.start_at,
            end_at: row.end_at,
            estimated_hours: row.estimated_hours,
            actual_hours: row.actual_hours,
        },
        origin: Origin {
            touched_at: row.touched_at,
            entered_here: row.source == TaskSource::Sentry,
            has_provider: row.has_provider,
        },
        title: row.title,
        priority: row.priority,
        is_optional: row.is_optional,
        can_delegate: row.can_delegate,
        version: row.version,
    }
}

/// Titles of rows, for those who ask which they are.
pub async fn titles(
    tx: &mut Tx,
    owner: UserId,
    ids: &[i64],
) -> crate::Result<Vec<(TaskId, String)>> {
    let rows = sqlx::query!(
        r#"select id as "id: TaskId", title from tasks where user_id = $1 and id = any($2) and deleted_at is null"#,
        owner.0,
        ids,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}
