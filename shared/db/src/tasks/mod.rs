//! Tasks and meetings.

mod change;
mod filter;
mod list;
mod statistics;
mod tree;

pub use change::{Change, NewTask, TaskChanges, complete, insert, update};
pub use filter::TaskFilter;
#[cfg(feature = "raw")]
pub use list::plan;
pub use list::{Place, PlaceKey, Sort, SortKey, list};
pub use statistics::{Counted, statistics};
pub use tree::{Placement, delete, place};

use crate::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{Priority, TaskId, TaskSource, TaskStatus, TaskType, UploadId, UserId, Zone};
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{FromRow, Row};

/// A task as its owner sees it now.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
pub struct TaskRow {
    pub id: TaskId,
    pub user_id: UserId,
    pub title: String,
    pub description: Option<String>,
    pub task_type: TaskType,
    pub status: TaskStatus,
    pub priority: Priority,
    pub category: Option<String>,
    pub due_at: Option<DateTime<Utc>>,
    pub due_on: Option<NaiveDate>,
    pub start_at: Option<DateTime<Utc>>,
    pub end_at: Option<DateTime<Utc>>,
    pub source: TaskSource,
    pub provider: Option<String>,
    pub provider_task_id: Option<String>,
    pub google_tasklist_id: Option<String>,
    pub assigned_to: Option<String>,
    pub can_delegate: bool,
    pub estimated_hours: Option<f64>,
    pub actual_hours: Option<f64>,
    pub is_recurring: bool,
    pub recurrence: Option<String>,
    pub is_optional: bool,
    pub attendees: Json<Vec<String>>,
    pub parent_id: Option<TaskId>,
    pub project_id: Option<i64>,
    pub position: f64,
    pub labels: Vec<String>,
    pub upload_id: Option<UploadId>,
    pub source_quote: Option<String>,
    pub completed_at: Option<DateTime<Utc>>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Active and past its due time, by the owner's calendar.
    pub overdue: bool,
    /// The statement asked for a new score: its message must be sent.
    pub rescore: bool,
}

/// Gives the columns of a [`TaskRow`], in its order, to another macro. The statement names the
/// owner `$1` and the present instant `$2`, and ends the columns with `rescore`.
macro_rules! with_columns {
    ($macro:ident, $($rest:tt)*) => {
        $macro!(
            r#"
            t.id as "id!: TaskId", t.user_id as "user_id!: UserId", t.title as "title!",
            t.description as "description?", t.task_type as "task_type!: TaskType",
            t.status as "status!: TaskStatus", t.priority as "priority!: Priority",
            t.category as "category?", t.due_at as "due_at?", t.due_on as "due_on?",
            t.start_at as "start_at?", t.end_at as "end_at?", t.source as "source!: TaskSource",
            t.provider as "provider?", t.provider_task_id as "provider_task_id?",
            t.google_tasklist_id as "google_tasklist_id?", t.assigned_to as "assigned_to?",
            t.can_delegate as "can_delegate!", t.estimated_hours as "estimated_hours?",
            t.actual_hours as "actual_hours?", t.is_recurring as "is_recurring!",
            t.recurrence as "recurrence?", t.is_optional as "is_optional!",
            t.attendees as "attendees!: Json<Vec<String>>", t.parent_id as "parent_id?: TaskId",
            t.project_id as "project_id?", t.position as "position!", t.labels as "labels!",
            t.upload_id as "upload_id?: UploadId", t.source_quote as "source_quote?",
            t.completed_at as "completed_at?", t.version as "version!", t.created_at as "created_at!",
            t.updated_at as "updated_at!",
            t.status not in ('done', 'cancelled') and coalesce(
                t.due_at < $2,
                t.due_on < (select ($2::timestamptz at time zone u.time_zone)::date from users u where u.id = $1),
                false
            ) as "overdue!",
            "#,
            $($rest)*
        )
    };
}

/// A checked query for [`TaskRow`]s.
macro_rules! tasks_query {
    ($columns:tt, $before:tt, $after:tt $(, $argument:expr)*) => {
        sqlx::query_as!(TaskRow, $before + $columns + $after $(, $argument)*)
    };
}

use {tasks_query, with_columns};

/// One task of the owner.
pub async fn get(
    tx: &mut Tx,
    owner: UserId,
    id: TaskId,
    at: DateTime<Utc>,
) -> crate::Result<Option<TaskRow>> {
    with_columns!(
        tasks_query,
        "select ",
        r#" false as "rescore!" from tasks t where t.user_id = $1 and t.id = $3 and t.deleted_at is null"#,
        owner.0,
        at,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await
}

/// The version of a task, when there is such a task: tells a stale change from one of nothing.
pub async fn version(tx: &mut Tx, owner: UserId, id: TaskId) -> crate::Result<Option<i32>> {
    sqlx::query_scalar!(
        "select version from tasks where user_id = $1 and id = $2 and deleted_at is null",
        owner.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// The zone of the owner's calendar, for times that were written without an offset.
pub async fn owners_zone(tx: &mut Tx, owner: UserId) -> crate::Result<Zone> {
    let name = sqlx::query_scalar!("select time_zone from users where id = $1", owner.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(name.and_then(|name| name.parse().ok()).unwrap_or_default())
}

/// By place, not by name: a list looks up 36 names per row otherwise.
impl FromRow<'_, PgRow> for TaskRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let mut columns = 0..row.len();
        macro_rules! next {
            () => {
                row.try_get(columns.next().unwrap_or(usize::MAX))?
            };
        }
        // The fields are read in the order in which they are written here.
        Ok(Self {
            id: next!(),
            user_id: next!(),
            title: next!(),
            description: next!(),
            task_type: next!(),
            status: next!(),
            priority: next!(),
            category: next!(),
            due_at: next!(),
            due_on: next!(),
            start_at: next!(),
            end_at: next!(),
            source: next!(),
            provider: next!(),
            provider_task_id: next!(),
            google_tasklist_id: next!(),
            assigned_to: next!(),
            can_delegate: next!(),
            estimated_hours: next!(),
            actual_hours: next!(),
            is_recurring: next!(),
            recurrence: next!(),
            is_optional: next!(),
            attendees: next!(),
            parent_id: next!(),
            project_id: next!(),
            position: next!(),
            labels: next!(),
            upload_id: next!(),
            source_quote: next!(),
            completed_at: next!(),
            version: next!(),
            created_at: next!(),
            updated_at: next!(),
            overdue: next!(),
            rescore: next!(),
        })
    }
}
