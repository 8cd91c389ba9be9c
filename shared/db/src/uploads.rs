//! Files on their way to becoming tasks, as their owner sees them.

mod change;
mod sweep;
mod work;

pub use change::{NewUpload, Usage, delete, insert, mark_uploaded, retry, usage};
pub use sweep::{
    Abandoned, Step, Tombstone, Unarrived, abandoned, expire, mark_arrived, purge, release_all,
    tombstones, unarrived,
};
pub use work::{
    Claim, Claimed, Completed, Finished, MAX_ATTEMPTS, claim, complete, fail, lease, release,
};

use crate::Tx;
use crate::extracted_items::ItemRow;
use chrono::{DateTime, Utc};
use sentry_domain::{ProcessingStatus, UploadId, UploadType, UserId};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// An upload with what became of it.
#[derive(Debug, Clone)]
pub struct UploadRow {
    /// The id.
    pub id: UploadId,
    /// What it was posted together with.
    pub batch_id: Option<Uuid>,
    /// The name that the client gave it.
    pub filename: String,
    /// Where it lies.
    pub object_key: String,
    /// Its size.
    pub file_size_bytes: i64,
    /// Its declared media type.
    pub mime_type: String,
    /// How it is read.
    pub upload_type: UploadType,
    /// How far it is.
    pub processing_status: ProcessingStatus,
    /// Whether its items are saved without being asked for.
    pub save_to_db: bool,
    /// Why it failed: a stable word.
    pub failure_code: Option<String>,
    /// Why it failed: a sentence.
    pub failure_detail: Option<String>,
    /// What was found out about the document as a whole.
    pub extraction_result: Option<Value>,
    /// Which engine read it.
    pub engine: Option<String>,
    /// When it was announced.
    pub created_at: DateTime<Utc>,
    /// When its bytes were there.
    pub uploaded_at: Option<DateTime<Utc>>,
    /// When reading last began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was read, or given up.
    pub processed_at: Option<DateTime<Utc>>,
    /// When its items were saved.
    pub saved_at: Option<DateTime<Utc>>,
    /// When the permission to send its bytes ends.
    pub expires_at: DateTime<Utc>,
    /// How many items were found.
    pub extracted: i64,
    /// How many of them were saved.
    pub saved: i64,
    /// The items themselves, where they were asked for.
    pub items: Option<Json<Vec<ItemRow>>>,
}

/// Which uploads of a list.
#[derive(Debug, Clone, Copy, Default)]
pub struct UploadFilter {
    /// Only those that are this far.
    pub status: Option<ProcessingStatus>,
    /// Only those of this type.
    pub upload_type: Option<UploadType>,
}

/// Up to `limit` uploads of the user, newest first, beginning behind `after`.
pub async fn list(
    tx: &mut Tx,
    owner: UserId,
    filter: UploadFilter,
    after: Option<UploadId>,
    limit: i64,
) -> crate::Result<Vec<UploadRow>> {
    sqlx::query_as!(
        UploadRow,
        r#"
        select u.id as "id: UploadId", u.batch_id, u.filename, u.object_key, u.file_size_bytes, u.mime_type,
               u.upload_type as "upload_type: UploadType",
               u.processing_status as "processing_status: ProcessingStatus", u.save_to_db, u.failure_code,
               u.failure_detail, u.extraction_result, u.engine, u.created_at, u.uploaded_at, u.started_at,
               u.processed_at, u.saved_at, u.expires_at, i.extracted as "extracted!", i.saved as "saved!",
               null::jsonb as "items: Json<Vec<ItemRow>>"
        from uploads u
        cross join lateral (
            select count(*) as extracted, count(*) filter (where state = 'accepted') as saved
            from extracted_items where user_id = $1 and upload_id = u.id
        ) i
        where u.user_id = $1 and u.deleted_at is null
          and ($2::text is null or u.processing_status = $2)
          and ($3::text is null or u.upload_type = $3)
          and ($4::bigint is null or u.id < $4)
        order by u.id desc
        limit $5
        "#,
        owner.0,
        filter.status.map(ProcessingStatus::as_str),
        filter.upload_type.map(UploadType::as_str),
        after.map(|id| id.0),
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}

/// These uploads of the user with their items, in the order of their ids. Those that are not
/// there, or not the user's, are missing.
pub async fn find(tx: &mut Tx, owner: UserId, ids: &[i64]) -> crate::Result<Vec<UploadRow>> {
    sqlx::query_as!(
        UploadRow,
        r#"
        select u.id as "id: UploadId", u.batch_id, u.filename, u.object_key, u.file_size_bytes, u.mime_type,
               u.upload_type as "upload_type: UploadType",
               u.processing_status as "processing_status: ProcessingStatus", u.save_to_db, u.failure_code,
               u.failure_detail, u.extraction_result, u.engine, u.created_at, u.uploaded_at, u.started_at,
               u.processed_at, u.saved_at, u.expires_at, i.extracted as "extracted!", i.saved as "saved!",
               i.items as "items: Json<Vec<ItemRow>>"
        from uploads u
        cross join lateral (
            select count(*) as extracted, count(*) filter (where state = 'accepted') as saved,
                   coalesce(jsonb_agg(to_jsonb(e) order by e.ordinal), '[]') as items
            from extracted_items e where user_id = $1 and upload_id = u.id
        ) i
        where u.user_id = $1 and u.id = any($2) and u.deleted_at is null
        order by u.id
        "#,
        owner.0,
        ids,
    )
    .fetch_all(&mut **tx)
    .await
}

/// True when nothing more will happen by itself to any of these uploads: each is read and, where
/// that was asked for, saved, or has failed, or is gone.
pub async fn all_finished(tx: &mut Tx, owner: UserId, ids: &[i64]) -> crate::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select not exists (
            select from uploads
            where user_id = $1 and id = any($2) and deleted_at is null
              and (processing_status in ('pending', 'processing')
                   or (processing_status = 'completed' and save_to_db and saved_at is null))
        ) as "finished!"
        "#,
        owner.0,
        ids,
    )
    .fetch_one(&mut **tx)
    .await
}
