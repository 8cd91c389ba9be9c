//! `PUT` and `PATCH /api/tasks/{task_id}`

use crate::TaskOut;
use crate::attendees::Attendees;
use crate::create_task::zone_for;
use crate::fields::{self, Checks};
use crate::task::{check_parent, missed};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use sentry_db::OnConstraint;
use sentry_db::tasks::{self, Change, TaskChanges};
use sentry_domain::{Moment, Priority, TaskId, TaskStatus, TaskType, Zone};
use sentry_http::{ApiError, App, Body, Caller, Patch, PathParams};
use sentry_queue::enqueue_rescore;
use serde::Deserialize;
use utoipa::ToSchema;

/// What changes about a task. What is not mentioned stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskPatch {
    /// What is to be done. Cannot be cleared.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 255, pattern = r"\S")]
    title: Patch<String>,
    /// What else is known.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 20000)]
    description: Patch<String>,
    /// Task or meeting.
    #[serde(default)]
    #[schema(value_type = Option<TaskType>)]
    task_type: Patch<TaskType>,
    /// Where it stands. `done` notes when; every other state clears that.
    #[serde(default)]
    #[schema(value_type = Option<TaskStatus>)]
    status: Patch<TaskStatus>,
    /// How much it presses.
    #[serde(default)]
    #[schema(value_type = Option<Priority>)]
    priority: Patch<Priority>,
    /// What it is about.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 100)]
    category: Patch<String>,
    /// The instant it is due; takes the place of `due_on`.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Patch<Moment>,
    /// The day it is due, by the person's own calendar; takes the place of `due_at`.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Patch<NaiveDate>,
    /// Older name: a time is taken as `due_at`, a date as `due_on`.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime, deprecated)]
    due_date: Patch<Moment>,
    /// When it begins. `start_time` is an older name.
    #[serde(alias = "start_time")]
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    start_at: Patch<Moment>,
    /// When it ends. `end_time` is an older name.
    #[serde(alias = "end_time")]
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    end_at: Patch<Moment>,
    /// Who is to do it.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 255)]
    assigned_to: Patch<String>,
    /// Somebody else could do it.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    can_delegate: Patch<bool>,
    /// How long it takes, in hours.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1000)]
    estimated_hours: Patch<f64>,
    /// How long it took, in hours.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 10000)]
    actual_hours: Patch<f64>,
    /// It comes again; false clears `recurrence`.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    is_recurring: Patch<bool>,
    /// When it comes again: an RFC 5545 rule such as `FREQ=WEEKLY;BYDAY=MO`.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 500)]
    recurrence: Patch<String>,
    /// It may be left out.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    is_optional: Patch<bool>,
    /// Who takes part. Text with commas is accepted from older clients.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, max_items = 200)]
    attendees: Patch<Attendees>,
    /// The task it is a part of.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    parent_id: Patch<TaskId>,
    /// Its place in an order that the person chose. `vertical_position` is an older name.
    #[serde(alias = "vertical_position")]
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = -1e15, maximum = 1e15)]
    position: Patch<f64>,
    /// Words to find it by.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    labels: Patch<Vec<String>>,
    /// The version the caller has seen; another one is 409.
    version: Option<i32>,
}

/// Changes the given fields of a task; null says nothing, as older clients mean it.
#[utoipa::path(put, path = "/api/tasks/{task_id}", operation_id = "update_task", tag = "tasks",
    params(("task_id" = i64, Path, description = "Which task"),
        ("If-Match" = Option<String>, Header, description = "The version the caller has seen, instead of `version`")),
    request_body = TaskPatch,
    responses((status = 200, description = "The task as it is now", body = TaskOut)))]
pub(crate) async fn update_task(
    app: State<App>,
    caller: Caller,
    id: PathParams<TaskId>,
    mut body: Body<TaskPatch>,
) -> Result<Response, ApiError> {
    body.value = body.value.without_nulls();
    patch_task(app, caller, id, body).await
}

/// Changes a task by RFC 7396: null clears a field, or brings its default back.
#[utoipa::path(patch, path = "/api/tasks/{task_id}", operation_id = "patch_task", tag = "tasks",
    params(("task_id" = i64, Path, description = "Which task"),
        ("If-Match" = Option<String>, Header, description = "The version the caller has seen, instead of `version`")),
    request_body(content = TaskPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The task as it is now", body = TaskOut)))]
pub(crate) async fn patch_task(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<TaskId>,
    body: Body<TaskPatch>,
) -> Result<Response, ApiError> {
    let (mut write, owner) = (app.write(&caller, &body).await?, caller.user_id);
    let input = body.value;
    let version = input.version.or(body.if_match);
    let moments = [
        &input.due_at,
        &input.due_date,
        &input.start_at,
        &input.end_at,
    ];
    let zone = zone_for(
        &mut write,
        owner,
        moments.map(|moment| moment.as_ref().copied()),
    )
    .await?;
    let changes = changes(input, zone)?;
    if let Change::Set(parent) = changes.parent_id {
        check_parent(&mut write.tx, owner, Some(id), parent).await?;
    }
    let at = write.at();
    let updated = tasks::update(&mut write.tx, owner, (id, version), &changes, at)
        .await
        .on_constraint("tasks_end_after_start", || {
            ApiError::field("end_at", "must not be before start_at")
        })?;
    let Some(row) = updated else {
        return Err(missed(&mut write.tx, owner, id).await);
    };
    enqueue_rescore(&mut write.tx, owner, row.rescore).await?;
    write.commit(StatusCode::OK, &TaskOut::from(row)).await
}

impl TaskPatch {
    fn without_nulls(self) -> Self {
        Self {
            title: self.title.null_is_absent(),
            description: self.description.null_is_absent(),
            task_type: self.task_type.null_is_absent(),
            status: self.status.null_is_absent(),
            priority: self.priority.null_is_absent(),
            category: self.category.null_is_absent(),
            due_at: self.due_at.null_is_absent(),
            due_on: self.due_on.null_is_absent(),
            due_date: self.due_date.null_is_absent(),
            start_at: self.start_at.null_is_absent(),
            end_at: self.end_at.null_is_absent(),
            assigned_to: self.assigned_to.null_is_absent(),
            can_delegate: self.can_delegate.null_is_absent(),
            estimated_hours: self.estimated_hours.null_is_absent(),
            actual_hours: self.actual_hours.null_is_absent(),
            is_recurring: self.is_recurring.null_is_absent(),
            recurrence: self.recurrence.null_is_absent(),
            is_optional: self.is_optional.null_is_absent(),
            attendees: self.attendees.null_is_absent(),
            parent_id: self.parent_id.null_is_absent(),
            position: self.position.null_is_absent(),
            labels: self.labels.null_is_absent(),
            version: self.version,
        }
    }
}

fn changes(input: TaskPatch, zone: Zone) -> Result<TaskChanges, ApiError> {
    let mut checks = Checks::default();
    if matches!(input.title, Patch::Null) {
        checks.refuse("title", "cannot be cleared");
    }
    let (due_at, due_on) = checks.due((input.due_at, input.due_on, input.due_date), zone);
    let is_recurring = or_default(input.is_recurring, false);
    let (is_recurring, recurrence) = checks.recurrence(is_recurring, input.recurrence);
    let changes = TaskChanges {
        title: checks.given("title", input.title.or(None), fields::title),
        description: checks.patch("description", input.description, fields::description),
        task_type: or_default(input.task_type, TaskType::Task),
        status: or_default(input.status, TaskStatus::Todo),
        priority: or_default(input.priority, Priority::Medium),
        category: checks.patch("category", input.category, fields::line(100)),
        due_at,
        due_on,
        start_at: checks.patch("start_at", input.start_at, fields::instant(zone)),
        end_at: checks.patch("end_at", input.end_at, fields::instant(zone)),
        assigned_to: checks.patch("assigned_to", input.assigned_to, fields::person),
        can_delegate: or_default(input.can_delegate, false),
        estimated_hours: checks.patch(
            "estimated_hours",
            input.estimated_hours,
            fields::estimated_hours,
        ),
        actual_hours: checks.patch("actual_hours", input.actual_hours, fields::actual_hours),
        is_recurring,
        recurrence,
        is_optional: or_default(input.is_optional, false),
        attendees: checks.given(
            "attendees",
            or_default(input.attendees, Attendees(Vec::new())),
            fields::attendees,
        ),
        parent_id: checks.patch("parent_id", input.parent_id, |id| Ok(Some(id))),
        position: checks.given(
            "position",
            or_default(input.position, 0.0),
            fields::position,
        ),
        labels: checks.given(
            "labels",
            or_default(input.labels, Vec::new()),
            fields::labels,
        ),
    };
    checks.finish().map(|()| changes)
}

/// What a field that always holds something becomes.
fn or_default<T>(patch: Patch<T>, default: T) -> Option<T> {
    match patch {
        Patch::Absent => None,
        Patch::Null => Some(default),
        Patch::Value(value) => Some(value),
    }
}
