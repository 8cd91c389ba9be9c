//! `POST /api/tasks/extract/batch`: several files in one request

use crate::Uploads;
use crate::declared::declared_leniently;
use crate::extract::{ExtractionOut, ExtractionQueued, is_finished, marked, results};
use crate::form::Form;
use crate::post::{Incoming, post};
use crate::wait::WaitQuery;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sentry_http::{ApiError, Caller, Params};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// More files than this are announced one by one.
const MAX_FILES: usize = 20;

/// A form with several files, 4 MiB together.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; it is read field by field")]
pub(crate) struct BatchForm {
    /// At most 20.
    #[schema(min_items = 1, max_items = 20)]
    files: Vec<String>,
    /// False to choose from what is found before anything is saved.
    save_to_db: Option<bool>,
    /// What "tomorrow" in them counts from: a date or a time.
    reference_date: Option<String>,
    /// A language tag whose region decides numeric dates.
    locale: Option<String>,
}

/// Files that are being read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchQueued {
    /// Holds them together; null when it was one.
    batch_id: Option<Uuid>,
    /// One for each file.
    uploads: Vec<ExtractionQueued>,
}

/// Files that have been read, or could not be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchOut {
    /// True when every file could be read.
    success: bool,
    /// Holds them together; null when it was one.
    batch_id: Option<Uuid>,
    /// All of them.
    batch_summary: BatchSummary,
    /// Each of them.
    results: Vec<ExtractionOut>,
}

/// A batch in numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchSummary {
    /// How many files there were.
    files_processed: usize,
    /// How many could be read.
    successful_files: usize,
    /// How many could not.
    failed_files: usize,
    /// How many tasks and meetings were found.
    total_tasks_extracted: i64,
    /// How many of them were saved.
    total_tasks_saved: i64,
}

/// Reads several files of any kinds and saves the tasks in them. A file that cannot be read does
/// not keep the others from it.
#[utoipa::path(post, path = "/api/tasks/extract/batch", operation_id = "extract_batch", tag = "uploads",
    params(WaitQuery),
    request_body(content = BatchForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "Each file read, or found unreadable", body = BatchOut),
        (status = 202, description = "Being read", body = BatchQueued)))]
pub(crate) async fn extract_batch(
    State(state): State<Uploads>,
    caller: Caller,
    Params(wait): Params<WaitQuery>,
    request: Request,
) -> Result<Response, ApiError> {
    let bound = wait.bound()?;
    let form = Form::read(request, &caller).await?;
    if form.files.len() > MAX_FILES {
        return Err(ApiError::field(
            "files",
            format!("must be at most {MAX_FILES} files"),
        ));
    }
    let files = form.files.into_iter().map(|file| {
        let declared = declared_leniently(&file.name, file.mime.as_deref())?;
        Ok(Incoming {
            declared,
            bytes: file.bytes,
        })
    });
    let files = files.collect::<Result<Vec<_>, ApiError>>()?;
    let posted = post(&state, &caller, files, &form.options, form.idempotency).await?;
    let rows = results(&state, &caller, &posted, bound).await?;
    let answer = if rows.iter().all(is_finished) {
        let results: Vec<ExtractionOut> = rows.into_iter().map(Into::into).collect();
        (
            StatusCode::OK,
            Json(BatchOut::new(posted.batch_id, results)),
        )
            .into_response()
    } else {
        let uploads = rows.into_iter().map(Into::into).collect();
        (
            StatusCode::ACCEPTED,
            Json(BatchQueued {
                batch_id: posted.batch_id,
                uploads,
            }),
        )
            .into_response()
    };
    Ok(marked(answer, &posted))
}

impl BatchOut {
    fn new(batch_id: Option<Uuid>, results: Vec<ExtractionOut>) -> Self {
        let successful_files = results.iter().filter(|result| result.success).count();
        let failed_files = results.len() - successful_files;
        let batch_summary = BatchSummary {
            files_processed: results.len(),
            successful_files,
            failed_files,
            total_tasks_extracted: results.iter().map(|result| result.tasks_extracted).sum(),
            total_tasks_saved: results.iter().map(|result| result.tasks_saved).sum(),
        };
        Self {
            success: failed_files == 0,
            batch_id,
            batch_summary,
            results,
        }
    }
}
