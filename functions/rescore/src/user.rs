//! One person, after something of theirs has changed.

use sentry_db::analyses::{self, NewAnalysis, Trigger};
use sentry_db::{facts, rescores};
use sentry_domain::UserId;
use sentry_queue::{JobError, WorkerContext};
use sentry_runtime::telemetry::metric;

/// Computes the score anew and keeps it if anything has changed.
pub(crate) async fn rescore(context: &WorkerContext, owner: UserId) -> Result<(), JobError> {
    let at = context.clock.now();
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    // First of all: what changes after this asks anew, so nothing falls between.
    rescores::take(&mut tx, &[owner.0])
        .await
        .map_err(JobError::retry)?;
    let Some(person) = facts::person(&mut tx, owner, at)
        .await
        .map_err(JobError::retry)?
    else {
        // The request is gone with its owner; without this the sweep would ask for ever.
        tx.commit().await.map_err(JobError::retry)?;
        return Err(JobError::drop("there is no such account any more"));
    };
    let previous = analyses::previous(&mut tx, owner, person.day(at))
        .await
        .map_err(JobError::retry)?;
    let assessment = person.assess_after(at, &previous.unwrap_or_default().past());
    let added = analyses::insert(
        &mut tx,
        vec![NewAnalysis { owner, assessment }],
        Trigger::Change,
        at,
    )
    .await
    .map_err(JobError::retry)?;
    context.commit(tx).await.map_err(JobError::retry)?;
    metrics::counter!(metric::USERS_RESCORED).increment(1);
    tracing::info!(user.id = owner.0, added, "rescored");
    Ok(())
}
