//! `POST /api/uploads/{upload_id}/accept`

use crate::review::{ItemEdit, choose};
use crate::{UploadDetail, Uploads};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sentry_db::{extracted_items, uploads};
use sentry_domain::{ItemState, ProcessingStatus, UploadId};
use sentry_http::{ApiError, Body, Caller, Conflict, PathParams};
use sentry_queue::request_rescore;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which proposals are to be saved.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptIn {
    /// Their ordinals; every proposal when nothing is said.
    #[schema(max_items = 2000)]
    items: Option<Vec<i32>>,
    /// Corrections of some of them.
    #[schema(max_items = 2000)]
    #[serde(default)]
    edits: Vec<ItemEdit>,
    /// True to be done with the others; they stay proposed when nothing is said.
    #[serde(default)]
    reject_others: bool,
}

/// Saves chosen proposals as tasks, corrected where that is said. What an open task says already
/// is marked as its duplicate instead. Safe to repeat.
#[utoipa::path(post, path = "/api/uploads/{upload_id}/accept", operation_id = "accept_upload", tag = "uploads",
    params(("upload_id" = i64, Path, description = "Which upload")), request_body = AcceptIn,
    responses((status = 200, description = "The upload with what became of its items", body = UploadDetail)))]
pub(crate) async fn accept_upload(
    State(state): State<Uploads>,
    caller: Caller,
    PathParams(id): PathParams<UploadId>,
    body: Body<AcceptIn>,
) -> Result<Response, ApiError> {
    let (mut write, owner) = (state.app.write(&caller, &body).await?, caller.user_id);
    let (at, tx) = (write.at(), &mut write.tx);
    let upload = extracted_items::lock(tx, owner, id)
        .await?
        .ok_or(ApiError::NotFound("upload"))?;
    if upload.processing_status != ProcessingStatus::Completed {
        return Err(ApiError::Conflict(Conflict {
            code: "not_completed",
            detail: "nothing can be chosen before the upload has been read",
        }));
    }
    let AcceptIn {
        items: chosen,
        edits,
        reject_others,
    } = body.value;
    let ready = choose(
        extracted_items::of_upload(tx, owner, id).await?,
        chosen.as_deref(),
        edits,
    )?;
    let outcomes = extracted_items::save(tx, owner, &upload, ready, at).await?;
    if reject_others {
        extracted_items::reject(tx, owner, id).await?;
    }
    let saved = outcomes
        .iter()
        .any(|outcome| outcome.state == ItemState::Accepted);
    if saved {
        request_rescore(tx, owner).await?;
    }
    let row = uploads::find(tx, owner, &[id.0])
        .await?
        .pop()
        .ok_or(ApiError::NotFound("upload"))?;
    write.commit(StatusCode::OK, &UploadDetail::from(row)).await
}
