//! What a person's own past teaches: what calm days look like, which weekdays weigh, what came
//! before a rise.

use crate::course::{DayScore, median};
use crate::metrics::{Metric, Metrics};
use chrono::{Datelike, NaiveDate, Weekday};
use sentry_domain::BurnoutLevel;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Days that are learned from.
pub const LEARNING_DAYS: i64 = 60;
/// Days with a score from which on anything is said.
pub const LEARNING_MIN_DAYS: usize = 7;
/// Points over the day before that make a rise.
pub const RISE: f64 = 15.0;
/// A weekday is compared once it has been seen so often.
const WEEKDAY_MIN: usize = 2;

/// A day as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct PastDay {
    /// Date and last score.
    pub score: DayScore,
    /// What was measured.
    pub metrics: Metrics,
    /// What had risen most since the analysis before it, heaviest first.
    pub risen: Vec<String>,
}

/// A weekday with its usual score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WeekdayScore {
    /// Its English name in lower case.
    #[schema(example = "tuesday")]
    pub weekday: String,
    /// Median of its scores.
    pub median: f64,
    /// Days behind it.
    pub n: usize,
}

/// What preceded rises of 15 points or more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Trigger {
    /// Key of the factor, or `sentiment`.
    pub key: String,
    /// Rises it was among the two heaviest reasons of.
    pub n: usize,
    /// Median of those rises, in points.
    pub median_rise: f64,
}

/// What was learned, each with the number of days behind it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Behaviour {
    /// Days with a score among the last 60.
    pub days: usize,
    /// Days of level LOW.
    pub calm_days: usize,
    /// Median of each metric over calm days; empty before three of them.
    pub calm: BTreeMap<String, f64>,
    /// The weekday with the lowest usual score.
    pub best_weekday: Option<WeekdayScore>,
    /// The weekday with the highest usual score.
    pub worst_weekday: Option<WeekdayScore>,
    /// Rises of 15 points or more from one day to the next.
    pub rises: usize,
    /// What preceded them, most frequent first.
    pub triggers: Vec<Trigger>,
}

impl Behaviour {
    /// Learns from past days in any order.
    pub fn of(days: &[PastDay]) -> Self {
        let calm: Vec<&PastDay> = days
            .iter()
            .filter(|day| BurnoutLevel::from_score(day.score.score) == BurnoutLevel::Low)
            .collect();
        let mut behaviour = Self {
            days: days.len(),
            calm_days: calm.len(),
            ..Self::default()
        };
        if days.len() < LEARNING_MIN_DAYS {
            return behaviour;
        }
        if calm.len() >= 3 {
            for metric in Metric::ALL {
                let values: Vec<f64> = calm.iter().filter_map(|d| d.metrics.get(*metric)).collect();
                if !values.is_empty() {
                    let value = (median(values) * 100.0).round() / 100.0;
                    behaviour.calm.insert(metric.as_str().to_owned(), value);
                }
            }
        }
        let mut weekdays = weekdays(days);
        if weekdays.len() > 1 {
            behaviour.worst_weekday = weekdays.pop();
            behaviour.best_weekday = Some(weekdays.swap_remove(0));
        }
        behaviour.learn_rises(days);
        behaviour
    }

    fn learn_rises(&mut self, days: &[PastDay]) {
        let scores: BTreeMap<NaiveDate, f64> =
            days.iter().map(|d| (d.score.day, d.score.score)).collect();
        let mut behind: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for day in days {
            let before = day.score.day.pred_opt().and_then(|day| scores.get(&day));
            let Some(rise) = before.map(|before| day.score.score - before) else {
                continue;
            };
            if rise < RISE {
                continue;
            }
            self.rises += 1;
            for key in day.risen.iter().take(2) {
                behind.entry(key).or_default().push(rise);
            }
        }
        let trigger = |(key, rises): (&str, Vec<f64>)| Trigger {
            key: key.to_owned(),
            n: rises.len(),
            median_rise: (median(rises) * 100.0).round() / 100.0,
        };
        self.triggers = behind.into_iter().map(trigger).collect();
        // Stable: equally frequent ones stay in the order of their names.
        self.triggers
            .sort_by_key(|trigger| std::cmp::Reverse(trigger.n));
    }
}

/// Weekdays that were seen often enough, lowest usual score first.
fn weekdays(days: &[PastDay]) -> Vec<WeekdayScore> {
    let mut found = Vec::new();
    for index in 0..7_u8 {
        let Ok(weekday) = Weekday::try_from(index) else {
            continue;
        };
        let of_day = days.iter().filter(|day| day.score.day.weekday() == weekday);
        let scores: Vec<f64> = of_day.map(|day| day.score.score).collect();
        if scores.len() >= WEEKDAY_MIN {
            found.push(WeekdayScore {
                weekday: name(weekday).to_owned(),
                n: scores.len(),
                median: (median(scores) * 100.0).round() / 100.0,
            });
        }
    }
    found.sort_by(|one, other| one.median.total_cmp(&other.median));
    found
}

/// The English name of a weekday in lower case.
pub const fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64, score: f64, risen: &[&str]) -> PastDay {
        let monday: NaiveDate = "2026-03-02".parse().unwrap();
        PastDay {
            score: DayScore {
                day: monday + chrono::Duration::days(number),
                score,
            },
            metrics: Metrics {
                total_active_tasks: Some(score / 10.0),
                ..Metrics::default()
            },
            risen: risen.iter().map(|key| (*key).to_owned()).collect(),
        }
    }

    #[test]
    fn little_says_little() {
        let days: Vec<_> = (0..6).map(|n| day(n, 20.0, &[])).collect();
        let learned = Behaviour::of(&days);
        assert_eq!((learned.days, learned.calm_days), (6, 6));
        assert!(learned.calm.is_empty() && learned.best_weekday.is_none());
    }

    #[test]
    fn weekdays_calm_days_and_rises_are_learned() {
        // Two weeks: Tuesdays weigh, and each comes with a pile of overdue tasks.
        let days: Vec<_> = (0..14)
            .map(|n| match n % 7 {
                1 => day(n, 60.0, &["overdue_tasks", "meetings_today", "sentiment"]),
                5 => day(n, 10.0, &[]),
                _ => day(n, 30.0, &[]),
            })
            .collect();
        let learned = Behaviour::of(&days);
        assert_eq!(learned.calm_days, 12);
        assert!((learned.calm["total_active_tasks"] - 3.0).abs() < 1e-9);
        assert_eq!(learned.worst_weekday.unwrap().weekday, "tuesday");
        let best = learned.best_weekday.unwrap();
        assert_eq!((best.weekday.as_str(), best.n), ("saturday", 2));
        // Sunday's rise of 20 has no reasons on record.
        assert_eq!(learned.rises, 4);
        assert_eq!(learned.triggers.len(), 2);
        assert_eq!(
            (learned.triggers[0].n, learned.triggers[0].median_rise),
            (2, 30.0)
        );
    }
}
