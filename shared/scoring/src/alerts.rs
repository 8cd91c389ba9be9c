//! What should not go unnoticed: each alert opens once and closes once.

use crate::course::{DayScore, run};
use crate::mood::MoodEntry;
use crate::score::Analysis;
use crate::words::words;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Points below its bound that an open alert lasts on, so that a score at the bound does not flap.
pub const HYSTERESIS: f64 = 2.0;
const HIGH: f64 = 70.0;
const CRITICAL: f64 = 85.0;
const MODERATE: f64 = 35.0;
/// Points over the day before.
const SPIKE: f64 = 15.0;
/// Days in a row above which a level is prolonged.
const MODERATE_DAYS: u32 = 7;
const HIGH_DAYS: u32 = 3;
/// Hours of a week over those of the contract.
const OVERLOAD: f64 = 1.25;
const OVERLOAD_ENDS: f64 = 1.2;
const NEGATIVE_MOOD: f64 = -0.3;
const NEGATIVE_MOOD_ENDS: f64 = -0.2;

words! {
    /// What an alert is about.
    AlertKind {
        /// A score of 70 or more.
        High = "high",
        /// A score of 85 or more.
        Critical = "critical",
        /// More than 15 points over the day before.
        Spike = "spike",
        /// MODERATE or worse for more than 7 days, HIGH or worse for more than 3.
        Prolonged = "prolonged",
        /// A week of 1.25 times the contracted hours or more.
        WorkloadOverload = "workload_overload",
        /// A weighted sentiment of -0.3 or less.
        NegativeMood = "negative_mood",
        /// A text of the last 7 days says so.
        EmotionalExhaustion = "emotional_exhaustion",
        /// A text of the last 7 days says so.
        Overwhelm = "overwhelm",
        /// A text of the last 7 days says so.
        SleepConcerns = "sleep_concerns",
        /// A text of the last 7 days says so.
        NegativeOutlook = "negative_outlook",
        /// A text of the last 7 days says so.
        HealthConcerns = "health_concerns",
    }
}

/// The signals of a text, in the order of [`MoodEntry::signals`].
const SIGNALS: [(AlertKind, &str); 5] = [
    (AlertKind::EmotionalExhaustion, "exhaustion"),
    (AlertKind::Overwhelm, "being overwhelmed"),
    (AlertKind::SleepConcerns, "trouble sleeping"),
    (AlertKind::NegativeOutlook, "a dark outlook"),
    (AlertKind::HealthConcerns, "health complaints"),
];

/// An alert that is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Alert {
    /// What it is about.
    pub kind: AlertKind,
    /// The person's date on which it opened.
    pub since: NaiveDate,
    /// The alert in words.
    pub sentence: String,
    /// The number behind it.
    pub value: Option<f64>,
}

/// What changes about the alerts of a person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AlertMoves {
    /// New ones.
    pub opened: Vec<Alert>,
    /// Those that end.
    pub closed: Vec<AlertKind>,
}

/// What alerts are decided from.
#[derive(Debug, Clone, Copy)]
pub struct AlertInputs<'a> {
    /// The person's date.
    pub today: NaiveDate,
    /// The last scores of earlier days.
    pub past: &'a [DayScore],
    /// The analysis of today.
    pub analysis: &'a Analysis,
    /// The texts that count for today's mood.
    pub texts: &'a [MoodEntry],
    /// Alerts that are open.
    pub open: &'a [Alert],
}

/// The alerts that are open after this analysis, and what changed about them.
pub fn alerts(inputs: &AlertInputs<'_>) -> (Vec<Alert>, AlertMoves) {
    let mut moves = AlertMoves::default();
    let mut open = Vec::new();
    for kind in AlertKind::ALL {
        let before = inputs.open.iter().find(|alert| alert.kind == *kind);
        let reason = inputs.reason(*kind, before.is_some());
        match (before, reason) {
            (Some(before), Some((sentence, value))) => open.push(Alert {
                kind: *kind,
                since: before.since,
                sentence,
                value,
            }),
            (None, Some((sentence, value))) => {
                let alert = Alert {
                    kind: *kind,
                    since: inputs.today,
                    sentence,
                    value,
                };
                moves.opened.push(alert.clone());
                open.push(alert);
            }
            (Some(_), None) => moves.closed.push(*kind),
            (None, None) => {}
        }
    }
    (open, moves)
}

type Reason = (String, Option<f64>);

impl AlertInputs<'_> {
    fn reason(&self, kind: AlertKind, open: bool) -> Option<Reason> {
        let slack = if open { HYSTERESIS } else { 0.0 };
        match kind {
            AlertKind::High => self.above(HIGH - slack, "high"),
            AlertKind::Critical => self.above(CRITICAL - slack, "critical"),
            AlertKind::Spike => self.spike(SPIKE - slack),
            AlertKind::Prolonged => self.prolonged(slack),
            AlertKind::WorkloadOverload => self.overload(open),
            AlertKind::NegativeMood => self.mood(open),
            signal => self.signal(signal),
        }
    }

    fn above(&self, bound: f64, word: &str) -> Option<Reason> {
        let score = self.analysis.final_score.filter(|score| *score >= bound)?;
        Some((
            format!("Your load is {word}: {score:.0} of 100."),
            Some(score),
        ))
    }

    fn spike(&self, bound: f64) -> Option<Reason> {
        let score = self.analysis.final_score?;
        let yesterday = self.today.pred_opt()?;
        let before = self.past.iter().find(|day| day.day == yesterday)?;
        let rise = score - before.score;
        let sentence = format!("Your load rose by {rise:.0} points since yesterday.");
        (rise > bound).then_some((sentence, Some(rise)))
    }

    fn prolonged(&self, slack: f64) -> Option<Reason> {
        let score = self.analysis.final_score?;
        [
            (HIGH, HIGH_DAYS, "high"),
            (MODERATE, MODERATE_DAYS, "raised"),
        ]
        .into_iter()
        .find_map(|(bound, days, word)| {
            let bound = bound - slack;
            let length = 1 + run(self.past, self.today, |past| past >= bound);
            let sentence = format!("Your load has been {word} for {length} days in a row.");
            (score >= bound && length > days).then(|| (sentence, Some(f64::from(length))))
        })
    }

    fn overload(&self, open: bool) -> Option<Reason> {
        let bound = if open { OVERLOAD_ENDS } else { OVERLOAD };
        let mut factors = self.analysis.factors.iter();
        let week = factors.find(|factor| factor.key == "work_hours_this_week")?;
        let sentence = format!(
            "{:.0} hours of work this week against {:.0} contracted.",
            week.value, week.healthy
        );
        (week.healthy > 0.0 && week.value >= bound * week.healthy)
            .then_some((sentence, Some(week.value)))
    }

    fn mood(&self, open: bool) -> Option<Reason> {
        let bound = if open {
            NEGATIVE_MOOD_ENDS
        } else {
            NEGATIVE_MOOD
        };
        let mood = self
            .analysis
            .sentiment_score
            .filter(|mood| *mood <= bound)?;
        let sentence = crate::mood::BURDENED.to_owned();
        Some((sentence, Some(mood)))
    }

    fn signal(&self, kind: AlertKind) -> Option<Reason> {
        let place = SIGNALS.iter().position(|(signal, _)| *signal == kind)?;
        let texts = self.texts.iter().filter(|text| text.signals[place]).count();
        let name = SIGNALS[place].1;
        let sentence = match texts {
            0 => return None,
            1 => format!("A text of the last 7 days speaks of {name}."),
            many => format!("{many} texts of the last 7 days speak of {name}."),
        };
        Some((sentence, Some(texts as f64)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Measured, WorkingHours, score};
    use proptest::prelude::*;

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + chrono::Duration::days(number)
    }

    fn analysis(of: f64) -> Analysis {
        let mut analysis = score(&Measured::default(), None, &WorkingHours::default());
        analysis.final_score = Some(of);
        analysis
    }

    /// Runs a course of daily scores and tells, day by day, what opened and what closed.
    fn course(scores: &[f64]) -> Vec<AlertMoves> {
        let (mut past, mut open, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (number, score) in scores.iter().enumerate() {
            let today = day(i64::try_from(number).unwrap());
            let analysis = analysis(*score);
            let (now, moves) = alerts(&AlertInputs {
                today,
                past: &past,
                analysis: &analysis,
                texts: &[],
                open: &open,
            });
            open = now;
            past.push(DayScore {
                day: today,
                score: *score,
            });
            all.push(moves);
        }
        all
    }

    fn days_of(moves: &[AlertMoves], kind: AlertKind) -> (Vec<usize>, Vec<usize>) {
        let days = |test: &dyn Fn(&AlertMoves) -> bool| {
            let days = moves.iter().enumerate().filter(|(_, m)| test(m));
            days.map(|(day, _)| day).collect()
        };
        (
            days(&|m| m.opened.iter().any(|alert| alert.kind == kind)),
            days(&|m| m.closed.contains(&kind)),
        )
    }

    #[test]
    fn a_score_around_the_bound_does_not_flap() {
        let moves = course(&[69.0, 70.0, 69.0, 71.0, 68.0, 67.9, 70.0]);
        assert_eq!(days_of(&moves, AlertKind::High), (vec![1, 6], vec![5]));
    }

    #[test]
    fn a_spike_is_one_day_and_needs_the_day_before() {
        let moves = course(&[20.0, 35.0, 51.0, 52.0]);
        assert_eq!(days_of(&moves, AlertKind::Spike), (vec![2], vec![3]));
    }

    #[test]
    fn a_level_is_prolonged_after_its_days() {
        let moves = course(&[40.0; 9]);
        assert_eq!(days_of(&moves, AlertKind::Prolonged), (vec![7], vec![]));
        let moves = course(&[72.0, 72.0, 72.0, 72.0, 50.0]);
        assert_eq!(days_of(&moves, AlertKind::Prolonged), (vec![3], vec![4]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_opens_is_closed_before_it_opens_again(scores in proptest::collection::vec(0.0..100.0f64, 0..40)) {
            let mut open: Vec<AlertKind> = Vec::new();
            for moves in course(&scores) {
                for kind in moves.closed {
                    prop_assert!(open.contains(&kind));
                    open.retain(|other| *other != kind);
                }
                for alert in moves.opened {
                    prop_assert!(!open.contains(&alert.kind));
                    open.push(alert.kind);
                }
            }
        }
    }
}
