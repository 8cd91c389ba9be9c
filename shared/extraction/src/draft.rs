//! An item in the making: all fields, with bytes for places.

use crate::dates::{When, instant};
use crate::fields::title;
use crate::item::{Item, Quote};
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::Zone;
use sentry_domain::{Category, Priority, TaskType};
use std::ops::Range;

/// How an act points back to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// "do it": any deed.
    Generic,
    /// "send it": the same deed, if there is one, else a new one.
    Verb,
}

/// An item before its quotes are cut out.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one item"
)]
pub(crate) struct Draft {
    pub title: String,
    pub description: Option<String>,
    pub task_type: TaskType,
    pub due_at: Option<DateTime<Utc>>,
    pub due_on: Option<NaiveDate>,
    pub start_at: Option<DateTime<Utc>>,
    pub end_at: Option<DateTime<Utc>>,
    pub attendees: Vec<String>,
    pub owner: Option<String>,
    pub priority: Option<Priority>,
    pub category: Category,
    pub estimated_hours: Option<f64>,
    pub recurrence: Option<String>,
    pub confidence: f64,
    /// What the learned judge says of its sentence, where it was asked.
    pub judged: Option<f32>,
    /// It stands where the judge was taught nothing and the rules suffice: a lone line with its rule, a row of orders.
    pub certain: bool,
    /// It is asked for so plainly that the judge may doubt it, and not drop it.
    pub plain: bool,
    /// Only the judge found it.
    pub passed_over: bool,
    /// The judge holds it for a meeting, and its sentence names no day.
    pub meets: bool,
    pub quote: Range<usize>,
    pub also: Vec<Range<usize>>,
    /// Number of the unit it came from: nearness decides what "it" means.
    pub unit: usize,
    /// Its object is only "it" or "that".
    pub pronoun: Option<Pronoun>,
}

impl Draft {
    /// A task without fields.
    pub(crate) fn task(title: String, quote: Range<usize>, confidence: f64, unit: usize) -> Self {
        Self {
            title,
            description: None,
            task_type: TaskType::Task,
            due_at: None,
            due_on: None,
            start_at: None,
            end_at: None,
            attendees: Vec::new(),
            owner: None,
            priority: None,
            category: Category::General,
            estimated_hours: None,
            recurrence: None,
            confidence,
            judged: None,
            certain: false,
            plain: false,
            passed_over: false,
            meets: false,
            quote,
            also: Vec::new(),
            unit,
            pronoun: None,
        }
    }

    /// Sets the deadline.
    pub(crate) fn due(&mut self, when: &When, zone: Zone) {
        // A task that is due between two times is due at the second.
        self.due_at = when.end(zone).or_else(|| when.start(zone));
        self.due_on = if self.due_at.is_none() {
            when.date()
        } else {
            None
        };
        self.recurrence = rule(when, self.due_at, zone);
    }

    /// Sets beginning and end.
    pub(crate) fn takes_place(&mut self, when: &When, hours: Option<f64>, zone: Zone) {
        self.start_at = when.start(zone);
        self.recurrence = rule(when, self.start_at, zone);
        self.end_at = when.end(zone).or_else(|| {
            let seconds = hours? * 3600.0;
            #[expect(clippy::cast_possible_truncation, reason = "hours are at most 2000")]
            self.start_at?
                .checked_add_signed(chrono::Duration::seconds(seconds as i64))
        });
        // A meeting of several days begins on the first.
        if self.start_at.is_none() {
            self.due_on = when.date().map(|_| when.day);
        }
    }

    /// Whether a day or an instant is known.
    pub(crate) fn dated(&self) -> bool {
        self.due_at.is_some() || self.due_on.is_some() || self.start_at.is_some()
    }

    /// The finished item; `chars` turns a byte of the text into a character.
    pub(crate) fn finish(self, text: &str, chars: &dyn Fn(usize) -> usize) -> Item {
        let quote = |range: &Range<usize>| Quote {
            quote: text[range.clone()].to_owned(),
            start_char: chars(range.start),
            end_char: chars(range.end),
        };
        Item {
            title: title::clamp(&self.title),
            description: self.description,
            task_type: self.task_type,
            due_at: self.due_at,
            due_on: self.due_on,
            start_at: self.start_at,
            end_at: self.end_at,
            attendees: self.attendees,
            assigned_to: self.owner,
            priority: self.priority,
            category: self.category,
            estimated_hours: self.estimated_hours,
            recurrence: self.recurrence,
            confidence: (self.confidence.clamp(0.0, 0.99) * 100.0).round() / 100.0,
            source: quote(&self.quote),
            also: self.also.iter().map(quote).collect(),
        }
    }
}

/// The rule of what comes again and again; what begins at an instant ends at one, in UTC (RFC 5545, 3.3.10).
fn rule(when: &When, begins: Option<DateTime<Utc>>, zone: Zone) -> Option<String> {
    let rule = when.recurrence.clone()?;
    let last = || {
        let (_, day) = rule.rsplit_once(";UNTIL=")?;
        let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok()?;
        instant(zone, day.and_time(zone.wall_clock(begins?).time()))
    };
    match (last(), rule.rsplit_once(";UNTIL=")) {
        (Some(at), Some((rest, _))) => {
            Some(format!("{rest};UNTIL={}", at.format("%Y%m%dT%H%M%SZ")))
        }
        _ => Some(rule),
    }
}
