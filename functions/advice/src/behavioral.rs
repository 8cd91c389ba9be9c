//! `GET /api/profile/{user_id}/behavioral` and `/history`: what was learned, and what was changed.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::profiles::{self, ProfileChange};
use sentry_http::{ApiError, App, Caller, Items, Page, Params, PathParams};
use sentry_scoring::Behaviour;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What was learned of a person's own past.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BehavioralOut {
    /// The person's date it was learned on; null before the first night.
    #[schema(required)]
    learned_on: Option<NaiveDate>,
    /// What was learned, each with the number of days behind it.
    behavioral: Behaviour,
}

/// What the nights have learned of the caller: calm days, weekdays, what precedes a rise.
#[utoipa::path(get, path = "/api/profile/{user_id}/behavioral", operation_id = "get_behavioral_profile", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "What was learned", body = BehavioralOut)))]
pub(crate) async fn get_behavioral_profile(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<BehavioralOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let learned = profiles::learned(&mut tx, owner).await?;
    tx.commit().await?;
    let (learned_on, behavioral) = learned.unzip();
    Ok(Json(BehavioralOut {
        learned_on,
        behavioral: behavioral.unwrap_or_default(),
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeParams {
    /// Lines in the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A change of the profile, the preferences or a constraint.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeOut {
    /// `profile`, `preferences` or `constraint`.
    subject: String,
    /// Which constraint.
    #[schema(required)]
    constraint_id: Option<Uuid>,
    /// `created`, `updated` or `deleted`.
    action: String,
    /// As it was.
    #[schema(required, value_type = Option<Object>)]
    before: Option<Value>,
    /// As it became.
    #[schema(required, value_type = Option<Object>)]
    after: Option<Value>,
    /// When.
    changed_at: DateTime<Utc>,
}

/// What the profile, the preferences and the constraints were before, newest first.
#[utoipa::path(get, path = "/api/profile/{user_id}/history", operation_id = "list_profile_changes", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"), ChangeParams),
    responses((status = 200, description = "A page of changes", body = Items<ChangeOut>)))]
pub(crate) async fn list_profile_changes(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    Params(params): Params<ChangeParams>,
) -> Result<Json<Items<ChangeOut>>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let page: Page<i64> = Page::new(params.limit, params.cursor.as_deref())?;
    let mut tx = app.tenant(&caller).await?;
    let rows = profiles::changes(&mut tx, owner, page.limit, page.after).await?;
    tx.commit().await?;
    Ok(Json(Items::from_rows(
        rows,
        page.limit,
        |row: &ProfileChange| row.id,
        shown,
    )))
}

fn shown(row: ProfileChange) -> ChangeOut {
    ChangeOut {
        subject: row.subject,
        constraint_id: row.constraint_id,
        action: row.action,
        before: row.before,
        after: row.after,
        changed_at: row.changed_at,
    }
}
