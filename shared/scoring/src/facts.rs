//! What the engine is told about one person: rows, own acts, and the frame of time.

use crate::hours::{WorkingHours, clock};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sentry_domain::{TaskId, TaskStatus, TaskType, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Days before today of which meetings and acts are looked at; older ones may be left unloaded.
pub const LOOKBACK_DAYS: i64 = 35;

/// Days before today of which completed tasks are looked at; older ones may be left unloaded.
pub const COMPLETED_DAYS: i64 = 15;

/// At most this many rows are named behind one metric.
pub const MAX_EVIDENCE: usize = 20;

/// A row behind a number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// A task.
    Task {
        /// Its id.
        id: TaskId,
    },
    /// A meeting.
    Meeting {
        /// Its id, from the same sequence as tasks.
        id: TaskId,
    },
    /// A check-in, diary entry, note or transcript.
    Entry {
        /// Its id.
        id: Uuid,
    },
}

/// The columns of a task or meeting that the metrics need. Deleted rows are not given.
///
/// Give every active task, tasks completed in the last [`COMPLETED_DAYS`] days, and meetings from
/// [`LOOKBACK_DAYS`] days ago to eight days ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskFact {
    /// Its id.
    pub id: TaskId,
    /// Task or meeting.
    pub task_type: TaskType,
    /// Where it stands; cancelled rows count for nothing.
    pub status: TaskStatus,
    /// When it entered the list.
    pub created_at: DateTime<Utc>,
    /// When it was done.
    pub completed_at: Option<DateTime<Utc>>,
    /// The instant it is due; wins over `due_on`.
    pub due_at: Option<DateTime<Utc>>,
    /// The day it is due, where no time is known.
    pub due_on: Option<NaiveDate>,
    /// Begin of a meeting; `due_at` stands in for it.
    pub start_at: Option<DateTime<Utc>>,
    /// End of a meeting; without one it lasts its estimate, or one hour.
    pub end_at: Option<DateTime<Utc>>,
    /// Expected effort in hours; one hour where unknown.
    pub estimated_hours: Option<f64>,
    /// Hours already spent, taken off the estimate.
    pub actual_hours: Option<f64>,
}

/// Something the person did themselves: created, edited, completed, wrote.
///
/// What a synchronisation or a worker did on their behalf is not an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// What it was done to.
    pub on: Option<Evidence>,
}

/// Where a row comes from, as far as it tells whose acts made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The person's own last act on it.
    pub touched_at: Option<DateTime<Utc>>,
    /// It was entered here, and not read from a file or another system.
    pub entered_here: bool,
    /// Another system keeps it too.
    pub has_provider: bool,
}

/// What the person did to a row themselves.
///
/// A row that another system keeps may have been finished there by anybody, and only what the
/// person entered was made by them; `touched_at` is theirs by definition.
pub fn own_acts(fact: &TaskFact, origin: &Origin) -> impl Iterator<Item = Act> + use<> {
    let on = Some(fact.evidence());
    let entered = origin.touched_at.is_some() && origin.entered_here;
    let instants = [
        origin.touched_at,
        fact.completed_at.filter(|_| !origin.has_provider),
        Some(fact.created_at).filter(|_| entered),
    ];
    instants.into_iter().flatten().map(move |at| Act { at, on })
}

impl TaskFact {
    /// A row that is to be done, of which no times and no hours are known.
    pub const fn new(id: TaskId, task_type: TaskType, created_at: DateTime<Utc>) -> Self {
        Self {
            id,
            task_type,
            status: TaskStatus::Todo,
            created_at,
            completed_at: None,
            due_at: None,
            due_on: None,
            start_at: None,
            end_at: None,
            estimated_hours: None,
            actual_hours: None,
        }
    }

    /// Whether it is something to be done: a task, and not a part of the calendar kept free, which has a begin, an end, no
    /// hours and no date by which it is due.
    pub fn is_to_do(&self) -> bool {
        let kept_free = self.start_at.is_some()
            && self.end_at.is_some()
            && self.due_at.is_none()
            && self.due_on.is_none()
            && self.estimated_hours.is_some_and(|hours| hours <= 0.0);
        self.task_type == TaskType::Task && !kept_free
    }

    /// The row as it is named behind a number.
    pub const fn evidence(&self) -> Evidence {
        match self.task_type {
            TaskType::Task => Evidence::Task { id: self.id },
            TaskType::Meeting => Evidence::Meeting { id: self.id },
        }
    }
}

/// All rows of one person. The order of rows never changes a result.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Tasks and meetings.
    pub tasks: &'a [TaskFact],
    /// The person's own acts of the last [`LOOKBACK_DAYS`] days.
    pub acts: &'a [Act],
}

/// The frame in which "today", "this week" and "late" have a meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Context {
    /// The present.
    pub now: DateTime<Utc>,
    /// The person's zone.
    pub zone: Zone,
    /// Contracted hours.
    pub working_hours: WorkingHours,
    /// Work from this time of day on is late (21:00 by default).
    pub late_from: NaiveTime,
    /// Late work ends here (05:00 by default), on the next day if not after `late_from`.
    pub late_until: NaiveTime,
}

impl Context {
    /// Default working hours and default late hours, at `now` in `zone`.
    pub fn new(now: DateTime<Utc>, zone: Zone) -> Self {
        Self {
            now,
            zone,
            working_hours: WorkingHours::default(),
            late_from: clock(21),
            late_until: clock(5),
        }
    }
}
