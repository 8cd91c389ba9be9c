//! Any rows at all.

use super::*;

fn any_instant() -> impl Strategy<Value = Option<DateTime<Utc>>> {
    prop_oneof![
        Just(None),
        Just(Some(DateTime::<Utc>::MIN_UTC)),
        Just(Some(DateTime::<Utc>::MAX_UTC)),
        any::<i64>().prop_map(DateTime::from_timestamp_micros),
        (1_500_000_000i64..2_000_000_000).prop_map(|s| DateTime::from_timestamp(s, 0)),
    ]
}

fn any_row() -> impl Strategy<Value = TaskFact> {
    let hours = || proptest::option::of(any::<f64>());
    let date = prop_oneof![
        Just(None),
        Just(Some(NaiveDate::MIN)),
        Just(Some(NaiveDate::MAX)),
        any::<i32>().prop_map(NaiveDate::from_num_days_from_ce_opt),
    ];
    let status = prop_oneof![
        Just(TaskStatus::Todo),
        Just(TaskStatus::Done),
        Just(TaskStatus::Cancelled)
    ];
    let kind = prop_oneof![Just(TaskType::Task), Just(TaskType::Meeting)];
    (
        (kind, status, date, hours(), hours()),
        proptest::array::uniform5(any_instant()),
    )
        .prop_map(
            |((task_type, status, due_on, estimated_hours, actual_hours), times)| TaskFact {
                status,
                created_at: times[0].unwrap_or_default(),
                completed_at: times[1],
                due_at: times[2],
                due_on,
                start_at: times[3],
                end_at: times[4],
                estimated_hours,
                actual_hours,
                ..row(1, task_type)
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Imported calendars hold dates nobody lives in; they may be wrong, but not fatal.
    #[test]
    fn rows_from_any_time_are_survived(rows in proptest::collection::vec(any_row(), 0..8), at in any_instant()) {
        let acts: Vec<_> = at.into_iter().map(|at| Act { at, on: None }).collect();
        let measured = in_berlin("2026-03-04T12:00:00", &rows, &acts);
        prop_assert_eq!(measured.metrics.out_of_range(), vec![]);
        score(&measured, None, &WorkingHours::default());
    }
}
