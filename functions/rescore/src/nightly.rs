//! The night's batches: hundreds of people by a handful of statements.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::FutureExt;
use sentry_db::analyses::{self, NewAnalysis, Previous, Trigger};
use sentry_db::{Tx, facts, profiles, recommendations};
use sentry_domain::UserId;
use sentry_queue::{JobError, RescoreMessage, WorkerContext, enqueue};
use sentry_runtime::telemetry::metric;
use sentry_scoring::{Behaviour, PastDay, Person};
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;

/// Why a group was not scored.
enum Failure {
    /// The database does not answer; it may soon.
    Unavailable(String),
    /// Something about one of these people.
    Broken(String),
}

/// Scores these people. Where a group fails it is halved until the one who makes it fail stands
/// alone; that one gets a message of their own, to be tried again and looked into by themselves.
pub(crate) async fn rescore(context: &WorkerContext, users: &[UserId]) -> Result<(), JobError> {
    let mut waiting = vec![users];
    while let Some(group) = waiting.pop() {
        match attempt(context, group).await {
            Ok(added) => {
                metrics::counter!(metric::USERS_RESCORED).increment(group.len() as u64);
                tracing::info!(users = group.len(), added, "rescored for the day");
            }
            Err(Failure::Unavailable(reason)) => return Err(JobError::retry(reason)),
            Err(Failure::Broken(reason)) => match group {
                [] => {}
                [one] => {
                    tracing::error!(user.id = one.0, reason, "cannot be scored with the others");
                    hand_over(context, *one).await.map_err(JobError::retry)?;
                }
                _ => {
                    let (left, right) = group.split_at(group.len() / 2);
                    waiting.extend([right, left]);
                }
            },
        }
    }
    Ok(())
}

/// A row that cannot even be decoded may panic instead of failing.
async fn attempt(context: &WorkerContext, users: &[UserId]) -> Result<usize, Failure> {
    match AssertUnwindSafe(score(context, users)).catch_unwind().await {
        Ok(Ok(added)) => Ok(added),
        Ok(Err(error)) if sentry_db::is_unavailable(&error) => {
            Err(Failure::Unavailable(error.to_string()))
        }
        Ok(Err(error)) => Err(Failure::Broken(error.to_string())),
        Err(_) => Err(Failure::Broken("the worker panicked".to_owned())),
    }
}

async fn score(context: &WorkerContext, users: &[UserId]) -> Result<usize, sentry_db::Error> {
    let at = context.clock.now();
    let mut tx = context.db.worker().await?;
    let people = facts::people(&mut tx, users, at).await?;
    let days: Vec<_> = people
        .iter()
        .map(|(owner, person)| (*owner, person.day(at)))
        .collect();
    let previous = analyses::previous_of(&mut tx, &days).await?;
    let found = people
        .into_iter()
        .filter_map(|(owner, person)| assess(owner, &person, previous.get(&owner), at))
        .collect();
    let added = analyses::insert(&mut tx, found, Trigger::Nightly, at).await?;
    let owners: Vec<i64> = days.iter().map(|(owner, _)| owner.0).collect();
    recommendations::measure(&mut tx, &owners, at).await?;
    learn(&mut tx, &days, at).await?;
    tx.commit().await?;
    Ok(added)
}

/// What each person's own past teaches, once a day, for those who have enough of it.
async fn learn(
    tx: &mut Tx,
    days: &[(UserId, NaiveDate)],
    at: DateTime<Utc>,
) -> Result<(), sentry_db::Error> {
    let owners: Vec<i64> = days.iter().map(|(owner, _)| owner.0).collect();
    let mut past: HashMap<UserId, Vec<PastDay>> = HashMap::new();
    for (owner, day) in profiles::past_days(tx, &owners, at.date_naive()).await? {
        past.entry(owner).or_default().push(day);
    }
    let learned: Vec<_> = days
        .iter()
        .filter_map(|(owner, day)| Some((*owner, *day, Behaviour::of(past.get(owner)?))))
        .collect();
    if learned.is_empty() {
        return Ok(());
    }
    profiles::put_learned(tx, &learned, at).await
}

/// Nothing for people whose day was run already, and nothing for those who have never had
/// anything to score: an account that is not used leaves no row each night.
fn assess(
    owner: UserId,
    person: &Person,
    previous: Option<&Previous>,
    at: DateTime<Utc>,
) -> Option<NewAnalysis> {
    if previous.is_some_and(|previous| previous.nightly_done) {
        return None;
    }
    let past = previous.map(Previous::past).unwrap_or_default();
    let assessment = person.assess_after(at, &past);
    let had_score = past
        .previous
        .is_some_and(|before| before.final_score.is_some());
    let silent = assessment.analysis.completeness <= 0.0 && !had_score;
    (!silent).then_some(NewAnalysis { owner, assessment })
}

async fn hand_over(context: &WorkerContext, owner: UserId) -> Result<(), sentry_db::Error> {
    let mut tx = context.db.worker().await?;
    enqueue(&mut tx, &RescoreMessage::User { user_id: owner }, 0).await?;
    context.commit(tx).await
}
