//! Everything the system holds about a person, for that person.

use crate::Accounts;
use crate::sessions::Nothing;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sentry_db::activities::{self, Action};
use sentry_db::exports::{self, ExportRow};
use sentry_http::{ApiError, Body, Caller, Conflict, PathParams};
use sentry_identity::Client;
use sentry_queue::{ExportMessage, enqueue};
use serde::Serialize;
use serde_json::json;
use std::time::Duration;
use utoipa::ToSchema;

/// For how long a download address works.
const URL_LIFETIME: Duration = Duration::from_mins(5);

const UNDER_WAY: ApiError = ApiError::Conflict(Conflict {
    code: "export_under_way",
    detail: "an export is being made; a mail tells when it is ready",
});

/// An archive of everything.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExportOut {
    /// `pending`, `ready`, `failed` or `expired`.
    status: String,
    /// Where to fetch it, for five minutes; only when it is ready.
    download_url: Option<String>,
    /// How large the archive is.
    size_bytes: Option<i64>,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    /// When the archive is removed.
    expires_at: Option<DateTime<Utc>>,
}

/// Asks for an archive of everything the system holds about the caller. It is made by a worker; a
/// mail tells when it is ready.
#[utoipa::path(
    post,
    path = "/api/users/{user_id}/export",
    operation_id = "create_export",
    tag = "accounts",
    params(("user_id" = String, Path, description = "`me` or the caller's id")),
    responses((status = 202, description = "It is being made", body = ExportOut))
)]
pub(crate) async fn create_export(
    State(accounts): State<Accounts>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    client: Client,
    body: Body<Nothing>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = accounts.guard.app.write(&caller, &body).await?;
    let at = write.at();
    let export_id = accounts.guard.app.ids.uuid(at);
    if !exports::insert(&mut write.tx, owner, export_id, at).await? {
        return Err(UNDER_WAY);
    }
    let message = ExportMessage::Export {
        user_id: owner,
        export_id,
    };
    enqueue(&mut write.tx, &message, 0).await?;
    let ip = client.ip.as_deref();
    let action = Action::ExportRequested;
    activities::add(&mut write.tx, Some(owner), action, &json!({}), ip, at).await?;
    let out = ExportOut {
        status: "pending".to_owned(),
        download_url: None,
        size_bytes: None,
        created_at: at,
        finished_at: None,
        expires_at: None,
    };
    write.commit(StatusCode::ACCEPTED, &out).await
}

/// The latest archive that the caller asked for.
#[utoipa::path(
    get,
    path = "/api/users/{user_id}/export",
    operation_id = "get_export",
    tag = "accounts",
    params(("user_id" = String, Path, description = "`me` or the caller's id")),
    responses((status = 200, description = "The archive", body = ExportOut))
)]
pub(crate) async fn get_export(
    State(accounts): State<Accounts>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<ExportOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = accounts.guard.app.tenant(&caller).await?;
    let row = exports::latest(&mut tx, owner).await?;
    tx.commit().await?;
    let row = row.ok_or(ApiError::NotFound("export"))?;
    let download_url = download_url(&accounts, &row).await?;
    Ok(Json(ExportOut {
        status: row.status,
        download_url,
        size_bytes: row.size_bytes,
        created_at: row.created_at,
        finished_at: row.finished_at,
        expires_at: row.expires_at,
    }))
}

async fn download_url(accounts: &Accounts, row: &ExportRow) -> Result<Option<String>, ApiError> {
    let (Some(signer), Some(key)) = (&accounts.signer, &row.object_key) else {
        return Ok(None);
    };
    if row.status != "ready" {
        return Ok(None);
    }
    signer
        .presign_get(key, URL_LIFETIME)
        .await
        .map(Some)
        .map_err(ApiError::internal)
}
