//! What a person does with uploads.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::{UploadId, UploadType, UserId};
use uuid::Uuid;

/// What is known of a file before its bytes are.
#[derive(Debug, Clone)]
pub struct NewUpload<'a> {
    /// The name that the client gave it, without folders.
    pub filename: &'a str,
    /// Its announced size.
    pub file_size_bytes: i64,
    /// Its declared media type.
    pub mime_type: &'a str,
    /// How it is to be read.
    pub upload_type: UploadType,
    /// Save what is found at once, or wait for the person to choose.
    pub save_to_db: bool,
    /// What relative dates in it count from; the time of the upload when absent.
    pub reference_at: Option<DateTime<Utc>>,
    /// The language tag whose region decides numeric dates; the user's when absent.
    pub locale: Option<&'a str>,
    /// What it was posted together with.
    pub batch_id: Option<Uuid>,
    /// When the permission to send its bytes ends.
    pub expires_at: DateTime<Utc>,
    /// The request that announced it, for the log.
    pub request_id: Option<&'a str>,
}

/// What a user has in the bucket already.
#[derive(Debug, Clone)]
pub struct Usage {
    /// Uploads that are not finished.
    pub unfinished: i64,
    /// Bytes of all that is not deleted.
    pub bytes: i64,
    /// The user's zone.
    pub time_zone: String,
}

/// What a user has in the bucket, with the guarantee that it does not change before `tx` ends:
/// two requests cannot both take the last place.
pub async fn usage(tx: &mut Tx, owner: UserId, at: DateTime<Utc>) -> crate::Result<Usage> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('uploads', $1)) as "locked""#,
        owner.0
    )
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query_as!(
        Usage,
        r#"
        select count(u.id) filter (where u.processing_status in ('pending', 'processing')
                   and (u.uploaded_at is not null or u.expires_at > $2)) as "unfinished!",
               coalesce(sum(u.file_size_bytes) filter (where u.processing_status <> 'expired'), 0)::bigint as "bytes!",
               p.time_zone
        from users p left join uploads u on u.user_id = p.id and u.deleted_at is null
        where p.id = $1
        group by p.time_zone
        "#,
        owner.0,
        at,
    )
    .fetch_one(&mut **tx)
    .await
}

/// Notes an upload whose bytes are to come. `key` makes its place in the bucket from its id.
pub async fn insert(
    tx: &mut Tx,
    owner: UserId,
    upload: &NewUpload<'_>,
    key: impl FnOnce(UploadId) -> String,
    at: DateTime<Utc>,
) -> crate::Result<(UploadId, String)> {
    let id = sqlx::query_scalar!(
        r#"
        insert into uploads (user_id, filename, file_size_bytes, mime_type, upload_type, save_to_db, reference_at,
                             locale, batch_id, expires_at, created_at, request_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        returning id as "id: UploadId"
        "#,
        owner.0,
        upload.filename,
        upload.file_size_bytes,
        upload.mime_type,
        upload.upload_type.as_str(),
        upload.save_to_db,
        upload.reference_at,
        upload.locale,
        upload.batch_id,
        upload.expires_at,
        at,
        upload.request_id,
    )
    .fetch_one(&mut **tx)
    .await?;
    let key = key(id);
    sqlx::query!(
        "update uploads set object_key = $3 where user_id = $1 and id = $2",
        owner.0,
        id.0,
        key
    )
    .execute(&mut **tx)
    .await?;
    Ok((id, key))
}

/// Notes that the bytes of these uploads are in the bucket, so that `sweep` can help when the
/// message about it is lost.
pub async fn mark_uploaded(
    tx: &mut Tx,
    owner: UserId,
    ids: &[i64],
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "update uploads set uploaded_at = $3 where user_id = $1 and id = any($2) and uploaded_at is null",
        owner.0,
        ids,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets a failed upload be read again from the start. False when it has not failed.
pub async fn retry(
    tx: &mut Tx,
    owner: UserId,
    id: UploadId,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update uploads
        set processing_status = 'pending', failure_code = null, failure_detail = null, attempts = 0, processed_at = null,
            started_at = null, nudged_at = $3, uploaded_at = coalesce(uploaded_at, $3)
        where user_id = $1 and id = $2 and deleted_at is null and processing_status = 'failed'
        ",
        owner.0,
        id.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes an upload with all that was read from it and returns the key of its object. Tasks that
/// came from it stay.
pub async fn delete(
    tx: &mut Tx,
    owner: UserId,
    id: UploadId,
    at: DateTime<Utc>,
) -> crate::Result<Option<String>> {
    let key = sqlx::query_scalar!(
        "
        update uploads set deleted_at = $3, extraction_result = null, filename = 'deleted'
        where user_id = $1 and id = $2 and deleted_at is null
        returning object_key
        ",
        owner.0,
        id.0,
        at,
    )
    .fetch_optional(&mut **tx)
    .await?;
    if key.is_some() {
        sqlx::query!(
            "delete from extracted_items where user_id = $1 and upload_id = $2",
            owner.0,
            id.0
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(key)
}
