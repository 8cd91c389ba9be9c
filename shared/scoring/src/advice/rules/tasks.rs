//! Tasks at a better time, in smaller parts, or in other hands.

use super::super::calendar::Room;
use super::super::wording::{counted, date, hours, steps, title};
use super::super::{AdviceKind, AdviceRow, Candidate, Effort, Fields, RowChange, World};
use super::{MANY, PER_RULE, changing, points, value};
use chrono::NaiveDate;
use sentry_domain::{Priority, TaskStatus, TaskType};

/// Tasks whose dates can be settled in one conversation.
const FEW: usize = 5;
/// The key of an idea about several rows at once, whichever they are.
const SEVERAL: &str = "several";
/// Hours from which on a task is worth splitting.
const LARGE: f64 = 4.0;
/// Working days that a new date leaves at least.
const NOTICE_DAYS: i64 = 3;
/// What is left of a task that somebody else does: a quarter of an hour to follow up.
const FOLLOW_UP: f64 = 0.25;
/// Days ahead in which due dates bunch.
const BUNCH_DAYS: i64 = 3;

fn open<'a>(world: &World<'a>) -> impl Iterator<Item = &'a AdviceRow> {
    world
        .rows
        .iter()
        .filter(|row| row.fact.task_type == TaskType::Task && row.fact.status.is_active())
}

fn due_day(world: &World<'_>, row: &AdviceRow) -> Option<NaiveDate> {
    let of_time = row.fact.due_at.map(|at| world.person.zone.day_of(at));
    of_time.or(row.fact.due_on)
}

fn days_left(world: &World<'_>, row: &AdviceRow) -> Option<i64> {
    let today = world.person.zone.day_of(world.at);
    due_day(world, row).map(|day| (day - today).num_days())
}

/// The row's due time on another day: at the same time of day, if it has one.
fn due_on(world: &World<'_>, row: &AdviceRow, day: NaiveDate) -> Fields {
    let zone = world.person.zone;
    match row.fact.due_at {
        Some(at) => Fields {
            due_at: Some(zone.instant_of(day.and_time(zone.wall_clock(at).time()))),
            ..Fields::default()
        },
        None => Fields {
            due_on: Some(day),
            ..Fields::default()
        },
    }
}

fn effort_hours(row: &AdviceRow) -> f64 {
    row.fact.estimated_hours.unwrap_or(1.0)
}

/// The oldest overdue tasks get a date that can be kept.
pub(super) fn renegotiate(world: &World<'_>) -> Vec<Candidate> {
    let today = world.person.zone.day_of(world.at);
    let overdue = |row: &AdviceRow| match (row.fact.due_at, row.fact.due_on) {
        (Some(at), _) => at < world.at,
        (None, Some(day)) => day < today,
        (None, None) => false,
    };
    let mut late: Vec<_> = open(world).filter(|row| overdue(row)).collect();
    late.sort_by_key(|row| (due_day(world, row), row.fact.id));
    let notice = today + chrono::Duration::days(NOTICE_DAYS - 1);
    let mut room = Room::of(world);
    let idea = |row: &AdviceRow| {
        let (day, _) = room.take(notice, effort_hours(row))?;
        let since = due_day(world, row).unwrap_or(today);
        let why = format!(
            "It has been overdue since {}; an agreed date ends that.",
            date(since)
        );
        let how = steps([
            "Tell whoever waits for it what is left to do.",
            "Offer the new date and ask whether it helps.",
            "Write the first step down for tomorrow.",
        ]);
        let name = title(
            "Agree on ",
            &format!("{} for “{}", date(day), row.title),
            "”",
        );
        Some(changing(
            AdviceKind::RenegotiateDeadline,
            &row.fact.id.to_string(),
            (name, why),
            how,
            Effort::Medium,
            vec![RowChange::of(row, due_on(world, row, day))],
        ))
    };
    late.into_iter().take(MANY).map_while(idea).collect()
}

/// What it asks to settle so many tasks with others.
const fn effort_of(count: usize) -> Effort {
    if count > FEW {
        Effort::High
    } else {
        Effort::Medium
    }
}

/// All of these overdue tasks at once.
pub(super) fn renegotiate_all(world: &World<'_>, changes: Vec<RowChange>) -> Candidate {
    let count = changes.len();
    let overdue = counted(value(world, "overdue_tasks"), "task");
    let why = format!(
        "{overdue} are overdue; a new date for one or two would not be felt, for these {count} it would."
    );
    let how = steps([
        "Go through them with whoever waits: what still matters, what can be dropped?",
        "Send one message with the new dates instead of many.",
        "Keep the days you gained free of new promises.",
    ]);
    changing(
        AdviceKind::RenegotiateDeadline,
        SEVERAL,
        (format!("Agree on new dates for {count} overdue tasks"), why),
        how,
        effort_of(count),
        changes,
    )
}

/// Where due dates bunch, what presses least goes to a lighter day.
pub(super) fn move_later(world: &World<'_>) -> Vec<Candidate> {
    let today = points(world, "work_hours_today");
    if today + points(world, "work_hours_this_week") <= 0.0 {
        return Vec::new();
    }
    let mut soon: Vec<_> = open(world)
        .filter(|row| days_left(world, row).is_some_and(|left| (0..=BUNCH_DAYS).contains(&left)))
        .filter(|row| !matches!(row.priority, Priority::High | Priority::Urgent))
        .collect();
    soon.sort_by(|one, other| {
        effort_hours(other)
            .total_cmp(&effort_hours(one))
            .then(one.fact.id.cmp(&other.fact.id))
    });
    let mut room = Room::of(world);
    let idea = |row: &AdviceRow| {
        let due = due_day(world, row)?;
        let (day, load) = room.take(due, effort_hours(row))?;
        let why = format!(
            "It takes {} of {}; {} has {} so far.",
            hours(effort_hours(row)),
            if today > 0.0 {
                "a crowded day"
            } else {
                "a crowded week"
            },
            date(day),
            hours(load)
        );
        let how = steps([
            "Check that nobody waits for it before then.",
            "Tell those who count on it.",
            "Leave today's list at what is left.",
        ]);
        let name = title("Move “", &row.title, &format!("” to {}", date(day)));
        let changes = vec![RowChange::of(row, due_on(world, row, day))];
        let key = row.fact.id.to_string();
        let words = (name, why);
        Some(changing(
            AdviceKind::MoveTask,
            &key,
            words,
            how,
            Effort::Low,
            changes,
        ))
    };
    soon.into_iter().take(MANY).filter_map(idea).collect()
}

/// All of these tasks at once.
pub(super) fn move_all(world: &World<'_>, changes: Vec<RowChange>) -> Candidate {
    let count = changes.len();
    let planned = hours(value(world, "work_hours_today"));
    let why = format!(
        "{planned} of work are planned today; moving one task would not be felt, moving these {count} would."
    );
    let how = steps([
        "Check that nobody waits for them before then.",
        "Tell those who count on them, in one message.",
        "Leave today's list at what is left.",
    ]);
    changing(
        AdviceKind::MoveTask,
        SEVERAL,
        (format!("Move {count} tasks to days with more room"), why),
        how,
        Effort::Medium,
        changes,
    )
}

/// Half of a large task now, half on a lighter day.
pub(super) fn split(world: &World<'_>) -> Vec<Candidate> {
    let mut large: Vec<_> = open(world)
        .filter(|row| days_left(world, row).is_some_and(|left| (0..=BUNCH_DAYS).contains(&left)))
        .filter(|row| row.fact.estimated_hours.is_some_and(|hours| hours >= LARGE))
        .filter(|row| row.fact.actual_hours.unwrap_or(0.0) <= 0.0)
        .collect();
    large.sort_by(|one, other| {
        effort_hours(other)
            .total_cmp(&effort_hours(one))
            .then(one.fact.id.cmp(&other.fact.id))
    });
    let mut room = Room::of(world);
    let idea = |row: &AdviceRow| {
        let due = due_day(world, row)?;
        let half = effort_hours(row) / 2.0;
        let (day, _) = room.take(due, half)?;
        let why = format!(
            "{} at once is a lot; half of it can follow on {}.",
            hours(effort_hours(row)),
            date(day)
        );
        let how = steps([
            "Decide which half must be there first.",
            "Deliver that half on the old date.",
            "Say when the rest comes.",
        ]);
        let name = title("Split “", &row.title, "” into two parts");
        let shorter = Fields {
            estimated_hours: Some(half),
            ..Fields::default()
        };
        let rest = Fields {
            due_on: Some(day),
            estimated_hours: Some(half),
            ..Fields::default()
        };
        let changes = vec![
            RowChange::of(row, shorter),
            RowChange::new(title("Second part: ", &row.title, ""), TaskType::Task, rest),
        ];
        let key = row.fact.id.to_string();
        let words = (name, why);
        Some(changing(
            AdviceKind::SplitTask,
            &key,
            words,
            how,
            Effort::Medium,
            changes,
        ))
    };
    large.into_iter().take(PER_RULE).filter_map(idea).collect()
}

/// What others can do, others do.
pub(super) fn delegate(world: &World<'_>) -> Vec<Candidate> {
    if !world.may_delegate || value(world, "total_active_tasks") <= 1.0 {
        return Vec::new();
    }
    let mut rows: Vec<_> = open(world)
        .filter(|row| row.can_delegate && row.fact.status != TaskStatus::Waiting)
        .filter(|row| effort_hours(row) > FOLLOW_UP)
        .collect();
    rows.sort_by(|one, other| {
        effort_hours(other)
            .total_cmp(&effort_hours(one))
            .then(one.fact.id.cmp(&other.fact.id))
    });
    let idea = |row: &AdviceRow| {
        let set = Fields {
            status: Some(TaskStatus::Waiting),
            estimated_hours: Some(FOLLOW_UP),
            ..Fields::default()
        };
        let why = format!(
            "It takes {} and somebody else could do it; a quarter of an hour stays with you.",
            hours(effort_hours(row))
        );
        let how = steps([
            "Choose who has room for it and would learn from it.",
            "Say what done means, and by when.",
            "Agree on one moment to look at it together.",
        ]);
        changing(
            AdviceKind::DelegateTask,
            &row.fact.id.to_string(),
            (title("Hand over “", &row.title, "”"), why),
            how,
            Effort::Medium,
            vec![RowChange::of(row, set)],
        )
    };
    rows.into_iter().take(MANY).map(idea).collect()
}

/// All of these tasks at once.
pub(super) fn delegate_all(world: &World<'_>, changes: Vec<RowChange>) -> Candidate {
    let count = changes.len();
    let open = counted(value(world, "total_active_tasks"), "task");
    let why = format!(
        "You have {open}; handing over one would not be felt, handing over these {count} that others could do would."
    );
    let how = steps([
        "Choose for each who has room for it and would learn from it.",
        "Say what done means, and by when.",
        "Agree on one moment to look at all of them together.",
    ]);
    changing(
        AdviceKind::DelegateTask,
        SEVERAL,
        (format!("Hand over {count} tasks"), why),
        how,
        effort_of(count),
        changes,
    )
}
