//! The user's days around today as instants, worked out once per user.
//!
//! Days are counted from today (0); instants are milliseconds since the epoch. Looking a day up in
//! this table is much cheaper than asking the zone, and holds over daylight saving: a day is what
//! lies between two starts of days, be it 23, 24 or 25 hours.

use crate::facts::{Context, LOOKBACK_DAYS};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc};
use sentry_domain::Zone;

/// Days ahead of today in the table: the rest of the week and the end of its last day.
const AHEAD_DAYS: i64 = 8;
const MS_PER_DAY: i64 = 86_400_000;
pub(super) const MS_PER_HOUR: f64 = 3_600_000.0;
/// Beyond this many days the exact day no longer matters, and the zone's arithmetic might overflow.
const FAR_DAYS: i64 = 100_000;

pub(super) struct Calendar {
    pub now: i64,
    zone: Zone,
    today: NaiveDate,
    weekday: i64,
    starts: Vec<i64>,
    works: [bool; 7],
    /// Working days among the first n days from a weekday on, by weekday and n.
    counted: [[i64; 8]; 7],
}

impl Calendar {
    pub fn new(context: &Context) -> Self {
        let today = context.zone.day_of(context.now);
        let starts = (-LOOKBACK_DAYS..=AHEAD_DAYS)
            .map(|day| {
                context
                    .zone
                    .start_of(shifted(today, day))
                    .timestamp_millis()
            })
            .collect();
        let works = context.working_hours.shifts().map(|shift| shift.is_some());
        let mut counted = [[0; 8]; 7];
        for (weekday, counts) in counted.iter_mut().enumerate() {
            for n in 0..7 {
                counts[n + 1] = counts[n] + i64::from(works[(weekday + n) % 7]);
            }
        }
        Self {
            now: context.now.timestamp_millis(),
            zone: context.zone,
            today,
            weekday: i64::from(today.weekday().num_days_from_monday()),
            starts,
            works,
            counted,
        }
    }

    /// First instant of a day; outside the table its nearest end.
    pub fn start(&self, day: i64) -> i64 {
        let index = (day + LOOKBACK_DAYS).clamp(0, LOOKBACK_DAYS + AHEAD_DAYS);
        usize::try_from(index)
            .ok()
            .and_then(|index| self.starts.get(index).copied())
            .unwrap_or(self.now)
    }

    /// First instant in the table.
    pub fn begin(&self) -> i64 {
        self.start(-LOOKBACK_DAYS)
    }

    /// End of the table.
    pub fn end(&self) -> i64 {
        self.start(AHEAD_DAYS)
    }

    /// The day an instant lies in.
    pub fn day_of(&self, at: DateTime<Utc>) -> i64 {
        let ms = at.timestamp_millis();
        if (self.begin()..self.end()).contains(&ms) {
            return self.table_day(ms);
        }
        let rough = (ms - self.now) / MS_PER_DAY;
        if rough.abs() > FAR_DAYS {
            return rough;
        }
        self.day_of_date(self.zone.day_of(at))
    }

    /// The day of an instant within the table.
    pub fn table_day(&self, ms: i64) -> i64 {
        let index = self.starts.partition_point(|start| *start <= ms);
        i64::try_from(index).unwrap_or(0) - 1 - LOOKBACK_DAYS
    }

    /// The day a date is.
    pub fn day_of_date(&self, date: NaiveDate) -> i64 {
        i64::from(date.num_days_from_ce()) - i64::from(self.today.num_days_from_ce())
    }

    /// The instant at which the clock shows `time` on a day.
    pub fn instant(&self, day: i64, time: NaiveTime) -> i64 {
        let wall = shifted(self.today, day).and_time(time);
        self.zone.instant_of(wall).timestamp_millis()
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(&self, day: i64) -> i64 {
        (self.weekday + day).rem_euclid(7)
    }

    /// Monday of the week today is in.
    pub fn monday(&self) -> i64 {
        -self.weekday
    }

    /// Sunday of the week today is in.
    pub fn sunday(&self) -> i64 {
        6 - self.weekday
    }

    /// Whether the person has contracted hours on a day.
    pub fn works(&self, day: i64) -> bool {
        usize::try_from(self.weekday(day)).is_ok_and(|index| self.works[index])
    }

    /// Number of working days from `from` to `to`, both included.
    pub fn working_days(&self, from: i64, to: i64) -> i64 {
        let days = to - from + 1;
        if days <= 0 {
            return 0;
        }
        let index = |number: i64| usize::try_from(number).unwrap_or(0);
        let counts = &self.counted[index(self.weekday(from))];
        days / 7 * counts[7] + counts[index(days % 7)]
    }
}

fn shifted(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(Duration::days(days))
        .unwrap_or(date)
}
