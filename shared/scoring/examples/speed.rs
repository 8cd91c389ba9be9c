//! How many users a second one core measures, scores and fingerprints, and how long a note takes.
//!
//! `cargo run --release -p sentry-scoring --example speed`

use chrono::{DateTime, Duration, Utc};
use sentry_domain::{TaskId, TaskStatus, TaskType, Zone};
use sentry_scoring::sentiment::analyze;
use sentry_scoring::{Act, Context, Evidence, Facts, Mood, TaskFact, inputs_hash, measure, score};
use std::hint::black_box;
use std::time::Instant;

const USERS: i64 = 20_000;
const TASKS: i64 = 30;
const MEETINGS: i64 = 10;
const ACTS: i64 = 40;

/// A spread of numbers without chance, so that two runs do the same work.
fn spread(seed: i64, below: i64) -> i64 {
    (seed.wrapping_mul(6_364_136_223_846_793_005) >> 33).rem_euclid(below)
}

fn rows(user: i64, now: DateTime<Utc>) -> (Vec<TaskFact>, Vec<Act>) {
    let tasks = (0..TASKS + MEETINGS).map(|n| {
        let seed = user * 1000 + n;
        let meeting = n >= TASKS;
        let start = now + Duration::minutes(spread(seed, 7 * 1440) - 3 * 1440);
        let done = !meeting && n % 4 == 0;
        TaskFact {
            id: TaskId(seed),
            task_type: if meeting {
                TaskType::Meeting
            } else {
                TaskType::Task
            },
            status: if done {
                TaskStatus::Done
            } else {
                TaskStatus::Todo
            },
            created_at: now - Duration::hours(1 + spread(seed + 1, 800)),
            completed_at: done.then(|| now - Duration::hours(spread(seed + 2, 300))),
            due_at: (!meeting && n % 3 == 0).then_some(start),
            due_on: (!meeting && n % 3 == 1).then(|| start.date_naive()),
            start_at: meeting.then_some(start),
            end_at: meeting.then(|| start + Duration::minutes(15 + spread(seed + 3, 90))),
            estimated_hours: (n % 2 == 0).then_some(2.5),
            actual_hours: None,
        }
    });
    let acts = (0..ACTS).map(|n| Act {
        at: now - Duration::minutes(spread(user * 1000 + n + 500, 20 * 1440)),
        on: Some(Evidence::Task {
            id: TaskId(user * 1000 + n % TASKS),
        }),
    });
    (tasks.collect(), acts.collect())
}

fn main() {
    let now = DateTime::from_timestamp(1_772_634_000, 0).unwrap_or_default();
    let zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"];
    let zones = zones.map(|name| name.parse::<Zone>().unwrap_or_default());
    let users: Vec<_> = (0..USERS).map(|user| rows(user, now)).collect();
    let mood = Mood::from(-0.3);
    for _ in 0..3 {
        let start = Instant::now();
        for ((tasks, acts), zone) in users.iter().zip(zones.iter().cycle()) {
            let context = Context::new(now, *zone);
            black_box(measure(&Facts { tasks, acts }, &context));
        }
        let measuring = start.elapsed();
        let start = Instant::now();
        for ((tasks, acts), zone) in users.iter().zip(zones.iter().cycle()) {
            let context = Context::new(now, *zone);
            let measured = measure(&Facts { tasks, acts }, &context);
            black_box(score(&measured, Some(&mood), &context.working_hours));
            black_box(inputs_hash(&measured, Some(&mood), &context.working_hours));
        }
        let whole = start.elapsed();
        println!(
            "measure {:.0} users/s; measure, score and hash {:.0} users/s",
            USERS as f64 / measuring.as_secs_f64(),
            USERS as f64 / whole.as_secs_f64(),
        );
    }
    notes();
}

/// The first note pays for the word lists.
fn notes() {
    let note = "Third double shift this week, feet are numb and so is everything else, but the kids \
                made me a card and we laughed. Can't sleep though.";
    for (name, count) in [("first note", 1_u32), ("each of the next", 2_000)] {
        let start = Instant::now();
        for _ in 0..count {
            black_box(analyze(black_box(note)));
        }
        println!("{name}: {:?}", start.elapsed() / count);
    }
}
