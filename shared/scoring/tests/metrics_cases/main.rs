//! Bounds and odd days, one by one.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod any;
mod meetings;
mod work;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;
use sentry_domain::{TaskId, TaskStatus, TaskType, Zone};
use sentry_scoring::{
    Act, Context, Evidence, Facts, Measured, Metric, Metrics, TaskFact, WorkingHours, measure,
    score,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// An instant by the wall clock of Berlin.
fn berlin(text: &str) -> DateTime<Utc> {
    let wall = text.parse().unwrap();
    zone("Europe/Berlin").instant_of(wall)
}

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn row(id: i64, task_type: TaskType) -> TaskFact {
    TaskFact::new(TaskId(id), task_type, at("2025-01-01T00:00:00Z"))
}

fn task() -> TaskFact {
    row(1, TaskType::Task)
}

fn meeting(id: i64, from: DateTime<Utc>, until: DateTime<Utc>) -> TaskFact {
    TaskFact {
        start_at: Some(from),
        end_at: Some(until),
        ..row(id, TaskType::Meeting)
    }
}

/// Meetings in Berlin, as pairs of wall clock times of one day.
fn meetings(day: &str, times: &[(&str, &str)]) -> Vec<TaskFact> {
    let clock = |time: &str| berlin(&format!("{day}T{time}"));
    let rows = times.iter().zip(1..);
    rows.map(|((from, until), id)| meeting(id, clock(from), clock(until)))
        .collect()
}

fn in_berlin(now: &str, rows: &[TaskFact], acts: &[Act]) -> Measured {
    let context = Context::new(berlin(now), zone("Europe/Berlin"));
    measure(&Facts { tasks: rows, acts }, &context)
}

fn metrics(now: &str, rows: &[TaskFact]) -> Metrics {
    in_berlin(now, rows, &[]).metrics
}

fn acts(times: &[&str]) -> Vec<Act> {
    times
        .iter()
        .map(|time| Act {
            at: berlin(time),
            on: None,
        })
        .collect()
}
