//! `POST /api/uploads/{upload_id}/retry`

use crate::{UploadOut, Uploads};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sentry_db::uploads;
use sentry_domain::UploadId;
use sentry_http::{ApiError, Body, Caller, Conflict, PathParams};
use sentry_queue::{ExtractMessage, enqueue};
use serde::Deserialize;
use utoipa::ToSchema;

/// Nothing need be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetryIn {}

/// Reads a failed upload again from the start.
#[utoipa::path(post, path = "/api/uploads/{upload_id}/retry", operation_id = "retry_upload", tag = "uploads",
    params(("upload_id" = i64, Path, description = "Which upload")), request_body = Option<RetryIn>,
    responses((status = 202, description = "It will be read again", body = UploadOut)))]
pub(crate) async fn retry_upload(
    State(state): State<Uploads>,
    caller: Caller,
    PathParams(id): PathParams<UploadId>,
    body: Body<Option<RetryIn>>,
) -> Result<Response, ApiError> {
    let (mut write, owner) = (state.app.write(&caller, &body).await?, caller.user_id);
    let at = write.at();
    let again = uploads::retry(&mut write.tx, owner, id, at).await?;
    let row = uploads::find(&mut write.tx, owner, &[id.0])
        .await?
        .pop()
        .ok_or(ApiError::NotFound("upload"))?;
    if !again {
        return Err(ApiError::Conflict(Conflict {
            code: "not_failed",
            detail: "only an upload that has failed can be tried again",
        }));
    }
    let message = ExtractMessage::Upload {
        user_id: owner,
        upload_id: id,
    };
    enqueue(&mut write.tx, &message, 0).await?;
    write
        .commit(StatusCode::ACCEPTED, &UploadOut::from(row))
        .await
}
