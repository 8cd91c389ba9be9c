//! The way from rows to [`Measured`].

use super::activity::{Activity, Sessions};
use super::calendar::Calendar;
use super::meetings::Meetings;
use super::plan::{self, PlannedTask};
use super::{Measured, Metric};
use crate::facts::{Context, Evidence, Facts, MAX_EVIDENCE, TaskFact};
use chrono::Duration;
use sentry_domain::TaskStatus;

/// Measures the load of one person.
///
/// Where a source is silent its metrics are `None`: those of tasks while no task is known, those
/// of meetings while no dated meeting is known, those of activity while nothing at all is known.
/// A known source with nothing in it today is a true zero.
pub fn measure(facts: &Facts<'_>, context: &Context) -> Measured {
    let calendar = Calendar::new(context);
    let meetings = Meetings::new(facts.tasks, &calendar);
    let tasks = plan::planned(facts.tasks, &calendar);
    let tasks_known = facts.tasks.iter().any(TaskFact::is_to_do);

    let mut measured = Measured::default();
    if tasks_known {
        put_tasks(&mut measured, facts.tasks, &tasks, &calendar, context);
    }
    if meetings.known {
        put_meetings(&mut measured, &meetings, &calendar, context);
    }
    if tasks_known || meetings.known {
        put_hours(&mut measured, &tasks, &meetings, &calendar);
        let trend = plan::trend(&tasks, &meetings, &calendar, &context.working_hours);
        if let Some(trend) = trend {
            let rows = plan::grown(&tasks, &meetings, &calendar);
            measured.put(Metric::WorkloadTrend, trend, rows);
        }
    }
    if tasks_known || meetings.known || !facts.acts.is_empty() {
        let activity = Activity::new(facts.acts, &meetings, &calendar);
        let mut put = |metric, sessions: Sessions| {
            measured.put(metric, sessions.count as f64, sessions.evidence);
        };
        put(Metric::WeekendWorkSessions, activity.weekends(&calendar));
        put(
            Metric::LateNightSessions,
            activity.late_nights(&calendar, context),
        );
        put(
            Metric::ConsecutiveWorkDays,
            activity.consecutive_days(&calendar),
        );
    }
    measured
}

fn put_tasks(
    measured: &mut Measured,
    rows: &[TaskFact],
    tasks: &[PlannedTask],
    calendar: &Calendar,
    context: &Context,
) {
    let active = || tasks.iter().filter(|task| task.active);
    // `planned` sorts by due day, so the most pressing are named first.
    put_rows(measured, Metric::TotalActiveTasks, active());
    put_rows(
        measured,
        Metric::TasksDueThisWeek,
        active().filter(|task| task.due.is_some_and(|due| (0..=7).contains(&due))),
    );

    let mut late: Vec<&TaskFact> = rows
        .iter()
        .filter(|row| is_overdue(row, calendar, context))
        .collect();
    late.sort_unstable_by_key(|row| (plan::due_day(row, calendar), row.id));
    let ids = late
        .iter()
        .take(MAX_EVIDENCE)
        .map(|row| Evidence::Task { id: row.id })
        .collect();
    measured.put(Metric::OverdueTasks, late.len() as f64, ids);

    put_completion(measured, rows, &late, calendar, context);
}

fn put_rows<'a>(
    measured: &mut Measured,
    metric: Metric,
    tasks: impl Iterator<Item = &'a PlannedTask>,
) {
    let mut count = 0_u32;
    let mut rows = Vec::new();
    for task in tasks {
        count += 1;
        if rows.len() < MAX_EVIDENCE {
            rows.push(Evidence::Task { id: task.id });
        }
    }
    measured.put(metric, f64::from(count), rows);
}

fn is_overdue(row: &TaskFact, calendar: &Calendar, context: &Context) -> bool {
    let late = match (row.due_at, row.due_on) {
        (Some(at), _) => at < context.now,
        (None, Some(date)) => calendar.day_of_date(date) < 0,
        (None, None) => false,
    };
    late && row.is_to_do() && row.status.is_active()
}

/// Done against missed over the last 7 x 24 hours; a day-only due date is missed when its day is over.
fn put_completion(
    measured: &mut Measured,
    rows: &[TaskFact],
    late: &[&TaskFact],
    calendar: &Calendar,
    context: &Context,
) {
    let week_ago = context.now - Duration::days(7);
    let became_late = |row: &&&TaskFact| match (row.due_at, row.due_on) {
        (Some(at), _) => at > week_ago,
        (None, Some(date)) => {
            // Days before the table are long past; asking it for their end would give its begin.
            let day = calendar.day_of_date(date);
            day >= -8 && calendar.start(day + 1) > week_ago.timestamp_millis()
        }
        (None, None) => false,
    };
    let missed: Vec<_> = late.iter().filter(became_late).map(|row| row.id).collect();
    let mut done: Vec<_> = rows
        .iter()
        .filter(|row| row.is_to_do() && row.status == TaskStatus::Done)
        .filter(|row| {
            row.completed_at
                .is_some_and(|at| at > week_ago && at <= context.now)
        })
        .map(|row| row.id)
        .collect();
    let total = missed.len() + done.len();
    if total == 0 {
        return;
    }
    let rate = done.len() as f64 / total as f64;
    done.sort_unstable();
    // What was missed explains a low rate, so it is named first.
    let ids = missed.into_iter().chain(done).take(MAX_EVIDENCE);
    measured.put(
        Metric::CompletionRate,
        rate,
        ids.map(|id| Evidence::Task { id }).collect(),
    );
}

fn put_meetings(
    measured: &mut Measured,
    meetings: &Meetings,
    calendar: &Calendar,
    context: &Context,
) {
    let named = |first, last| -> Vec<Evidence> {
        meetings
            .evidence(first, last, calendar)
            .take(MAX_EVIDENCE)
            .collect()
    };
    let (monday, sunday) = (calendar.monday(), calendar.sunday());
    let today = meetings.hours(0, 0, calendar);
    measured.put(
        Metric::MeetingsToday,
        meetings.count(0, calendar) as f64,
        named(0, 0),
    );
    measured.put(Metric::MeetingHoursToday, today, named(0, 0));
    measured.put(
        Metric::MeetingHoursThisWeek,
        meetings.hours(monday, sunday, calendar),
        named(monday, sunday),
    );
    let (pairs, mut rows) = meetings.back_to_back(0, calendar);
    rows.truncate(MAX_EVIDENCE);
    measured.put(Metric::BackToBackMeetings, pairs as f64, rows);

    let (run, first) = meetings.days_without_breaks(calendar, &context.working_hours);
    let rows = if run > 0 { named(first, 0) } else { Vec::new() };
    measured.put(Metric::DaysWithoutBreaks, run as f64, rows);
}

fn put_hours(
    measured: &mut Measured,
    tasks: &[PlannedTask],
    meetings: &Meetings,
    calendar: &Calendar,
) {
    let planned = |last| -> f64 {
        let active = tasks.iter().filter(|task| task.active);
        active.map(|task| task.hours_until(last, calendar)).sum()
    };
    let (monday, sunday) = (calendar.monday(), calendar.sunday());
    measured.put(
        Metric::WorkHoursToday,
        planned(0) + meetings.hours(0, 0, calendar),
        plan::evidence(0, tasks, meetings.evidence(0, 0, calendar), calendar),
    );
    let week = meetings.evidence(monday, sunday, calendar);
    measured.put(
        Metric::WorkHoursThisWeek,
        planned(sunday) + meetings.hours(monday, sunday, calendar),
        plan::evidence(sunday, tasks, week, calendar),
    );
}
