//! `POST /api/tasks/extract/text`, and what all kinds of files have in common

use crate::declared::declared;
use crate::form::{Form, MAX_POST_BYTES, content_type, is_multipart, small_body, too_large};
use crate::options::Options;
use crate::post::{Incoming, Posted, post};
use crate::upload::items;
use crate::wait::{WaitQuery, until_finished};
use crate::{FailureOut, ItemOut, Uploads};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sentry_db::uploads::{self, UploadRow};
use sentry_domain::{Moment, ProcessingStatus, UploadId, UploadType};
use sentry_http::{ApiError, Caller, IdempotencyKey, Params, parse_json};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// The longest text, in characters.
const MAX_TEXT_CHARS: usize = 1_000_000;

/// A form with one file. Fields of earlier systems are passed over.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; it is read field by field")]
pub(crate) struct FileForm {
    /// At most 4 MiB; larger files are announced with `POST /api/uploads`.
    #[schema(value_type = String, format = Binary)]
    file: (),
    /// False to choose from what is found before anything is saved.
    save_to_db: Option<bool>,
    /// What "tomorrow" in it counts from: a date or a time.
    reference_date: Option<String>,
    /// A language tag whose region decides numeric dates.
    locale: Option<String>,
}

/// A text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextIn {
    /// What is to be read.
    #[schema(min_length = 1, max_length = 1_000_000, pattern = r"\S")]
    text: String,
    /// What to call it.
    #[serde(alias = "filename")]
    #[schema(max_length = 255)]
    name: Option<String>,
    /// False to choose from what is found before anything is saved.
    save_to_db: Option<bool>,
    /// What "tomorrow" in it counts from: a date or a time.
    #[schema(value_type = Option<String>)]
    reference_date: Option<Moment>,
    /// A language tag whose region decides numeric dates.
    #[schema(max_length = 35)]
    locale: Option<String>,
}

/// A file that is being read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractionQueued {
    /// Names the upload: `GET /api/uploads/{upload_id}` follows it.
    upload_id: UploadId,
    /// Its name.
    filename: String,
    /// How far it is.
    processing_status: ProcessingStatus,
}

/// A file that has been read, or could not be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractionOut {
    /// False when the file could not be read; `failure` says why.
    pub(crate) success: bool,
    /// Names the upload.
    upload_id: UploadId,
    /// Its name.
    filename: String,
    /// How far it is.
    processing_status: ProcessingStatus,
    /// How many tasks and meetings were found.
    pub(crate) tasks_extracted: i64,
    /// How many of them were saved.
    pub(crate) tasks_saved: i64,
    /// Which engine read it.
    engine: Option<String>,
    /// What was found, with the words it came from.
    tasks: Vec<ItemOut>,
    /// Why it could not be read.
    failure: Option<FailureOut>,
    /// From the beginning of reading to the end.
    processing_time_seconds: f64,
}

impl From<UploadRow> for ExtractionQueued {
    fn from(row: UploadRow) -> Self {
        Self {
            upload_id: row.id,
            filename: row.filename,
            processing_status: row.processing_status,
        }
    }
}

impl From<UploadRow> for ExtractionOut {
    fn from(mut row: UploadRow) -> Self {
        let ended = row.saved_at.or(row.processed_at);
        let took = row
            .started_at
            .zip(ended)
            .map(|(from, to)| (to - from).to_std().unwrap_or_default());
        Self {
            success: row.processing_status == ProcessingStatus::Completed,
            upload_id: row.id,
            processing_status: row.processing_status,
            tasks_extracted: row.extracted,
            tasks_saved: row.saved,
            engine: row.engine.take(),
            tasks: items(&mut row),
            failure: row
                .failure_code
                .zip(row.failure_detail)
                .map(|(code, detail)| FailureOut { code, detail }),
            processing_time_seconds: took.unwrap_or_default().as_secs_f64(),
            filename: row.filename,
        }
    }
}

/// Reads a text, as JSON or as a file, and saves the tasks in it.
#[utoipa::path(post, path = "/api/tasks/extract/text", operation_id = "extract_text", tag = "uploads",
    params(WaitQuery),
    request_body(content((TextIn = "application/json"), (FileForm = "multipart/form-data"))),
    responses(
        (status = 200, description = "Read, or found unreadable", body = ExtractionOut),
        (status = 202, description = "Being read", body = ExtractionQueued)))]
pub(crate) async fn extract_text(
    State(state): State<Uploads>,
    caller: Caller,
    Params(wait): Params<WaitQuery>,
    request: Request,
) -> Result<Response, ApiError> {
    let bound = wait.bound()?;
    let (parts, body) = request.into_parts();
    let body = small_body(body).await?;
    if is_multipart(&parts) {
        let form = Form::parse(parts, body, &caller).await?;
        return single(&state, &caller, form, UploadType::Text, bound).await;
    }
    if !content_type(&parts).starts_with("application/json") {
        let detail = "send JSON with the field text, or a file as multipart/form-data";
        return Err(ApiError::UnsupportedMediaType(detail.to_owned()));
    }
    let idempotency = IdempotencyKey::read(&parts.headers, &parts.method, &parts.uri, &body)?;
    let input: TextIn = parse_json(&body)?;
    if input.text.trim().is_empty() || input.text.chars().count() > MAX_TEXT_CHARS {
        return Err(ApiError::field(
            "text",
            format!("must have 1 to {MAX_TEXT_CHARS} characters"),
        ));
    }
    let options = Options::new(input.save_to_db, input.reference_date, input.locale)?;
    let name = input.name.as_deref().unwrap_or("text.txt");
    let declared = declared(name, Some("text/plain"), Some(UploadType::Text))?;
    let file = Incoming {
        declared,
        bytes: Bytes::from(input.text),
    };
    if file.bytes.len() > MAX_POST_BYTES {
        return Err(too_large());
    }
    let posted = post(&state, &caller, vec![file], &options, idempotency).await?;
    answer(&state, &caller, &posted, bound).await
}

pub(crate) async fn single(
    state: &Uploads,
    caller: &Caller,
    form: Form,
    upload_type: UploadType,
    bound: Duration,
) -> Result<Response, ApiError> {
    let (file, options, idempotency) = form.single()?;
    let declared = declared(&file.name, file.mime.as_deref(), Some(upload_type))?;
    let incoming = vec![Incoming {
        declared,
        bytes: file.bytes,
    }];
    let posted = post(state, caller, incoming, &options, idempotency).await?;
    answer(state, caller, &posted, bound).await
}

async fn answer(
    state: &Uploads,
    caller: &Caller,
    posted: &Posted,
    bound: Duration,
) -> Result<Response, ApiError> {
    let row = results(state, caller, posted, bound)
        .await?
        .pop()
        .ok_or(ApiError::NotFound("upload"))?;
    let answer = if is_finished(&row) {
        (StatusCode::OK, Json(ExtractionOut::from(row))).into_response()
    } else {
        (StatusCode::ACCEPTED, Json(ExtractionQueued::from(row))).into_response()
    };
    Ok(marked(answer, posted))
}

/// The uploads after the wait, in the order of the files.
pub(crate) async fn results(
    state: &Uploads,
    caller: &Caller,
    posted: &Posted,
    bound: Duration,
) -> Result<Vec<UploadRow>, ApiError> {
    let ids = posted.ids();
    until_finished(state, caller, &ids, bound).await?;
    let mut tx = state.app.tenant(caller).await?;
    let rows = uploads::find(&mut tx, caller.user_id, &ids).await?;
    tx.commit().await?;
    Ok(rows)
}

/// True when nothing more will happen to an upload by itself.
pub(crate) fn is_finished(row: &UploadRow) -> bool {
    let saved = !row.save_to_db || row.saved_at.is_some();
    row.processing_status.is_final()
        && (saved || row.processing_status != ProcessingStatus::Completed)
}

/// Says when the request had been carried out before.
pub(crate) fn marked(mut answer: Response, posted: &Posted) -> Response {
    if posted.again {
        answer
            .headers_mut()
            .insert("idempotent-replay", HeaderValue::from_static("true"));
    }
    answer
}
