//! `GET /api/uploads` and its older name

use crate::{UploadOut, Uploads};
use axum::Json;
use axum::extract::State;
use sentry_db::uploads::{self, UploadFilter};
use sentry_domain::{ProcessingStatus, UploadId, UploadType};
use sentry_http::{ApiError, Caller, Items, Page, Params, PathParams};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which uploads, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UploadQuery {
    /// Only those that are this far.
    #[serde(alias = "processing_status")]
    status: Option<ProcessingStatus>,
    /// Only those of this type.
    #[serde(rename = "type", alias = "upload_type")]
    upload_type: Option<UploadType>,
    /// Uploads on the page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The caller's uploads, newest first.
#[utoipa::path(get, path = "/api/uploads", operation_id = "list_uploads", tag = "uploads", params(UploadQuery),
    responses((status = 200, description = "A page of uploads", body = Items<UploadOut>)))]
pub(crate) async fn list_uploads(
    State(state): State<Uploads>,
    caller: Caller,
    Params(query): Params<UploadQuery>,
) -> Result<Json<Items<UploadOut>>, ApiError> {
    page(&state, &caller, query).await
}

/// The same under the path of earlier systems.
#[utoipa::path(get, path = "/api/tasks/extraction-history/{user_id}", operation_id = "list_extraction_history",
    tag = "uploads", params(("user_id" = String, Path, description = "The caller's id or `me`"), UploadQuery),
    responses((status = 200, description = "A page of uploads", body = Items<UploadOut>)))]
pub(crate) async fn list_extraction_history(
    State(state): State<Uploads>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    Params(query): Params<UploadQuery>,
) -> Result<Json<Items<UploadOut>>, ApiError> {
    caller.must_be(&user_id)?;
    page(&state, &caller, query).await
}

async fn page(
    state: &Uploads,
    caller: &Caller,
    query: UploadQuery,
) -> Result<Json<Items<UploadOut>>, ApiError> {
    let page = Page::<i64>::new(query.limit, query.cursor.as_deref())?;
    let filter = UploadFilter {
        status: query.status,
        upload_type: query.upload_type,
    };
    let after = page.after.map(UploadId);
    let mut tx = state.app.tenant(caller).await?;
    let rows = uploads::list(&mut tx, caller.user_id, filter, after, page.limit + 1).await?;
    tx.commit().await?;
    Ok(Json(Items::from_rows(
        rows,
        page.limit,
        |row| row.id.0,
        UploadOut::from,
    )))
}
