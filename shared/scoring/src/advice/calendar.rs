//! Gaps, and days with room.

use super::World;
use super::filter::bounds;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use sentry_domain::TaskType;

/// Days ahead that are looked at for a better place.
const AHEAD_DAYS: i64 = 14;
/// What a task without an estimate takes, and a meeting without an end.
const DEFAULT_HOURS: f64 = 1.0;
/// From this length on an entry is one of the day and not of its hours.
pub(super) const WHOLE_DAY: Duration = Duration::hours(23);
/// What begins sooner than this can no longer be planned.
const NOTICE: i64 = 15;

/// Begin and end of what stands in the calendar, for a meeting its usual hour where no end is known.
pub(super) fn span(world: &World<'_>, index: usize) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let fact = &world.rows.get(index)?.fact;
    let start = match fact.task_type {
        TaskType::Meeting => fact.start_at.or(fact.due_at)?,
        TaskType::Task => fact.start_at?,
    };
    let hours = fact
        .estimated_hours
        .unwrap_or(DEFAULT_HOURS)
        .clamp(0.25, 24.0);
    #[expect(clippy::cast_possible_truncation, reason = "at most a day of minutes")]
    let usual = start + Duration::minutes((hours * 60.0) as i64);
    Some((
        start,
        fact.end_at.filter(|end| *end > start).unwrap_or(usual),
    ))
}

/// Everything in the calendar that takes time, in order: all-day entries do not.
pub(super) fn busy(world: &World<'_>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut busy: Vec<_> = (0..world.rows.len())
        .filter_map(|index| span(world, index))
        .filter(|(from, until)| *until - *from < WHOLE_DAY)
        .collect();
    busy.sort_unstable();
    busy
}

/// The first free time of that length within working hours, behind `after`, on days counted from today.
pub(super) fn gap(
    world: &World<'_>,
    minutes: i64,
    days: std::ops::Range<i64>,
    after: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let zone = world.person.zone;
    let today = zone.day_of(world.at);
    let busy = busy(world);
    let length = Duration::minutes(minutes);
    days.filter_map(|ahead| today.checked_add_signed(Duration::days(ahead)))
        .find_map(|day| {
            let shift = world.person.working_hours.shift(day.weekday())?;
            let last = if shift.ends_next_day() {
                day.succ_opt()?
            } else {
                day
            };
            let mut from = zone.instant_of(day.and_time(shift.from));
            let end = zone.instant_of(last.and_time(shift.until));
            from = from.max(quarter(world.at + Duration::minutes(NOTICE)));
            from = from.max(after);
            for (begins, ends) in &busy {
                if *ends <= from {
                    continue;
                }
                if *begins - from >= length {
                    break;
                }
                from = from.max(*ends);
            }
            (end - from >= length).then_some((from, from + length))
        })
}

/// The next full quarter of an hour.
fn quarter(at: DateTime<Utc>) -> DateTime<Utc> {
    let over = at.timestamp().rem_euclid(900);
    let at = at - Duration::nanoseconds(i64::from(at.timestamp_subsec_nanos()));
    if over == 0 {
        at
    } else {
        at + Duration::seconds(900 - over)
    }
}

/// The working days from tomorrow on that neither a constraint nor an entry of the whole day holds, with the hours that are
/// on them: what is given a day counts there for what comes after.
#[derive(Debug)]
pub(super) struct Room(Vec<(NaiveDate, f64)>);

impl Room {
    pub(super) fn of(world: &World<'_>) -> Self {
        let zone = world.person.zone;
        let days = (1..=AHEAD_DAYS)
            .filter_map(|ahead| {
                zone.day_of(world.at)
                    .checked_add_signed(Duration::days(ahead))
            })
            .filter(|day| world.person.working_hours.works_on(*day))
            .filter(|day| {
                let (from, until) = bounds(*day, zone);
                !world.constraints.iter().any(|c| c.touches(from, until))
                    && !(0..world.rows.len()).any(|row| fills(world, row, *day))
            })
            .map(|day| (day, load(world, day)));
        Self(days.collect())
    }

    /// The lightest day behind `after`, the earliest of equal ones, with the hours on it; `hours` are put on it.
    pub(super) fn take(&mut self, after: NaiveDate, hours: f64) -> Option<(NaiveDate, f64)> {
        let days = self.0.iter_mut().filter(|(day, _)| *day > after);
        let lightest = days.min_by(|one, other| one.1.total_cmp(&other.1))?;
        let found = *lightest;
        lightest.1 += hours;
        Some(found)
    }
}

/// Whether a meeting without times on that day, or of a whole day and more, fills it: a holiday, a trip.
fn fills(world: &World<'_>, row: usize, day: NaiveDate) -> bool {
    let zone = world.person.zone;
    let fact = &world.rows[row].fact;
    if fact.task_type != TaskType::Meeting {
        return false;
    }
    if fact.start_at.or(fact.due_at).is_none() {
        return fact.due_on == Some(day);
    }
    span(world, row).is_some_and(|(from, until)| {
        let (begin, end) = bounds(day, zone);
        until - from >= WHOLE_DAY && from <= end && until > begin
    })
}

/// Hours of meetings on a day and of tasks due on it.
pub(super) fn load(world: &World<'_>, day: NaiveDate) -> f64 {
    let zone = world.person.zone;
    let hours = world.rows.iter().enumerate().map(|(index, row)| {
        let fact = &row.fact;
        let due = fact
            .due_on
            .or_else(|| fact.due_at.map(|at| zone.day_of(at)));
        match fact.task_type {
            TaskType::Task if due == Some(day) => fact.estimated_hours.unwrap_or(DEFAULT_HOURS),
            TaskType::Meeting => span(world, index)
                .filter(|(from, _)| zone.day_of(*from) == day)
                .map_or(0.0, |(from, until)| {
                    (until - from).num_minutes() as f64 / 60.0
                }),
            TaskType::Task => 0.0,
        }
    });
    hours.sum()
}
