//! Calendar arithmetic: from an expression and a reference day to a day.

use super::calendar::Written;
use super::names::Unit;
use super::relative::{Filled, Relative};
use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, Utc, Weekday};
use sentry_domain::Zone;

/// The next such weekday, never the day itself.
pub fn next_weekday(from: NaiveDate, weekday: Weekday) -> NaiveDate {
    let ahead = 7 - u64::from(from.weekday().days_since(weekday));
    add_days(from, ahead.cast_signed())
}

/// The next day of the month `number` that is this weekday, if it is near enough to be meant.
pub(crate) fn weekday_on(from: NaiveDate, weekday: Weekday, number: u32) -> Option<NaiveDate> {
    const NEAR: usize = 70;
    from.iter_days()
        .take(NEAR)
        .find(|day| day.day() == number && day.weekday() == weekday)
}

/// The so-manieth such weekday of the month `day` lies in; -1 is the last.
pub(crate) fn nth_weekday(day: NaiveDate, nth: i8, weekday: Weekday) -> Option<NaiveDate> {
    let first = day.with_day(1)?;
    let mut all = first
        .iter_days()
        .take(31)
        .filter(|d| d.month() == first.month() && d.weekday() == weekday);
    match nth {
        1.. => all.nth(usize::try_from(nth - 1).ok()?),
        _ => all.fold(None, |_, day| Some(day)),
    }
}

/// The first or the last working day of a month that has not gone by.
pub(crate) fn working_day(today: NaiveDate, last: bool) -> Option<NaiveDate> {
    let works = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    (0..2).find_map(|months| {
        let first = today.with_day(1)?.checked_add_months(Months::new(months))?;
        let end = last_of_month(first.year(), first.month())?;
        let mut days = first.iter_days().take_while(|day| *day <= end);
        let found = if last {
            days.filter(works).last()
        } else {
            days.find(works)
        };
        found.filter(|day| *day >= today)
    })
}

/// `from` and so many days, held inside the calendar.
pub(crate) fn add_days(from: NaiveDate, days: i64) -> NaiveDate {
    let step = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        from.checked_sub_days(step)
    } else {
        from.checked_add_days(step)
    };
    moved.unwrap_or(from)
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    add_days(day, -i64::from(day.weekday().num_days_from_monday()))
}

/// The last day of a month; months past December run on into the next years.
pub fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let years = i32::try_from((month.checked_sub(1)?) / 12).ok()?;
    let first = NaiveDate::from_ymd_opt(year.checked_add(years)?, (month - 1) % 12 + 1, 1)?;
    first.checked_add_months(Months::new(1))?.pred_opt()
}

fn in_week(today: NaiveDate, weeks: i64, weekday: Weekday) -> NaiveDate {
    add_days(
        monday_of(today),
        weeks * 7 + i64::from(weekday.num_days_from_monday()),
    )
}

/// The day a relative expression means on `today`; `None` when it has gone by.
pub(crate) fn relative(today: NaiveDate, relative: Relative, filled: Filled) -> Option<NaiveDate> {
    let (year, month) = (today.year(), today.month());
    let named = filled
        .month
        .map(|m| (if m < month { year + 1 } else { year }, m));
    match relative {
        Relative::Day(n) => Some(add_days(today, n)),
        Relative::This => {
            let day = in_week(today, 0, filled.weekday?);
            Some(if day < today { add_days(day, 7) } else { day })
        }
        Relative::WeekOn => Some(add_days(next_weekday(today, filled.weekday?), 7)),
        Relative::Next => Some(in_week(today, 1, filled.weekday?)),
        Relative::In => later(today, filled.count?, filled.unit?),
        Relative::EndOfWeek(weeks) => {
            let day = in_week(today, weeks, Weekday::Fri);
            // Said on a Saturday, "this week" still has a day; on a weekday it ends on Friday.
            Some(if day < today {
                in_week(today, weeks, Weekday::Sun)
            } else {
                day
            })
        }
        Relative::Weekend(weeks) => {
            let day = in_week(today, weeks, Weekday::Sat);
            Some(if day < today { today } else { day })
        }
        Relative::StartOfWeek(weeks) => Some(in_week(today, weeks, Weekday::Mon)),
        Relative::MidWeek(weeks) => {
            let day = in_week(today, weeks, Weekday::Wed);
            Some(if day < today { add_days(day, 7) } else { day })
        }
        Relative::EndOfMonth(months) => last_of_month(year, month + months),
        Relative::StartOfMonth(months) => {
            last_of_month(year, month + months).and_then(|d| d.with_day(1))
        }
        Relative::EndOfQuarter(quarters) => {
            last_of_month(year, ((month - 1) / 3 + 1 + quarters) * 3)
        }
        Relative::EndOfYear(years) => NaiveDate::from_ymd_opt(year.checked_add(years)?, 12, 31),
        Relative::EndOfNamed => named.and_then(|(y, m)| last_of_month(y, m)),
        Relative::MidNamed => named
            .and_then(|(y, m)| NaiveDate::from_ymd_opt(y, m, 15))
            .map(|d| roll(d, today)),
        Relative::StartOfNamed => named
            .and_then(|(y, m)| NaiveDate::from_ymd_opt(y, m, 1))
            .map(|d| roll(d, today)),
        Relative::Past => None,
    }
}

fn roll(day: NaiveDate, today: NaiveDate) -> NaiveDate {
    if day < today {
        day.checked_add_months(Months::new(12)).unwrap_or(day)
    } else {
        day
    }
}

fn later(today: NaiveDate, count: u32, unit: Unit) -> Option<NaiveDate> {
    match unit {
        Unit::Minute | Unit::Hour => Some(today),
        Unit::Day => Some(add_days(today, i64::from(count))),
        Unit::Week => Some(add_days(today, i64::from(count) * 7)),
        Unit::Month => today.checked_add_months(Months::new(count)),
        Unit::Year => today.checked_add_months(Months::new(count.checked_mul(12)?)),
        Unit::BusinessDay => {
            let mut day = today;
            for _ in 0..count.min(2_000) {
                day = add_days(day, 1);
                while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                    day = add_days(day, 1);
                }
            }
            Some(day)
        }
    }
}

/// The last day of a quarter; without a year the next one to come.
pub(crate) fn end_of_quarter(
    today: NaiveDate,
    quarter: u32,
    year: Option<i32>,
) -> Option<NaiveDate> {
    let day = last_of_month(year.unwrap_or(today.year()), quarter * 3)?;
    if year.is_none() && day < today {
        last_of_month(today.year() + 1, quarter * 3)
    } else {
        Some(day)
    }
}

/// Friday of an ISO week; without a year the next one to come.
pub(crate) fn friday_of_week(today: NaiveDate, week: u32, year: Option<i32>) -> Option<NaiveDate> {
    let base = year.unwrap_or(today.iso_week().year());
    let day = NaiveDate::from_isoywd_opt(base, week, Weekday::Fri)?;
    let over = year.is_none() && add_days(day, 2) < today;
    if over {
        NaiveDate::from_isoywd_opt(base + 1, week, Weekday::Fri)
    } else {
        Some(day)
    }
}

/// As many days back a day without a year has just gone by: "Report due 20 November" on the 23rd is overdue.
const JUST_GONE: i64 = 21;

/// The first and the last day of what was written. A missing year is `year`, or else the one that
/// puts the day near before `today`, on it or after it; a missing month is this one or the next.
pub(crate) fn written(
    today: NaiveDate,
    year: Option<i32>,
    written: Written,
) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let first = match written.month {
        Some(month) => {
            let from = add_days(today, -JUST_GONE);
            fill_year(from, written.year.or(year), month, written.day)?
        }
        None => (0..12).find_map(|ahead| {
            let month = today.with_day(1)?.checked_add_months(Months::new(ahead))?;
            month.with_day(written.day).filter(|&d| d >= today)
        })?,
    };
    let last = written.until.and_then(|(y, month, day)| {
        fill_year(first, y, month.unwrap_or(first.month()), day).filter(|&d| d > first)
    });
    Some((first, last))
}

/// The next such day of such a month.
pub(crate) fn monthday(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    fill_year(today, None, month, day)
}

fn fill_year(today: NaiveDate, year: Option<i32>, month: u32, day: u32) -> Option<NaiveDate> {
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    // 29 February waits for its year, at most eight ahead.
    (0..=8).find_map(|ahead| {
        NaiveDate::from_ymd_opt(today.year() + ahead, month, day).filter(|&d| d >= today)
    })
}

/// The instant of a wall-clock time; a time a clock change leaves out is taken an hour later,
/// one that comes twice is taken the first time.
pub fn instant(zone: Zone, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let at = zone.instant_of(local);
    if zone.wall_clock(at) == local {
        return Some(at);
    }
    let later = local.checked_add_signed(Duration::hours(1))?;
    Some(zone.instant_of(later))
}
