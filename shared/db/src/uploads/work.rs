//! Reading an upload: one worker at a time, by a lease and a number that tells attempts apart.

use crate::Tx;
use crate::extracted_items::{self, NewItem};
use chrono::{DateTime, TimeDelta, Utc};
use sentry_domain::{UploadId, UploadType, UserId};
use serde_json::Value;

/// How often an upload is tried before it counts as failed.
pub const MAX_ATTEMPTS: i32 = 5;

/// For how long a worker has an upload to itself. Longer than fetching, parsing and asking models may take (the
/// function `extract` ends after ten minutes); a worker that is slower still finds that its attempt no longer counts.
pub const fn lease() -> TimeDelta {
    TimeDelta::minutes(11)
}

/// What a worker needs to know to read an upload.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The id.
    pub id: UploadId,
    /// Whose it is.
    pub user_id: UserId,
    /// Which attempt this is, from 1. Only the latest one may report back.
    pub attempt: i32,
    /// Where the bytes lie.
    pub object_key: String,
    /// The client's name for it.
    pub filename: String,
    /// Its declared media type.
    pub mime_type: String,
    /// Its announced size.
    pub file_size_bytes: i64,
    /// How it is to be read.
    pub upload_type: UploadType,
    /// What relative dates count from.
    pub reference_at: DateTime<Utc>,
    /// The language tag for numeric dates.
    pub locale: String,
    /// When the permission to send its bytes ends.
    pub expires_at: DateTime<Utc>,
    /// The user's zone.
    pub time_zone: String,
    /// The user's name, empty when unknown.
    pub reader: String,
    /// The request that announced it.
    pub request_id: Option<String>,
}

/// What came of asking for an upload.
#[derive(Debug, Clone)]
pub enum Claim {
    /// It is this worker's for the time of the lease.
    Taken(Box<Claimed>),
    /// It was tried too often and has now failed.
    GaveUp,
    /// It was deleted; its object must not stay.
    Deleted {
        /// Where the bytes lie.
        object_key: String,
    },
    /// Nothing is to be done: unknown, finished, or being read by another worker.
    Nothing,
}

/// Takes an upload that waits, or whose worker has not come back.
pub async fn claim(
    tx: &mut Tx,
    owner: UserId,
    id: UploadId,
    at: DateTime<Utc>,
) -> crate::Result<Claim> {
    let claimed = sqlx::query_as!(
        Claimed,
        r#"
        update uploads u
        set processing_status = 'processing', attempts = u.attempts + 1, started_at = $3
        from users p
        where p.id = u.user_id and u.user_id = $1 and u.id = $2 and u.deleted_at is null and u.attempts < $5
          and (u.processing_status in ('pending', 'expired')
               or (u.processing_status = 'processing' and u.started_at <= $4))
        returning u.id as "id: UploadId", u.user_id as "user_id: UserId", u.attempts as attempt, u.object_key, u.filename, u.mime_type,
                  u.file_size_bytes, u.upload_type as "upload_type: UploadType",
                  coalesce(u.reference_at, u.created_at) as "reference_at!", coalesce(u.locale, p.locale) as "locale!",
                  u.expires_at, p.time_zone, concat_ws(' ', p.first_name, p.last_name) as "reader!", u.request_id
        "#,
        owner.0,
        id.0,
        at,
        at - lease(),
        MAX_ATTEMPTS,
    )
    .fetch_optional(&mut **tx)
    .await?;
    match claimed {
        Some(claimed) => Ok(Claim::Taken(Box::new(claimed))),
        None => unclaimed(tx, owner, id, at).await,
    }
}

/// Why an upload could not be taken. One that was tried too often fails here.
async fn unclaimed(
    tx: &mut Tx,
    owner: UserId,
    id: UploadId,
    at: DateTime<Utc>,
) -> crate::Result<Claim> {
    let found = sqlx::query!(
        r#"
        select object_key, deleted_at is not null as "deleted!",
               attempts >= $4 and (processing_status = 'pending'
                   or (processing_status = 'processing' and started_at <= $3)) as "given_up!"
        from uploads where user_id = $1 and id = $2
        "#,
        owner.0,
        id.0,
        at - lease(),
        MAX_ATTEMPTS,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(match found {
        Some(found) if found.deleted => Claim::Deleted {
            object_key: found.object_key,
        },
        Some(found) if found.given_up => {
            fail(tx, owner, (id, MAX_ATTEMPTS), (GAVE_UP.0, GAVE_UP.1), at).await?;
            Claim::GaveUp
        }
        _ => Claim::Nothing,
    })
}

/// Code and sentence of an upload that was tried too often.
const GAVE_UP: (&str, &str) = (
    "gave_up",
    "The file could not be read in several attempts because of a fault on our side. Try again later.",
);

/// Lets go of an upload after a fault that may pass, so that the next attempt need not wait for
/// the lease to end. After the last attempt it has failed instead; then the answer is false.
///
/// `arrived` is false when the bytes were not there yet: such an attempt does not count.
pub async fn release(
    tx: &mut Tx,
    owner: UserId,
    (id, attempt): (UploadId, i32),
    arrived: bool,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    if arrived && attempt >= MAX_ATTEMPTS {
        fail(tx, owner, (id, attempt), (GAVE_UP.0, GAVE_UP.1), at).await?;
        return Ok(false);
    }
    sqlx::query!(
        "
        update uploads
        set processing_status = 'pending', uploaded_at = case when $4 then coalesce(uploaded_at, $5) end,
            attempts = case when $4 then attempts else attempts - 1 end
        where user_id = $1 and id = $2 and attempts = $3 and processing_status = 'processing'
        ",
        owner.0,
        id.0,
        attempt,
        arrived,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Notes why an upload cannot be read, with a code and a sentence. False when another attempt has
/// taken over.
pub async fn fail(
    tx: &mut Tx,
    owner: UserId,
    (id, attempt): (UploadId, i32),
    (code, detail): (&str, &str),
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update uploads
        set processing_status = 'failed', failure_code = $4, failure_detail = $5, processed_at = $6,
            uploaded_at = coalesce(uploaded_at, $6)
        where user_id = $1 and id = $2 and attempts = $3 and processing_status in ('processing', 'pending')
          and deleted_at is null
        ",
        owner.0,
        id.0,
        attempt,
        code,
        detail,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What reading an upload has yielded.
#[derive(Debug)]
pub struct Finished<'a> {
    /// What was found out about the document as a whole.
    pub result: &'a Value,
    /// Which engine read it.
    pub engine: &'a str,
    /// Of its bytes.
    pub sha256: &'a [u8],
    /// What was found in it.
    pub items: &'a [NewItem],
}

/// What is to be done with a completed upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completed {
    /// Its items wait to be saved.
    Save,
    /// Its items wait for the person to choose, or there are none.
    Rest,
    /// Another attempt has taken over, or it was deleted: what was read does not count.
    Overtaken,
}

/// Stores what was read and completes the upload.
pub async fn complete(
    tx: &mut Tx,
    owner: UserId,
    (id, attempt): (UploadId, i32),
    finished: &Finished<'_>,
    at: DateTime<Utc>,
) -> crate::Result<Completed> {
    let empty = finished.items.is_empty();
    let save = sqlx::query_scalar!(
        "
        update uploads
        set processing_status = 'completed', extraction_result = $4, engine = $5, sha256 = $6, processed_at = $7,
            uploaded_at = coalesce(uploaded_at, $7), saved_at = case when save_to_db and $8 then $7 end, nudged_at = null
        where user_id = $1 and id = $2 and attempts = $3 and processing_status = 'processing' and deleted_at is null
        returning save_to_db
        ",
        owner.0,
        id.0,
        attempt,
        finished.result,
        finished.engine,
        finished.sha256,
        at,
        empty,
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(save) = save else {
        return Ok(Completed::Overtaken);
    };
    extracted_items::replace(tx, owner, id, finished.items).await?;
    Ok(if save && !empty {
        Completed::Save
    } else {
        Completed::Rest
    })
}
