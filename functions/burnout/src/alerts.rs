//! `GET /api/burnout/alerts/{user_id}`: what should not go unnoticed.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::alerts::{self, AlertRow};
use sentry_http::{ApiError, App, Caller, Items, Page, Params, PathParams};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertParams {
    /// Only those that are not closed.
    #[serde(default)]
    #[param(default = false)]
    open: bool,
    /// Lines in the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// An alert, open or closed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertItem {
    /// Its id.
    id: Uuid,
    /// What it is about.
    #[schema(example = "prolonged")]
    kind: String,
    /// The alert in words, as it was when it opened.
    sentence: String,
    /// The number behind it.
    #[schema(required)]
    value: Option<f64>,
    /// The person's date on which it opened.
    opened_on: NaiveDate,
    /// When.
    opened_at: DateTime<Utc>,
    /// The person's date on which it closed.
    #[schema(required)]
    closed_on: Option<NaiveDate>,
    /// When.
    #[schema(required)]
    closed_at: Option<DateTime<Utc>>,
}

/// The caller's alerts, newest first. Each opens once and closes once; a score must fall two points
/// below its bound before an alert closes.
#[utoipa::path(get, path = "/api/burnout/alerts/{user_id}", operation_id = "list_burnout_alerts", tag = "burnout",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"), AlertParams),
    responses((status = 200, description = "A page of alerts", body = Items<AlertItem>)))]
pub(crate) async fn list_burnout_alerts(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    Params(params): Params<AlertParams>,
) -> Result<Json<Items<AlertItem>>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let page: Page<(DateTime<Utc>, Uuid)> = Page::new(params.limit, params.cursor.as_deref())?;
    let mut tx = app.tenant(&caller).await?;
    let rows = alerts::list(&mut tx, owner, params.open, page.limit, page.after).await?;
    tx.commit().await?;
    let place = |row: &AlertRow| (row.opened_at, row.id);
    Ok(Json(Items::from_rows(rows, page.limit, place, item)))
}

fn item(row: AlertRow) -> AlertItem {
    AlertItem {
        id: row.id,
        kind: row.kind,
        sentence: row.sentence,
        value: row.value,
        opened_on: row.opened_on,
        opened_at: row.opened_at,
        closed_on: row.closed_on,
        closed_at: row.closed_at,
    }
}
