//! Changes of rows: previewed, simulated, applied and undone as one and the same thing.

use super::{AdviceRow, row};
use crate::assess::Person;
use crate::facts::{Origin, TaskFact, own_acts};
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{TaskId, TaskStatus, TaskType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Values of a row; what is absent is not touched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskStatus>,
    /// The instant it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    /// The day it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// When it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_at: Option<DateTime<Utc>>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_at: Option<DateTime<Utc>>,
    /// How long it takes, in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimated_hours: Option<f64>,
}

/// A row as it was, for a preview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangedRow {
    /// Which.
    pub id: TaskId,
    /// The version the change was previewed on; another one refuses it.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// What the changed fields were; null stands for nothing.
    pub was: Fields,
}

/// One row that changes, or a new one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RowChange {
    /// The row; null for a new one.
    pub row: Option<ChangedRow>,
    /// Title of a new row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Task or meeting.
    pub task_type: TaskType,
    /// The new values.
    pub set: Fields,
}

impl RowChange {
    /// A change of a row that exists.
    pub fn of(row: &AdviceRow, set: Fields) -> Self {
        let fact = &row.fact;
        let was = Fields {
            status: set.status.map(|_| fact.status),
            due_at: set.due_at.and(fact.due_at),
            due_on: set.due_on.and(fact.due_on),
            start_at: set.start_at.and(fact.start_at),
            end_at: set.end_at.and(fact.end_at),
            estimated_hours: set.estimated_hours.and(fact.estimated_hours),
        };
        Self {
            row: Some(ChangedRow {
                id: fact.id,
                version: row.version,
                title: row.title.clone(),
                was,
            }),
            title: None,
            task_type: fact.task_type,
            set,
        }
    }

    /// A new row.
    pub fn new(title: String, task_type: TaskType, set: Fields) -> Self {
        Self {
            row: None,
            title: Some(title),
            task_type,
            set,
        }
    }
}

/// The person after these changes, made by the person at `at`: rows, and the acts that changing
/// them is. Rows that are not among `rows` are left alone.
pub fn simulate(
    person: &Person,
    rows: &[AdviceRow],
    changes: &[RowChange],
    at: DateTime<Utc>,
) -> Person {
    let mut person = person.clone();
    for (number, change) in (1..).zip(changes) {
        match &change.row {
            None => {
                let fact = changed(&fresh(number, change.task_type, at), &change.set, at);
                let origin = Origin {
                    touched_at: Some(at),
                    entered_here: true,
                    has_provider: false,
                };
                person.acts.extend(own_acts(&fact, &origin));
                person.tasks.push(fact);
            }
            Some(changed_row) => {
                if let Some(row) = row(rows, changed_row.id) {
                    change_row(&mut person, row, &change.set, at);
                }
            }
        }
    }
    person
}

fn change_row(person: &mut Person, row: &AdviceRow, set: &Fields, at: DateTime<Utc>) {
    let on = Some(row.fact.evidence());
    let found = person.tasks.iter_mut().find(|fact| fact.id == row.fact.id);
    let fact = if let Some(fact) = found {
        *fact = changed(fact, set, at);
        *fact
    } else {
        let fact = changed(&row.fact, set, at);
        person.tasks.push(fact);
        fact
    };
    // The last act on the row is this one now.
    person.acts.retain(|act| act.on != on);
    let origin = Origin {
        touched_at: Some(at),
        ..row.origin
    };
    person.acts.extend(own_acts(&fact, &origin));
}

/// Ids of rows that do not exist yet lie where no real one does.
fn fresh(number: i64, task_type: TaskType, at: DateTime<Utc>) -> TaskFact {
    TaskFact::new(TaskId(i64::MAX - number), task_type, at)
}

fn changed(fact: &TaskFact, set: &Fields, at: DateTime<Utc>) -> TaskFact {
    let status = set.status.unwrap_or(fact.status);
    TaskFact {
        status,
        completed_at: match status {
            TaskStatus::Done => fact.completed_at.or(Some(at)),
            _ => None,
        },
        due_at: set.due_at.or(fact.due_at.filter(|_| set.due_on.is_none())),
        due_on: set.due_on.or(fact.due_on.filter(|_| set.due_at.is_none())),
        start_at: set.start_at.or(fact.start_at),
        end_at: set.end_at.or(fact.end_at),
        estimated_hours: set.estimated_hours.or(fact.estimated_hours),
        ..*fact
    }
}
