//! Planned task hours, spread over the working days left, and the trend of the daily load.

use super::calendar::Calendar;
use super::meetings::Meetings;
use crate::facts::{Evidence, TaskFact};
use crate::hours::WorkingHours;
use sentry_domain::{TaskId, TaskStatus};

const DEFAULT_HOURS: f64 = 1.0;
/// More than anybody works in years; keeps sums finite whatever a client wrote.
const MAX_HOURS: f64 = 10_000.0;
/// A task nobody gave a date is expected to take up to two working weeks.
const UNDATED_WORKING_DAYS: i64 = 10;
const TREND_DAYS: i64 = 14;
/// Fewer known working days than this say nothing about a trend.
const TREND_MIN_DAYS: usize = 4;

pub(super) struct PlannedTask {
    pub id: TaskId,
    pub active: bool,
    pub due: Option<i64>,
    created: i64,
    completed: Option<i64>,
    estimate: f64,
    remaining: f64,
}

/// Every task that is not cancelled.
pub(super) fn planned(rows: &[TaskFact], calendar: &Calendar) -> Vec<PlannedTask> {
    let mut tasks: Vec<_> = rows
        .iter()
        .filter(|row| row.is_to_do() && row.status != TaskStatus::Cancelled)
        .map(|row| {
            let valid = |hours: &f64| (0.0..=MAX_HOURS).contains(hours);
            let estimate = row.estimated_hours.filter(valid);
            let spent = row.actual_hours.filter(valid).unwrap_or(0.0);
            PlannedTask {
                id: row.id,
                active: row.status.is_active(),
                due: due_day(row, calendar),
                created: calendar.day_of(row.created_at),
                // A reopened row may still carry the instant it was done before.
                completed: row
                    .completed_at
                    .filter(|_| !row.status.is_active())
                    .map(|at| calendar.day_of(at)),
                estimate: estimate.unwrap_or(DEFAULT_HOURS),
                remaining: estimate.map_or(DEFAULT_HOURS, |hours| (hours - spent).max(0.0)),
            }
        })
        .collect();
    // Sums of fractions depend on their order in the last digit; the order of rows must not show.
    tasks.sort_unstable_by_key(|task| (task.due.unwrap_or(i64::MAX), task.id));
    tasks
}

pub(super) fn due_day(row: &TaskFact, calendar: &Calendar) -> Option<i64> {
    match (row.due_at, row.due_on) {
        (Some(at), _) => Some(calendar.day_of(at)),
        (None, Some(date)) => Some(calendar.day_of_date(date)),
        (None, None) => None,
    }
}

impl PlannedTask {
    /// Remaining hours that fall from today to day `last`.
    pub fn hours_until(&self, last: i64, calendar: &Calendar) -> f64 {
        self.remaining * share(self.due, 0, last, calendar)
    }

    /// Hours of it on a day as planned on that day.
    fn load(&self, day: i64, calendar: &Calendar) -> f64 {
        if self.was_open(day) {
            self.estimate * share(self.due, day, day, calendar)
        } else {
            0.0
        }
    }

    /// Whether the task was open at some time of a day, as far as the row tells.
    fn was_open(&self, day: i64) -> bool {
        let ended = self.completed.is_some_and(|completed| completed < day);
        self.created <= day && !ended && (self.active || self.completed.is_some())
    }
}

/// The part of a task due on day `due` that, planned on day `from`, falls from there to `last`.
///
/// Spread evenly over the working days from `from` to `due`; where none is left, all of it is on
/// `from`.
fn share(due: Option<i64>, from: i64, last: i64, calendar: &Calendar) -> f64 {
    let (days, due) = match due {
        None => (UNDATED_WORKING_DAYS, last),
        Some(due) => (calendar.working_days(from, due), due),
    };
    if days == 0 {
        return 1.0;
    }
    let within = calendar.working_days(from, last.min(due)).min(days);
    within as f64 / days as f64
}

/// The load of a day as planned on that day: its meetings and the shares of the tasks then open.
fn load(day: i64, tasks: &[PlannedTask], meetings: &Meetings, calendar: &Calendar) -> f64 {
    let planned: f64 = tasks.iter().map(|task| task.load(day, calendar)).sum();
    planned + meetings.hours(day, day, calendar)
}

/// Robust slope of the daily load over the working days of the last two weeks, -1 to 1.
///
/// The Theil-Sen slope (median of the slopes between all pairs of days; Sen 1968) in hours per
/// working day, times the steps of the window, over the contracted hours of a working day: 1 means
/// that the daily load has grown by a full working day or more within the window, -1 that it has
/// shrunk by one. Days before the first known row are unknown, not empty; `None` with fewer
/// than four known working days.
pub(super) fn trend(
    tasks: &[PlannedTask],
    meetings: &Meetings,
    calendar: &Calendar,
    hours: &WorkingHours,
) -> Option<f64> {
    let created = tasks.iter().map(|task| task.created);
    let held = meetings
        .timed
        .first()
        .map(|m| calendar.table_day(m.from.max(calendar.begin())));
    let known_from = created.chain(held).min()?;
    let working = |day: &i64| calendar.works(*day);
    let window = (1 - TREND_DAYS..=0).filter(working).count();
    let loads: Vec<f64> = (known_from.max(1 - TREND_DAYS)..=0)
        .filter(working)
        .map(|day| load(day, tasks, meetings, calendar))
        .collect();
    if loads.len() < TREND_MIN_DAYS.min(window) {
        return None;
    }
    let growth = theil_sen(&loads)? * (window - 1) as f64;
    Some((growth / hours.daily()).clamp(-1.0, 1.0))
}

/// The rows of the two weeks behind the trend: tasks that weigh more on the later half than on the earlier one, those that
/// weigh most first, then meetings from the latest back, then the other tasks.
pub(super) fn grown(
    tasks: &[PlannedTask],
    meetings: &Meetings,
    calendar: &Calendar,
) -> Vec<Evidence> {
    let half = |days: std::ops::RangeInclusive<i64>, task: &PlannedTask| -> f64 {
        days.filter(|day| calendar.works(*day))
            .map(|day| task.load(day, calendar))
            .sum()
    };
    let middle = -TREND_DAYS / 2;
    let mut weighed: Vec<(f64, TaskId)> = tasks
        .iter()
        .map(|task| {
            (
                half(1 - TREND_DAYS..=middle, task),
                half(middle + 1..=0, task),
                task.id,
            )
        })
        .filter(|(early, late, _)| early + late > 0.0)
        .map(|(early, late, id)| (late - early, id))
        .collect();
    weighed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (more, less): (Vec<_>, Vec<_>) = weighed.into_iter().partition(|(growth, _)| *growth > 0.0);
    let held = (1 - TREND_DAYS..=0)
        .rev()
        .flat_map(|day| meetings.evidence(day, day, calendar));
    let named = |(_, id)| Evidence::Task { id };
    let mut rows: Vec<Evidence> = more.into_iter().map(named).collect();
    for row in held.chain(less.into_iter().map(named)) {
        if rows.len() >= crate::facts::MAX_EVIDENCE {
            break;
        }
        // A meeting over midnight is one row.
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows.truncate(crate::facts::MAX_EVIDENCE);
    rows
}

/// Median of the slopes between all pairs of equally spaced values.
fn theil_sen(values: &[f64]) -> Option<f64> {
    let mut slopes = Vec::with_capacity(values.len() * values.len().saturating_sub(1) / 2);
    for (i, first) in values.iter().enumerate() {
        for (step, later) in values[i..].iter().enumerate().skip(1) {
            slopes.push((later - first) / step as f64);
        }
    }
    slopes.sort_unstable_by(f64::total_cmp);
    let upper = slopes.get(slopes.len() / 2)?;
    if slopes.len() % 2 == 1 {
        return Some(*upper);
    }
    Some(f64::midpoint(*upper, slopes[slopes.len() / 2 - 1]))
}

/// Tasks and meetings that fill the days from today to `last`: meetings in order of time, then
/// tasks with the most hours first.
pub(super) fn evidence(
    last: i64,
    tasks: &[PlannedTask],
    meetings: impl Iterator<Item = Evidence>,
    calendar: &Calendar,
) -> Vec<Evidence> {
    let mut filling: Vec<(f64, TaskId)> = tasks
        .iter()
        .filter(|task| task.active)
        .map(|task| (task.hours_until(last, calendar), task.id))
        .filter(|(hours, _)| *hours > 0.0)
        .collect();
    filling.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let tasks = filling.into_iter().map(|(_, id)| Evidence::Task { id });
    meetings
        .chain(tasks)
        .take(crate::facts::MAX_EVIDENCE)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_is_the_median_over_pairs() {
        assert_eq!(theil_sen(&[]), None);
        assert_eq!(theil_sen(&[3.0]), None);
        assert_eq!(theil_sen(&[1.0, 3.0]), Some(2.0));
        assert_eq!(theil_sen(&[0.0, 1.0, 2.0, 3.0]), Some(1.0));
        // One wild day does not bend it.
        assert_eq!(theil_sen(&[0.0, 1.0, 90.0, 3.0, 4.0]), Some(1.0));
    }
}
