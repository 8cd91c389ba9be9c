//! What a score is computed from: the few columns the metrics need, of one person or of hundreds,
//! with one statement per source.

use crate::Tx;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sentry_domain::{TaskId, TaskSource, TaskStatus, TaskType, UserId, Zone};
use sentry_scoring::{
    Act, AlertKind, COMPLETED_DAYS, LOOKBACK_DAYS, MOOD_DAYS, MoodEntry, Origin, Person, TaskFact,
    WorkingHours, own_acts,
};
use std::collections::HashMap;

/// Rows of one person that are looked at, newest first: far more than anybody can keep in view,
/// and a bound to what one account can cost all others in its batch.
const MAX_TASKS: i64 = 5_000;
/// The same for texts of one week.
const MAX_TEXTS: i64 = 500;
/// The person's day begins up to 14 hours before or after UTC's; one day more covers it all.
const MARGIN_DAYS: i64 = 2;
/// Meetings are looked at until the end of the week and a little more.
const AHEAD_DAYS: i64 = 9;

/// The rows of one person; `None` where there is no such account.
pub async fn person(
    tx: &mut Tx,
    owner: UserId,
    at: DateTime<Utc>,
) -> crate::Result<Option<Person>> {
    let found = people(tx, &[owner], at).await?;
    Ok(found.into_iter().next().map(|(_, person)| person))
}

/// The rows of these people, by three statements however many they are. Accounts that are gone
/// are left out.
pub async fn people(
    tx: &mut Tx,
    owners: &[UserId],
    at: DateTime<Utc>,
) -> crate::Result<Vec<(UserId, Person)>> {
    let ids: Vec<i64> = owners.iter().map(|owner| owner.0).collect();
    let mut people = frames(tx, &ids).await?;
    let ids: Vec<i64> = people.iter().map(|(owner, _)| owner.0).collect();
    if ids.is_empty() {
        return Ok(people);
    }
    let index = ids.iter().copied().zip(0..).collect();
    tasks(tx, &ids, at, &mut people, &index).await?;
    texts(tx, &ids, at, &mut people, &index).await?;
    Ok(people)
}

/// Where a person's rows go, by the person's id.
type Index = HashMap<i64, usize>;

async fn frames(tx: &mut Tx, ids: &[i64]) -> crate::Result<Vec<(UserId, Person)>> {
    let rows = sqlx::query!(
        r#"
        select u.id, u.time_zone, p.working_hours as "working_hours?"
        from users u
        left join user_profiles p on p.user_id = u.id
        where u.id = any($1) and u.deleted_at is null
        "#,
        ids,
    )
    .fetch_all(&mut **tx)
    .await?;
    let person = |zone, hours| Person {
        zone,
        working_hours: hours,
        ..Person::default()
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let hours = row.working_hours.map(|hours| working_hours(row.id, hours));
            let zone = zone(row.id, &row.time_zone);
            (UserId(row.id), person(zone, hours.unwrap_or_default()))
        })
        .collect())
}

/// A zone that this release does not know is no reason to leave a person without a score.
fn zone(owner: i64, name: &str) -> Zone {
    name.parse().unwrap_or_else(|error| {
        tracing::warn!(user.id = owner, zone = name, %error, "counting in UTC");
        Zone::UTC
    })
}

/// The same for working hours in a shape that is not understood.
fn working_hours(owner: i64, stored: serde_json::Value) -> WorkingHours {
    serde_json::from_value(stored).unwrap_or_else(|error| {
        tracing::warn!(user.id = owner, %error, "counting with the usual working hours");
        WorkingHours::default()
    })
}

struct TaskRow {
    user_id: i64,
    id: TaskId,
    task_type: TaskType,
    status: TaskStatus,
    source: TaskSource,
    has_provider: bool,
    created_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
    touched_at: Option<DateTime<Utc>>,
    due_at: Option<DateTime<Utc>>,
    due_on: Option<NaiveDate>,
    start_at: Option<DateTime<Utc>>,
    end_at: Option<DateTime<Utc>>,
    estimated_hours: Option<f64>,
    actual_hours: Option<f64>,
}

/// Open tasks, those done or touched lately, and the meetings around today.
///
/// The limit inside of the lateral keeps the plan to one walk along the owner's index per person,
/// whatever the planner thinks of the number of people.
async fn tasks(
    tx: &mut Tx,
    ids: &[i64],
    at: DateTime<Utc>,
    people: &mut [(UserId, Person)],
    index: &Index,
) -> crate::Result<()> {
    let rows = sqlx::query_as!(
        TaskRow,
        r#"
        select u.id as "user_id!", t.id as "id!: TaskId", t.task_type as "task_type!: TaskType",
               t.status as "status!: TaskStatus", t.source as "source!: TaskSource",
               t.provider is not null as "has_provider!", t.created_at as "created_at!",
               t.completed_at as "completed_at?", t.touched_at as "touched_at?", t.due_at as "due_at?",
               t.due_on as "due_on?", t.start_at as "start_at?", t.end_at as "end_at?",
               t.estimated_hours as "estimated_hours?", t.actual_hours as "actual_hours?"
        from unnest($1::bigint[]) u(id)
        cross join lateral (
            select * from tasks
            where user_id = u.id and deleted_at is null
              and (
                  (task_type = 'task' and status not in ('done', 'cancelled'))
                  or completed_at >= $2
                  or touched_at >= $3
                  or (task_type = 'meeting'
                      and coalesce(end_at, start_at, due_at, due_on::timestamp at time zone 'UTC') >= $3
                      and coalesce(start_at, due_at, due_on::timestamp at time zone 'UTC') <= $4)
              )
            order by id desc
            limit $5
        ) t
        "#,
        ids,
        at - Duration::days(COMPLETED_DAYS + MARGIN_DAYS),
        at - Duration::days(LOOKBACK_DAYS + MARGIN_DAYS),
        at + Duration::days(AHEAD_DAYS),
        MAX_TASKS,
    )
    .fetch_all(&mut **tx)
    .await?;
    for row in rows {
        if let Some((_, person)) = index.get(&row.user_id).and_then(|i| people.get_mut(*i)) {
            person.acts.extend(acts(&row));
            person.tasks.push(fact(&row));
        }
    }
    Ok(())
}

/// What the person did to a row themselves.
fn acts(row: &TaskRow) -> impl Iterator<Item = Act> + use<> {
    let origin = Origin {
        touched_at: row.touched_at,
        entered_here: row.source == TaskSource::Sentry,
        has_provider: row.has_provider,
    };
    own_acts(&fact(row), &origin)
}

const fn fact(row: &TaskRow) -> TaskFact {
    TaskFact {
        id: row.id,
        task_type: row.task_type,
        status: row.status,
        created_at: row.created_at,
        completed_at: row.completed_at,
        due_at: row.due_at,
        due_on: row.due_on,
        start_at: row.start_at,
        end_at: row.end_at,
        estimated_hours: row.estimated_hours,
        actual_hours: row.actual_hours,
    }
}

/// What was written in the last week, has a score, and is of a source that the person lets be read.
async fn texts(
    tx: &mut Tx,
    ids: &[i64],
    at: DateTime<Utc>,
    people: &mut [(UserId, Person)],
    index: &Index,
) -> crate::Result<()> {
    let rows = sqlx::query!(
        r#"
        select u.id as "user_id!", q.id as "id!", q.created_at as "at!", q.sentiment_score as "score!",
               q.signals as "signals!"
        from unnest($1::bigint[]) u(id)
        left join user_preferences p on p.user_id = u.id
        cross join lateral (
            select id, created_at, sentiment_score, signals from qualitative_data
            where user_id = u.id and created_at > $2 and created_at <= $3 and sentiment_score is not null
              and (p.text_sources is null or entry_type = any(p.text_sources))
            order by created_at desc
            limit $4
        ) q
        "#,
        ids,
        at - Duration::days(MOOD_DAYS),
        at,
        MAX_TEXTS,
    )
    .fetch_all(&mut **tx)
    .await?;
    for row in rows {
        if let Some((_, person)) = index.get(&row.user_id).and_then(|i| people.get_mut(*i)) {
            person.texts.push(MoodEntry {
                id: row.id,
                at: row.at,
                score: row.score,
                signals: signals(&row.signals),
            });
        }
    }
    Ok(())
}

/// The stored names of signals, in the order of [`MoodEntry::signals`].
pub const SIGNALS: [AlertKind; 5] = [
    AlertKind::EmotionalExhaustion,
    AlertKind::Overwhelm,
    AlertKind::SleepConcerns,
    AlertKind::NegativeOutlook,
    AlertKind::HealthConcerns,
];

fn signals(stored: &serde_json::Value) -> [bool; 5] {
    let names = stored.as_array().map(Vec::as_slice).unwrap_or_default();
    SIGNALS.map(|signal| names.iter().any(|name| name == signal.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(source: TaskSource, has_provider: bool) -> TaskRow {
        let day = |day: u32| format!("2026-03-{day:02}T22:00:00Z").parse().ok();
        TaskRow {
            user_id: 1,
            id: TaskId(7),
            task_type: TaskType::Task,
            status: TaskStatus::Done,
            source,
            has_provider,
            created_at: day(1).unwrap(),
            completed_at: day(2),
            touched_at: day(3),
            due_at: None,
            due_on: None,
            start_at: None,
            end_at: None,
            estimated_hours: None,
            actual_hours: None,
        }
    }

    fn days(row: &TaskRow) -> Vec<u32> {
        let mut days: Vec<_> = acts(row)
            .map(|act| chrono::Datelike::day(&act.at))
            .collect();
        days.sort_unstable();
        days
    }

    #[test]
    fn only_what_the_person_did_counts_as_an_act() {
        assert_eq!(days(&row(TaskSource::Sentry, false)), [1, 2, 3]);
        // Made by a worker from a file, finished and edited by the person.
        assert_eq!(days(&row(TaskSource::ExtractedDocument, false)), [2, 3]);
        // Made and finished in another system; only the edit is the person's for sure.
        assert_eq!(days(&row(TaskSource::Trello, true)), [3]);
        let mut synced = row(TaskSource::Trello, true);
        synced.touched_at = None;
        assert!(days(&synced).is_empty());
        // A service may write rows that look as if they were entered by hand.
        let mut entered = row(TaskSource::Sentry, false);
        (entered.touched_at, entered.completed_at) = (None, None);
        assert!(days(&entered).is_empty());
    }

    #[test]
    fn what_is_not_understood_falls_back_to_the_usual() {
        assert_eq!(zone(1, "Mars/Olympus"), Zone::UTC);
        let odd = serde_json::json!([{"start": "09:00"}]);
        assert_eq!(working_hours(1, odd), WorkingHours::default());
        let part_time = serde_json::json!({"monday": {"from": "09:00", "until": "13:00"}});
        assert!((working_hours(1, part_time).weekly() - 4.0).abs() < 1e-9);
    }
}
