//! Contracted working hours: what "a full day" and "a day off" mean for one person.

use chrono::{Datelike, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const SECONDS_PER_HOUR: f64 = 3600.0;

/// The working time of one weekday, in the user's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Begin.
    #[schema(value_type = String, example = "09:00:00")]
    pub from: NaiveTime,
    /// End; at or before `from`, it is on the next day.
    #[schema(value_type = String, example = "17:00:00")]
    pub until: NaiveTime,
}

impl Shift {
    /// Nine to five, eight hours.
    pub const NINE_TO_FIVE: Self = Self {
        from: clock(9),
        until: clock(17),
    };

    /// Length in hours, above 0 and at most 24.
    pub fn hours(self) -> f64 {
        let seconds = (self.until - self.from).num_seconds();
        let seconds = if seconds > 0 {
            seconds
        } else {
            seconds + 86_400
        };
        seconds as f64 / SECONDS_PER_HOUR
    }

    /// Whether it ends on the day after it began.
    pub fn ends_next_day(self) -> bool {
        self.until <= self.from
    }
}

/// A full hour of the wall clock, midnight for anything that is none.
pub(crate) const fn clock(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// Working time per weekday; a day without a shift is a day off. Monday to Friday,
/// nine to five (40 hours) by default.
///
/// A week without any shift says nothing about the person, so the default counts in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingHours {
    /// Monday.
    #[serde(default)]
    pub monday: Option<Shift>,
    /// Tuesday.
    #[serde(default)]
    pub tuesday: Option<Shift>,
    /// Wednesday.
    #[serde(default)]
    pub wednesday: Option<Shift>,
    /// Thursday.
    #[serde(default)]
    pub thursday: Option<Shift>,
    /// Friday.
    #[serde(default)]
    pub friday: Option<Shift>,
    /// Saturday.
    #[serde(default)]
    pub saturday: Option<Shift>,
    /// Sunday.
    #[serde(default)]
    pub sunday: Option<Shift>,
}

impl Default for WorkingHours {
    fn default() -> Self {
        Self::weekdays(Shift::NINE_TO_FIVE)
    }
}

impl WorkingHours {
    /// The same shift from Monday to Friday.
    pub const fn weekdays(shift: Shift) -> Self {
        let shift = Some(shift);
        Self {
            monday: shift,
            tuesday: shift,
            wednesday: shift,
            thursday: shift,
            friday: shift,
            saturday: None,
            sunday: None,
        }
    }

    /// Monday to Friday from nine, `hours` a week in equal parts (to the second; 1 to 75 hours).
    pub fn of_week(hours: f64) -> Self {
        let hours = if hours.is_nan() {
            40.0
        } else {
            hours.clamp(1.0, 75.0)
        };
        Self::of_days(hours, 5)
    }

    /// From nine on the first `days` of the week (1 to 7), `hours` in equal parts to the second, a day 24 hours at most.
    pub fn of_days(hours: f64, days: u8) -> Self {
        let days = days.clamp(1, 7);
        #[expect(clippy::cast_possible_truncation, reason = "at most a day of seconds")]
        let seconds = (hours / f64::from(days) * SECONDS_PER_HOUR)
            .round()
            .clamp(1.0, 86_400.0) as i64;
        let from = Shift::NINE_TO_FIVE.from;
        let (until, _) = from.overflowing_add_signed(chrono::Duration::seconds(seconds));
        let on = |day: u8| (day <= days).then_some(Shift { from, until });
        Self {
            monday: on(1),
            tuesday: on(2),
            wednesday: on(3),
            thursday: on(4),
            friday: on(5),
            saturday: on(6),
            sunday: on(7),
        }
    }

    /// Number of working days in a week, 1 to 7.
    pub fn days(&self) -> usize {
        self.shifts().iter().flatten().count()
    }

    /// The shifts from Monday to Sunday, with the default in place of an empty week.
    pub fn shifts(&self) -> [Option<Shift>; 7] {
        let own = [
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        ];
        if own.iter().any(Option::is_some) {
            return own;
        }
        let usual = Some(Shift::NINE_TO_FIVE);
        [usual, usual, usual, usual, usual, None, None]
    }

    /// The shift of a weekday, if it is a working day.
    pub fn shift(&self, day: Weekday) -> Option<Shift> {
        let index = day.num_days_from_monday() as usize;
        self.shifts().get(index).copied().flatten()
    }

    /// Contracted hours per week, above 0 and at most 168.
    pub fn weekly(&self) -> f64 {
        self.shifts().iter().flatten().map(|s| s.hours()).sum()
    }

    /// Contracted hours of an average working day, above 0 and at most 24.
    pub fn daily(&self) -> f64 {
        self.weekly() / self.days() as f64
    }

    /// Whether the person works on the weekday of `date`.
    pub fn works_on(&self, date: chrono::NaiveDate) -> bool {
        self.shift(date.weekday()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_forty_hours_from_monday_to_friday() {
        let hours = WorkingHours::default();
        assert!((hours.weekly() - 40.0).abs() < 1e-9);
        assert!((hours.daily() - 8.0).abs() < 1e-9);
        assert!(hours.shift(Weekday::Sat).is_none());
    }

    #[test]
    fn an_empty_week_counts_as_the_default() {
        let empty: WorkingHours = serde_json::from_str("{}").unwrap();
        assert!((empty.weekly() - 40.0).abs() < 1e-9);
        assert!(empty.shift(Weekday::Mon).is_some());
    }

    #[test]
    fn a_night_shift_ends_on_the_next_day() {
        let night = Shift {
            from: clock(22),
            until: clock(6),
        };
        assert!(night.ends_next_day());
        assert!((night.hours() - 8.0).abs() < 1e-9);
    }

    #[test]
    fn a_week_of_twenty_hours_has_days_of_four() {
        let hours = WorkingHours::of_week(20.0);
        assert!((hours.weekly() - 20.0).abs() < 1e-9);
        assert!((hours.daily() - 4.0).abs() < 1e-9);
        let long = WorkingHours::of_days(32.0, 4);
        assert!((long.weekly() - 32.0).abs() < 1e-9 && (long.daily() - 8.0).abs() < 1e-9);
        assert_eq!((long.days(), WorkingHours::of_days(40.0, 9).days()), (4, 7));
        for odd in [f64::NAN, -3.0, 1e9] {
            let weekly = WorkingHours::of_week(odd).weekly();
            assert!((1.0..=75.0).contains(&weekly), "{odd} gave {weekly}");
        }
    }
}
