//! Changes that are supposed.

use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{TaskId, TaskStatus, TaskType, is_storable};
use sentry_scoring::TaskFact;
use sentry_scoring::advice::{AdviceRow, Fields, RowChange};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is left of a task that somebody else does.
const FOLLOW_UP_HOURS: f64 = 0.25;

/// One supposed change.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Supposed {
    /// The meeting does not take place, or is declined.
    CancelMeeting {
        /// Which.
        id: TaskId,
    },
    /// The task is dropped.
    CancelTask {
        /// Which.
        id: TaskId,
    },
    /// The task is done by somebody else; a quarter of an hour stays.
    Delegate {
        /// Which.
        id: TaskId,
    },
    /// The task or meeting takes place at another time.
    Move {
        /// Which.
        id: TaskId,
        /// New instant it is due.
        due_at: Option<DateTime<Utc>>,
        /// New day it is due.
        due_on: Option<NaiveDate>,
        /// New begin.
        start_at: Option<DateTime<Utc>>,
        /// New end.
        end_at: Option<DateTime<Utc>>,
    },
    /// The task is done now.
    Complete {
        /// Which.
        id: TaskId,
    },
    /// The task takes so many hours.
    Estimate {
        /// Which.
        id: TaskId,
        /// Hours.
        estimated_hours: f64,
    },
    /// Something new.
    Add {
        /// Task or meeting.
        task_type: TaskType,
        /// The instant it is due.
        due_at: Option<DateTime<Utc>>,
        /// The day it is due.
        due_on: Option<NaiveDate>,
        /// Its begin.
        start_at: Option<DateTime<Utc>>,
        /// Its end.
        end_at: Option<DateTime<Utc>>,
        /// Hours it takes.
        estimated_hours: Option<f64>,
    },
}

type Wrong = (&'static str, &'static str);

impl Supposed {
    pub(super) const fn id(&self) -> Option<TaskId> {
        match self {
            Self::CancelMeeting { id }
            | Self::CancelTask { id }
            | Self::Delegate { id }
            | Self::Move { id, .. }
            | Self::Complete { id }
            | Self::Estimate { id, .. } => Some(*id),
            Self::Add { .. } => None,
        }
    }

    pub(super) fn change(&self, rows: &[AdviceRow]) -> Result<RowChange, Wrong> {
        let set = self.fields()?;
        let Some(id) = self.id() else {
            let Self::Add { task_type, .. } = self else {
                return Err(("id", "is missing"));
            };
            return Ok(RowChange::new("Supposed".to_owned(), *task_type, set));
        };
        let row = rows.iter().find(|row| row.fact.id == id);
        let row = row.ok_or(("id", "there is no such task or meeting"))?;
        let is_meeting = row.fact.task_type == TaskType::Meeting;
        match self {
            Self::CancelMeeting { .. } if !is_meeting => Err(("id", "is a task, not a meeting")),
            Self::CancelTask { .. } | Self::Delegate { .. } if is_meeting => {
                Err(("id", "is a meeting, not a task"))
            }
            Self::CancelMeeting { .. } | Self::CancelTask { .. } | Self::Delegate { .. }
                if !row.fact.status.is_active() =>
            {
                Err(("id", "is done or cancelled already"))
            }
            Self::Move { .. } => {
                fits(&row.fact, &set)?;
                Ok(RowChange::of(row, set))
            }
            _ => Ok(RowChange::of(row, set)),
        }
    }

    fn fields(&self) -> Result<Fields, Wrong> {
        let fields = match self {
            Self::CancelMeeting { .. } | Self::CancelTask { .. } => Fields {
                status: Some(TaskStatus::Cancelled),
                ..Fields::default()
            },
            Self::Delegate { .. } => Fields {
                status: Some(TaskStatus::Waiting),
                estimated_hours: Some(FOLLOW_UP_HOURS),
                ..Fields::default()
            },
            Self::Complete { .. } => Fields {
                status: Some(TaskStatus::Done),
                ..Fields::default()
            },
            Self::Estimate {
                estimated_hours, ..
            } => Fields {
                estimated_hours: Some(*estimated_hours),
                ..Fields::default()
            },
            Self::Move {
                due_at,
                due_on,
                start_at,
                end_at,
                ..
            } => Fields {
                due_at: *due_at,
                due_on: *due_on,
                start_at: *start_at,
                end_at: *end_at,
                ..Fields::default()
            },
            Self::Add {
                due_at,
                due_on,
                start_at,
                end_at,
                estimated_hours,
                ..
            } => Fields {
                due_at: *due_at,
                due_on: *due_on,
                start_at: *start_at,
                end_at: *end_at,
                estimated_hours: *estimated_hours,
                ..Fields::default()
            },
        };
        checked(fields, matches!(self, Self::Move { .. }))
    }
}

/// What a change of a row by hand would refuse, and what would change nothing.
fn fits(fact: &TaskFact, set: &Fields) -> Result<(), Wrong> {
    let (start, end) = (set.start_at.or(fact.start_at), set.end_at.or(fact.end_at));
    if start.zip(end).is_some_and(|(start, end)| end < start) {
        return Err((
            "end_at",
            "must not be before start_at: move both to keep the length",
        ));
    }
    let stays = set.start_at.is_none() && set.end_at.is_none();
    if fact.task_type == TaskType::Meeting && fact.start_at.is_some() && stays {
        return Err((
            "start_at",
            "is missing: a meeting with a begin is moved by start_at and end_at",
        ));
    }
    Ok(())
}

fn checked(fields: Fields, moves: bool) -> Result<Fields, Wrong> {
    let times = [fields.due_at, fields.start_at, fields.end_at];
    let days = times
        .iter()
        .flatten()
        .map(DateTime::date_naive)
        .chain(fields.due_on);
    if days.clone().any(|day| !is_storable(day)) {
        return Err(("due_at", "must lie in the years from 1900 to 9998"));
    }
    if moves && days.count() == 0 {
        return Err(("due_on", "say when: due_at, due_on, start_at or end_at"));
    }
    if fields.due_at.is_some() && fields.due_on.is_some() {
        return Err(("due_on", "cannot stand beside due_at"));
    }
    if fields
        .start_at
        .zip(fields.end_at)
        .is_some_and(|(start, end)| end < start)
    {
        return Err(("end_at", "must not be before start_at"));
    }
    if fields
        .estimated_hours
        .is_some_and(|hours| !(0.0..=1000.0).contains(&hours))
    {
        return Err(("estimated_hours", "must be 0 to 1000"));
    }
    Ok(fields)
}
