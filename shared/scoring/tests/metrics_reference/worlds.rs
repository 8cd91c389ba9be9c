//! Random people with random rows.

use super::*;

fn fact(id: i64, task_type: TaskType, status: TaskStatus, created_at: DateTime<Utc>) -> TaskFact {
    TaskFact {
        status,
        ..TaskFact::new(TaskId(id), task_type, created_at)
    }
}

/// Minutes from now: mostly this week, sometimes the weeks before.
fn offset() -> impl Strategy<Value = i64> {
    prop_oneof![3 => -1440i64..1440, 2 => -9 * 1440i64..9 * 1440, 1 => -34 * 1440i64..9 * 1440]
}

fn status() -> impl Strategy<Value = TaskStatus> {
    prop_oneof![
        6 => Just(TaskStatus::Todo),
        1 => Just(TaskStatus::InProgress),
        1 => Just(TaskStatus::Blocked),
        3 => Just(TaskStatus::Done),
        1 => Just(TaskStatus::Cancelled),
    ]
}

fn estimate() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of((0u8..64).prop_map(|quarters| f64::from(quarters) / 4.0))
}

fn meeting(now: DateTime<Utc>) -> impl Strategy<Value = TaskFact> {
    let length = prop_oneof![6 => 1i64..180, 2 => 180i64..700, 1 => 700i64..3000, 1 => -60i64..=0];
    let shape = prop_oneof![8 => Just(0u8), 1 => Just(1u8), 1 => Just(2u8)];
    (offset(), length, status(), shape, estimate()).prop_map(
        move |(from, minutes, status, shape, hours)| {
            let start = now + Duration::minutes(from);
            let mut row = fact(0, TaskType::Meeting, status, now - Duration::days(3));
            row.estimated_hours = hours.filter(|h| *h > 0.0 && *h < 8.0);
            match shape {
                0 => {
                    row.start_at = Some(start);
                    row.end_at = Some(start + Duration::minutes(minutes));
                }
                1 => row.due_at = Some(start),
                _ => row.due_on = Some(start.date_naive()),
            }
            row
        },
    )
}

/// A day of meetings from eight to six with short gaps, the kind that leaves no break.
fn dense_days(zone: Zone, now: DateTime<Utc>) -> impl Strategy<Value = Vec<TaskFact>> {
    (
        0i64..16,
        proptest::collection::vec((50i64..70, 1i64..35), 160),
    )
        .prop_map(move |(days, meetings)| {
            let today = zone.day_of(now);
            let mut meetings = meetings.into_iter();
            let mut rows = Vec::new();
            for back in 0..days {
                let date = today - Duration::days(back);
                let mut at = zone.instant_of(date.and_hms_opt(8, 40, 0).unwrap());
                let end = zone.instant_of(date.and_hms_opt(17, 0, 0).unwrap());
                while at < end {
                    let Some((length, gap)) = meetings.next() else {
                        break;
                    };
                    let mut row = fact(0, TaskType::Meeting, TaskStatus::Todo, now);
                    row.start_at = Some(at);
                    row.end_at = Some(at + Duration::minutes(length));
                    // Two gaps in three are short, so that whole days without a break do happen.
                    at += Duration::minutes(length + if gap > 33 { 35 } else { gap % 20 });
                    rows.push(row);
                }
            }
            rows
        })
}

fn task(now: DateTime<Utc>) -> impl Strategy<Value = TaskFact> {
    let due = prop_oneof![1 => Just(0u8), 2 => Just(1u8), 2 => Just(2u8)];
    (
        (offset(), due, -30i64..60, status()),
        (1i64..40 * 1440, 0i64..20 * 1440, estimate(), estimate()),
    )
        .prop_map(
            move |((due_in, due, due_days, status), (age, done_ago, estimated, actual))| {
                let mut row = fact(0, TaskType::Task, status, now - Duration::minutes(age));
                match due {
                    // Every third without a date is time kept free.
                    0 if age % 3 == 0 => {
                        let from = now + Duration::minutes(due_in);
                        row.start_at = Some(from);
                        row.end_at = Some(from + Duration::minutes(90));
                        row.estimated_hours = Some(0.0);
                        return row;
                    }
                    0 => {}
                    1 => row.due_at = Some(now + Duration::minutes(due_in)),
                    _ => row.due_on = Some(now.date_naive() + Duration::days(due_days)),
                }
                if status == TaskStatus::Done {
                    row.completed_at = Some(now - Duration::minutes(done_ago));
                }
                row.estimated_hours = estimated;
                row.actual_hours = actual;
                row
            },
        )
}

fn working_hours() -> impl Strategy<Value = WorkingHours> {
    let shift = (7u32..11, 15u32..20).prop_map(|(from, until)| Shift {
        from: NaiveTime::from_hms_opt(from, 0, 0).unwrap(),
        until: NaiveTime::from_hms_opt(until, 30, 0).unwrap(),
    });
    prop_oneof![
        2 => Just(WorkingHours::default()),
        1 => shift.clone().prop_map(WorkingHours::weekdays),
        1 => proptest::collection::vec(proptest::option::of(shift), 7).prop_map(|days| WorkingHours {
            monday: days[0],
            tuesday: days[1],
            wednesday: days[2],
            thursday: days[3],
            friday: days[4],
            saturday: days[5],
            sunday: days[6],
        }),
    ]
}

pub type World = (Context, Vec<TaskFact>, Vec<Act>);

pub fn world() -> impl Strategy<Value = World> {
    let zone = prop::sample::select(Zone::names().collect::<Vec<_>>())
        .prop_map(|name| name.parse::<Zone>().unwrap());
    // 2020 to 2036, to the minute: every rule of daylight saving in use now.
    let now =
        (26_297_280i64..35_000_000).prop_map(|m| DateTime::from_timestamp(m * 60, 0).unwrap());
    (zone, now, working_hours(), 20u32..23, 4u32..7)
        .prop_flat_map(|(zone, now, working_hours, late_from, late_until)| {
            let context = Context {
                now,
                zone,
                working_hours,
                late_from: NaiveTime::from_hms_opt(late_from, 0, 0).unwrap(),
                late_until: NaiveTime::from_hms_opt(late_until, 0, 0).unwrap(),
            };
            let meetings = prop_oneof![
                3 => proptest::collection::vec(meeting(now), 0..12),
                1 => dense_days(zone, now),
            ];
            let acts = proptest::collection::vec(offset(), 0..25);
            let daily = prop_oneof![Just(0i64), 0i64..40];
            (
                Just(context),
                meetings,
                proptest::collection::vec(task(now), 0..15),
                acts,
                daily,
            )
        })
        .prop_map(|(context, meetings, tasks, acts, daily)| {
            let rows = meetings.into_iter().chain(tasks).zip(1..);
            let rows = rows
                .map(|(row, id)| TaskFact {
                    id: TaskId(id),
                    ..row
                })
                .collect();
            let daily = (0..daily).map(|day| -day * 1440 - 7);
            let acts = acts.into_iter().chain(daily).map(|m| Act {
                at: context.now + Duration::minutes(m),
                on: None,
            });
            (context, rows, acts.collect())
        })
}
