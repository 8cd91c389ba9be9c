//! `PUT /api/uploads/{upload_id}/file`: an announced file, past the bucket's own door

use crate::form::{FilePart, Form, MAX_POST_BYTES, is_multipart, small_body, too_large};
use crate::get_upload::find;
use crate::state::unavailable;
use crate::wait::{WaitQuery, until_finished};
use crate::{UploadDetail, Uploads};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use bytes::Bytes;
use sentry_db::uploads;
use sentry_domain::{ProcessingStatus, UploadId};
use sentry_http::{ApiError, Caller, Conflict, Params, PathParams};

type Answer = Result<(StatusCode, Json<UploadDetail>), ApiError>;

/// Sends the bytes of an announced file of at most 4 MiB, as they are or as a form.
#[utoipa::path(put, path = "/api/uploads/{upload_id}/file", operation_id = "put_upload_file", tag = "uploads",
    params(("upload_id" = i64, Path, description = "Which upload"), WaitQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "The file is there", body = UploadDetail)))]
pub(crate) async fn put_upload_file(
    State(state): State<Uploads>,
    caller: Caller,
    PathParams(id): PathParams<UploadId>,
    Params(wait): Params<WaitQuery>,
    request: Request,
) -> Answer {
    receive(&state, &caller, id, wait, request).await
}

/// The same for clients that can only post.
#[utoipa::path(post, path = "/api/uploads/{upload_id}/file", operation_id = "post_upload_file", tag = "uploads",
    params(("upload_id" = i64, Path, description = "Which upload"), WaitQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "The file is there", body = UploadDetail)))]
pub(crate) async fn post_upload_file(
    State(state): State<Uploads>,
    caller: Caller,
    PathParams(id): PathParams<UploadId>,
    Params(wait): Params<WaitQuery>,
    request: Request,
) -> Answer {
    receive(&state, &caller, id, wait, request).await
}

async fn receive(
    state: &Uploads,
    caller: &Caller,
    id: UploadId,
    wait: WaitQuery,
    request: Request,
) -> Answer {
    let bound = wait.bound()?;
    // Before the body is read: what does not exist is not worth four megabytes.
    let upload = find(state, caller, id).await?;
    let waits = matches!(
        upload.processing_status,
        ProcessingStatus::Pending | ProcessingStatus::Expired
    );
    if !waits || upload.uploaded_at.is_some() {
        return Err(ApiError::Conflict(Conflict {
            code: "already_uploaded",
            detail: "the file of this upload is there already",
        }));
    }
    let bytes = content(request, caller).await?;
    if bytes.len() > MAX_POST_BYTES {
        return Err(too_large());
    }
    if i64::try_from(bytes.len()) != Ok(upload.file_size_bytes) {
        return Err(ApiError::Unprocessable(Conflict {
            code: "wrong_size",
            detail: "the file does not have the size that was announced",
        }));
    }
    state
        .storage
        .put(&upload.object_key, &upload.mime_type, bytes)
        .await
        .map_err(unavailable)?;
    let mut tx = state.app.tenant(caller).await?;
    uploads::mark_uploaded(&mut tx, caller.user_id, &[id.0], state.app.now()).await?;
    tx.commit().await?;
    until_finished(state, caller, &[id.0], bound).await?;
    Ok((
        StatusCode::ACCEPTED,
        Json(find(state, caller, id).await?.into()),
    ))
}

async fn content(request: Request, caller: &Caller) -> Result<Bytes, ApiError> {
    let (parts, body) = request.into_parts();
    let body = small_body(body).await?;
    if !is_multipart(&parts) {
        return Ok(body);
    }
    let (FilePart { bytes, .. }, ..) = Form::parse(parts, body, caller).await?.single()?;
    Ok(bytes)
}
