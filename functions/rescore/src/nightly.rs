//! The night's batches: hundreds of people by a handful of statements.

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use sentry_db::analyses::{self, NewAnalysis, Previous, Trigger};
use sentry_db::facts;
use sentry_domain::UserId;
use sentry_queue::{JobError, RescoreMessage, WorkerContext, enqueue};
use sentry_scoring::Person;
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
            Ok(added) => tracing::info!(users = group.len(), added, "rescored for the day"),
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
    tx.commit().await?;
    Ok(added)
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
    let snapshot = previous.map(Previous::snapshot);
    let assessment = person.assess(at, snapshot.as_ref());
    let had_score = snapshot.is_some_and(|snapshot| snapshot.final_score.is_some());
    let silent = assessment.analysis.completeness <= 0.0 && !had_score;
    (!silent).then_some(NewAnalysis { owner, assessment })
}

async fn hand_over(context: &WorkerContext, owner: UserId) -> Result<(), sentry_db::Error> {
    let mut tx = context.db.worker().await?;
    enqueue(&mut tx, &RescoreMessage::User { user_id: owner }, 0).await?;
    context.commit(tx).await
}
