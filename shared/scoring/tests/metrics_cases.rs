//! Bounds and odd days, one by one.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

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
    TaskFact {
        id: TaskId(id),
        task_type,
        status: TaskStatus::Todo,
        created_at: at("2025-01-01T00:00:00Z"),
        completed_at: None,
        due_at: None,
        due_on: None,
        start_at: None,
        end_at: None,
        estimated_hours: None,
        actual_hours: None,
    }
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

#[test]
fn a_meeting_over_midnight_counts_on_both_days() {
    let rows = [meeting(
        1,
        berlin("2026-03-03T23:00:00"),
        berlin("2026-03-04T01:30:00"),
    )];
    let tuesday = metrics("2026-03-03T12:00:00", &rows);
    let wednesday = metrics("2026-03-04T12:00:00", &rows);
    assert_eq!(
        (tuesday.meetings_today, tuesday.meeting_hours_today),
        (Some(1.0), Some(1.0))
    );
    assert_eq!(
        (wednesday.meetings_today, wednesday.meeting_hours_today),
        (Some(1.0), Some(1.5))
    );
    assert_eq!(wednesday.meeting_hours_this_week, Some(2.5));
}

#[test]
fn a_meeting_that_ends_at_midnight_is_over() {
    let rows = [meeting(
        1,
        berlin("2026-03-03T23:00:00"),
        berlin("2026-03-04T00:00:00"),
    )];
    assert_eq!(
        metrics("2026-03-04T12:00:00", &rows).meetings_today,
        Some(0.0)
    );
}

#[test]
fn the_clock_going_forward_or_back_changes_the_length() {
    // From half past one to half past three, with the hour from two to three missing or doubled.
    let spring = meetings("2026-03-29", &[("01:30:00", "03:30:00")]);
    assert_eq!(
        metrics("2026-03-29T12:00:00", &spring).meeting_hours_today,
        Some(1.0)
    );
    let autumn = meetings("2026-10-25", &[("01:30:00", "03:30:00")]);
    assert_eq!(
        metrics("2026-10-25T12:00:00", &autumn).meeting_hours_today,
        Some(3.0)
    );
}

#[test]
fn today_is_the_day_of_the_zone() {
    let rows = [meeting(
        1,
        at("2026-03-04T23:30:00Z"),
        at("2026-03-04T23:45:00Z"),
    )];
    let today = |name: &str| {
        let context = Context::new(at("2026-03-04T12:00:00Z"), zone(name));
        measure(
            &Facts {
                tasks: &rows,
                acts: &[],
            },
            &context,
        )
        .metrics
        .meetings_today
    };
    assert_eq!(today("UTC"), Some(1.0));
    assert_eq!(
        today("Asia/Tokyo"),
        Some(0.0),
        "there it is tomorrow morning"
    );
    assert_eq!(
        today("Pacific/Kiritimati"),
        Some(1.0),
        "there both are tomorrow"
    );
    assert_eq!(today("Pacific/Pago_Pago"), Some(1.0));
}

#[test]
fn overlapping_meetings_are_counted_once_in_hours() {
    let rows = meetings(
        "2026-03-04",
        &[
            ("09:00:00", "11:00:00"),
            ("10:00:00", "10:30:00"),
            ("10:00:00", "12:00:00"),
        ],
    );
    let metrics = metrics("2026-03-04T12:00:00", &rows);
    assert_eq!(
        (metrics.meetings_today, metrics.meeting_hours_today),
        (Some(3.0), Some(3.0))
    );
    assert_eq!(metrics.back_to_back_meetings, Some(2.0));
}

#[test]
fn ten_minutes_between_meetings_are_enough() {
    let pair = |begin: &str| {
        let rows = meetings(
            "2026-03-04",
            &[("09:00:00", "10:00:00"), (begin, "11:00:00")],
        );
        metrics("2026-03-04T12:00:00", &rows).back_to_back_meetings
    };
    assert_eq!(pair("10:10:00"), Some(0.0));
    assert_eq!(pair("10:09:59"), Some(1.0));
}

#[test]
fn a_short_meeting_within_a_long_one_does_not_end_it() {
    let rows = meetings(
        "2026-03-04",
        &[
            ("09:00:00", "12:00:00"),
            ("09:30:00", "10:00:00"),
            ("12:05:00", "13:00:00"),
        ],
    );
    assert_eq!(
        metrics("2026-03-04T12:00:00", &rows).back_to_back_meetings,
        Some(2.0)
    );
}

#[test]
fn a_break_is_half_an_hour_within_working_hours() {
    let run = |first: (&str, &str), second: (&str, &str)| {
        let rows = meetings("2026-03-04", &[first, second]);
        metrics("2026-03-04T18:00:00", &rows).days_without_breaks
    };
    assert_eq!(
        run(("09:00:00", "12:00:00"), ("12:29:59", "17:00:00")),
        Some(1.0)
    );
    assert_eq!(
        run(("09:00:00", "12:00:00"), ("12:30:00", "17:00:00")),
        Some(0.0)
    );
    assert_eq!(
        run(("09:30:00", "12:00:00"), ("12:00:00", "17:00:00")),
        Some(0.0),
        "a late begin is a break"
    );
    assert_eq!(
        run(("06:00:00", "09:00:00"), ("09:00:00", "17:00:00")),
        Some(1.0)
    );
}

#[test]
fn six_hours_are_not_over_six_hours() {
    // Six meetings of an hour, 20 minutes apart, from 9:20 on: no break of half an hour.
    let day = |length: i64| {
        let rows: Vec<_> = (0..6)
            .map(|n| {
                let from = berlin("2026-03-04T09:10:00") + Duration::minutes(n * 80);
                meeting(n, from, from + Duration::seconds(length))
            })
            .collect();
        metrics("2026-03-04T18:00:00", &rows).days_without_breaks
    };
    assert_eq!(day(3600), Some(0.0));
    assert_eq!(day(3610), Some(1.0));
}

#[test]
fn a_weekend_does_not_end_a_run_of_days_without_breaks() {
    let mut rows = Vec::new();
    for day in ["2026-03-05", "2026-03-06", "2026-03-09"] {
        rows.extend(meetings(day, &[("09:00:00", "17:00:00")]));
    }
    assert_eq!(
        metrics("2026-03-09T18:00:00", &rows).days_without_breaks,
        Some(3.0)
    );
    assert_eq!(
        metrics("2026-03-10T18:00:00", &rows).days_without_breaks,
        Some(3.0),
        "ended yesterday"
    );
    assert_eq!(
        metrics("2026-03-11T18:00:00", &rows).days_without_breaks,
        Some(0.0)
    );
}

#[test]
fn entries_of_whole_days_take_no_hours() {
    let holiday = meeting(
        1,
        berlin("2026-03-04T00:00:00"),
        berlin("2026-03-06T00:00:00"),
    );
    let dated = TaskFact {
        due_on: "2026-03-04".parse().ok(),
        ..row(2, TaskType::Meeting)
    };
    let measured = in_berlin("2026-03-04T12:00:00", &[holiday, dated], &[]);
    assert_eq!(measured.metrics.meetings_today, Some(2.0));
    assert_eq!(measured.metrics.meeting_hours_today, Some(0.0));
    assert_eq!(
        measured.metrics.consecutive_work_days,
        Some(0.0),
        "a holiday is no work"
    );
    // The day the clock goes forward has 23 hours, and its all-day entry is one all the same.
    let short = meeting(
        1,
        berlin("2026-03-29T00:00:00"),
        berlin("2026-03-30T00:00:00"),
    );
    assert_eq!(
        metrics("2026-03-29T12:00:00", &[short]).meeting_hours_today,
        Some(0.0)
    );
}

#[test]
fn due_now_or_today_is_not_overdue() {
    let overdue = |rows: TaskFact| metrics("2026-03-04T12:00:00", &[rows]).overdue_tasks;
    let now = berlin("2026-03-04T12:00:00");
    assert_eq!(
        overdue(TaskFact {
            due_at: Some(now),
            ..task()
        }),
        Some(0.0)
    );
    assert_eq!(
        overdue(TaskFact {
            due_at: Some(now - Duration::microseconds(1)),
            ..task()
        }),
        Some(1.0)
    );
    assert_eq!(
        overdue(TaskFact {
            due_on: "2026-03-04".parse().ok(),
            ..task()
        }),
        Some(0.0)
    );
    assert_eq!(
        overdue(TaskFact {
            due_on: "2026-03-03".parse().ok(),
            ..task()
        }),
        Some(1.0)
    );
    let done = TaskFact {
        due_on: "2026-03-03".parse().ok(),
        status: TaskStatus::Done,
        ..task()
    };
    assert_eq!(overdue(done), Some(0.0));
}

#[test]
fn late_begins_at_nine_and_ends_at_five() {
    let nights = |times: &[&str]| {
        in_berlin("2026-03-04T12:00:00", &[], &acts(times))
            .metrics
            .late_night_sessions
    };
    assert_eq!(nights(&["2026-03-03T20:59:59"]), Some(0.0));
    assert_eq!(nights(&["2026-03-03T21:00:00"]), Some(1.0));
    assert_eq!(nights(&["2026-03-04T04:59:59"]), Some(1.0));
    assert_eq!(nights(&["2026-03-04T05:00:00"]), Some(0.0));
    assert_eq!(
        nights(&["2026-03-03T23:50:00", "2026-03-04T00:10:00"]),
        Some(1.0),
        "one night"
    );
    assert_eq!(
        nights(&["2026-03-02T23:50:00", "2026-03-04T00:10:00"]),
        Some(2.0)
    );
    assert_eq!(
        nights(&["2026-02-24T23:50:00"]),
        Some(0.0),
        "eight days ago"
    );
}

#[test]
fn weekends_are_counted_in_half_days() {
    let halves = |times: &[&str]| {
        in_berlin("2026-03-04T12:00:00", &[], &acts(times))
            .metrics
            .weekend_work_sessions
    };
    assert_eq!(
        halves(&["2026-02-28T09:00:00", "2026-02-28T11:59:59"]),
        Some(1.0)
    );
    assert_eq!(
        halves(&["2026-02-28T11:59:59", "2026-02-28T12:00:00"]),
        Some(2.0)
    );
    assert_eq!(
        halves(&["2026-02-27T23:59:59", "2026-03-02T00:00:00"]),
        Some(0.0),
        "Friday and Monday"
    );
}

#[test]
fn work_counts_once_it_has_begun() {
    let rows = meetings("2026-03-04", &[("11:30:00", "12:30:00")]);
    let days = |now: &str| metrics(now, &rows).consecutive_work_days;
    assert_eq!(
        days("2026-03-04T11:00:00"),
        Some(0.0),
        "planned is not worked"
    );
    assert_eq!(days("2026-03-04T12:00:00"), Some(1.0));
    assert_eq!(days("2026-03-05T12:00:00"), Some(1.0), "ended yesterday");
    assert_eq!(days("2026-03-06T12:00:00"), Some(0.0));
}

#[test]
fn hours_are_spread_over_the_working_days_left() {
    let today = |now: &str, due: Option<&str>, hours: f64| {
        let row = TaskFact {
            due_on: due.and_then(|due| due.parse().ok()),
            estimated_hours: Some(hours),
            ..task()
        };
        let metrics = metrics(now, &[row]);
        (metrics.work_hours_today, metrics.work_hours_this_week)
    };
    // Wednesday, due on Tuesday: four working days, three of them this week.
    assert_eq!(
        today("2026-03-04T12:00:00", Some("2026-03-10"), 10.0),
        (Some(2.0), Some(6.0))
    );
    assert_eq!(
        today("2026-03-04T12:00:00", None, 10.0),
        (Some(1.0), Some(3.0)),
        "undated: over ten"
    );
    assert_eq!(
        today("2026-03-04T12:00:00", Some("2026-03-01"), 6.0),
        (Some(6.0), Some(6.0)),
        "overdue: now"
    );
    // Saturday: what is due on Monday can wait, what is due on Sunday cannot.
    assert_eq!(
        today("2026-03-07T12:00:00", Some("2026-03-09"), 6.0),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(
        today("2026-03-07T12:00:00", Some("2026-03-08"), 6.0),
        (Some(6.0), Some(6.0))
    );
}

#[test]
fn hours_already_spent_are_taken_off() {
    let row = |estimated_hours, actual_hours| TaskFact {
        due_on: "2026-03-04".parse().ok(),
        estimated_hours,
        actual_hours,
        ..task()
    };
    let today = |row| metrics("2026-03-04T12:00:00", &[row]).work_hours_today;
    assert_eq!(today(row(Some(5.0), Some(3.5))), Some(1.5));
    assert_eq!(today(row(Some(5.0), Some(9.0))), Some(0.0));
    assert_eq!(
        today(row(None, Some(9.0))),
        Some(1.0),
        "nobody knows what is left"
    );
    assert_eq!(today(row(Some(f64::NAN), None)), Some(1.0));
    assert_eq!(today(row(Some(-2.0), None)), Some(1.0));
}

#[test]
fn completion_looks_seven_days_back() {
    let now = berlin("2026-03-04T12:00:00");
    let done = |ago: Duration| TaskFact {
        status: TaskStatus::Done,
        completed_at: Some(now - ago),
        ..task()
    };
    let late = |ago: Duration| TaskFact {
        due_at: Some(now - ago),
        ..task()
    };
    let rate = |rows: &[TaskFact]| metrics("2026-03-04T12:00:00", rows).completion_rate;
    let (day, week) = (Duration::days(1), Duration::days(7));
    assert_eq!(
        rate(&[done(day), done(day), done(day), late(day)]),
        Some(0.75)
    );
    assert_eq!(rate(&[done(week), late(week)]), None, "both too long ago");
    assert_eq!(rate(&[task()]), None);
    assert_eq!(rate(&[late(day)]), Some(0.0));
}

#[test]
fn the_trend_follows_the_daily_load() {
    // Tuesday: the window holds ten working days. Meetings grow by an hour every other day.
    let rows = |hours: fn(i64) -> i64| -> Vec<TaskFact> {
        (0..14)
            .map(|back| {
                let from = berlin("2026-03-10T09:00:00") - Duration::days(back);
                meeting(back, from, from + Duration::minutes(hours(back)))
            })
            .collect()
    };
    let trend = |rows: &[TaskFact]| metrics("2026-03-10T18:00:00", rows).workload_trend;
    assert_eq!(trend(&rows(|_| 240)), Some(0.0));
    assert!(trend(&rows(|back| 600 - back * 40)) > Some(0.9));
    assert!(trend(&rows(|back| 40 + back * 40)) < Some(-0.9));
    assert_eq!(
        trend(&rows(|back| if back == 5 { 900 } else { 60 })),
        Some(0.0),
        "one wild day"
    );
    assert_eq!(trend(&rows(|_| 60)[..3]), None, "too few days are known");
}

#[test]
fn a_silent_source_is_not_a_quiet_one() {
    let nothing = metrics("2026-03-04T12:00:00", &[]);
    assert_eq!(nothing, Metrics::default());

    let tasks = metrics("2026-03-04T12:00:00", &[task()]);
    assert_eq!(tasks.total_active_tasks, Some(1.0));
    assert_eq!(tasks.meetings_today, None);
    assert_eq!(tasks.days_without_breaks, None);
    assert_eq!(tasks.weekend_work_sessions, Some(0.0));

    let old = meetings("2026-02-10", &[("09:00:00", "10:00:00")]);
    let meetings = metrics("2026-03-04T12:00:00", &old);
    assert_eq!(
        meetings.meetings_today,
        Some(0.0),
        "a calendar is known, and empty today"
    );
    assert_eq!(meetings.overdue_tasks, None);
    assert_eq!(meetings.work_hours_today, Some(0.0));

    let cancelled = TaskFact {
        status: TaskStatus::Cancelled,
        ..old[0]
    };
    assert_eq!(
        metrics("2026-03-04T12:00:00", &[cancelled]),
        Metrics::default()
    );

    let acts = acts(&["2026-03-04T09:00:00"]);
    let metrics = in_berlin("2026-03-04T12:00:00", &[], &acts).metrics;
    assert_eq!(
        (metrics.consecutive_work_days, metrics.work_hours_today),
        (Some(1.0), None)
    );
}

#[test]
fn numbers_name_the_rows_behind_them() {
    let mut rows = meetings(
        "2026-03-04",
        &[("09:00:00", "10:00:00"), ("10:00:00", "11:00:00")],
    );
    rows.push(TaskFact {
        due_on: "2026-03-02".parse().ok(),
        ..row(8, TaskType::Task)
    });
    rows.push(TaskFact {
        due_on: "2026-03-01".parse().ok(),
        ..row(9, TaskType::Task)
    });
    let on = Evidence::Task { id: TaskId(9) };
    let late = [Act {
        at: berlin("2026-03-03T22:00:00"),
        on: Some(on),
    }];
    let measured = in_berlin("2026-03-04T12:00:00", &rows, &late);
    let tasks = |ids: &[i64]| -> Vec<_> {
        ids.iter()
            .map(|id| Evidence::Task { id: TaskId(*id) })
            .collect()
    };
    let both: Vec<_> = [1, 2].map(|id| Evidence::Meeting { id: TaskId(id) }).into();
    assert_eq!(
        measured.evidence(Metric::OverdueTasks),
        tasks(&[9, 8]),
        "oldest first"
    );
    assert_eq!(measured.evidence(Metric::BackToBackMeetings), both);
    assert_eq!(measured.evidence(Metric::LateNightSessions), [on]);
    assert_eq!(
        measured.evidence(Metric::WorkHoursToday),
        [both, tasks(&[8, 9])].concat()
    );
    assert_eq!(measured.evidence(Metric::WeekendWorkSessions), []);
    let analysis = score(&measured, None, &WorkingHours::default());
    let overdue = analysis
        .factors
        .iter()
        .find(|factor| factor.key == "overdue_tasks");
    assert_eq!(
        overdue.map(|factor| factor.evidence.clone()),
        Some(tasks(&[9, 8]))
    );
}

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
