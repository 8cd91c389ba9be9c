//! An upload as clients see it.

use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::extracted_items::ItemRow;
use sentry_db::uploads::UploadRow;
use sentry_domain::{
    Category, ItemState, Priority, ProcessingStatus, TaskDraft, TaskId, TaskType, UploadId,
    UploadType,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// A file or a text and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UploadOut {
    /// Names the upload.
    pub id: UploadId,
    /// What it was posted together with.
    pub batch_id: Option<Uuid>,
    /// Its name.
    pub filename: String,
    /// Its size.
    pub file_size_bytes: i64,
    /// Its declared media type.
    pub mime_type: String,
    /// How it is read.
    pub upload_type: UploadType,
    /// How far it is.
    pub processing_status: ProcessingStatus,
    /// Why it failed.
    pub failure: Option<FailureOut>,
    /// Whether what is found is saved without being asked for.
    pub save_to_db: bool,
    /// How many tasks and meetings were found.
    pub tasks_extracted: i64,
    /// How many of them were saved.
    pub tasks_saved: i64,
    /// Which engine read it.
    pub engine: Option<String>,
    /// When it was announced.
    pub created_at: DateTime<Utc>,
    /// When its bytes were there.
    pub uploaded_at: Option<DateTime<Utc>>,
    /// When it was read, or given up.
    pub processed_at: Option<DateTime<Utc>>,
    /// When what was found was saved.
    pub saved_at: Option<DateTime<Utc>>,
    /// When the permission to send its bytes ends.
    pub expires_at: DateTime<Utc>,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FailureOut {
    /// Stable word for programs.
    pub code: String,
    /// Sentence for people.
    pub detail: String,
}

/// An upload with everything that was found in it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UploadDetail {
    /// The upload.
    #[serde(flatten)]
    pub upload: UploadOut,
    /// About the document as a whole: kind, language, pages, passages refused, text that no reader sees.
    #[schema(value_type = Option<Object>)]
    pub result: Option<Value>,
    /// Tasks and meetings in the order of the document.
    pub items: Vec<ItemOut>,
}

/// A task or a meeting as it was found, with the words it came from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ItemOut {
    /// Its place in the document, from 0: names it when items are chosen.
    pub ordinal: i32,
    /// What is to be done.
    pub title: String,
    /// What else the passage says.
    pub description: Option<String>,
    /// Task or meeting.
    pub task_type: TaskType,
    /// The instant it is due.
    pub due_at: Option<DateTime<Utc>>,
    /// The day it is due, where no time was given.
    pub due_on: Option<NaiveDate>,
    /// When it begins.
    pub start_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub end_at: Option<DateTime<Utc>>,
    /// Who takes part.
    pub attendees: Vec<String>,
    /// Who is to do it.
    pub assigned_to: Option<String>,
    /// How much it presses; absent when nothing was said.
    pub priority: Option<Priority>,
    /// What kind of work it is.
    pub category: Option<Category>,
    /// How long it takes, in hours.
    pub estimated_hours: Option<f64>,
    /// When it comes again: an RFC 5545 rule.
    pub recurrence: Option<String>,
    /// How sure the engine is, 0 to 1.
    pub confidence: f64,
    /// The words it came from.
    pub quote: String,
    /// First character of the quote in the text of the document.
    pub start_char: i32,
    /// One after its last character.
    pub end_char: i32,
    /// The page of the quote, where there are pages.
    pub page: Option<i32>,
    /// When it was said, in seconds from the beginning of a recording.
    pub start_seconds: Option<f64>,
    /// Until when.
    pub end_seconds: Option<f64>,
    /// What became of it.
    pub state: ItemState,
    /// Why it was not saved.
    pub reason: Option<String>,
    /// The task it became, or that says the same already.
    pub task_id: Option<TaskId>,
}

impl From<UploadRow> for UploadOut {
    fn from(row: UploadRow) -> Self {
        let failure = row.failure_code.zip(row.failure_detail);
        Self {
            id: row.id,
            batch_id: row.batch_id,
            filename: row.filename,
            file_size_bytes: row.file_size_bytes,
            mime_type: row.mime_type,
            upload_type: row.upload_type,
            processing_status: row.processing_status,
            failure: failure.map(|(code, detail)| FailureOut { code, detail }),
            save_to_db: row.save_to_db,
            tasks_extracted: row.extracted,
            tasks_saved: row.saved,
            engine: row.engine,
            created_at: row.created_at,
            uploaded_at: row.uploaded_at,
            processed_at: row.processed_at,
            saved_at: row.saved_at,
            expires_at: row.expires_at,
        }
    }
}

impl From<UploadRow> for UploadDetail {
    fn from(mut row: UploadRow) -> Self {
        let result = row.extraction_result.take();
        let items = items(&mut row);
        Self {
            upload: row.into(),
            result,
            items,
        }
    }
}

/// The items of a row, as clients see them.
pub(crate) fn items(row: &mut UploadRow) -> Vec<ItemOut> {
    let rows = row.items.take().map(|items| items.0).unwrap_or_default();
    rows.into_iter().filter_map(ItemOut::read).collect()
}

impl ItemOut {
    /// What the engine stored is always a draft; anything else is a fault that hides one item, not all.
    fn read(row: ItemRow) -> Option<Self> {
        let seconds = |name: &str| row.item.get(name).and_then(Value::as_f64);
        let (start_seconds, end_seconds) = (seconds("start_seconds"), seconds("end_seconds"));
        let draft: TaskDraft = serde_json::from_value(row.item)
            .inspect_err(|error| tracing::error!(%error, "a stored item cannot be read"))
            .ok()?;
        Some(Self {
            ordinal: row.ordinal,
            title: draft.title,
            description: draft.description,
            task_type: draft.task_type,
            due_at: draft.due_at,
            due_on: draft.due_on,
            start_at: draft.start_at,
            end_at: draft.end_at,
            attendees: draft.attendees,
            assigned_to: draft.assigned_to,
            priority: draft.priority,
            category: draft.category,
            estimated_hours: draft.estimated_hours,
            recurrence: draft.recurrence,
            confidence: row.confidence,
            quote: row.quote,
            start_char: row.start_char,
            end_char: row.end_char,
            page: row.page,
            start_seconds,
            end_seconds,
            state: row.state,
            reason: row.reason,
            task_id: row.task_id.map(TaskId),
        })
    }
}
