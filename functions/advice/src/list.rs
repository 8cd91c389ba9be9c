//! `GET /api/recommendations/{user_id}`: offers and what became of them.

use crate::recommendation::RecommendationOut;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use sentry_db::profiles;
use sentry_db::recommendations::{self, RecommendationRow};
use sentry_http::{ApiError, App, Caller, Items, Page, Params, PathParams};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What became of an offer.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// Nothing yet.
    Offered,
    /// The person will do it.
    Accepted,
    /// Its changes are made.
    Applied,
    /// They are taken back.
    Undone,
    /// The person does not want it.
    Dismissed,
    /// It rests.
    Snoozed,
    /// A task or meeting it is about has been changed since, or it has rested long enough: ask for new ones.
    Expired,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListParams {
    /// Only those.
    #[param(inline)]
    status: Option<Status>,
    /// Lines in the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The caller's recommendations, newest first.
#[utoipa::path(get, path = "/api/recommendations/{user_id}", operation_id = "list_recommendations",
    tag = "recommendations",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"), ListParams),
    responses((status = 200, description = "A page of recommendations", body = Items<RecommendationOut>)))]
pub(crate) async fn list_recommendations(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    Params(params): Params<ListParams>,
) -> Result<Json<Items<RecommendationOut>>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let page: Page<(DateTime<Utc>, Uuid)> = Page::new(params.limit, params.cursor.as_deref())?;
    let status = params.status.map(|status| match status {
        Status::Offered => "offered",
        Status::Accepted => "accepted",
        Status::Applied => "applied",
        Status::Undone => "undone",
        Status::Dismissed => "dismissed",
        Status::Snoozed => "snoozed",
        Status::Expired => "expired",
    });
    let mut tx = app.tenant(&caller).await?;
    let rows = recommendations::list(&mut tx, owner, status, page.limit, page.after).await?;
    let style = profiles::preferences(&mut tx, owner)
        .await?
        .communication_style;
    tx.commit().await?;
    let place = |row: &RecommendationRow| (row.created_at, row.id);
    Ok(Json(Items::from_rows(rows, page.limit, place, |row| {
        RecommendationOut::of(row, &style)
    })))
}
