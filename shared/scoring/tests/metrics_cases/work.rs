//! Tasks, hours of work, and what is known of them.

use super::*;

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
fn a_week_whose_clock_skipped_an_hour_reaches_into_the_eighth_day_back() {
    // Monday, half past midnight, a day after the clock went forward: the week begins on Sunday at half past eleven.
    let halves = |now: &str, time: &str| {
        in_berlin(now, &[], &acts(&[time]))
            .metrics
            .weekend_work_sessions
    };
    assert_eq!(
        halves("2026-03-30T00:30:00", "2026-03-22T23:40:00"),
        Some(1.0)
    );
    assert_eq!(
        halves("2026-03-30T00:30:00", "2026-03-22T23:20:00"),
        Some(0.0),
        "more than 168 hours ago"
    );
    assert_eq!(
        halves("2026-03-23T00:30:00", "2026-03-15T23:40:00"),
        Some(0.0),
        "a week of 168 hours"
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
