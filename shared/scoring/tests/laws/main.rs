//! The laws of the score, over the whole space of metrics.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod sources;
mod table;

use proptest::prelude::*;
use sentry_domain::{BurnoutLevel, TaskId, TaskType, Zone};
use sentry_scoring::{
    Act, Analysis, Context, FACTORS, FactorSpec, Facts, Formula, LIMIT_KEY, Measured, Metric,
    Metrics, Mood, SENTIMENT_KEY, Shift, TaskFact, WorkingHours, changes, inputs_hash, measure,
    score,
};

/// Mostly values that happen, sometimes ones that should not.
fn value(metric: Metric) -> impl Strategy<Value = f64> {
    let usual = match metric {
        Metric::CompletionRate => 0.0..1.0,
        Metric::WorkloadTrend => -1.0..1.0,
        Metric::WorkHoursThisWeek => 0.0..90.0,
        _ => 0.0..25.0,
    };
    let odd = prop_oneof![
        Just(-1.0),
        Just(0.0),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
        Just(f64::NAN),
        Just(f64::INFINITY),
        -1e9..1e9f64,
    ];
    prop_oneof![15 => usual, 1 => odd]
}

fn metrics(missing: f64) -> impl Strategy<Value = Metrics> {
    let values: Vec<_> = Metric::ALL
        .iter()
        .map(|metric| proptest::option::weighted((1.0 - missing).min(0.999), value(*metric)))
        .collect();
    values.prop_map(|values| {
        let mut metrics = Metrics::default();
        for (metric, value) in Metric::ALL.iter().zip(values) {
            metrics.set(*metric, value);
        }
        metrics
    })
}

fn mood() -> impl Strategy<Value = Option<Mood>> {
    proptest::option::of(prop_oneof![9 => -1.0..1.0f64, 1 => -5.0..5.0f64].prop_map(Mood::from))
}

fn hours() -> impl Strategy<Value = WorkingHours> {
    (1.0..75.0f64).prop_map(WorkingHours::of_week)
}

fn sum(analysis: &Analysis) -> f64 {
    analysis.factors.iter().map(|factor| factor.points).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn points_add_up_and_stay_in_their_caps(
        missing in 0.0..0.9f64,
        seed in metrics(0.0), drop in metrics(0.5), mood in mood(), hours in hours(),
    ) {
        // Two draws: one for values, one for which of them are known.
        let mut metrics = seed;
        for metric in Metric::ALL.iter().filter(|_| missing > 0.3) {
            if drop.get(*metric).is_none() {
                metrics.set(*metric, None);
            }
        }
        let analysis = score(&metrics.into(), mood.as_ref(), &hours);
        prop_assert!(analysis.top_issues.len() <= 5);
        prop_assert_eq!(analysis.final_score.is_none(), analysis.completeness < 0.4);
        prop_assert_eq!(analysis.reason.is_none(), analysis.final_score.is_some());
        prop_assert_eq!(analysis.factors.len() + analysis.missing.len(), if analysis.final_score.is_some() {
            FACTORS.len()
        } else {
            analysis.missing.len()
        });
        let (Some(total), Some(workload)) = (analysis.final_score, analysis.workload_score) else {
            prop_assert_eq!(analysis.burnout_level, None);
            return Ok(());
        };
        prop_assert!((0.0..=100.0).contains(&total));
        prop_assert!((sum(&analysis) - workload).abs() < 1e-6);
        let before_clamping = workload + analysis.sentiment_adjustment;
        prop_assert!((before_clamping.clamp(0.0, 100.0) - total).abs() < 1e-6);
        let caps: f64 = analysis.factors.iter().map(|factor| factor.cap).sum();
        prop_assert!((caps - 100.0).abs() < 1e-6);
        for factor in &analysis.factors {
            prop_assert!((0.0..=factor.cap).contains(&factor.points), "{}", factor.key);
            prop_assert_eq!(factor.sentence.find('{'), None);
        }
        prop_assert_eq!(analysis.burnout_level, Some(BurnoutLevel::from_score(total)));
    }

    #[test]
    fn more_load_is_never_less_score(
        metrics in metrics(0.1), index in 0..Metric::ALL.len(),
        a in -1.0..120.0f64, b in -1.0..120.0f64, mood in mood(), hours in hours(),
    ) {
        let metric = Metric::ALL[index];
        let scale = if matches!(metric, Metric::CompletionRate | Metric::WorkloadTrend) { 100.0 } else { 1.0 };
        let with = |value: f64| {
            let mut metrics = metrics.clone();
            metrics.set(metric, Some(value / scale));
            score(&metrics.into(), mood.as_ref(), &hours).final_score
        };
        let (less, more) = (with(a.min(b)), with(a.max(b)));
        if metric == Metric::CompletionRate {
            prop_assert!(less >= more, "{metric}: {less:?} {more:?}");
        } else {
            prop_assert!(less <= more, "{metric}: {less:?} {more:?}");
        }
    }

    #[test]
    fn a_better_mood_is_never_a_higher_score(metrics in metrics(0.1), a in -1.0..1.0f64, b in -1.0..1.0f64) {
        let with = |mood: f64| score(&metrics.clone().into(), Some(&mood.into()), &WorkingHours::default()).final_score;
        prop_assert!(with(a.min(b)) >= with(a.max(b)));
    }

    #[test]
    fn longer_contracts_never_raise_the_score(metrics in metrics(0.1), a in 1.0..75.0f64, b in 1.0..75.0f64) {
        let with = |hours: f64| score(&metrics.clone().into(), None, &WorkingHours::of_week(hours)).final_score;
        prop_assert!(with(a.min(b)) >= with(a.max(b)));
    }

    #[test]
    fn the_score_is_continuous(metrics in metrics(0.0), index in 0..Metric::ALL.len(), at in 0.0..30.0f64) {
        // The steepest knot is 3 points a task; a thousandth of a unit may not move a cent of it.
        let metric = Metric::ALL[index];
        let with = |value: f64| {
            let mut metrics = metrics.clone();
            metrics.set(metric, Some(value));
            score(&metrics.into(), None, &WorkingHours::default()).final_score
        };
        if let (Some(a), Some(b)) = (with(at), with(at + 1e-3)) {
            prop_assert!((a - b).abs() <= 0.05, "{metric} at {at}: {a} {b}");
        }
    }

    #[test]
    fn the_same_input_gives_the_same_output(metrics in metrics(0.1), mood in mood(), hours in hours()) {
        let measured = Measured::from(metrics);
        let analysis = score(&measured, mood.as_ref(), &hours);
        prop_assert_eq!(&score(&measured, mood.as_ref(), &hours), &analysis);
        let json = serde_json::to_string(&analysis).unwrap();
        prop_assert!(!json.contains("-0.0,") && !json.contains("-0.0}"), "{json}");
        let read: Analysis = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read.final_score, analysis.final_score);
        prop_assert!(changes(&read.snapshot(), &analysis.snapshot()).is_empty());
    }

    #[test]
    fn changes_sum_to_the_difference(
        before in metrics(0.1), after in metrics(0.1), mood_before in mood(), mood_after in mood(), hours in hours(),
    ) {
        let before = score(&before.into(), mood_before.as_ref(), &hours);
        let after = score(&after.into(), mood_after.as_ref(), &hours).since(&before.snapshot());
        let (Some(then), Some(now)) = (before.final_score, after.final_score) else {
            prop_assert!(after.changes.is_empty());
            return Ok(());
        };
        let moved: f64 = after.changes.iter().map(|change| change.points).sum();
        prop_assert!((moved - (now - then)).abs() < 1e-6);
        prop_assert!(after.changes.windows(2).all(|pair| pair[0].points.abs() >= pair[1].points.abs()));
        let bounded = |score: f64| score <= 0.0 || score >= 100.0;
        if after.changes.iter().any(|change| change.key == LIMIT_KEY) {
            prop_assert!(bounded(then) || bounded(now));
        }
    }

    #[test]
    fn nothing_known_is_no_score(mood in mood(), hours in hours()) {
        let analysis = score(&Measured::default(), mood.as_ref(), &hours);
        prop_assert_eq!(analysis.final_score, None);
        prop_assert_eq!(analysis.burnout_level, None);
        prop_assert_eq!(analysis.reason.map(|reason| reason.code), Some("no_data".into()));
    }

    #[test]
    fn each_source_alone_moves_any_quiet_week(
        days in 1..60i64, minutes in 150..600i64, late in 0..5i64, mood in -1.0..-0.3f64,
    ) {
        let (context, rows, acts) = sources::quiet();
        let total = |rows: &[TaskFact], acts: &[Act], mood: Option<&Mood>| {
            let measured = measure(&Facts { tasks: rows, acts }, &context);
            score(&measured, mood, &context.working_hours).final_score
        };
        let calm = total(&rows, &acts, None);
        prop_assert!(calm.is_some());
        let mut overdue = rows.clone();
        overdue[0].due_on = context.now.date_naive().checked_sub_days(chrono::Days::new(days.unsigned_abs()));
        prop_assert!(total(&overdue, &acts, None) > calm, "tasks");
        let mut long = rows.clone();
        long[1].end_at = long[1].start_at.map(|start| start + chrono::Duration::minutes(minutes));
        prop_assert!(total(&long, &acts, None) > calm, "meetings");
        let night = "2026-03-03T22:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        let act = [Act { at: night - chrono::Duration::days(late), on: None }];
        prop_assert!(total(&rows, &act, None) > calm, "own acts");
        prop_assert!(total(&rows, &acts, Some(&mood.into())) > calm, "texts");
    }

    #[test]
    fn the_hash_follows_what_counts(metrics in metrics(0.2), mood in mood(), index in 0..Metric::ALL.len(), by in 1e-3..1e3f64) {
        let hours = WorkingHours::default();
        let measured = Measured::from(metrics.clone());
        let hash = inputs_hash(&measured, mood.as_ref(), &hours);
        prop_assert_eq!(hash.len(), 64);
        prop_assert_eq!(&inputs_hash(&measured.clone(), mood.as_ref(), &hours), &hash);
        let metric = Metric::ALL[index];
        let mut changed = metrics.clone();
        changed.set(metric, Some(metrics.get(metric).filter(|v| v.abs() < 1e6).map_or(by, |v| v + by)));
        prop_assert_ne!(&inputs_hash(&changed.into(), mood.as_ref(), &hours), &hash);
        // Noise in the last digits is no change.
        let mut noisy = metrics.clone();
        let settled = metrics.get(metric).filter(|v| v.abs() < 1e6).map(|v| (v * 1e3).round() / 1e3);
        noisy.set(metric, settled);
        let settled_hash = inputs_hash(&noisy.clone().into(), mood.as_ref(), &hours);
        noisy.set(metric, settled.map(|v| v + 1e-9));
        prop_assert_eq!(inputs_hash(&noisy.into(), mood.as_ref(), &hours), settled_hash);
    }
}
