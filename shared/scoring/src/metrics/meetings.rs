//! Meetings: how many, how long, how dense.

use super::calendar::{Calendar, MS_PER_HOUR};
use crate::facts::{Evidence, LOOKBACK_DAYS, TaskFact};
use crate::hours::WorkingHours;
use chrono::Weekday;
use sentry_domain::{TaskId, TaskStatus, TaskType};

const DEFAULT_HOURS: f64 = 1.0;
/// From this length on an entry is a marker for the day (a holiday, a conference), not a sitting;
/// 23 and not 24 because that is how long a day can be when the clock goes forward.
const ALL_DAY_MS: i64 = 23 * 3_600_000;
const BACK_TO_BACK_MS: i64 = 10 * 60_000;
const BREAK_MS: i64 = 30 * 60_000;
const LONG_DAY_HOURS: f64 = 6.0;

pub(super) struct Timed {
    pub id: TaskId,
    pub from: i64,
    pub until: i64,
}

/// An entry of whole days, `first` to `last`.
struct Dated {
    id: TaskId,
    first: i64,
    last: i64,
    hours: f64,
}

pub(super) struct Meetings {
    /// By begin, end and id.
    pub timed: Vec<Timed>,
    dated: Vec<Dated>,
    /// Disjoint busy intervals, in order.
    busy: Vec<(i64, i64)>,
    /// Whether any meeting with a date is known at all.
    pub known: bool,
}

impl Meetings {
    pub fn new(rows: &[TaskFact], calendar: &Calendar) -> Self {
        let mut meetings = Self {
            timed: Vec::new(),
            dated: Vec::new(),
            busy: Vec::new(),
            known: false,
        };
        let held = |row: &&TaskFact| {
            row.task_type == TaskType::Meeting && row.status != TaskStatus::Cancelled
        };
        for row in rows.iter().filter(held) {
            meetings.add(row, calendar);
        }
        meetings
            .timed
            .sort_unstable_by_key(|m| (m.from, m.until, m.id));
        meetings
            .dated
            .sort_unstable_by_key(|m| (m.first, m.last, m.id));
        meetings.busy = merged(&meetings.timed);
        meetings
    }

    fn add(&mut self, row: &TaskFact, calendar: &Calendar) {
        if let Some(start) = row.start_at.or(row.due_at) {
            self.known = true;
            let from = start.timestamp_millis();
            let until = match row.end_at {
                Some(end) if end > start => end.timestamp_millis(),
                _ => from + estimate_ms(row),
            };
            if until <= calendar.begin() || from >= calendar.end() {
                return;
            }
            if until - from >= ALL_DAY_MS {
                self.dated.push(Dated {
                    id: row.id,
                    first: calendar.table_day(from.max(calendar.begin())),
                    last: calendar.table_day((until - 1).min(calendar.end() - 1)),
                    hours: 0.0,
                });
            } else if until > from {
                self.timed.push(Timed {
                    id: row.id,
                    from,
                    until,
                });
            }
        } else if let Some(date) = row.due_on {
            self.known = true;
            let day = calendar.day_of_date(date);
            let hours = row.estimated_hours.filter(|h| h.is_finite()).unwrap_or(0.0);
            self.dated.push(Dated {
                id: row.id,
                first: day,
                last: day,
                hours: hours.clamp(0.0, 24.0),
            });
        }
    }

    /// Hours from day `first` to day `last`, overlapping meetings counted once.
    pub fn hours(&self, first: i64, last: i64, calendar: &Calendar) -> f64 {
        let (begin, end) = (calendar.start(first), calendar.start(last + 1));
        let busy: i64 = self
            .busy
            .iter()
            .map(|(from, until)| ((*until).min(end) - (*from).max(begin)).max(0))
            .sum();
        let dated: f64 = self
            .dated
            .iter()
            .filter(|m| (first..=last).contains(&m.first))
            .map(|m| m.hours)
            .sum();
        // Estimates of meetings without a time may add up to more than the days hold.
        (busy as f64 / MS_PER_HOUR + dated).min((end - begin) as f64 / MS_PER_HOUR)
    }

    fn timed_on(&self, day: i64, calendar: &Calendar) -> impl Iterator<Item = &Timed> {
        let (begin, end) = (calendar.start(day), calendar.start(day + 1));
        self.timed
            .iter()
            .filter(move |m| m.from < end && m.until > begin)
    }

    fn dated_on(&self, day: i64) -> impl Iterator<Item = &Dated> {
        self.dated
            .iter()
            .filter(move |m| (m.first..=m.last).contains(&day))
    }

    /// Number of meetings on a day, with or without a time.
    pub fn count(&self, day: i64, calendar: &Calendar) -> usize {
        self.timed_on(day, calendar).count() + self.dated_on(day).count()
    }

    /// Rows behind the days `first` to `last`, in order of time.
    pub fn evidence(
        &self,
        first: i64,
        last: i64,
        calendar: &Calendar,
    ) -> impl Iterator<Item = Evidence> {
        let (begin, end) = (calendar.start(first), calendar.start(last + 1));
        let timed = self
            .timed
            .iter()
            .filter(move |m| m.from < end && m.until > begin);
        let dated = self
            .dated
            .iter()
            .filter(move |m| m.first <= last && m.last >= first);
        let ids = timed.map(|m| m.id).chain(dated.map(|m| m.id));
        ids.map(|id| Evidence::Meeting { id })
    }

    /// Neighbouring pairs on a day with less than ten minutes between them, and their rows.
    pub fn back_to_back(&self, day: i64, calendar: &Calendar) -> (usize, Vec<Evidence>) {
        let mut pairs = 0;
        let mut rows = Vec::new();
        let mut previous: Option<(i64, TaskId)> = None;
        for meeting in self.timed_on(day, calendar) {
            if let Some((busy_until, id)) = previous
                && meeting.from - busy_until < BACK_TO_BACK_MS
            {
                pairs += 1;
                for id in [id, meeting.id] {
                    let row = Evidence::Meeting { id };
                    if !rows.contains(&row) {
                        rows.push(row);
                    }
                }
            }
            // A short meeting inside a long one does not end the long one.
            previous = match previous {
                Some((busy_until, id)) if busy_until > meeting.until => Some((busy_until, id)),
                _ => Some((meeting.until, meeting.id)),
            };
        }
        (pairs, rows)
    }

    /// Days in a row, ending today or on the last working day, with over six hours of meetings
    /// and no break of thirty minutes. Quiet days off neither count nor end the run.
    pub fn days_without_breaks(&self, calendar: &Calendar, hours: &WorkingHours) -> (i64, i64) {
        let mut run = 0;
        let mut first = 0;
        for day in (-LOOKBACK_DAYS..=0).rev() {
            if self.is_breathless(day, calendar, hours) {
                run += 1;
                first = day;
            } else if calendar.works(day) && day != 0 {
                break;
            }
        }
        (run, first)
    }

    fn is_breathless(&self, day: i64, calendar: &Calendar, hours: &WorkingHours) -> bool {
        if self.hours(day, day, calendar) <= LONG_DAY_HOURS {
            return false;
        }
        let Some((begin, end)) = self.working_span(day, calendar, hours) else {
            return false;
        };
        let mut free_from = begin;
        for (from, until) in &self.busy {
            if *until <= begin || *from >= end {
                continue;
            }
            if from - free_from >= BREAK_MS {
                return false;
            }
            free_from = free_from.max(*until);
        }
        end - free_from < BREAK_MS
    }

    /// Working hours of a day; on a day off, from its first meeting to its last.
    fn working_span(
        &self,
        day: i64,
        calendar: &Calendar,
        hours: &WorkingHours,
    ) -> Option<(i64, i64)> {
        let weekday = u8::try_from(calendar.weekday(day)).ok()?;
        if let Some(shift) = hours.shift(Weekday::try_from(weekday).ok()?) {
            let last = day + i64::from(shift.ends_next_day());
            return Some((
                calendar.instant(day, shift.from),
                calendar.instant(last, shift.until),
            ));
        }
        let begin = self.timed_on(day, calendar).map(|m| m.from).min()?;
        let end = self.timed_on(day, calendar).map(|m| m.until).max()?;
        Some((
            begin.max(calendar.start(day)),
            end.min(calendar.start(day + 1)),
        ))
    }
}

fn estimate_ms(row: &TaskFact) -> i64 {
    let hours = row
        .estimated_hours
        .filter(|hours| hours.is_finite() && *hours > 0.0)
        .unwrap_or(DEFAULT_HOURS)
        .min(24.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most a day of milliseconds"
    )]
    let ms = (hours * MS_PER_HOUR).round() as i64;
    ms
}

/// The union of intervals sorted by their begin.
fn merged(timed: &[Timed]) -> Vec<(i64, i64)> {
    let mut busy: Vec<(i64, i64)> = Vec::with_capacity(timed.len());
    for meeting in timed {
        match busy.last_mut() {
            Some((_, until)) if meeting.from <= *until => *until = (*until).max(meeting.until),
            _ => busy.push((meeting.from, meeting.until)),
        }
    }
    busy
}
