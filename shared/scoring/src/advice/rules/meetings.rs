//! Fewer, shorter and looser meetings.

use super::super::calendar::{WHOLE_DAY, span};
use super::super::wording::{clock, steps, title, when};
use super::super::{AdviceKind, AdviceRow, Candidate, Effort, Fields, RowChange, World};
use super::{PER_RULE, changing, points};
use chrono::{DateTime, Duration, Utc};
use sentry_domain::{TaskStatus, TaskType};

/// Minutes between meetings after which they no longer follow each other without a break.
const GAP: i64 = 10;
/// Shorter than this, a meeting is not made shorter.
const SHORTEST: i64 = 15;
/// Days ahead in which a meeting weighs on this week.
const DAYS: i64 = 7;

type Meeting<'a> = (&'a AdviceRow, DateTime<Utc>, DateTime<Utc>);

/// Meetings that have not begun, of the next days, in order of time; entries of a whole day are none.
fn coming<'a>(world: &World<'a>) -> Vec<Meeting<'a>> {
    let mut found: Vec<_> = world
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.fact.task_type == TaskType::Meeting && row.fact.status.is_active())
        .filter_map(|(index, row)| span(world, index).map(|(from, until)| (row, from, until)))
        .filter(|(_, from, until)| *from > world.at && *until - *from < WHOLE_DAY)
        .filter(|(_, from, _)| *from < world.at + Duration::days(DAYS))
        .collect();
    found.sort_by_key(|(row, from, _)| (*from, row.fact.id));
    found
}

/// Optional meetings can be left out.
pub(super) fn decline(world: &World<'_>) -> Vec<Candidate> {
    let zone = world.person.zone;
    let optional = coming(world)
        .into_iter()
        .filter(|(row, ..)| row.is_optional);
    let idea = |(row, from, until): Meeting<'_>| {
        let set = Fields {
            status: Some(TaskStatus::Cancelled),
            ..Fields::default()
        };
        let why = format!(
            "It is optional and takes {} to {} of your day.",
            when(from, zone, world.at),
            clock(until, zone)
        );
        let how = steps([
            "Tell the organiser that you will not come.",
            "Ask for the notes or the decision afterwards.",
            "Keep the time free for what you had planned.",
        ]);
        let name = title(
            "Decline “",
            &row.title,
            &format!("” on {}", when(from, zone, world.at)),
        );
        Candidate {
            starts_at: Some(from),
            ends_at: Some(until),
            ..changing(
                AdviceKind::DeclineMeeting,
                &row.fact.id.to_string(),
                (name, why),
                how,
                Effort::Low,
                vec![RowChange::of(row, set)],
            )
        }
    };
    // Today's first, as many as can be compared.
    optional.take(2 * PER_RULE).map(idea).collect()
}

/// Long meetings of a crowded day end a quarter earlier.
pub(super) fn shorten(world: &World<'_>) -> Vec<Candidate> {
    if points(world, "meeting_hours_today") + points(world, "work_hours_this_week") <= 0.0 {
        return Vec::new();
    }
    let zone = world.person.zone;
    let long = coming(world).into_iter().filter(|(row, from, until)| {
        *until - *from >= Duration::minutes(45) && row.fact.start_at.is_some()
    });
    let idea = |(row, from, until): Meeting<'_>| {
        let minutes = (until - from).num_minutes() * 3 / 4 / 15 * 15;
        let end = from + Duration::minutes(minutes.max(SHORTEST));
        let set = Fields {
            end_at: Some(end),
            ..Fields::default()
        };
        let why = format!(
            "It is planned until {}; ending at {} gives you {} minutes back.",
            clock(until, zone),
            clock(end, zone),
            (until - end).num_minutes()
        );
        let how = steps([
            "Propose the earlier end to the organiser.",
            "Write the two questions it must answer into the invitation.",
            "Close it when they are answered.",
        ]);
        let name = title(
            "End “",
            &row.title,
            &format!("” at {}", when(end, zone, world.at)),
        );
        Candidate {
            starts_at: Some(from),
            ends_at: Some(until),
            ..changing(
                AdviceKind::ShortenMeeting,
                &row.fact.id.to_string(),
                (name, why),
                how,
                Effort::Medium,
                vec![RowChange::of(row, set)],
            )
        }
    };
    long.take(PER_RULE).map(idea).collect()
}

/// Meetings that follow each other without a break end a little earlier.
pub(super) fn break_up(world: &World<'_>) -> Vec<Candidate> {
    let zone = world.person.zone;
    let today = zone.day_of(world.at);
    let meetings: Vec<_> = coming(world)
        .into_iter()
        .filter(|(_, from, _)| zone.day_of(*from) == today)
        .collect();
    let mut changes = Vec::new();
    let mut ends = Vec::new();
    for pair in meetings.windows(2) {
        let ((row, from, until), (_, next, _)) = (pair[0], pair[1]);
        let end = next - Duration::minutes(GAP);
        let shortens = next >= until && next - until < Duration::minutes(GAP);
        if shortens && end - from >= Duration::minutes(SHORTEST) {
            let set = Fields {
                end_at: Some(end),
                start_at: row.fact.start_at.is_none().then_some(from),
                ..Fields::default()
            };
            changes.push(RowChange::of(row, set));
            ends.push((row.fact.id, from, until));
        }
    }
    let (Some((first, from, _)), Some((_, _, until))) = (ends.first(), ends.last()) else {
        return Vec::new();
    };
    let count = changes.len();
    let breaks = if count == 1 { "a break" } else { "breaks" };
    let why = format!(
        "{count} of your meetings from {} on end less than {GAP} minutes before the next.",
        clock(*from, zone)
    );
    let how = steps([
        "Tell the group at the start that you will end early.",
        "Leave the desk in each break, if only to the window.",
        "Keep it as the usual length when it works.",
    ]);
    let name = format!("Put {breaks} of {GAP} minutes between today's meetings");
    vec![Candidate {
        starts_at: Some(*from),
        ends_at: Some(*until),
        ..changing(
            AdviceKind::BreakUpMeetings,
            &format!("{today}:{first}"),
            (name, why),
            how,
            Effort::Low,
            changes,
        )
    }]
}
