//! `POST /api/tasks`

use crate::TaskOut;
use crate::attendees::Attendees;
use crate::fields::{self, Checks};
use crate::task::check_parent;
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use sentry_db::OnConstraint;
use sentry_db::tasks::{self, NewTask};
use sentry_domain::{Moment, Priority, TaskId, TaskSource, TaskStatus, TaskType, UserId, Zone};
use sentry_http::{ApiError, App, Body, Caller, Conflict, Write};
use sentry_queue::enqueue_rescore;
use serde::Deserialize;
use utoipa::ToSchema;

/// A new task or meeting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskIn {
    /// What is to be done.
    #[schema(min_length = 1, max_length = 255, pattern = r"\S")]
    pub(crate) title: String,
    /// What else is known.
    #[schema(max_length = 20000)]
    pub(crate) description: Option<String>,
    /// Task or meeting; a task when nothing is said.
    pub(crate) task_type: Option<TaskType>,
    /// Where it stands; `todo` when nothing is said.
    pub(crate) status: Option<TaskStatus>,
    /// How much it presses; `medium` when nothing is said.
    pub(crate) priority: Option<Priority>,
    /// What it is about.
    #[schema(max_length = 100)]
    pub(crate) category: Option<String>,
    /// The instant it is due; not together with `due_on`.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) due_at: Option<Moment>,
    /// The day it is due, by the person's own calendar.
    pub(crate) due_on: Option<NaiveDate>,
    /// Older name: a time is taken as `due_at`, a date as `due_on`.
    #[schema(value_type = Option<String>, format = DateTime, deprecated)]
    pub(crate) due_date: Option<Moment>,
    /// When it begins. `start_time` is an older name.
    #[serde(alias = "start_time")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) start_at: Option<Moment>,
    /// When it ends. `end_time` is an older name.
    #[serde(alias = "end_time")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) end_at: Option<Moment>,
    /// Where it came from; `sentry` when nothing is said.
    pub(crate) source: Option<TaskSource>,
    /// The system it also lives in.
    #[schema(max_length = 100)]
    pub(crate) provider: Option<String>,
    /// Its name there; taken over once only.
    #[schema(max_length = 255)]
    pub(crate) provider_task_id: Option<String>,
    /// Who is to do it.
    #[schema(max_length = 255)]
    pub(crate) assigned_to: Option<String>,
    /// Somebody else could do it.
    pub(crate) can_delegate: Option<bool>,
    /// How long it takes, in hours.
    #[schema(minimum = 0, maximum = 1000)]
    pub(crate) estimated_hours: Option<f64>,
    /// How long it took, in hours.
    #[schema(minimum = 0, maximum = 10000)]
    pub(crate) actual_hours: Option<f64>,
    /// It comes again; said by `recurrence` as well.
    pub(crate) is_recurring: Option<bool>,
    /// When it comes again: an RFC 5545 rule such as `FREQ=WEEKLY;BYDAY=MO`.
    #[schema(max_length = 500)]
    pub(crate) recurrence: Option<String>,
    /// It may be left out.
    pub(crate) is_optional: Option<bool>,
    /// Who takes part. Text with commas is accepted from older clients.
    #[schema(value_type = Option<Vec<String>>, max_items = 200)]
    pub(crate) attendees: Option<Attendees>,
    /// The task it is a part of.
    pub(crate) parent_id: Option<TaskId>,
    /// Its place in an order that the person chose. `vertical_position` is an older name.
    #[serde(alias = "vertical_position")]
    #[schema(minimum = -1e15, maximum = 1e15)]
    pub(crate) position: Option<f64>,
    /// Words to find it by.
    #[schema(max_items = 20)]
    pub(crate) labels: Option<Vec<String>>,
}

/// Makes a task or a meeting of the caller's.
#[utoipa::path(post, path = "/api/tasks", operation_id = "create_task", tag = "tasks",
    request_body = TaskIn,
    responses((status = 201, description = "The task", body = TaskOut, headers(("Location", description = "Its path")))))]
pub(crate) async fn create_task(
    State(app): State<App>,
    caller: Caller,
    body: Body<TaskIn>,
) -> Result<Response, ApiError> {
    let write = app.write(&caller, &body).await?;
    create(
        write,
        caller.user_id,
        body.value,
        (TaskSource::Sentry, true),
    )
    .await
}

/// Makes a task in an open write. `source` holds when the input names none; `by_person` tells a
/// person's own act from a service's.
pub(crate) async fn create(
    mut write: Write,
    owner: UserId,
    input: TaskIn,
    (source, by_person): (TaskSource, bool),
) -> Result<Response, ApiError> {
    let zone = zone_for(
        &mut write,
        owner,
        [input.due_at, input.due_date, input.start_at, input.end_at],
    )
    .await?;
    let task = new_task(input, zone, source, by_person)?;
    if let Some(parent) = task.parent_id {
        check_parent(&mut write.tx, owner, None, parent).await?;
    }
    let at = write.at();
    let row = tasks::insert(&mut write.tx, owner, &task, at)
        .await
        .on_constraint("tasks_source_key", || {
            ApiError::Conflict(Conflict {
                code: "already_imported",
                detail: "this task of the provider has been taken over already",
            })
        })?;
    enqueue_rescore(&mut write.tx, owner, row.rescore).await?;
    write
        .created(format!("/api/tasks/{}", row.id), &TaskOut::from(row))
        .await
}

/// The user's zone, asked for only where a time was written without an offset.
pub(crate) async fn zone_for(
    write: &mut Write,
    owner: UserId,
    moments: [Option<Moment>; 4],
) -> Result<Zone, ApiError> {
    if moments
        .iter()
        .flatten()
        .any(|moment| matches!(moment, Moment::WallClock(_)))
    {
        Ok(tasks::owners_zone(&mut write.tx, owner).await?)
    } else {
        Ok(Zone::UTC)
    }
}

fn new_task(
    input: TaskIn,
    zone: Zone,
    source: TaskSource,
    by_person: bool,
) -> Result<NewTask, ApiError> {
    use fields::{patch, value};
    let mut checks = Checks::default();
    let due = (
        patch(input.due_at),
        patch(input.due_on),
        patch(input.due_date),
    );
    let (due_at, due_on) = checks.due(due, zone);
    let (is_recurring, recurrence) = checks.recurrence(input.is_recurring, patch(input.recurrence));
    let start_at = value(checks.patch("start_at", patch(input.start_at), fields::instant(zone)));
    let end_at = value(checks.patch("end_at", patch(input.end_at), fields::instant(zone)));
    if start_at.zip(end_at).is_some_and(|(start, end)| end < start) {
        checks.refuse("end_at", "must not be before start_at");
    }
    let provider_task_id = value(checks.patch(
        "provider_task_id",
        patch(input.provider_task_id),
        fields::line(255),
    ));
    let provider = value(checks.patch("provider", patch(input.provider), fields::line(100)));
    if provider_task_id.is_some() && provider.is_none() {
        checks.refuse("provider", "must be given together with provider_task_id");
    }
    let task = NewTask {
        title: checks
            .given("title", Some(input.title), fields::title)
            .unwrap_or_default(),
        description: value(checks.patch(
            "description",
            patch(input.description),
            fields::description,
        )),
        task_type: input.task_type.unwrap_or(TaskType::Task),
        status: input.status.unwrap_or(TaskStatus::Todo),
        priority: input.priority.unwrap_or(Priority::Medium),
        category: value(checks.patch("category", patch(input.category), fields::line(100))),
        due_at: value(due_at),
        due_on: value(due_on),
        start_at,
        end_at,
        source: input.source.unwrap_or(source),
        provider,
        provider_task_id,
        assigned_to: value(checks.patch("assigned_to", patch(input.assigned_to), fields::person)),
        can_delegate: input.can_delegate.unwrap_or(false),
        estimated_hours: value(checks.patch(
            "estimated_hours",
            patch(input.estimated_hours),
            fields::estimated_hours,
        )),
        actual_hours: value(checks.patch(
            "actual_hours",
            patch(input.actual_hours),
            fields::actual_hours,
        )),
        is_recurring: is_recurring.unwrap_or(false),
        recurrence: value(recurrence),
        is_optional: input.is_optional.unwrap_or(false),
        attendees: checks
            .given("attendees", input.attendees, fields::attendees)
            .unwrap_or_default(),
        parent_id: input.parent_id,
        position: checks
            .given("position", input.position, fields::position)
            .unwrap_or(0.0),
        labels: checks
            .given("labels", input.labels, fields::labels)
            .unwrap_or_default(),
        by_person,
    };
    checks.finish().map(|()| task)
}
