//! `GET /api/uploads/{upload_id}`

use crate::wait::{WaitQuery, until_finished};
use crate::{UploadDetail, Uploads};
use axum::Json;
use axum::extract::State;
use sentry_db::uploads::{self, UploadRow};
use sentry_domain::UploadId;
use sentry_http::{ApiError, Caller, Params, PathParams};

/// One upload of the caller's with what was found in it. With `wait`, the answer comes when
/// nothing more will happen to it.
#[utoipa::path(get, path = "/api/uploads/{upload_id}", operation_id = "get_upload", tag = "uploads",
    params(("upload_id" = i64, Path, description = "Which upload"), WaitQuery),
    responses((status = 200, description = "The upload", body = UploadDetail)))]
pub(crate) async fn get_upload(
    State(state): State<Uploads>,
    caller: Caller,
    PathParams(id): PathParams<UploadId>,
    Params(wait): Params<WaitQuery>,
) -> Result<Json<UploadDetail>, ApiError> {
    until_finished(&state, &caller, &[id.0], wait.bound()?).await?;
    find(&state, &caller, id).await.map(|row| Json(row.into()))
}

/// An upload of the caller's with its items.
pub(crate) async fn find(
    state: &Uploads,
    caller: &Caller,
    id: UploadId,
) -> Result<UploadRow, ApiError> {
    let mut tx = state.app.tenant(caller).await?;
    let mut rows = uploads::find(&mut tx, caller.user_id, &[id.0]).await?;
    tx.commit().await?;
    rows.pop().ok_or(ApiError::NotFound("upload"))
}
