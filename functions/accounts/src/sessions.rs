//! Where a person is signed in, and how to end it from afar.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sentry_db::activities::{self, Action};
use sentry_db::sessions::{self, SessionRow};
use sentry_domain::SessionId;
use sentry_http::{ApiError, App, Body, Caller, Items, Page, Params, PathParams};
use sentry_identity::Client;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

/// Which page of the sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SessionsPage {
    /// How many, 50 by default.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Nothing is needed beside the path.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A place where the person is signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionOut {
    id: SessionId,
    /// Whether it is the one that asks.
    current: bool,
    /// When the person signed in.
    created_at: DateTime<Utc>,
    /// When its tokens were last replaced.
    last_used_at: DateTime<Utc>,
    /// When it ends unless it is used.
    expires_at: DateTime<Utc>,
    /// What the client called itself at the last use.
    device: Option<String>,
    /// From which network address it came then.
    ip: Option<String>,
}

/// Lists where the caller is signed in, the latest sign-in first.
#[utoipa::path(
    get,
    path = "/api/auth/sessions",
    operation_id = "list_sessions",
    tag = "accounts",
    params(SessionsPage),
    responses((status = 200, description = "The open sessions", body = Items<SessionOut>))
)]
pub(crate) async fn list_sessions(
    State(app): State<App>,
    caller: Caller,
    Params(query): Params<SessionsPage>,
) -> Result<Json<Items<SessionOut>>, ApiError> {
    let page = Page::<(DateTime<Utc>, SessionId)>::new(query.limit, query.cursor.as_deref())?;
    let mut tx = app.tenant(&caller).await?;
    let rows = sessions::list(
        &mut tx,
        caller.user_id,
        page.after,
        page.limit + 1,
        app.now(),
    )
    .await?;
    tx.commit().await?;
    let cursor = |row: &SessionRow| (row.created_at, row.id);
    Ok(Json(Items::from_rows(rows, page.limit, cursor, |row| {
        SessionOut {
            id: row.id,
            current: row.id == caller.session_id,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
            device: row.device,
            ip: row.ip,
        }
    })))
}

/// Ends one session: its tokens are refused from the next request on.
#[utoipa::path(
    delete,
    path = "/api/auth/sessions/{session_id}",
    operation_id = "delete_session",
    tag = "accounts",
    params(("session_id" = SessionId, Path, description = "One of the caller's sessions")),
    responses((status = 204, description = "Ended"))
)]
pub(crate) async fn delete_session(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<SessionId>,
    client: Client,
    body: Body<Nothing>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    if !sessions::revoke(&mut write.tx, caller.user_id, id, at).await? {
        return Err(ApiError::NotFound("session"));
    }
    let detail = json!({ "session_id": id });
    activities::add(
        &mut write.tx,
        Some(caller.user_id),
        Action::SessionRevoked,
        &detail,
        client.ip.as_deref(),
        at,
    )
    .await?;
    write.commit_empty().await
}

/// Signs out everywhere, here too.
#[utoipa::path(
    delete,
    path = "/api/auth/sessions",
    operation_id = "delete_all_sessions",
    tag = "accounts",
    responses((status = 204, description = "Signed out everywhere"))
)]
pub(crate) async fn delete_all_sessions(
    State(app): State<App>,
    caller: Caller,
    client: Client,
    body: Body<Nothing>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    let ended = sessions::revoke_all(&mut write.tx, caller.user_id, at).await?;
    let detail = json!({ "sessions": ended });
    activities::add(
        &mut write.tx,
        Some(caller.user_id),
        Action::SessionRevoked,
        &detail,
        client.ip.as_deref(),
        at,
    )
    .await?;
    write.commit_empty().await
}
