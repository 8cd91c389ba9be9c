//! What the sweep looks for: uploads that should have moved on by now. All of it runs in a
//! worker's transaction ([`crate::Db::worker`]) and serves many users at once.

use super::lease;
use crate::Tx;
use chrono::{DateTime, TimeDelta, Utc};
use sentry_domain::{UploadId, UserId};

/// The step whose message must be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Read the file.
    Extract,
    /// Save what was found.
    CreateTasks,
}

/// An upload whose message was lost or whose worker has not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abandoned {
    /// Whose it is.
    pub user_id: UserId,
    /// Which.
    pub upload_id: UploadId,
    /// What is to be done.
    pub step: Step,
}

/// How long a message may take before it counts as lost.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);

/// Uploads that nobody works on although they are not finished. They count as moved on: the
/// caller must send the messages in the same transaction, and the next sweep leaves them alone
/// for a while.
///
/// Reading is tried a bounded number of times; what cannot be saved is asked for less and less often.
pub async fn abandoned(
    tx: &mut Tx,
    at: DateTime<Utc>,
    limit: i64,
) -> crate::Result<Vec<Abandoned>> {
    let rows = sqlx::query!(
        r#"
        with due as (
            select id, processing_status = 'completed' as is_read
            from uploads
            where deleted_at is null and (
                (processing_status = 'processing' and started_at <= $2)
                or (processing_status = 'pending' and uploaded_at is not null
                    and greatest(nudged_at, started_at, uploaded_at) <= $3)
                or (processing_status = 'completed' and save_to_db and saved_at is null
                    and coalesce(nudged_at, processed_at) <= $3
                    and $1 - coalesce(nudged_at, processed_at) >= coalesce(nudged_at, processed_at) - processed_at)
            )
            order by created_at
            limit $4
            for update skip locked
        )
        update uploads u
        set nudged_at = $1,
            processing_status = case u.processing_status when 'processing' then 'pending' else u.processing_status end,
            uploaded_at = coalesce(u.uploaded_at, u.started_at)
        from due
        where u.id = due.id
        returning u.user_id as "user_id: UserId", u.id as "upload_id: UploadId", due.is_read as "is_read!"
        "#,
        at,
        at - lease(),
        at - PATIENCE,
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Abandoned {
            user_id: row.user_id,
            upload_id: row.upload_id,
            step: if row.is_read {
                Step::CreateTasks
            } else {
                Step::Extract
            },
        })
        .collect())
}

/// Ends every lease, because no worker can be alive: for a start of the whole system on one machine.
/// The next [`abandoned`] returns all of them. Returns how many.
pub async fn release_all(tx: &mut Tx) -> crate::Result<u64> {
    let done = sqlx::query!(
        "
        update uploads
        set uploaded_at = coalesce(uploaded_at, started_at), started_at = '2000-01-01'
        where deleted_at is null and processing_status = 'processing'
        "
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// An upload whose permission to send bytes has ended without a word from the bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unarrived {
    /// Whose it is.
    pub user_id: UserId,
    /// Which.
    pub upload_id: UploadId,
    /// Where its bytes would lie.
    pub object_key: String,
}

/// Uploads whose bytes should have come by now. The caller looks for their objects and hands
/// them to [`mark_arrived`] or [`expire`].
pub async fn unarrived(
    tx: &mut Tx,
    at: DateTime<Utc>,
    limit: i64,
) -> crate::Result<Vec<Unarrived>> {
    sqlx::query_as!(
        Unarrived,
        r#"
        select user_id as "user_id: UserId", id as "upload_id: UploadId", object_key
        from uploads
        where deleted_at is null and processing_status = 'pending' and uploaded_at is null and expires_at <= $1
        order by created_at
        limit $2
        "#,
        at,
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Notes that the bytes of these uploads are there after all, and returns those still waiting to
/// be read: the caller must send an extract message for each in the same transaction.
pub async fn mark_arrived(
    tx: &mut Tx,
    ids: &[i64],
    at: DateTime<Utc>,
) -> crate::Result<Vec<(UserId, UploadId)>> {
    let rows = sqlx::query!(
        r#"
        update uploads set uploaded_at = $2, nudged_at = $2
        where id = any($1) and processing_status = 'pending' and uploaded_at is null and deleted_at is null
        returning user_id as "user_id: UserId", id as "id: UploadId"
        "#,
        ids,
        at,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.user_id, row.id)).collect())
}

/// Ends the wait for these uploads. Bytes that come later are read all the same. Returns how many.
pub async fn expire(tx: &mut Tx, ids: &[i64], at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!(
        "
        update uploads set processing_status = 'expired', processed_at = $2
        where id = any($1) and processing_status = 'pending' and uploaded_at is null and expires_at <= $2
          and deleted_at is null
        ",
        ids,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// A deleted upload whose row is still there because a signed URL may have brought bytes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// Which.
    pub upload_id: UploadId,
    /// Where its bytes may lie.
    pub object_key: String,
}

/// Deleted uploads to which no bytes can come any more. The caller removes their objects and
/// then [`purge`]s them.
pub async fn tombstones(
    tx: &mut Tx,
    at: DateTime<Utc>,
    limit: i64,
) -> crate::Result<Vec<Tombstone>> {
    sqlx::query_as!(
        Tombstone,
        r#"
        select id as "upload_id: UploadId", object_key
        from uploads
        where deleted_at <= $1 and expires_at <= $1
        order by deleted_at
        limit $2
        "#,
        // A slow PUT may end long after its permission: S3 asks only when it begins.
        at - TimeDelta::hours(1),
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Forgets deleted uploads for good. Returns how many.
pub async fn purge(tx: &mut Tx, ids: &[i64]) -> crate::Result<u64> {
    let done = sqlx::query!(
        "delete from uploads where id = any($1) and deleted_at is not null",
        ids
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
