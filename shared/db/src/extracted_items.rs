//! What was found in an upload, item by item, and what became of it.

mod duplicates;
mod save;

pub use save::{Locked, Outcome, Ready, lock, save};

use crate::Tx;
use sentry_domain::{ItemState, UploadId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json;

/// An item as it was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NewItem {
    /// Its place in the document, from 0.
    pub ordinal: i32,
    /// Its fields.
    pub item: Value,
    /// The words it came from.
    pub quote: String,
    /// First character of the quote.
    pub start_char: i32,
    /// One after its last character.
    pub end_char: i32,
    /// The page of the quote.
    pub page: Option<i32>,
    /// How sure the engine is, 0 to 1.
    pub confidence: f64,
}

/// An item with what became of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ItemRow {
    /// Its place in the document, from 0.
    pub ordinal: i32,
    /// Its fields.
    pub item: Value,
    /// The words it came from.
    pub quote: String,
    /// First character of the quote.
    pub start_char: i32,
    /// One after its last character.
    pub end_char: i32,
    /// The page of the quote.
    pub page: Option<i32>,
    /// How sure the engine is, 0 to 1.
    pub confidence: f64,
    /// What became of it.
    pub state: ItemState,
    /// Why it was not saved.
    pub reason: Option<String>,
    /// The task it became, or that says the same already.
    pub task_id: Option<i64>,
}

/// Stores the items of an upload in place of any earlier ones.
pub async fn replace(
    tx: &mut Tx,
    owner: UserId,
    upload: UploadId,
    items: &[NewItem],
) -> crate::Result<()> {
    sqlx::query!(
        "delete from extracted_items where user_id = $1 and upload_id = $2",
        owner.0,
        upload.0
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "
        insert into extracted_items (user_id, upload_id, ordinal, item, quote, start_char, end_char, page, confidence)
        select $1, $2, x.ordinal, x.item, x.quote, x.start_char, x.end_char, x.page, x.confidence
        from jsonb_to_recordset($3) as x(ordinal integer, item jsonb, quote text, start_char integer,
                                         end_char integer, page integer, confidence real)
        ",
        owner.0,
        upload.0,
        Json(items) as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The items of an upload in their order.
pub async fn of_upload(
    tx: &mut Tx,
    owner: UserId,
    upload: UploadId,
) -> crate::Result<Vec<ItemRow>> {
    sqlx::query_as!(
        ItemRow,
        r#"
        select ordinal, item, quote, start_char, end_char, page, confidence::double precision as "confidence!",
               state as "state: ItemState", reason, task_id
        from extracted_items
        where user_id = $1 and upload_id = $2
        order by ordinal
        "#,
        owner.0,
        upload.0,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Marks what is still proposed as not wanted by the person. Returns how many that were.
pub async fn reject(tx: &mut Tx, owner: UserId, upload: UploadId) -> crate::Result<u64> {
    let done = sqlx::query!(
        "
        update extracted_items set state = 'rejected', reason = 'not chosen'
        where user_id = $1 and upload_id = $2 and state = 'proposed'
        ",
        owner.0,
        upload.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
