//! "Tuesdays 7.00-9.00pm at the hut": a programme says once at what hour it meets, and of every evening only its day.

use super::Run;
use super::prepare::Prepared;
use crate::dates::{self, When};
use crate::draft::Draft;
use chrono::{Datelike, NaiveDate};
use sentry_domain::TaskType;

/// As many units from the beginning of a document, of as many words each, may say its hour.
const HEAD: usize = 16;
const LONGEST: usize = 40;
/// As many meetings on one day of the week make a programme.
const ENOUGH: usize = 3;

impl Run<'_, '_> {
    /// Gives the meetings of a programme the hour that its head names for their day of the week.
    pub(super) fn settle_weekly(&mut self, prepared: &[Prepared]) {
        let days: Vec<NaiveDate> = self.drafts.iter().filter_map(without_hour).collect();
        if days.len() < ENOUGH {
            return;
        }
        let Some(when) = self.weekly_hour(prepared, &days) else {
            return;
        };
        let zone = self.context.zone;
        for draft in &mut self.drafts {
            if let Some(day) = without_hour(draft).filter(|day| falls_on(&when, *day)) {
                let held = When {
                    day,
                    last_day: None,
                    recurrence: None,
                    ..when.clone()
                };
                draft.due_on = None;
                draft.takes_place(&held, None, zone);
            }
        }
    }

    fn weekly_hour(&self, prepared: &[Prepared], days: &[NaiveDate]) -> Option<When> {
        let head = prepared.iter().take(HEAD);
        head.filter(|item| item.words.len() <= LONGEST)
            .find_map(|item| {
                let reference = self.reference(item.unit.message, item.language);
                let found = dates::scan(&item.words, &reference, false);
                found.into_iter().filter_map(|d| d.when).find(|when| {
                    let weekly = when.recurrence.as_deref();
                    let said = weekly.map_or(when.end_time.is_some() && when.day_given, |rule| {
                        rule.starts_with("FREQ=WEEKLY")
                    });
                    let meets = days.iter().filter(|day| falls_on(when, **day)).count();
                    when.time.is_some() && said && meets >= ENOUGH
                })
            })
    }
}

/// The day of a meeting of which no hour is known.
fn without_hour(draft: &Draft) -> Option<NaiveDate> {
    let open = draft.task_type == TaskType::Meeting
        && draft.start_at.is_none()
        && draft.recurrence.is_none();
    draft.due_on.filter(|_| open)
}

/// Whether a day is one of the days of the week that are spoken of.
fn falls_on(when: &When, day: NaiveDate) -> bool {
    let rule = when.recurrence.as_deref().unwrap_or("");
    match rule.split(';').find_map(|part| part.strip_prefix("BYDAY=")) {
        Some(listed) => listed
            .split(',')
            .any(|name| name == dates::code(day.weekday())),
        None => day.weekday() == when.day.weekday(),
    }
}
