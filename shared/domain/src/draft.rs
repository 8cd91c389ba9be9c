//! A task before it is one: what extraction proposes and a person may correct.

use crate::{Category, Priority, TaskType, Zone};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The longest title, in characters.
pub const MAX_TITLE_CHARS: usize = 255;
/// The longest description, in characters.
pub const MAX_DESCRIPTION_CHARS: usize = 20_000;
/// The longest name of a person, in characters.
pub const MAX_PERSON_CHARS: usize = 255;
/// The longest recurrence rule, in characters.
pub const MAX_RECURRENCE_CHARS: usize = 500;
/// The most people of a meeting.
pub const MAX_ATTENDEES: usize = 200;
/// The longest estimate.
pub const MAX_ESTIMATED_HOURS: f64 = 1000.0;
/// The years that every store, protocol and zone of the product can hold.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9998;

/// The fields that a document can say about a task. Other fields of the same JSON are passed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskDraft {
    /// What is to be done.
    pub title: String,
    /// What else is known.
    #[serde(default)]
    pub description: Option<String>,
    /// Task or meeting.
    pub task_type: TaskType,
    /// The instant it is due; not together with `due_on`.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
    /// The day it is due.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// When it begins.
    #[serde(default)]
    pub start_at: Option<DateTime<Utc>>,
    /// When it ends.
    #[serde(default)]
    pub end_at: Option<DateTime<Utc>>,
    /// Who takes part.
    #[serde(default)]
    pub attendees: Vec<String>,
    /// Who is to do it.
    #[serde(default)]
    pub assigned_to: Option<String>,
    /// How much it presses.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// What kind of work it is.
    #[serde(default)]
    pub category: Option<Category>,
    /// How long it takes, in hours.
    #[serde(default)]
    pub estimated_hours: Option<f64>,
    /// When it comes again: an RFC 5545 rule without `RRULE:`.
    #[serde(default)]
    pub recurrence: Option<String>,
}

/// What is wrong with a field of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftError {
    /// The field.
    pub field: &'static str,
    /// A sentence for people, without the field's name.
    pub detail: String,
}

impl TaskDraft {
    /// Everything that keeps the draft from being a task. Empty when nothing does.
    pub fn errors(&self) -> Vec<DraftError> {
        let mut errors = Vec::new();
        let mut refuse = |field, detail: String| errors.push(DraftError { field, detail });
        if self.title.trim().is_empty() || self.title.chars().count() > MAX_TITLE_CHARS {
            refuse(
                "title",
                format!("must have 1 to {MAX_TITLE_CHARS} characters"),
            );
        }
        for (field, text, limit) in [
            ("description", &self.description, MAX_DESCRIPTION_CHARS),
            ("assigned_to", &self.assigned_to, MAX_PERSON_CHARS),
            ("recurrence", &self.recurrence, MAX_RECURRENCE_CHARS),
        ] {
            if text
                .as_ref()
                .is_some_and(|text| text.chars().count() > limit)
            {
                refuse(field, format!("must have at most {limit} characters"));
            }
        }
        if self.recurrence.as_ref().is_some_and(|rule| !is_rule(rule)) {
            refuse(
                "recurrence",
                "must be an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=MO".to_owned(),
            );
        }
        if self.due_at.is_some() && self.due_on.is_some() {
            refuse(
                "due_on",
                "must not be given together with due_at".to_owned(),
            );
        }
        if let (Some(start), Some(end)) = (self.start_at, self.end_at)
            && end < start
        {
            refuse("end_at", "must not be before start_at".to_owned());
        }
        if self
            .estimated_hours
            .is_some_and(|hours| !(0.0..=MAX_ESTIMATED_HOURS).contains(&hours))
        {
            refuse(
                "estimated_hours",
                format!("must be 0 to {MAX_ESTIMATED_HOURS}"),
            );
        }
        for (field, year) in [
            ("due_at", self.due_at.map(|at| at.year())),
            ("due_on", self.due_on.map(|day| day.year())),
            ("start_at", self.start_at.map(|at| at.year())),
            ("end_at", self.end_at.map(|at| at.year())),
        ] {
            if year.is_some_and(|year| !YEARS.contains(&year)) {
                refuse(field, "must be a time from 1900 to 9998".to_owned());
            }
        }
        let person =
            |name: &String| !name.trim().is_empty() && name.chars().count() <= MAX_PERSON_CHARS;
        if self.attendees.len() > MAX_ATTENDEES || !self.attendees.iter().all(person) {
            refuse(
                "attendees",
                format!(
                    "must be at most {MAX_ATTENDEES} names of 1 to {MAX_PERSON_CHARS} characters"
                ),
            );
        }
        errors
    }

    /// The user's day that the draft is about: its due day, or the day it begins.
    pub fn day(&self, zone: Zone) -> Option<NaiveDate> {
        self.due_on
            .or_else(|| self.due_at.or(self.start_at).map(|at| zone.day_of(at)))
    }
}

/// True for a list of `NAME=value` pairs that begins with a known frequency.
fn is_rule(rule: &str) -> bool {
    const FREQUENCIES: &[&str] = &[
        "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "MINUTELY", "SECONDLY",
    ];
    let mut pairs = rule.split(';');
    let known = pairs.next().and_then(|first| first.strip_prefix("FREQ="));
    known.is_some_and(|word| FREQUENCIES.contains(&word))
        && pairs.all(|pair| {
            pair.split_once('=')
                .is_some_and(|(name, value)| !name.is_empty() && !value.is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> TaskDraft {
        serde_json::from_str(r#"{"title":"Send the report","task_type":"task","confidence":0.9}"#)
            .unwrap()
    }

    fn wrong(change: impl FnOnce(&mut TaskDraft)) -> Vec<&'static str> {
        let mut draft = draft();
        change(&mut draft);
        draft
            .errors()
            .into_iter()
            .map(|error| error.field)
            .collect()
    }

    #[test]
    fn what_no_client_may_send_no_document_may_say() {
        assert_eq!(draft().errors(), []);
        assert_eq!(wrong(|d| d.title = " ".to_owned()), ["title"]);
        assert_eq!(wrong(|d| d.title = "ü".repeat(256)), ["title"]);
        assert_eq!(wrong(|d| d.title = "ü".repeat(255)), [] as [&str; 0]);
        assert_eq!(
            wrong(|d| d.description = Some("x".repeat(20_001))),
            ["description"]
        );
        assert_eq!(
            wrong(|d| d.estimated_hours = Some(f64::NAN)),
            ["estimated_hours"]
        );
        assert_eq!(
            wrong(|d| d.estimated_hours = Some(-1.0)),
            ["estimated_hours"]
        );
        assert_eq!(wrong(|d| d.attendees = vec![String::new()]), ["attendees"]);
        for rule in [
            "weekly",
            "FREQ=",
            "FREQ=OFTEN",
            "FREQ=DAILY;",
            "FREQ=DAILY;COUNT",
        ] {
            assert_eq!(
                wrong(|d| d.recurrence = Some(rule.to_owned())),
                ["recurrence"],
                "{rule}"
            );
        }
        assert_eq!(
            wrong(|d| d.recurrence = Some("FREQ=WEEKLY;BYDAY=MO".to_owned())),
            [] as [&str; 0]
        );
        assert_eq!(wrong(|d| d.due_on = "1066-10-14".parse().ok()), ["due_on"]);
        let at = "2026-03-02T09:00:00Z".parse().ok();
        assert_eq!(
            wrong(|d| (d.due_at, d.due_on) = (at, "2026-03-02".parse().ok())),
            ["due_on"]
        );
        assert_eq!(
            wrong(|d| (d.start_at, d.end_at) = (at, at.map(|a| a - chrono::TimeDelta::hours(1)))),
            ["end_at"]
        );
    }

    #[test]
    fn the_day_is_the_users() {
        let mut draft = draft();
        assert_eq!(draft.day(Zone::UTC), None);
        draft.due_at = "2026-03-02T23:30:00Z".parse().ok();
        assert_eq!(
            draft.day("Europe/Berlin".parse().unwrap()),
            "2026-03-03".parse().ok()
        );
    }
}
