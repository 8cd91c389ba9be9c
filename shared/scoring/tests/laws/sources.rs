//! Each source alone.

use super::*;

/// A quiet week in which every source is known.
pub fn quiet() -> (Context, Vec<TaskFact>, Vec<Act>) {
    let context = Context::new("2026-03-04T15:00:00Z".parse().unwrap(), Zone::UTC);
    let created_at = "2026-02-01T09:00:00Z".parse().unwrap();
    let row = |id, task_type| TaskFact::new(TaskId(id), task_type, created_at);
    let mut meeting = row(2, TaskType::Meeting);
    meeting.start_at = "2026-03-04T10:00:00Z".parse().ok();
    meeting.end_at = "2026-03-04T10:30:00Z".parse().ok();
    (context, vec![row(1, TaskType::Task), meeting], Vec::new())
}

#[test]
fn each_source_alone_moves_the_score() {
    let (context, rows, acts) = quiet();
    let total = |rows: &[TaskFact], acts: &[Act], mood: Option<&Mood>| {
        let measured = measure(&Facts { tasks: rows, acts }, &context);
        score(&measured, mood, &context.working_hours)
            .final_score
            .unwrap()
    };
    let calm = total(&rows, &acts, None);

    let mut overdue = rows.clone();
    overdue[0].due_on = "2026-03-03".parse().ok();
    assert!(total(&overdue, &acts, None) > calm, "tasks");

    let mut long = rows.clone();
    long[1].end_at = "2026-03-04T15:00:00Z".parse().ok();
    assert!(total(&long, &acts, None) > calm, "meetings");

    let late = [Act {
        at: "2026-03-03T23:30:00Z".parse().unwrap(),
        on: None,
    }];
    assert!(total(&rows, &late, None) > calm, "own acts");

    assert!(total(&rows, &acts, Some(&Mood::from(-0.6))) > calm, "texts");
}

#[test]
fn a_night_shift_of_six_days_has_its_own_weekend() {
    // Sunday to Friday nights: a day off is what the contract says, not what the calendar says.
    let night = Shift {
        from: "22:00:00".parse().unwrap(),
        until: "06:00:00".parse().unwrap(),
    };
    let hours = WorkingHours {
        sunday: Some(night),
        ..WorkingHours::weekdays(night)
    };
    let (mut context, rows, _) = quiet();
    context.working_hours = hours;
    let on = |at: &str| {
        [Act {
            at: at.parse().unwrap(),
            on: None,
        }]
    };
    let weekend = |acts: &[Act]| {
        measure(&Facts { tasks: &rows, acts }, &context)
            .metrics
            .weekend_work_sessions
    };
    assert_eq!(
        weekend(&on("2026-03-01T10:00:00Z")),
        Some(0.0),
        "Sunday is a working day"
    );
    assert_eq!(
        weekend(&on("2026-02-28T10:00:00Z")),
        Some(1.0),
        "Saturday is not"
    );
}
