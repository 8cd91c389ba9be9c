//! Constraints: what must not be touched, now or then.

use super::{AdviceKind, AdviceRow, Candidate, RowChange};
use crate::words::words;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sentry_domain::{TaskType, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

words! {
    /// What a constraint holds still.
    ConstraintKind {
        /// Due dates stay as they are, and so do the person's days: nothing is moved, no day is taken off.
        Deadline = "deadline",
        /// No day off is taken, and nothing is put into these days.
        PtoBlock = "pto_block",
        /// Nothing is handed over.
        DelegationBlock = "delegation_block",
        /// Meetings stay as they are, and nothing is put between them.
        MeetingBlock = "meeting_block",
    }
}

/// A constraint of the person, active from its start to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Constraint {
    /// What it holds still.
    pub kind: ConstraintKind,
    /// From when on.
    pub starts_at: DateTime<Utc>,
    /// Until when; open where it is null.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Constraint {
    /// Whether any instant from `from` to `until` (both included) lies in it.
    pub fn touches(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        until >= self.starts_at && self.ends_at.is_none_or(|end| from < end)
    }
}

/// Whether no constraint forbids a candidate: active `at` present, or at the times it changes. `rows` are those that it
/// changes, at least.
pub fn permitted(
    candidate: &Candidate,
    constraints: &[Constraint],
    (rows, zone): (&[AdviceRow], Zone),
    at: DateTime<Utc>,
) -> bool {
    constraints
        .iter()
        .all(|constraint| !forbids(constraint, candidate, (rows, zone), at))
}

fn forbids(
    constraint: &Constraint,
    candidate: &Candidate,
    place: (&[AdviceRow], Zone),
    at: DateTime<Utc>,
) -> bool {
    if !concerns(constraint.kind, candidate.kind) {
        return false;
    }
    let now = constraint.touches(at, at);
    let about = match (candidate.starts_at, candidate.ends_at) {
        (Some(from), Some(until)) => constraint.touches(from, until),
        (Some(from), None) => constraint.touches(from, from),
        _ => false,
    };
    let rows = candidate.changes.iter().any(|change| {
        times(change, place)
            .iter()
            .any(|(from, until)| constraint.touches(*from, *until))
    });
    now || about || rows
}

const fn concerns(constraint: ConstraintKind, advice: AdviceKind) -> bool {
    use AdviceKind as Advice;
    match constraint {
        ConstraintKind::Deadline => matches!(
            advice,
            Advice::MoveTask | Advice::SplitTask | Advice::RenegotiateDeadline | Advice::DayOff
        ),
        ConstraintKind::PtoBlock => matches!(
            advice,
            Advice::DayOff
                | Advice::MoveTask
                | Advice::SplitTask
                | Advice::RenegotiateDeadline
                | Advice::FocusBlock
                | Advice::RecoveryBreak
        ),
        ConstraintKind::DelegationBlock => matches!(advice, Advice::DelegateTask),
        ConstraintKind::MeetingBlock => matches!(
            advice,
            Advice::DeclineMeeting
                | Advice::ShortenMeeting
                | Advice::BreakUpMeetings
                | Advice::FocusBlock
                | Advice::RecoveryBreak
        ),
    }
}

/// The times a change takes a row from and puts it to.
fn times(
    change: &RowChange,
    (rows, zone): (&[AdviceRow], Zone),
) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut times = Vec::new();
    let mut add = |from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>| {
        if let Some(from) = from {
            times.push((from, until.unwrap_or(from).max(from)));
        }
    };
    let set = &change.set;
    add(set.due_at, None);
    add(set.start_at, set.end_at);
    add(set.end_at, None);
    if let Some(day) = set.due_on {
        let (from, until) = bounds(day, zone);
        add(Some(from), Some(until));
    }
    let id = change.row.as_ref().map(|row| row.id);
    if let Some(row) = id.and_then(|id| super::row(rows, id)) {
        let fact = &row.fact;
        add(fact.due_at, None);
        add(fact.start_at, fact.end_at);
        if let Some(day) = fact.due_on {
            let (from, until) = bounds(day, zone);
            add(Some(from), Some(until));
        }
        if fact.task_type == TaskType::Meeting {
            add(fact.start_at.or(fact.due_at), fact.end_at);
        }
    }
    times
}

/// First and last instant of a day.
pub(super) fn bounds(day: NaiveDate, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    let next = day.succ_opt().unwrap_or(day);
    let end = zone.start_of(next) - Duration::seconds(1);
    (zone.start_of(day), end.max(zone.start_of(day)))
}
