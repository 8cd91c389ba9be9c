//! What a field may hold, the same for a new task and for a change.

use crate::attendees::Attendees;
use crate::recurrence;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::tasks::Change;
use sentry_domain::{
    MAX_ATTENDEES, MAX_DESCRIPTION_CHARS, MAX_ESTIMATED_HOURS, MAX_PERSON_CHARS, MAX_TITLE_CHARS,
    Moment, Zone, is_storable,
};
use sentry_http::{ApiError, FieldError, Patch};

const MAX_ACTUAL_HOURS: f64 = 10_000.0;
const MAX_LABELS: usize = 20;
const MAX_LABEL_CHARS: usize = 50;
/// Beyond it a position cannot be told from its neighbour any more.
const MAX_POSITION: f64 = 1e15;

/// What a rule makes of a value; the error is a sentence for people.
pub(crate) type Checked<T> = Result<T, String>;

/// Collects everything that is wrong, so that it is said at once.
#[derive(Debug, Default)]
pub(crate) struct Checks(Vec<FieldError>);

impl Checks {
    /// Adds what is wrong with a field.
    pub(crate) fn refuse(&mut self, field: &str, detail: impl Into<String>) {
        self.0.push(FieldError::new(field, detail));
    }

    /// A field that always holds something: the checked value, when one is given.
    pub(crate) fn given<T, U>(
        &mut self,
        field: &str,
        value: Option<T>,
        rule: impl Fn(T) -> Checked<U>,
    ) -> Option<U> {
        value
            .map(rule)?
            .map_err(|detail| self.refuse(field, detail))
            .ok()
    }

    /// A field that may be empty.
    pub(crate) fn patch<T, U>(
        &mut self,
        field: &str,
        value: Patch<T>,
        rule: impl Fn(T) -> Checked<Option<U>>,
    ) -> Change<U> {
        match value {
            Patch::Absent => Change::Keep,
            Patch::Null => Change::Clear,
            Patch::Value(value) => match rule(value) {
                Ok(Some(value)) => Change::Set(value),
                Ok(None) => Change::Clear,
                Err(detail) => {
                    self.refuse(field, detail);
                    Change::Keep
                }
            },
        }
    }

    /// The due time: an instant or a day, under the name of today or of older clients.
    pub(crate) fn due(
        &mut self,
        (due_at, due_on, due_date): (Patch<Moment>, Patch<NaiveDate>, Patch<Moment>),
        zone: Zone,
    ) -> (Change<DateTime<Utc>>, Change<NaiveDate>) {
        let at = |moment: Moment| (Change::Set(moment.instant_in(zone)), Change::Clear);
        let on = |day| (Change::Clear, Change::Set(day));
        match (due_at, due_on, due_date) {
            (Patch::Value(Moment::Day(_)), ..) => {
                self.refuse("due_at", "must have a time; a day alone belongs in due_on");
                (Change::Keep, Change::Keep)
            }
            (_, Patch::Value(day), _) if !is_storable(day) => {
                self.refuse("due_on", "must be from 1900 to 9998");
                (Change::Keep, Change::Keep)
            }
            (Patch::Value(moment), Patch::Absent | Patch::Null, Patch::Absent | Patch::Null) => {
                at(moment)
            }
            (Patch::Absent | Patch::Null, Patch::Value(day), Patch::Absent | Patch::Null) => {
                on(day)
            }
            (Patch::Absent | Patch::Null, Patch::Absent | Patch::Null, Patch::Value(moment)) => {
                match moment {
                    Moment::Day(day) => on(day),
                    moment => at(moment),
                }
            }
            (Patch::Value(_), _, _) | (_, Patch::Value(_), _) => {
                self.refuse("due_on", "give only one of due_at, due_on and due_date");
                (Change::Keep, Change::Keep)
            }
            (_, _, Patch::Null) => (Change::Clear, Change::Clear),
            (due_at, due_on, _) => (cleared(&due_at), cleared(&due_on)),
        }
    }

    /// Whether it comes again, and when: a rule makes a task recur, and without one a task may
    /// still be said to.
    pub(crate) fn recurrence(
        &mut self,
        is_recurring: Option<bool>,
        rule: Patch<String>,
    ) -> (Option<bool>, Change<String>) {
        let rule = self.patch("recurrence", rule, |text| recurrence::check(&text));
        match (is_recurring, &rule) {
            (Some(false), Change::Set(_)) => {
                self.refuse("is_recurring", "a task with a recurrence recurs");
                (None, rule)
            }
            (_, Change::Set(_)) => (Some(true), rule),
            (given, Change::Clear) => (Some(given.unwrap_or(false)), rule),
            (Some(false), Change::Keep) => (Some(false), Change::Clear),
            (given, Change::Keep) => (given, rule),
        }
    }

    /// Refuses everything at once, if there was anything wrong.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(ApiError::Invalid(self.0))
        }
    }
}

fn cleared<T, U>(patch: &Patch<T>) -> Change<U> {
    if matches!(patch, Patch::Null) {
        Change::Clear
    } else {
        Change::Keep
    }
}

/// The value that a new task starts with.
pub(crate) fn value<T>(change: Change<T>) -> Option<T> {
    if let Change::Set(value) = change {
        Some(value)
    } else {
        None
    }
}

/// A field of a new task: null says as much as nothing.
pub(crate) fn patch<T>(given: Option<T>) -> Patch<T> {
    given.map_or(Patch::Absent, Patch::Value)
}

pub(crate) fn title(text: String) -> Checked<String> {
    let trimmed = text.trim();
    if trimmed.is_empty() || trimmed.chars().count() > MAX_TITLE_CHARS {
        return Err(format!("must have 1 to {MAX_TITLE_CHARS} characters"));
    }
    Ok(if trimmed.len() == text.len() {
        text
    } else {
        trimmed.to_owned()
    })
}

pub(crate) fn description(text: String) -> Checked<Option<String>> {
    at_most(&text, MAX_DESCRIPTION_CHARS)?;
    Ok((!text.trim().is_empty()).then_some(text))
}

/// A line of text of up to `limit` characters; a blank one is none.
pub(crate) fn line(limit: usize) -> impl Fn(String) -> Checked<Option<String>> {
    move |text| {
        let text = text.trim();
        at_most(text, limit)?;
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}

pub(crate) fn person(text: String) -> Checked<Option<String>> {
    line(MAX_PERSON_CHARS)(text)
}

/// A time of day on some day; a reading of the wall clock is the user's.
pub(crate) fn instant(zone: Zone) -> impl Fn(Moment) -> Checked<Option<DateTime<Utc>>> {
    move |moment| match moment {
        Moment::Day(_) => Err("must have a time".to_owned()),
        moment => Ok(Some(moment.instant_in(zone))),
    }
}

pub(crate) fn estimated_hours(hours: f64) -> Checked<Option<f64>> {
    up_to(hours, MAX_ESTIMATED_HOURS)
}

pub(crate) fn actual_hours(hours: f64) -> Checked<Option<f64>> {
    up_to(hours, MAX_ACTUAL_HOURS)
}

pub(crate) fn position(position: f64) -> Checked<f64> {
    if position.abs() <= MAX_POSITION {
        Ok(position)
    } else {
        Err("must be from -1e15 to 1e15".to_owned())
    }
}

pub(crate) fn attendees(Attendees(names): Attendees) -> Checked<Vec<String>> {
    let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    let fits = |name: &String| !name.is_empty() && name.chars().count() <= MAX_PERSON_CHARS;
    if names.len() <= MAX_ATTENDEES && names.iter().all(fits) {
        Ok(names)
    } else {
        Err(format!(
            "must be at most {MAX_ATTENDEES} names of 1 to {MAX_PERSON_CHARS} characters"
        ))
    }
}

pub(crate) fn labels(given: Vec<String>) -> Checked<Vec<String>> {
    let mut labels: Vec<String> = Vec::with_capacity(given.len());
    for label in given {
        let label = label.trim();
        if label.is_empty() || label.chars().count() > MAX_LABEL_CHARS {
            return Err(format!("each must have 1 to {MAX_LABEL_CHARS} characters"));
        }
        if !labels.iter().any(|known| known == label) {
            labels.push(label.to_owned());
        }
        // Before the rest of a very long list is compared with what is known.
        if labels.len() > MAX_LABELS {
            return Err(format!("must be at most {MAX_LABELS}"));
        }
    }
    Ok(labels)
}

fn at_most(text: &str, limit: usize) -> Checked<()> {
    if text.chars().count() > limit {
        Err(format!("must have at most {limit} characters"))
    } else {
        Ok(())
    }
}

fn up_to(hours: f64, limit: f64) -> Checked<Option<f64>> {
    if (0.0..=limit).contains(&hours) {
        Ok(Some(hours))
    } else {
        Err(format!("must be 0 to {limit}"))
    }
}
