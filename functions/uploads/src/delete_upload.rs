//! `DELETE /api/uploads/{upload_id}`

use crate::Uploads;
use axum::extract::State;
use axum::response::Response;
use sentry_db::uploads;
use sentry_domain::UploadId;
use sentry_http::{ApiError, Body, Caller, PathParams};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Deletes an upload: the file and all that was read from it. Tasks that were saved stay.
#[utoipa::path(delete, path = "/api/uploads/{upload_id}", operation_id = "delete_upload", tag = "uploads",
    params(("upload_id" = i64, Path, description = "Which upload")),
    responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_upload(
    State(state): State<Uploads>,
    caller: Caller,
    PathParams(id): PathParams<UploadId>,
    body: Body<Nothing>,
) -> Result<Response, ApiError> {
    let mut write = state.app.write(&caller, &body).await?;
    let at = write.at();
    let key = uploads::delete(&mut write.tx, caller.user_id, id, at)
        .await?
        .ok_or(ApiError::NotFound("upload"))?;
    let answer = write.commit_empty().await?;
    // The row is the tombstone: what is not removed now, the sweep removes.
    if let Err(error) = state.storage.delete(&key).await {
        tracing::warn!(upload.id = id.0, %error, "the object of a deleted upload stays for now");
    }
    Ok(answer)
}
