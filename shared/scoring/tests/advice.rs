//! Advice over random lives: what it promises must hold for everybody.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;
use sentry_domain::{Priority, TaskId, TaskType, Zone};
use sentry_scoring::advice::{
    AdviceKind, AdviceRow, Candidate, Constraint, ConstraintKind, MAX_OFFERS, MAX_TITLE, Wishes,
    World, candidates, pick, simulate,
};
use sentry_scoring::{Origin, Person, TaskFact, own_acts};

fn now() -> DateTime<Utc> {
    "2026-03-04T10:20:00Z".parse().unwrap()
}

/// A task or meeting with everything that rules look at.
fn row() -> impl Strategy<Value = AdviceRow> {
    let times = (any::<bool>(), -200i64..300, 1i64..16, any::<bool>());
    let flags = (any::<bool>(), any::<bool>(), 0..4usize, 0.25..12.0f64);
    (times, flags, "[A-Za-z ]{1,80}").prop_map(
        |((meeting, hours, quarters, dated), flags, title)| {
            let (is_optional, can_delegate, priority, estimate) = flags;
            let at = now() + Duration::hours(hours);
            let task_type = if meeting {
                TaskType::Meeting
            } else {
                TaskType::Task
            };
            let fact = TaskFact {
                due_at: (!meeting && !dated).then_some(at),
                due_on: (!meeting && dated).then(|| at.date_naive()),
                start_at: meeting.then_some(at),
                end_at: meeting.then(|| at + Duration::minutes(15 * quarters)),
                estimated_hours: (!meeting).then_some(estimate),
                ..TaskFact::new(TaskId(0), task_type, now() - Duration::days(20))
            };
            AdviceRow {
                fact,
                origin: Origin {
                    touched_at: Some(now() - Duration::days(2)),
                    entered_here: true,
                    has_provider: false,
                },
                title,
                priority: Priority::ALL[priority],
                is_optional,
                can_delegate,
                version: 3,
            }
        },
    )
}

fn constraint() -> impl Strategy<Value = Constraint> {
    (0..4usize, -100i64..300, proptest::option::of(1i64..300)).prop_map(|(kind, from, length)| {
        let starts_at = now() + Duration::hours(from);
        Constraint {
            kind: ConstraintKind::ALL[kind],
            starts_at,
            ends_at: length.map(|hours| starts_at + Duration::hours(hours)),
        }
    })
}

fn person(rows: &mut [AdviceRow], zone: usize) -> Person {
    for (id, row) in (1..).zip(rows.iter_mut()) {
        row.fact.id = TaskId(id);
    }
    let zones = [
        "UTC",
        "Asia/Tokyo",
        "America/New_York",
        "Pacific/Marquesas",
        "Europe/Berlin",
    ];
    Person {
        zone: zones[zone % zones.len()].parse::<Zone>().unwrap(),
        tasks: rows.iter().map(|row| row.fact).collect(),
        acts: rows
            .iter()
            .flat_map(|row| own_acts(&row.fact, &row.origin))
            .collect(),
        ..Person::default()
    }
}

/// Offers to a random person, with no wishes of their own.
fn offers(person: &Person, rows: &[AdviceRow], constraints: &[Constraint]) -> Vec<Candidate> {
    let analysis = person.assess(now(), None).analysis;
    let world = World {
        at: now(),
        person,
        rows,
        analysis: &analysis,
        may_delegate: true,
        constraints,
    };
    let wishes = Wishes {
        limit: MAX_OFFERS,
        ..Wishes::default()
    };
    pick(candidates(&world), &wishes)
}

/// Independent of the engine's own filter: which kinds an active constraint rules out, and which
/// instants a kind may not touch.
fn violates(constraint: &Constraint, offer: &Candidate, zone: Zone) -> bool {
    use AdviceKind::{
        BreakUpMeetings, DayOff, DeclineMeeting, DelegateTask, FocusBlock, MoveTask, RecoveryBreak,
        RenegotiateDeadline, ShortenMeeting, SplitTask,
    };
    let ruled_out: &[AdviceKind] = match constraint.kind {
        ConstraintKind::Deadline => &[MoveTask, RenegotiateDeadline, SplitTask, DayOff],
        ConstraintKind::PtoBlock => &[
            DayOff,
            MoveTask,
            RenegotiateDeadline,
            SplitTask,
            FocusBlock,
            RecoveryBreak,
        ],
        ConstraintKind::DelegationBlock => &[DelegateTask],
        ConstraintKind::MeetingBlock => &[
            DeclineMeeting,
            ShortenMeeting,
            BreakUpMeetings,
            FocusBlock,
            RecoveryBreak,
        ],
    };
    if !ruled_out.contains(&offer.kind) {
        return false;
    }
    // An instant is an interval of no length.
    let meets = |from: DateTime<Utc>, until: DateTime<Utc>| {
        until >= constraint.starts_at && constraint.ends_at.is_none_or(|end| from < end)
    };
    let day = |day: NaiveDate| {
        let next = zone.start_of(day.succ_opt().unwrap());
        (zone.start_of(day), next - Duration::seconds(1))
    };
    let mut times = vec![(now(), now())];
    let whole = |from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>| {
        from.map(|from| (from, until.unwrap_or(from)))
    };
    times.extend(whole(offer.starts_at, offer.ends_at));
    for change in &offer.changes {
        let (was, set) = (change.row.as_ref().map(|row| &row.was), &change.set);
        for fields in was.into_iter().chain([set]) {
            times.extend(whole(fields.due_at, None));
            times.extend(whole(fields.start_at, fields.end_at));
            times.extend(whole(fields.end_at, None));
            times.extend(fields.due_on.map(day));
        }
    }
    times.into_iter().any(|(from, until)| meets(from, until))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_offer_violates_a_constraint(
        mut rows in proptest::collection::vec(row(), 0..30),
        constraints in proptest::collection::vec(constraint(), 0..4),
        zone in 0..5usize,
    ) {
        let person = person(&mut rows, zone);
        for offer in offers(&person, &rows, &constraints) {
            for constraint in &constraints {
                prop_assert!(!violates(constraint, &offer, person.zone), "{constraint:?} {offer:?}");
            }
        }
    }

    #[test]
    fn offers_are_few_short_mixed_and_honest(
        mut rows in proptest::collection::vec(row(), 0..30),
        zone in 0..5usize,
    ) {
        let person = person(&mut rows, zone);
        let found = offers(&person, &rows, &[]);
        prop_assert!(found.len() <= MAX_OFFERS);
        prop_assert_eq!(&offers(&person, &rows, &[]), &found, "the same rows give the same offers");
        let before = person.assess(now(), None).analysis.final_score;
        for offer in &found {
            prop_assert!(offer.title.chars().count() <= MAX_TITLE, "{}", offer.title);
            prop_assert!((3..=5).contains(&offer.steps.len()));
            prop_assert!(found.iter().filter(|other| other.kind == offer.kind).count() <= 2);
            let after = simulate(&person, &rows, &offer.changes, now()).assess(now(), None).analysis.final_score;
            let real = before.zip(after).map(|(before, after)| before - after);
            if let (Some(effect), Some(real)) = (offer.expected_effect, real) {
                prop_assert!((effect - real).abs() < 0.01, "{offer:?}");
            }
            for change in offer.changes.iter().filter_map(|change| change.row.as_ref()) {
                let row = rows.iter().find(|row| row.fact.id == change.id);
                prop_assert_eq!(row.map(|row| (&row.title, row.version)), Some((&change.title, change.version)));
            }
        }
    }

    #[test]
    fn no_offer_fills_a_day_that_another_takes_off_and_none_is_taken_off_without_need(
        mut rows in proptest::collection::vec(row(), 0..30),
        zone in 0..5usize,
    ) {
        let person = person(&mut rows, zone);
        let found = offers(&person, &rows, &[]);
        let analysis = person.assess(now(), None).analysis;
        let value = |key: &str| analysis.factors.iter().find(|f| f.key == key).map_or(0.0, |f| f.value);
        for off in found.iter().filter(|offer| offer.kind == AdviceKind::DayOff) {
            prop_assert!(
                analysis.final_score >= Some(70.0) || value("consecutive_work_days") > 5.0
                    || value("weekend_work_sessions") >= 2.0,
                "{off:?}"
            );
            let day = person.zone.day_of(off.starts_at.unwrap());
            for change in found.iter().flat_map(|offer| &offer.changes) {
                let set = &change.set;
                let times = [set.due_at, set.start_at, set.end_at].into_iter().flatten();
                let mut days = times.map(|at| person.zone.day_of(at)).chain(set.due_on);
                prop_assert!(days.all(|other| other != day), "{change:?}");
            }
        }
    }

    #[test]
    fn who_is_far_behind_is_offered_what_is_felt(
        late in proptest::collection::vec((1i64..60, 0.5..9.0f64), 10..40),
        zone in 0..5usize,
    ) {
        let overdue = |(days, hours): &(i64, f64)| {
            let fact = TaskFact {
                due_on: Some((now() - Duration::days(days + 1)).date_naive()),
                estimated_hours: Some(*hours),
                ..TaskFact::new(TaskId(0), TaskType::Task, now() - Duration::days(70))
            };
            AdviceRow {
                fact,
                origin: Origin { touched_at: None, entered_here: false, has_provider: false },
                title: "Reply".to_owned(),
                priority: Priority::Medium,
                is_optional: false,
                can_delegate: false,
                version: 1,
            }
        };
        let mut rows: Vec<_> = late.iter().map(overdue).collect();
        let person = person(&mut rows, zone);
        let found = offers(&person, &rows, &[]);
        prop_assert!(
            found.iter().any(|offer| offer.expected_effect > Some(0.0)),
            "{found:#?}"
        );
    }

    #[test]
    fn avoided_kinds_and_silenced_ideas_are_never_offered(
        mut rows in proptest::collection::vec(row(), 0..30),
        avoided in proptest::sample::subsequence(AdviceKind::ALL.to_vec(), 0..6),
        limit in 0..6usize,
    ) {
        let person = person(&mut rows, 0);
        let analysis = person.assess(now(), None).analysis;
        let world = World {
            at: now(),
            person: &person,
            rows: &rows,
            analysis: &analysis,
            may_delegate: false,
            constraints: &[],
        };
        let all = candidates(&world);
        prop_assert!(all.iter().all(|c| c.kind != AdviceKind::DelegateTask));
        let silenced: Vec<String> = all.iter().step_by(3).map(|c| c.key.clone()).collect();
        let wishes = Wishes { avoided: avoided.clone(), silenced: silenced.clone(), limit, ..Wishes::default() };
        let found = pick(all, &wishes);
        prop_assert!(found.len() <= limit);
        for offer in found {
            prop_assert!(!avoided.contains(&offer.kind) && !silenced.contains(&offer.key));
        }
    }
}
