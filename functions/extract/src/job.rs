//! One upload: claim, fetch, read, report.

use crate::Extract;
use crate::failure::{Failure, Stop};
use crate::read::{Reading, read};
use crate::think;
use sentry_db::uploads::{self, Claim, Claimed, Completed, Finished};
use sentry_domain::{UploadId, UserId};
use sentry_queue::{CreateTasksMessage, JobError, enqueue};
use sentry_runtime::telemetry::{self, metric};
use std::time::{Duration, Instant};

/// Between attempts to reach a database that has just failed.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(1),
    Duration::from_secs(4),
];

/// Reads an upload if it is this worker's to read. No database connection is held meanwhile.
pub(crate) async fn run(worker: &Extract, owner: UserId, id: UploadId) -> Result<(), JobError> {
    let Some(claimed) = claim(worker, owner, id).await? else {
        return Ok(());
    };
    // S3 knows of no request; the upload does.
    let announced = claimed.request_id.clone().or_else(telemetry::request_id);
    let request = announced.unwrap_or_default();
    // The line of the message says from here on whose it was; the reading belongs to the trace of that request.
    tracing::Span::current()
        .record("request.id", request.as_str())
        .record("upload.id", id.0);
    let call = telemetry::invocation();
    let span = tracing::info_span!(parent: None, "upload", request.id = %request, upload.id = id.0,
        lambda.request_id = call.lambda, trace.id = call.trace);
    telemetry::within(request, span, Box::pin(work(worker, owner, &claimed))).await
}

async fn work(worker: &Extract, owner: UserId, claimed: &Claimed) -> Result<(), JobError> {
    let started = Instant::now();
    let done = match read(worker, owner, claimed).await {
        // What was read may have cost minutes and money: it is not thrown away, and no attempt is spent, because the
        // database failed for a moment. One whose answer alone was lost shows as overtaken.
        Ok(reading) => patiently(|| complete(worker, owner, claimed, &reading, started)).await,
        Err(Stop::Failed(failure)) => fail(worker, owner, claimed, &failure).await,
        Err(Stop::Retry(reason)) => Err(JobError::Retry(reason)),
        Err(Stop::NotArrived) => {
            release(worker, owner, claimed, false).await?;
            return Err(JobError::drop("the bytes are not there yet"));
        }
    };
    match done {
        Err(JobError::Retry(reason)) => match give_back(worker, owner, claimed).await {
            Ok(false) => Err(JobError::drop(format!("given up: {reason}"))),
            Ok(true) | Err(_) => Err(JobError::Retry(reason)),
        },
        other => other,
    }
}

/// Lets another attempt begin at once, even if the database has to be asked several times: as long as it
/// believes that this worker is at work, the message that comes back finds nothing to do. Where that fails
/// too, the lease ends by itself.
async fn give_back(worker: &Extract, owner: UserId, claimed: &Claimed) -> Result<bool, JobError> {
    patiently(|| release(worker, owner, claimed, true)).await
}

/// Tries again a few times where the database fails for a moment.
async fn patiently<T, F: Future<Output = Result<T, JobError>>>(
    attempt: impl Fn() -> F,
) -> Result<T, JobError> {
    for pause in PAUSES {
        match attempt().await {
            Err(JobError::Retry(_)) => tokio::time::sleep(pause).await,
            done => return done,
        }
    }
    attempt().await
}

async fn claim(
    worker: &Extract,
    owner: UserId,
    id: UploadId,
) -> Result<Option<Box<Claimed>>, JobError> {
    let context = &worker.context;
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let claim = uploads::claim(&mut tx, owner, id, context.clock.now())
        .await
        .map_err(JobError::retry)?;
    let committed = tx.commit().await.map_err(JobError::retry);
    if let (Err(_), Claim::Taken(claimed)) = (&committed, &claim) {
        // Only the answer may be lost: then this worker holds what it does not know of, and until its lease
        // ends the message that comes back would find nothing to do.
        give_back(worker, owner, claimed).await.ok();
    }
    committed?;
    match claim {
        Claim::Taken(claimed) => Ok(Some(claimed)),
        Claim::Deleted { object_key } => {
            // The URL outlives the upload: bytes may come after it was deleted.
            worker
                .storage
                .delete(&object_key)
                .await
                .map_err(JobError::retry)?;
            Ok(None)
        }
        Claim::GaveUp => {
            tracing::warn!(user.id = owner.0, upload.id = id.0, "given up");
            Ok(None)
        }
        Claim::Nothing => {
            tracing::debug!(user.id = owner.0, upload.id = id.0, "nothing to read");
            Ok(None)
        }
    }
}

async fn complete(
    worker: &Extract,
    owner: UserId,
    claimed: &Claimed,
    reading: &Reading,
    started: Instant,
) -> Result<(), JobError> {
    let context = &worker.context;
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let finished = Finished {
        result: &reading.result,
        engine: &reading.engine,
        sha256: &reading.sha256,
        items: &reading.items,
    };
    let attempt = (claimed.id, claimed.attempt);
    let completed = uploads::complete(&mut tx, owner, attempt, &finished, context.clock.now())
        .await
        .map_err(JobError::retry)?;
    match completed {
        Completed::Overtaken => return Err(JobError::drop("another attempt has taken over")),
        Completed::Save => {
            let message = CreateTasksMessage::Upload {
                user_id: owner,
                upload_id: claimed.id,
            };
            enqueue(&mut tx, &message, 0)
                .await
                .map_err(JobError::retry)?;
        }
        Completed::Rest => {}
    }
    context.commit(tx).await.map_err(JobError::retry)?;
    let duration_ms = started.elapsed().as_secs_f64() * 1000.0;
    let engine = think::label(&reading.engine);
    metrics::counter!(metric::DOCUMENTS_READ, "engine" => engine).increment(1);
    metrics::counter!(metric::ITEMS_EXTRACTED, "engine" => engine)
        .increment(reading.items.len() as u64);
    tracing::info!(
        user.id = owner.0,
        upload.id = claimed.id.0,
        engine,
        items = reading.items.len(),
        duration_ms,
        "extracted"
    );
    Ok(())
}

async fn fail(
    worker: &Extract,
    owner: UserId,
    claimed: &Claimed,
    failure: &Failure,
) -> Result<(), JobError> {
    let context = &worker.context;
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let (attempt, why) = (
        (claimed.id, claimed.attempt),
        (failure.code.as_ref(), failure.detail.as_str()),
    );
    uploads::fail(&mut tx, owner, attempt, why, context.clock.now())
        .await
        .map_err(JobError::retry)?;
    context.commit(tx).await.map_err(JobError::retry)?;
    tracing::info!(
        user.id = owner.0,
        upload.id = claimed.id.0,
        code = %failure.code,
        "cannot be read"
    );
    Ok(())
}

/// True when another attempt will follow.
async fn release(
    worker: &Extract,
    owner: UserId,
    claimed: &Claimed,
    arrived: bool,
) -> Result<bool, JobError> {
    let context = &worker.context;
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let attempt = (claimed.id, claimed.attempt);
    let again = uploads::release(&mut tx, owner, attempt, arrived, context.clock.now())
        .await
        .map_err(JobError::retry)?;
    context.commit(tx).await.map_err(JobError::retry)?;
    Ok(again)
}
