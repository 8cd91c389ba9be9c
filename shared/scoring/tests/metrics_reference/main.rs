//! The metrics against a reference that walks minute by minute through the wall clock of a random
//! zone, and day by day through the plan.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod reference;
mod worlds;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use proptest::prelude::*;
use reference::Reference;
use sentry_domain::{TaskId, TaskStatus, TaskType, Zone};
use sentry_scoring::{
    Act, Context, Facts, Metric, Metrics, Shift, TaskFact, WorkingHours, measure,
};
use std::collections::{BTreeMap, BTreeSet};
use worlds::world;

fn assert_same(context: &Context, tasks: &[TaskFact], acts: &[Act]) -> Result<(), TestCaseError> {
    let measured = measure(&Facts { tasks, acts }, context);
    let expected = Reference::new(tasks, acts, context).metrics();
    for metric in Metric::ALL {
        let (got, want) = (measured.metrics.get(*metric), expected.get(*metric));
        let same = match (got, want) {
            (Some(got), Some(want)) => (got - want).abs() < 1e-6,
            (None, None) => true,
            _ => false,
        };
        prop_assert!(same, "{metric}: {got:?} instead of {want:?}");
        prop_assert!(measured.evidence(*metric).len() <= 20);
    }
    prop_assert_eq!(measured.metrics.out_of_range(), vec![]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn metrics_agree_with_the_minute_by_minute_reference((context, tasks, acts) in world()) {
        assert_same(&context, &tasks, &acts)?;
    }

    #[test]
    fn the_order_of_rows_does_not_show((context, tasks, acts) in world(), turn in 0usize..40) {
        let before = measure(&Facts { tasks: &tasks, acts: &acts }, &context);
        let (mut tasks, mut acts) = (tasks, acts);
        let (turn_tasks, turn_acts) = (turn % tasks.len().max(1), turn % acts.len().max(1));
        tasks.rotate_left(turn_tasks);
        tasks.reverse();
        acts.rotate_left(turn_acts);
        prop_assert_eq!(measure(&Facts { tasks: &tasks, acts: &acts }, &context), before);
    }
}
