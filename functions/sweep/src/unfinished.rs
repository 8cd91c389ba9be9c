//! What should have moved on by now, and is asked for again.

use crate::Sweep;
use sentry_db::rescores;
use sentry_db::uploads::{self, Step};
use sentry_domain::UserId;
use sentry_queue::{CreateTasksMessage, ExtractMessage, RescoreMessage, enqueue_all};

/// Rows of one transaction.
const PAGE: i64 = 1000;
/// Objects looked after in one sweep: each is a call to the bucket.
const OBJECTS: i64 = 200;
/// A request for a score is answered within a minute, unless its message could not be sent and waits for a sweep; after
/// this it is not under way any more.
const RESCORE_MINUTES: i32 = 10;

/// Scores that were asked for and never came.
pub(crate) async fn rescores(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut asked = 0;
    loop {
        let mut tx = sweep.context.db.worker().await?;
        let users = rescores::overdue(&mut tx, RESCORE_MINUTES, PAGE).await?;
        let messages: Vec<_> = users
            .iter()
            .map(|user| RescoreMessage::User {
                user_id: UserId(*user),
            })
            .collect();
        enqueue_all(&mut tx, &messages, 0).await?;
        sweep.context.commit(tx).await?;
        asked += messages.len() as u64;
        if messages.is_empty() {
            return Ok(asked);
        }
    }
}

/// Uploads whose message or worker was lost.
pub(crate) async fn uploads(sweep: &Sweep) -> anyhow::Result<u64> {
    let at = sweep.context.clock.now();
    let mut tx = sweep.context.db.worker().await?;
    let abandoned = uploads::abandoned(&mut tx, at, PAGE).await?;
    let (mut extract, mut create) = (Vec::new(), Vec::new());
    for uploads::Abandoned {
        user_id,
        upload_id,
        step,
    } in &abandoned
    {
        let (user_id, upload_id) = (*user_id, *upload_id);
        match step {
            Step::Extract => extract.push(ExtractMessage::Upload { user_id, upload_id }),
            Step::CreateTasks => create.push(CreateTasksMessage::Upload { user_id, upload_id }),
        }
    }
    enqueue_all(&mut tx, &extract, 0).await?;
    enqueue_all(&mut tx, &create, 0).await?;
    sweep.context.commit(tx).await?;
    Ok(abandoned.len() as u64)
}

/// Uploads whose bytes should have come: read if they are there without the bucket having said
/// so, given up if not.
pub(crate) async fn arrivals(sweep: &Sweep) -> anyhow::Result<u64> {
    let at = sweep.context.clock.now();
    let mut tx = sweep.context.db.worker().await?;
    let waited_for = uploads::unarrived(&mut tx, at, OBJECTS).await?;
    tx.commit().await?;
    if waited_for.is_empty() {
        return Ok(0);
    }
    let (mut arrived, mut missing) = (Vec::new(), Vec::new());
    for upload in &waited_for {
        // No connection is held while the bucket is asked.
        match sweep.storage.size(&upload.object_key).await? {
            Some(_) => arrived.push(upload.upload_id.0),
            None => missing.push(upload.upload_id.0),
        }
    }
    let mut tx = sweep.context.db.worker().await?;
    let messages: Vec<_> = uploads::mark_arrived(&mut tx, &arrived, at)
        .await?
        .into_iter()
        .map(|(user_id, upload_id)| ExtractMessage::Upload { user_id, upload_id })
        .collect();
    enqueue_all(&mut tx, &messages, 0).await?;
    uploads::expire(&mut tx, &missing, at).await?;
    sweep.context.commit(tx).await?;
    Ok(waited_for.len() as u64)
}

/// Deleted uploads: their bytes, then their rows.
pub(crate) async fn tombstones(sweep: &Sweep) -> anyhow::Result<u64> {
    let at = sweep.context.clock.now();
    let mut tx = sweep.context.db.worker().await?;
    let deleted = uploads::tombstones(&mut tx, at, OBJECTS).await?;
    tx.commit().await?;
    if deleted.is_empty() {
        return Ok(0);
    }
    for upload in deleted
        .iter()
        .filter(|upload| !upload.object_key.is_empty())
    {
        sweep.storage.delete(&upload.object_key).await?;
    }
    let ids: Vec<i64> = deleted.iter().map(|upload| upload.upload_id.0).collect();
    let mut tx = sweep.context.db.worker().await?;
    let purged = uploads::purge(&mut tx, &ids).await?;
    tx.commit().await?;
    Ok(purged)
}
