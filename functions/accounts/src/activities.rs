//! What happened to one's account.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use sentry_db::activities::{self, ActivityRow};
use sentry_http::{ApiError, App, Caller, Items, Page, Params};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ActivitiesPage {
    /// How many, 50 by default.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Something that happened to the account.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActivityOut {
    id: i64,
    /// What happened, such as `signed_in`, `sign_in_refused`, `password_changed`.
    action: String,
    /// More about it: the session, the device.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// From which network address.
    ip: Option<String>,
    created_at: DateTime<Utc>,
}

/// Lists what happened to the caller's account, the latest first: sign-ins, refusals, changes.
#[utoipa::path(
    get,
    path = "/api/auth/activities",
    operation_id = "list_activities",
    tag = "accounts",
    params(ActivitiesPage),
    responses((status = 200, description = "The log", body = Items<ActivityOut>))
)]
pub(crate) async fn list_activities(
    State(app): State<App>,
    caller: Caller,
    Params(query): Params<ActivitiesPage>,
) -> Result<Json<Items<ActivityOut>>, ApiError> {
    let page = Page::<i64>::new(query.limit, query.cursor.as_deref())?;
    let mut tx = app.tenant(&caller).await?;
    let rows = activities::list(&mut tx, caller.user_id, page.after, page.limit + 1).await?;
    tx.commit().await?;
    let cursor = |row: &ActivityRow| row.id;
    Ok(Json(Items::from_rows(rows, page.limit, cursor, |row| {
        ActivityOut {
            id: row.id,
            action: row.action,
            detail: row.detail,
            ip: row.ip,
            created_at: row.created_at,
        }
    })))
}
