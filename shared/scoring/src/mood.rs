//! From the sentiment of single texts to points of the score.

use crate::facts::{Evidence, MAX_EVIDENCE};
use crate::formula::interpolate;
use crate::sentiment::Sentiment;
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

/// Texts older than this no longer count.
pub const MOOD_DAYS: i64 = 7;

/// A text two days older weighs half.
const HALF_LIFE_DAYS: f64 = 2.0;

/// Said where the sentiment of a week weighs.
pub(crate) const BURDENED: &str = "What you wrote or ticked in the last 7 days sounds burdened.";

/// Sentiment against points, as published: distress adds up to 20, a good mood takes off up to 5.
pub(crate) const CURVE: &[(f64, f64)] = &[
    (-1.0, 20.0),
    (-0.8, 15.0),
    (-0.5, 10.0),
    (-0.2, 4.0),
    (0.0, 0.0),
    (1.0, -5.0),
];

/// The stored score of one check-in, diary entry, note or transcript.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoodEntry {
    /// Which text.
    pub id: Uuid,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// -1 (distressed) to 1 (glad).
    pub score: f64,
    /// Which signals it raised: exhaustion, overwhelm, sleep, outlook, health.
    pub signals: [bool; 5],
}

/// The numbers of a check-in, each from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scales {
    /// 5 is very good.
    pub mood: Option<i16>,
    /// 5 is full.
    pub energy: Option<i16>,
    /// 5 is very much.
    pub stress: Option<i16>,
}

impl Scales {
    /// The score of a check-in, -1 to 1 to three decimals: of its numbers their mean, of its words what was read in
    /// them, of both the mean. Good numbers beside words of crisis do not make them good. `None` of nothing.
    pub fn score(self, said: Option<&Sentiment>) -> Option<f64> {
        let scale = |value: i16| (f64::from(value) - 3.0) / 2.0;
        let numbers: Vec<f64> = [
            self.mood.map(scale),
            self.energy.map(scale),
            self.stress.map(|stress| -scale(stress)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mean =
            (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64);
        let score = match (said, mean) {
            (Some(said), Some(mean)) => {
                let both = f64::midpoint(said.score, mean);
                Some(if said.crisis {
                    both.min(said.score)
                } else {
                    both
                })
            }
            (said, mean) => said.map(|said| said.score).or(mean),
        };
        score.map(|score| (score * 1e3).round() / 1e3 + 0.0)
    }
}

/// The mood of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Mood {
    /// -1 (distressed) to 1 (glad).
    pub score: f64,
    /// The texts behind it, newest first.
    pub evidence: Vec<Evidence>,
}

impl From<f64> for Mood {
    /// A score somebody else weighted: no texts behind it.
    fn from(score: f64) -> Self {
        Self {
            score,
            evidence: Vec::new(),
        }
    }
}

impl Mood {
    /// The mean of the last [`MOOD_DAYS`] days, each text with the weight `0.5^(age / 2 days)`.
    ///
    /// Only the ages relative to each other matter, so the mood stays the same until a text comes
    /// or falls out of the window. `None` without texts. Scores that are no numbers are left out.
    pub fn of(entries: &[MoodEntry], now: DateTime<Utc>) -> Option<Self> {
        let mut entries: Vec<&MoodEntry> = counting(entries, now).collect();
        // Newest first; the id settles ties, so that the order of rows does not show in the sum.
        entries.sort_unstable_by_key(|entry| (std::cmp::Reverse(entry.at), entry.id));
        let newest = entries.first()?.at;
        let (mut sum, mut weights) = (0.0, 0.0);
        for entry in &entries {
            let days = (newest - entry.at).num_milliseconds() as f64 / 86_400_000.0;
            let weight = (-days / HALF_LIFE_DAYS).exp2();
            sum += weight * entry.score.clamp(-1.0, 1.0);
            weights += weight;
        }
        let evidence = entries.iter().take(MAX_EVIDENCE);
        Some(Self {
            score: sum / weights,
            evidence: evidence
                .map(|entry| Evidence::Entry { id: entry.id })
                .collect(),
        })
    }
}

/// The texts that count at `now`: those of the last [`MOOD_DAYS`] days with a score.
pub(crate) fn counting(
    entries: &[MoodEntry],
    now: DateTime<Utc>,
) -> impl Iterator<Item = &MoodEntry> {
    let since = now - Duration::days(MOOD_DAYS);
    entries
        .iter()
        .filter(move |entry| entry.at > since && entry.at <= now && !entry.score.is_nan())
}

/// Points for a sentiment of -1 to 1: from 20 down to -5, never rising with the mood.
pub fn adjustment(sentiment: f64) -> f64 {
    if sentiment.is_nan() {
        return 0.0;
    }
    interpolate(CURVE, sentiment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> DateTime<Utc> {
        "2026-03-04T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn good_numbers_do_not_make_words_of_crisis_good() {
        let said = crate::sentiment::analyze("I want to kill myself.");
        let glad = Scales {
            mood: Some(5),
            energy: Some(5),
            stress: Some(1),
        };
        assert_eq!(glad.score(None), Some(1.0));
        assert_eq!(glad.score(Some(&said)), Some(said.score));
        let fine = crate::sentiment::analyze("Lovely day, everything went well.");
        assert_eq!(
            glad.score(Some(&fine)),
            Some((f64::midpoint(1.0, fine.score) * 1e3).round() / 1e3)
        );
        assert_eq!(Scales::default().score(None), None);
        assert_eq!(Scales::default().score(Some(&fine)), Some(fine.score));
    }

    fn entry(number: u128, hours_ago: i64, score: f64) -> MoodEntry {
        MoodEntry {
            id: Uuid::from_u128(number),
            at: now() - Duration::hours(hours_ago),
            score,
            signals: [false; 5],
        }
    }

    #[test]
    fn a_text_two_days_older_weighs_half() {
        let mood = Mood::of(&[entry(1, 50, 1.0), entry(2, 2, -0.5)], now()).unwrap();
        assert!(mood.score.abs() < 1e-9, "{}", mood.score);
        assert_eq!(
            mood.evidence,
            [2, 1].map(|n| Evidence::Entry {
                id: Uuid::from_u128(n)
            })
        );
    }

    #[test]
    fn old_future_and_broken_texts_do_not_count() {
        let entries = [entry(1, 169, 1.0), entry(2, -1, 1.0), entry(3, 1, f64::NAN)];
        assert_eq!(Mood::of(&entries, now()), None);
        assert_eq!(Mood::of(&[], now()), None);
    }

    #[test]
    fn the_curve_runs_from_twenty_to_minus_five() {
        for (sentiment, points) in [
            (-9.0, 20.0),
            (-1.0, 20.0),
            (0.0, 0.0),
            (1.0, -5.0),
            (f64::NAN, 0.0),
        ] {
            assert!((adjustment(sentiment) - points).abs() < 1e-9, "{sentiment}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_better_mood_never_adds_points(a in -1.0..1.0f64, b in -1.0..1.0f64) {
            prop_assert!(adjustment(a.min(b)) >= adjustment(a.max(b)));
        }

        #[test]
        fn the_mood_is_a_mean_that_time_alone_does_not_move(
            entries in proptest::collection::vec((0i64..160, -1.0..1.0f64), 1..10),
            later in 0i64..7,
        ) {
            let entries: Vec<_> = entries.into_iter().zip(1..).map(|((h, s), n)| entry(n, h, s)).collect();
            let mood = Mood::of(&entries, now()).unwrap();
            let lowest = entries.iter().map(|e| e.score).fold(1.0, f64::min);
            let highest = entries.iter().map(|e| e.score).fold(-1.0, f64::max);
            prop_assert!((lowest - 1e-9..=highest + 1e-9).contains(&mood.score));
            prop_assert_eq!(Mood::of(&entries, now() + Duration::hours(later)), Some(mood));
        }
    }
}
