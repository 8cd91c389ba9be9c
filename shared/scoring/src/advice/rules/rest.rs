//! Time to work undisturbed, time to rest, and an end of the day.

use super::super::calendar::{Room, busy, gap};
use super::super::filter::bounds;
use super::super::wording::{clock, counted, date, hours, steps, when};
use super::super::{AdviceKind, Candidate, Effort, Fields, RowChange, World};
use super::{changing, points, value};
use chrono::Datelike;
use sentry_domain::TaskType;

const FOCUS_MINUTES: i64 = 90;
const REST_MINUTES: i64 = 30;
/// A score from which on a day off is worth asking for.
const HIGH: f64 = 70.0;
/// Days of work in a row after which one is due.
const RUN_DAYS: f64 = 5.0;
/// Half-days off on which somebody worked, from which on one is due.
const HALF_DAYS_OFF: f64 = 2.0;

/// A gap of the calendar, kept: an entry without hours of its own.
fn block(
    title: &str,
    gap: (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>),
) -> RowChange {
    let set = Fields {
        start_at: Some(gap.0),
        end_at: Some(gap.1),
        estimated_hours: Some(0.0),
        ..Fields::default()
    };
    RowChange::new(title.to_owned(), TaskType::Task, set)
}

/// An hour and a half without interruption, where the calendar has one.
pub(super) fn focus(world: &World<'_>) -> Vec<Candidate> {
    let pressed = points(world, "total_active_tasks") + points(world, "overdue_tasks") > 0.0;
    if !pressed {
        return Vec::new();
    }
    let Some((from, until)) = gap(world, FOCUS_MINUTES, 0..5, world.at) else {
        return Vec::new();
    };
    let zone = world.person.zone;
    let open = value(world, "total_active_tasks");
    let why = format!(
        "{} {} open and your calendar is free from {} to {}.",
        counted(open, "task"),
        if open > 1.0 { "are" } else { "is" },
        when(from, zone, world.at),
        clock(until, zone)
    );
    let how = steps([
        "Choose the one task before you begin.",
        "Switch off chat and mail for the time.",
        "Stop at the end, finished or not.",
    ]);
    vec![Candidate {
        starts_at: Some(from),
        ends_at: Some(until),
        ..changing(
            AdviceKind::FocusBlock,
            &zone.day_of(from).to_string(),
            (
                format!(
                    "Keep {}–{} for one task alone",
                    when(from, zone, world.at),
                    clock(until, zone)
                ),
                why,
            ),
            how,
            Effort::Low,
            vec![block("Focus time", (from, until))],
        )
    }]
}

/// Half an hour of rest today, after or between meetings.
pub(super) fn pause(world: &World<'_>) -> Vec<Candidate> {
    let dense = points(world, "back_to_back_meetings")
        + points(world, "days_without_breaks")
        + points(world, "meeting_hours_today");
    if dense <= 0.0 {
        return Vec::new();
    }
    let zone = world.person.zone;
    let today = zone.day_of(world.at);
    // Rest follows something.
    let first = busy(world)
        .into_iter()
        .find(|(from, _)| zone.day_of(*from) == today);
    let after = first.map_or(world.at, |(_, until)| until);
    let Some((from, until)) = gap(world, REST_MINUTES, 0..1, after) else {
        return Vec::new();
    };
    let why = format!(
        "You have {} of meetings today and a gap at {}.",
        hours(value(world, "meeting_hours_today")),
        clock(from, zone)
    );
    let how = steps([
        "Leave the screen and the room.",
        "Walk, eat or sit outside; no calls.",
        "Come back at the end of it, not before.",
    ]);
    vec![Candidate {
        starts_at: Some(from),
        ends_at: Some(until),
        ..changing(
            AdviceKind::RecoveryBreak,
            &zone.day_of(from).to_string(),
            (
                format!(
                    "Rest from {} to {} today",
                    clock(from, zone),
                    clock(until, zone)
                ),
                why,
            ),
            how,
            Effort::Low,
            vec![block("Break", (from, until))],
        )
    }]
}

/// An end of today's work, where nights or hours say so.
pub(super) fn stop_time(world: &World<'_>) -> Vec<Candidate> {
    let late = points(world, "late_night_sessions") + points(world, "work_hours_today");
    let zone = world.person.zone;
    let today = zone.day_of(world.at);
    let shift = world.person.working_hours.shift(today.weekday());
    let Some(shift) = shift.filter(|_| late > 0.0) else {
        return Vec::new();
    };
    let last = if shift.ends_next_day() {
        today.succ_opt().unwrap_or(today)
    } else {
        today
    };
    let end = zone.instant_of(last.and_time(shift.until));
    if end <= world.at {
        return Vec::new();
    }
    let nights = value(world, "late_night_sessions");
    let why = if nights > 0.0 {
        format!("You worked late on {nights} of the last 7 nights.")
    } else {
        let planned = value(world, "work_hours_today");
        format!("{} of work are planned today.", hours(planned))
    };
    let how = steps([
        "Write tomorrow's first step down a quarter of an hour before.",
        "Close mail and chat at the time.",
        "Put the laptop where you do not see it.",
    ]);
    vec![Candidate {
        starts_at: Some(end),
        ..changing(
            AdviceKind::StopTime,
            &today.to_string(),
            (format!("Stop work at {} today", clock(end, zone)), why),
            how,
            Effort::Low,
            Vec::new(),
        )
    }]
}

/// A day off on the lightest day that nothing holds.
pub(super) fn day_off(world: &World<'_>) -> Vec<Candidate> {
    let score = world.analysis.final_score.unwrap_or(0.0);
    let run = value(world, "consecutive_work_days");
    let half_days = value(world, "weekend_work_sessions");
    let reason = if score >= HIGH {
        format!("Your load is high, {score:.0} of 100")
    } else if run > RUN_DAYS {
        format!("You have worked {run} days in a row")
    } else if half_days >= HALF_DAYS_OFF {
        format!("You have worked on {half_days} half-days off this week")
    } else {
        return Vec::new();
    };
    let zone = world.person.zone;
    let today = zone.day_of(world.at);
    let Some((day, load)) = Room::of(world).take(today, 0.0) else {
        return Vec::new();
    };
    let (from, until) = bounds(day, zone);
    let planned = if load > 0.0 {
        format!("only {} are planned for or due on", hours(load))
    } else {
        "nothing is planned for or due on".to_owned()
    };
    let why = format!("{reason}, and {planned} {}.", date(day));
    let how = steps([
        "Ask for the day now, while it is still free.",
        "Move or hand over what stands on it.",
        "Set an absence note and leave the phone at home.",
    ]);
    vec![Candidate {
        starts_at: Some(from),
        ends_at: Some(until),
        ..changing(
            AdviceKind::DayOff,
            &day.to_string(),
            (format!("Take {} off", date(day)), why),
            how,
            Effort::High,
            Vec::new(),
        )
    }]
}
