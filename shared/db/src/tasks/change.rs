//! What a person, or a service for them, does to a task. Each statement asks for a new score too.

use super::{TaskRow, tasks_query, with_columns};
use crate::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{Priority, TaskId, TaskSource, TaskStatus, TaskType, UploadId, UserId};
use serde::{Serialize, Serializer};
use serde_json::Value;
use sqlx::types::Json;

/// A task to be made.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
pub struct NewTask {
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
    pub assigned_to: Option<String>,
    pub can_delegate: bool,
    pub estimated_hours: Option<f64>,
    pub actual_hours: Option<f64>,
    pub is_recurring: bool,
    pub recurrence: Option<String>,
    pub is_optional: bool,
    pub attendees: Vec<String>,
    pub parent_id: Option<TaskId>,
    pub position: f64,
    pub labels: Vec<String>,
    /// The person's own act, not a service's.
    pub by_person: bool,
}

/// What happens to a column that may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// Stays.
    #[default]
    Keep,
    /// Becomes empty.
    Clear,
    /// Becomes this.
    Set(T),
}

impl<T> Change<T> {
    fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T: Serialize> Serialize for Change<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}

/// What changes; `None` and [`Change::Keep`] leave a column as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(default)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct TaskChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub description: Change<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_type: Option<TaskType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub category: Change<String>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub due_at: Change<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub due_on: Change<NaiveDate>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub start_at: Change<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub end_at: Change<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub assigned_to: Change<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can_delegate: Option<bool>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub estimated_hours: Change<f64>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub actual_hours: Change<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_recurring: Option<bool>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub recurrence: Change<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_optional: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub parent_id: Change<TaskId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
}

/// Makes a task. Violates `tasks_source_key` when the provider's task has been taken over already.
pub async fn insert(
    tx: &mut Tx,
    owner: UserId,
    task: &NewTask,
    at: DateTime<Utc>,
) -> crate::Result<TaskRow> {
    with_columns!(
        tasks_query,
        r#"
        with t as (
            insert into tasks (
                user_id, created_at, updated_at, title, description, task_type, status, priority, category,
                due_at, due_on, start_at, end_at, source, provider, provider_task_id, assigned_to, can_delegate,
                estimated_hours, actual_hours, is_recurring, recurrence, is_optional, attendees, parent_id,
                position, labels, completed_at, touched_at
            )
            values ($1, $2::timestamptz, $2::timestamptz, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                $20, $21, $22, $23, $24, $25, $26, case when $6 = 'done' then $2::timestamptz end,
                case when $27::boolean then $2::timestamptz end)
            returning *
        ),
        asked as (
            insert into pending_rescores (user_id) select user_id from t on conflict do nothing returning 1
        )
        select
        "#,
        r#" exists (select from asked) as "rescore!" from t"#,
        owner.0,
        at,
        &task.title,
        task.description.as_deref(),
        task.task_type.as_str(),
        task.status.as_str(),
        task.priority.as_str(),
        task.category.as_deref(),
        task.due_at,
        task.due_on,
        task.start_at,
        task.end_at,
        task.source.as_str(),
        task.provider.as_deref(),
        task.provider_task_id.as_deref(),
        task.assigned_to.as_deref(),
        task.can_delegate,
        task.estimated_hours,
        task.actual_hours,
        task.is_recurring,
        task.recurrence.as_deref(),
        task.is_optional,
        Json(&task.attendees) as _,
        task.parent_id.map(|id| id.0),
        task.position,
        &task.labels,
        task.by_person
    )
    .fetch_one(&mut **tx)
    .await
}

/// Changes a task of the owner's that is at `version`, where one is given. `None` when there is none.
pub async fn update(
    tx: &mut Tx,
    owner: UserId,
    (id, version): (TaskId, Option<i32>),
    changes: &TaskChanges,
    at: DateTime<Utc>,
) -> crate::Result<Option<TaskRow>> {
    let changes: Value =
        serde_json::to_value(changes).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    with_columns!(
        tasks_query,
        r#"
        with t as (
            update tasks t
            set (title, description, task_type, status, priority, category, due_at, due_on, start_at, end_at,
                assigned_to, can_delegate, estimated_hours, actual_hours, is_recurring, recurrence, is_optional,
                attendees, parent_id, position, labels, completed_at)
                = (select p.title, p.description, p.task_type, p.status, p.priority, p.category, p.due_at, p.due_on,
                    p.start_at, p.end_at, p.assigned_to, p.can_delegate, p.estimated_hours, p.actual_hours,
                    p.is_recurring, p.recurrence, p.is_optional, p.attendees, p.parent_id, p.position, p.labels,
                    case when p.status = 'done' then coalesce(t.completed_at, $2::timestamptz) end
                    from jsonb_populate_record(t, $5) p),
                touched_at = $2, updated_at = $2, version = t.version + 1
            where t.user_id = $1 and t.id = $3 and t.deleted_at is null and ($4::integer is null or t.version = $4)
            returning t.*
        ),
        asked as (
            insert into pending_rescores (user_id) select user_id from t on conflict do nothing returning 1
        )
        select
        "#,
        r#" exists (select from asked) as "rescore!" from t"#,
        owner.0,
        at,
        id.0,
        version,
        changes
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Marks a task as done. One that is done already stays as it is.
pub async fn complete(
    tx: &mut Tx,
    owner: UserId,
    (id, version): (TaskId, Option<i32>),
    at: DateTime<Utc>,
) -> crate::Result<Option<TaskRow>> {
    with_columns!(
        tasks_query,
        r#"
        with t as (
            update tasks t
            set status = 'done', completed_at = coalesce(t.completed_at, $2),
                touched_at = case when t.status = 'done' then t.touched_at else $2 end,
                updated_at = case when t.status = 'done' then t.updated_at else $2 end,
                version = case when t.status = 'done' then t.version else t.version + 1 end
            where t.user_id = $1 and t.id = $3 and t.deleted_at is null and ($4::integer is null or t.version = $4)
            returning t.*
        ),
        asked as (
            insert into pending_rescores (user_id) select user_id from t where completed_at = $2
            on conflict do nothing returning 1
        )
        select
        "#,
        r#" exists (select from asked) as "rescore!" from t"#,
        owner.0,
        at,
        id.0,
        version
    )
    .fetch_optional(&mut **tx)
    .await
}
