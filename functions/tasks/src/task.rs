//! A task as clients see it, and what every change of one has in common.

use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::Tx;
use sentry_db::tasks::{self, TaskRow};
use sentry_domain::{Priority, TaskId, TaskSource, TaskStatus, TaskType, UploadId, UserId};
use sentry_http::{ApiError, Conflict};
use serde::Serialize;
use utoipa::ToSchema;

/// Tasks within tasks end here: nobody reads deeper, and every move walks the tree.
const MAX_LEVELS: i32 = 10;

/// A task or a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct TaskOut {
    /// Names the task.
    pub id: TaskId,
    /// Whose it is: always the caller's.
    pub user_id: UserId,
    /// What is to be done.
    pub title: String,
    /// What else is known.
    pub description: Option<String>,
    /// Task or meeting.
    pub task_type: TaskType,
    /// Where it stands.
    pub status: TaskStatus,
    /// How much it presses.
    pub priority: Priority,
    /// What it is about.
    pub category: Option<String>,
    /// The instant it is due; never together with `due_on`.
    pub due_at: Option<DateTime<Utc>>,
    /// The day it is due, by the person's own calendar.
    pub due_on: Option<NaiveDate>,
    /// Active and past its due time. Due today is not overdue.
    pub overdue: bool,
    /// When it begins.
    pub start_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub end_at: Option<DateTime<Utc>>,
    /// Where it came from.
    pub source: TaskSource,
    /// The system it also lives in.
    pub provider: Option<String>,
    /// Its name there.
    pub provider_task_id: Option<String>,
    /// The Google task list it is on.
    pub google_tasklist_id: Option<String>,
    /// Who is to do it.
    pub assigned_to: Option<String>,
    /// Somebody else could do it.
    pub can_delegate: bool,
    /// How long it takes, in hours.
    pub estimated_hours: Option<f64>,
    /// How long it took, in hours.
    pub actual_hours: Option<f64>,
    /// It comes again.
    pub is_recurring: bool,
    /// When it comes again: an RFC 5545 rule.
    pub recurrence: Option<String>,
    /// It may be left out.
    pub is_optional: bool,
    /// Who takes part.
    pub attendees: Vec<String>,
    /// The task it is a part of.
    pub parent_id: Option<TaskId>,
    /// The project it belongs to.
    pub project_id: Option<i64>,
    /// Its place in an order that the person chose.
    pub position: f64,
    /// Words to find it by.
    pub labels: Vec<String>,
    /// The upload it was found in.
    pub upload_id: Option<UploadId>,
    /// The words it was found in.
    pub source_quote: Option<String>,
    /// When it was done.
    pub completed_at: Option<DateTime<Utc>>,
    /// Goes up with every change; send it back with yours.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

impl From<TaskRow> for TaskOut {
    fn from(row: TaskRow) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            title: row.title,
            description: row.description,
            task_type: row.task_type,
            status: row.status,
            priority: row.priority,
            category: row.category,
            due_at: row.due_at,
            due_on: row.due_on,
            overdue: row.overdue,
            start_at: row.start_at,
            end_at: row.end_at,
            source: row.source,
            provider: row.provider,
            provider_task_id: row.provider_task_id,
            google_tasklist_id: row.google_tasklist_id,
            assigned_to: row.assigned_to,
            can_delegate: row.can_delegate,
            estimated_hours: row.estimated_hours,
            actual_hours: row.actual_hours,
            is_recurring: row.is_recurring,
            recurrence: row.recurrence,
            is_optional: row.is_optional,
            attendees: row.attendees.0,
            parent_id: row.parent_id,
            project_id: row.project_id,
            position: row.position,
            labels: row.labels,
            upload_id: row.upload_id,
            source_quote: row.source_quote,
            completed_at: row.completed_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Why nothing was changed: there is no such task, or the caller has seen an older version.
pub async fn missed(tx: &mut Tx, owner: UserId, id: TaskId) -> ApiError {
    match tasks::version(tx, owner, id).await {
        Ok(Some(_)) => ApiError::Conflict(Conflict::STALE),
        Ok(None) => ApiError::NotFound("task"),
        Err(error) => error.into(),
    }
}

/// Refuses a parent that is not there, would close a circle or lies too deep.
pub async fn check_parent(
    tx: &mut Tx,
    owner: UserId,
    task: Option<TaskId>,
    parent: TaskId,
) -> Result<(), ApiError> {
    let found = tasks::place(tx, owner, task, parent).await?;
    if found.parent_level == 0 {
        return Err(ApiError::field("parent_id", "there is no such task"));
    }
    if found.is_circle {
        return Err(ApiError::Unprocessable(Conflict {
            code: "parent_circle",
            detail: "a task cannot be a part of itself or of its own parts",
        }));
    }
    if found.parent_level + found.height > MAX_LEVELS {
        return Err(ApiError::Unprocessable(Conflict {
            code: "too_deep",
            detail: "tasks within tasks go ten levels deep at most",
        }));
    }
    Ok(())
}
