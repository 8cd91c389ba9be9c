//! "Tuesdays 7.00-9.00pm at the hut": a programme says once at what hour it meets, and of every evening only its day.

use super::Run;
use super::prepare::Prepared;
use crate::dates::{self, Reference, When};
use crate::draft::Draft;
use crate::text::Words;
use chrono::{Datelike, NaiveDate};
use sentry_domain::{Category, TaskType};

/// As many units from the beginning of a document, of as many words each, may say its hour.
const HEAD: usize = 16;
const LONGEST: usize = 40;
/// As many lines on one day of the week make a programme.
const ENOUGH: usize = 3;

/// What a head calls the evenings of a programme where it names no day of the week.
const HELD: &str = "class|classes|session|sessions|lecture|lectures|seminar|seminars|lessons|rehearsals|meetings|clase|clases|sesiones|seance|seances|cours|seanslar|dersler|kurs|termine|sitzungen|vorlesung|ubung";

impl Run<'_, '_> {
    /// Gives the meetings of a programme the hour that its head names for their day of the week.
    pub(super) fn settle_weekly(&mut self, prepared: &[Prepared]) {
        if !self
            .drafts
            .iter()
            .any(|draft| without_hour(draft).is_some())
        {
            return;
        }
        let Some(when) = self.weekly_hour(prepared) else {
            return;
        };
        let zone = self.context.zone;
        for draft in &mut self.drafts {
            if let Some(day) = without_hour(draft).filter(|day| falls_on(&when, *day)) {
                let held = When {
                    day,
                    last_day: None,
                    recurrence: None,
                    day_given: true,
                    ..when.clone()
                };
                draft.due_on = None;
                draft.takes_place(&held, None, zone);
                if draft.category == Category::Exam {
                    draft.due_at = draft.start_at;
                }
            }
        }
    }

    /// The hour that the head of a programme names, where enough of its lines have a day it may be meant of.
    fn weekly_hour(&self, prepared: &[Prepared]) -> Option<When> {
        let head = prepared.iter().take(HEAD);
        let said: Vec<When> = head
            .filter(|item| item.words.len() <= LONGEST)
            .flat_map(|item| {
                let named = item.words.any_of(0..item.words.len(), HELD);
                let found = dates::scan(&item.words, &self.counted_from(item), false);
                let all = found.into_iter().filter_map(|d| d.when);
                all.filter(move |when| is_weekly(when, named))
            })
            .collect();
        if said.is_empty() {
            return None;
        }
        let days = self.listed_days(prepared);
        said.into_iter()
            .find(|when| days.iter().filter(|day| falls_on(when, **day)).count() >= ENOUGH)
    }

    fn counted_from(&self, item: &Prepared) -> Reference {
        self.reference(item.unit.message, item.language)
    }

    /// The days with which lines and rows begin.
    fn listed_days(&self, prepared: &[Prepared]) -> Vec<NaiveDate> {
        /// As many words of a line and lines of a document are looked at.
        const OPENING: usize = 6;
        const MOST: usize = 200;
        let text = self.document.text;
        let opens = |words: &Words, reference: &Reference| {
            let found = dates::scan(words, reference, false);
            let first = found.into_iter().find(|d| d.lead_from <= 1)?.when?;
            (first.day_given && first.recurrence.is_none()).then_some(first.day)
        };
        let lines = prepared.iter().take(MOST).filter_map(|item| {
            let bytes = item.words.bytes(0, item.words.len().min(OPENING));
            let words = Words::read(text, bytes.start, bytes.end);
            opens(&words, &self.counted_from(item))
        });
        let rows = self.document.tables.iter().flat_map(|placed| {
            let reference = self.reference(placed.message, self.document.language);
            let rows = placed.table.rows.iter().take(MOST);
            rows.filter_map(move |row| {
                let mut cells = row.iter().take(2);
                cells.find_map(|c| opens(&Words::read(text, c.start, c.end), &reference))
            })
        });
        lines.chain(rows).collect()
    }
}

/// Whether an hour is said of a day of the week again and again, or of all evenings of what is `named` so.
fn is_weekly(when: &When, named: bool) -> bool {
    let range = when.end_time.is_some();
    let weekly = when
        .recurrence
        .as_deref()
        .map_or(range, |rule| rule.starts_with("FREQ=WEEKLY"));
    when.time.is_some() && weekly && (when.day_given || named && range)
}

/// The day of a meeting or an exam of which no hour is known.
fn without_hour(draft: &Draft) -> Option<NaiveDate> {
    let held = draft.task_type == TaskType::Meeting || draft.category == Category::Exam;
    let open = held && draft.start_at.is_none() && draft.recurrence.is_none();
    draft.due_on.filter(|_| open)
}

/// Whether a day is one of the days of the week that are spoken of.
fn falls_on(when: &When, day: NaiveDate) -> bool {
    let rule = when.recurrence.as_deref().unwrap_or("");
    match rule.split(';').find_map(|part| part.strip_prefix("BYDAY=")) {
        Some(listed) => listed
            .split(',')
            .any(|name| name == dates::code(day.weekday())),
        None => !when.day_given || day.weekday() == when.day.weekday(),
    }
}
