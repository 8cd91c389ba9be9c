//! The table of the formula and its edges, one by one.

use super::*;

#[test]
fn nothing_known_is_no_score_whatever_the_mood() {
    for mood in [None, Some(Mood::from(-1.0))] {
        let analysis = score(
            &Measured::default(),
            mood.as_ref(),
            &WorkingHours::default(),
        );
        assert_eq!(analysis.final_score, None);
        assert_eq!(analysis.workload_score, None);
        assert!(analysis.completeness.is_sign_positive(), "not -0.0");
        assert_eq!(analysis.reason.unwrap().code, "no_data");
        assert_eq!(analysis.missing.len(), FACTORS.len());
        assert!(!analysis.notice.is_empty());
    }
}

#[test]
fn a_little_is_not_enough() {
    let metrics = Metrics {
        overdue_tasks: Some(9.0),
        ..Metrics::default()
    };
    let analysis = score(&metrics.into(), None, &WorkingHours::default());
    assert_eq!(analysis.final_score, None);
    let reason = analysis.reason.unwrap();
    assert_eq!(reason.code, "not_enough_data");
    assert!(reason.detail.contains("12%"), "{}", reason.detail);
}

#[test]
fn full_scale_is_a_hundred_and_calm_is_nothing() {
    let hours = WorkingHours::default();
    let (mut full, mut calm) = (Metrics::default(), Metrics::default());
    for spec in FACTORS {
        let worst = spec.knots.iter().find(|knot| knot.1 >= spec.cap()).unwrap();
        full.set(spec.metric, Some(worst.0));
        calm.set(spec.metric, Some(spec.healthy(&hours)));
    }
    assert_eq!(score(&full.into(), None, &hours).final_score, Some(100.0));
    assert_eq!(
        score(&calm.clone().into(), None, &hours).final_score,
        Some(0.0)
    );
    // A good mood takes nothing off an empty score, distress alone is not critical.
    assert_eq!(
        score(&calm.clone().into(), Some(&1.0.into()), &hours).final_score,
        Some(0.0)
    );
    let distressed = score(&calm.into(), Some(&(-1.0).into()), &hours);
    assert_eq!(distressed.final_score, Some(20.0));
    assert_eq!(distressed.top_issues[0].key, SENTIMENT_KEY);
}

/// The table of the specification, written down a second time.
#[test]
fn the_table_is_the_specified_one() {
    let expected: &[(&str, &[(f64, f64)])] = &[
        (
            "total_active_tasks",
            &[(5.0, 0.0), (8.0, 3.0), (12.0, 6.0), (20.0, 10.0)],
        ),
        (
            "overdue_tasks",
            &[(0.0, 0.0), (1.0, 3.0), (3.0, 6.0), (5.0, 9.0), (8.0, 12.0)],
        ),
        (
            "completion_rate",
            &[(0.8, 0.0), (0.6, 3.0), (0.4, 5.0), (0.2, 8.0)],
        ),
        (
            "work_hours_today",
            &[(8.0, 0.0), (10.0, 4.0), (12.0, 7.0), (14.0, 10.0)],
        ),
        (
            "work_hours_this_week",
            &[(40.0, 0.0), (50.0, 4.0), (60.0, 7.0), (70.0, 10.0)],
        ),
        (
            "weekend_work_sessions",
            &[(0.0, 0.0), (2.0, 2.0), (4.0, 4.0), (5.0, 5.0)],
        ),
        (
            "late_night_sessions",
            &[(0.0, 0.0), (2.0, 2.0), (4.0, 4.0), (5.0, 5.0)],
        ),
        (
            "meetings_today",
            &[(3.0, 0.0), (5.0, 4.0), (7.0, 7.0), (10.0, 10.0)],
        ),
        (
            "meeting_hours_today",
            &[(2.0, 0.0), (4.0, 3.0), (6.0, 6.0), (8.0, 8.0)],
        ),
        (
            "back_to_back_meetings",
            &[(0.0, 0.0), (2.0, 3.0), (4.0, 5.0), (6.0, 7.0)],
        ),
        (
            "days_without_breaks",
            &[(2.0, 0.0), (5.0, 3.0), (10.0, 5.0), (14.0, 7.0)],
        ),
        (
            "consecutive_work_days",
            &[(5.0, 0.0), (10.0, 2.0), (15.0, 4.0), (20.0, 5.0)],
        ),
        ("workload_trend", &[(0.0, 0.0), (1.0, 3.0)]),
    ];
    let hours = WorkingHours::default();
    assert_eq!(FACTORS.len(), expected.len());
    for (spec, (key, knots)) in FACTORS.iter().zip(expected) {
        assert_eq!(spec.metric.as_str(), *key);
        for (value, points) in *knots {
            assert!(
                (spec.points(*value, &hours) - points).abs() < 1e-9,
                "{key} at {value}"
            );
        }
        assert!(
            spec.knots.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "{key}: knots rise"
        );
    }
}

#[test]
fn groups_have_the_specified_caps() {
    let mut caps = std::collections::BTreeMap::new();
    for spec in FACTORS {
        *caps.entry(format!("{:?}", spec.group)).or_insert(0.0) += spec.cap();
    }
    let expected = [
        ("Meetings", 25.0),
        ("Patterns", 15.0),
        ("Tasks", 30.0),
        ("Time", 30.0),
    ];
    assert_eq!(
        caps,
        expected.map(|(group, cap)| (group.to_owned(), cap)).into()
    );
}

#[test]
fn a_short_contract_is_full_earlier() {
    let half = WorkingHours::of_week(20.0);
    let find = |key: &str| -> &FactorSpec {
        FACTORS
            .iter()
            .find(|spec| spec.metric.as_str() == key)
            .unwrap()
    };
    let week = find("work_hours_this_week");
    assert!((week.points(35.0, &half) - 10.0).abs() < 1e-9);
    assert!((week.points(20.0, &half)).abs() < 1e-9);
    assert!((find("work_hours_today").healthy(&half) - 4.0).abs() < 1e-9);
    assert!(
        (find("meeting_hours_today").healthy(&half) - 2.0).abs() < 1e-9,
        "not a time factor"
    );
    let published = serde_json::to_value(Formula::of(&half)).unwrap();
    assert_eq!(
        published["factors"][4]["knots"][3],
        serde_json::json!({"value": 35.0, "points": 10.0})
    );
    let levels: Vec<_> = published["levels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["from"].clone())
        .collect();
    assert_eq!(levels, [0.0, 35.0, 70.0, 85.0]);
}

#[test]
fn metrics_from_a_client_are_checked_by_name_and_range() {
    assert!(serde_json::from_str::<Metrics>(r#"{"overdue_task": 1}"#).is_err());
    let metrics: Metrics = serde_json::from_str(
        r#"{"overdue_tasks": -1, "completion_rate": 1.5, "meetings_today": 3}"#,
    )
    .unwrap();
    let wrong: Vec<_> = metrics
        .out_of_range()
        .iter()
        .map(|w| format!("{} {w}", w.metric))
        .collect();
    assert_eq!(
        wrong,
        [
            "overdue_tasks must be 0 or more",
            "completion_rate must be from 0 to 1"
        ]
    );
}
