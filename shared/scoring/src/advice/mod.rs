//! Advice that has measured its own effect: ideas from the person's rows, each simulated with the
//! scorer itself before it is offered.
//!
//! ```text
//! rows --rules--> candidates --simulate--> effect --constraints, preferences--> at most five
//! ```

mod calendar;
mod change;
mod filter;
mod pick;
mod rules;
mod strategies;
mod wording;

pub use change::{ChangedRow, Fields, RowChange, simulate};
pub use filter::{Constraint, ConstraintKind, permitted};
pub use pick::{Feedback, MAX_OFFERS, Wishes, pick};
pub use strategies::{Citation, STRATEGIES, Strategy, retrieve, search};

use crate::assess::Person;
use crate::facts::{Origin, TaskFact};
use crate::score::Analysis;
use crate::words::words;
use chrono::{DateTime, Utc};
use sentry_domain::{Priority, TaskId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest title, in characters.
pub const MAX_TITLE: usize = 69;

words! {
    /// What a recommendation is.
    AdviceKind {
        /// Decline an optional meeting.
        DeclineMeeting = "decline_meeting",
        /// Make a meeting shorter.
        ShortenMeeting = "shorten_meeting",
        /// Put breaks between meetings that follow each other without one.
        BreakUpMeetings = "break_up_meetings",
        /// Move a task to a day with less in it.
        MoveTask = "move_task",
        /// Do half of a large task now and half later.
        SplitTask = "split_task",
        /// Hand a task over.
        DelegateTask = "delegate_task",
        /// Agree on another date for what is overdue.
        RenegotiateDeadline = "renegotiate_deadline",
        /// Keep a gap of the calendar for undisturbed work.
        FocusBlock = "focus_block",
        /// Keep a gap of the calendar for rest.
        RecoveryBreak = "recovery_break",
        /// Stop work at the end of the shift.
        StopTime = "stop_time",
        /// Take a day off.
        DayOff = "day_off",
        /// A practice that studies support.
        Strategy = "strategy",
    }
}

words! {
    /// What a recommendation asks of the person.
    Effort {
        /// Minutes.
        Low = "low",
        /// A conversation or half an hour.
        Medium = "medium",
        /// More.
        High = "high",
    }
}

/// A row that advice may be about.
#[derive(Debug, Clone, PartialEq)]
pub struct AdviceRow {
    /// What the scorer sees of it.
    pub fact: TaskFact,
    /// Whose acts made it.
    pub origin: Origin,
    /// Its title.
    pub title: String,
    /// How much it presses.
    pub priority: Priority,
    /// It may be left out.
    pub is_optional: bool,
    /// Somebody else could do it.
    pub can_delegate: bool,
    /// Its version.
    pub version: i32,
}

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The present.
    pub at: DateTime<Utc>,
    /// The person with all rows that count.
    pub person: &'a Person,
    /// Rows that advice may be about: active tasks, and meetings that are not over.
    pub rows: &'a [AdviceRow],
    /// The analysis of now.
    pub analysis: &'a Analysis,
    /// The person may hand tasks over.
    pub may_delegate: bool,
    /// What must not be touched now or then.
    pub constraints: &'a [Constraint],
}

/// An idea.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Candidate {
    /// The same idea about the same rows has the same key.
    pub key: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: AdviceKind,
    /// In a few words.
    pub title: String,
    /// One sentence of why.
    pub why: String,
    /// How, three to five.
    pub steps: Vec<String>,
    /// What it asks of the person.
    pub effort: Effort,
    /// Exactly what `apply` does; empty where the person acts themselves.
    pub changes: Vec<RowChange>,
    /// Points by which the score falls, by the scorer itself, on the rows with the changes made now;
    /// null where nothing is changed.
    pub expected_effect: Option<f64>,
    /// The strategy behind it, by its id in the corpus.
    pub strategy: Option<String>,
    /// The time it is about, where it is about one.
    pub starts_at: Option<DateTime<Utc>>,
    /// Its end.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Every idea that the rows suggest and no constraint forbids, with its simulated effect.
pub fn candidates(world: &World<'_>) -> Vec<Candidate> {
    rules::all(world)
}

/// Points by which the score would fall with these changes; `None` without two scores.
pub fn effect(world: &World<'_>, changes: &[RowChange]) -> Option<f64> {
    let before = world.analysis.final_score?;
    let person = simulate(world.person, world.rows, changes, world.at);
    let after = person.assess(world.at, None).analysis.final_score?;
    Some(((before - after) * 100.0).round() / 100.0)
}

/// The row with an id.
fn row(rows: &[AdviceRow], id: TaskId) -> Option<&AdviceRow> {
    rows.iter().find(|row| row.fact.id == id)
}
