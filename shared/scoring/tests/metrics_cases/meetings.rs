//! Meetings: whose day they are, how long, and what lies between.

use super::*;

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
