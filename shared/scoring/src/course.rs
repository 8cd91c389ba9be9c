//! Where a score comes from and where it goes: baseline, trend, days in a level.

use crate::words::words;
use chrono::NaiveDate;
use sentry_domain::BurnoutLevel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Days before today that make up the baseline.
pub const BASELINE_DAYS: i64 = 30;
/// Days with a score that a baseline needs.
pub const BASELINE_MIN_DAYS: usize = 7;
/// Days, today included, whose scores make up the trend.
pub const TREND_DAYS: i64 = 14;
/// Days with a score that a trend needs.
pub const TREND_MIN_DAYS: usize = 5;
/// Points per day below which a course is stable: seven points in two weeks.
pub const TREND_POINTS: f64 = 0.5;

words! {
    /// Where the scores of two weeks go.
    Direction {
        /// Down by half a point a day or more.
        Improving = "improving",
        /// In between.
        Stable = "stable",
        /// Up by half a point a day or more.
        Worsening = "worsening",
        /// Too few days have a score.
        Unknown = "unknown",
    }
}

/// The last score of a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DayScore {
    /// The person's own date.
    pub day: NaiveDate,
    /// Its last score, 0 to 100.
    pub score: f64,
}

/// A score among those of the days before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Course {
    /// Median of the daily scores of the 30 days before today; null before 7 days have one.
    pub baseline: Option<f64>,
    /// Days with a score among those 30.
    pub baseline_days: u32,
    /// Points above the baseline.
    pub deviation: Option<f64>,
    /// Where the scores of the last 14 days, today included, go.
    pub trend: Direction,
    /// Points per day, the median of the slopes between all pairs of days (Theil and Sen); null
    /// before 5 days have a score. Days without a score are gaps, not zeros.
    pub points_per_day: Option<f64>,
    /// Days in a row, today included, with a score of today's level; a day without one ends the run.
    pub days_in_level: Option<u32>,
}

impl Default for Course {
    fn default() -> Self {
        Self {
            baseline: None,
            baseline_days: 0,
            deviation: None,
            trend: Direction::Unknown,
            points_per_day: None,
            days_in_level: None,
        }
    }
}

impl Course {
    /// The course of a score of `today` after `past` days, in any order; days from today on are
    /// left out.
    pub fn of(past: &[DayScore], today: NaiveDate, score: Option<f64>) -> Self {
        let age = |day: &DayScore| (today - day.day).num_days();
        let before = |days: i64| {
            past.iter()
                .filter(move |day| (1..=days).contains(&age(day)))
        };
        let month: Vec<f64> = before(BASELINE_DAYS).map(|day| day.score).collect();
        let baseline = (month.len() >= BASELINE_MIN_DAYS).then(|| median(month.clone()));
        let mut points: Vec<(f64, f64)> = before(TREND_DAYS - 1)
            .map(|day| (-(age(day) as f64), day.score))
            .collect();
        points.extend(score.map(|score| (0.0, score)));
        let slope = (points.len() >= TREND_MIN_DAYS).then(|| slope(&points));
        Self {
            baseline: baseline.map(hundredths),
            baseline_days: u32::try_from(month.len()).unwrap_or(u32::MAX),
            deviation: baseline
                .zip(score)
                .map(|(base, now)| hundredths(now - base)),
            trend: direction(slope),
            points_per_day: slope.map(hundredths),
            days_in_level: score.map(|score| {
                let level = BurnoutLevel::from_score(score);
                1 + run(past, today, |past| BurnoutLevel::from_score(past) == level)
            }),
        }
    }
}

fn direction(slope: Option<f64>) -> Direction {
    match slope {
        None => Direction::Unknown,
        Some(slope) if slope <= -TREND_POINTS => Direction::Improving,
        Some(slope) if slope >= TREND_POINTS => Direction::Worsening,
        Some(_) => Direction::Stable,
    }
}

/// Days in a row up to yesterday whose score fits.
pub(crate) fn run(past: &[DayScore], today: NaiveDate, fits: impl Fn(f64) -> bool) -> u32 {
    let mut length = 0;
    let mut day = today.pred_opt();
    while let Some(at) = day {
        if !past.iter().any(|past| past.day == at && fits(past.score)) {
            break;
        }
        length += 1;
        day = at.pred_opt();
    }
    length
}

/// The middle of some values, or the mean of the two in the middle; 0 of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle), values.len() % 2) {
        (None, _) => 0.0,
        (Some(upper), 0) => f64::midpoint(values[middle - 1], *upper),
        (Some(value), _) => *value,
    }
}

/// The median of the slopes between all pairs of points with different abscissas.
fn slope(points: &[(f64, f64)]) -> f64 {
    let mut slopes = Vec::new();
    for (index, one) in points.iter().enumerate() {
        for other in &points[index + 1..] {
            if (one.0 - other.0).abs() > 0.5 {
                slopes.push((other.1 - one.1) / (other.0 - one.0));
            }
        }
    }
    median(slopes)
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        "2026-03-30".parse().unwrap()
    }

    fn days(scores: &[(i64, f64)]) -> Vec<DayScore> {
        let day = |(ago, score): &(i64, f64)| DayScore {
            day: today() - chrono::Duration::days(*ago),
            score: *score,
        };
        scores.iter().map(day).collect()
    }

    #[test]
    fn a_baseline_takes_seven_days() {
        let six: Vec<_> = (1..=6).map(|ago| (ago, 40.0)).collect();
        assert_eq!(Course::of(&days(&six), today(), Some(50.0)).baseline, None);
        // Old, future and present days are no part of it.
        let mut seven = days(&six);
        seven.extend(days(&[(30, 10.0), (31, 99.0), (0, 99.0), (-1, 99.0)]));
        let course = Course::of(&seven, today(), Some(50.0));
        assert_eq!((course.baseline, course.baseline_days), (Some(40.0), 7));
        assert_eq!(course.deviation, Some(10.0));
    }

    #[test]
    fn gaps_are_gaps() {
        // One point a day, with holes: were they zeros, the slope would be anything but one.
        let past = days(&[(12, 38.0), (9, 41.0), (4, 46.0), (1, 49.0)]);
        let course = Course::of(&past, today(), Some(50.0));
        assert_eq!(course.points_per_day, Some(1.0));
        assert_eq!(course.trend, Direction::Worsening);
        let past = days(&[(1, 49.0), (2, 48.0), (4, 47.0)]);
        let course = Course::of(&past, today(), Some(50.0));
        assert_eq!(
            (course.trend, course.days_in_level),
            (Direction::Unknown, Some(3))
        );
    }

    #[test]
    fn another_level_ends_the_run() {
        let past = days(&[(1, 69.9), (2, 35.0), (3, 34.99), (4, 40.0)]);
        assert_eq!(
            Course::of(&past, today(), Some(50.0)).days_in_level,
            Some(3)
        );
        assert_eq!(
            Course::of(&past, today(), Some(70.0)).days_in_level,
            Some(1)
        );
        assert_eq!(Course::of(&past, today(), None).days_in_level, None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn one_odd_day_does_not_turn_the_trend(odd in 0.0..100.0f64, at in 1i64..13) {
            let calm: Vec<_> = (1..14).map(|ago| (ago, if ago == at { odd } else { 40.0 })).collect();
            let course = Course::of(&days(&calm), today(), Some(40.0));
            prop_assert_eq!(course.trend, Direction::Stable);
            prop_assert_eq!(course.baseline, Some(40.0));
        }

        #[test]
        fn the_order_of_days_does_not_matter(scores in proptest::collection::vec(0.0..100.0f64, 0..40), now in 0.0..100.0f64) {
            let mut past: Vec<_> = days(&scores.iter().zip(1..).map(|(s, ago)| (ago, *s)).collect::<Vec<_>>());
            let course = Course::of(&past, today(), Some(now));
            past.reverse();
            prop_assert_eq!(Course::of(&past, today(), Some(now)), course);
        }
    }
}
