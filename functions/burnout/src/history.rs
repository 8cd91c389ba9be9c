//! `GET /api/burnout/history/{user_id}`: past scores.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::analyses::{self, Past, PastFilter, PastPlace};
use sentry_domain::{AnalysisId, BurnoutLevel};
use sentry_http::{ApiError, App, Caller, Items, Page, Params, PathParams};
use sentry_scoring::{Change, Metrics};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct HistoryParams {
    /// First day, in the person's own calendar.
    start_date: Option<NaiveDate>,
    /// Last day, included.
    end_date: Option<NaiveDate>,
    /// Lines in the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// One line of the history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HistoryItem {
    /// Its id.
    id: AnalysisId,
    /// The person's own date.
    day: NaiveDate,
    /// The score, 0 to 100; null where there was not enough data.
    #[schema(required)]
    final_score: Option<f64>,
    /// Level of the score.
    #[schema(required)]
    burnout_level: Option<BurnoutLevel>,
    /// Colour of the level.
    #[schema(required, example = "yellow")]
    colour: Option<&'static str>,
    /// Points of the workload alone.
    #[schema(required)]
    workload_score: Option<f64>,
    /// Points for the sentiment.
    sentiment_adjustment: f64,
    /// Share of the formula that had data, 0 to 1.
    completeness: f64,
    /// What was measured.
    #[schema(value_type = Metrics)]
    metrics: Value,
    /// What had moved since the analysis of another day before it.
    #[schema(value_type = Vec<Change>)]
    changes: Value,
    /// Why it was made: `change`, `request` or `nightly`.
    trigger: String,
    /// When.
    analyzed_at: DateTime<Utc>,
}

/// The caller's past scores, newest first.
#[utoipa::path(get, path = "/api/burnout/history/{user_id}", operation_id = "list_burnout_history", tag = "burnout",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"), HistoryParams),
    responses((status = 200, description = "A page of the history", body = Items<HistoryItem>)))]
pub(crate) async fn list_burnout_history(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    Params(params): Params<HistoryParams>,
) -> Result<Json<Items<HistoryItem>>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let page: Page<PastPlace> = Page::new(params.limit, params.cursor.as_deref())?;
    let filter = PastFilter {
        start: params.start_date,
        end: params.end_date,
    };
    if filter
        .start
        .zip(filter.end)
        .is_some_and(|(start, end)| end < start)
    {
        return Err(ApiError::field("end_date", "must not be before start_date"));
    }
    let mut tx = app.tenant(&caller).await?;
    let rows = analyses::past(&mut tx, owner, filter, page.limit, page.after).await?;
    tx.commit().await?;
    Ok(Json(Items::from_rows(rows, page.limit, place, item)))
}

fn place(row: &Past) -> PastPlace {
    PastPlace {
        analyzed_at: row.analyzed_at,
        id: row.id.0,
    }
}

fn item(row: Past) -> HistoryItem {
    HistoryItem {
        id: row.id,
        day: row.day,
        final_score: row.final_score,
        burnout_level: row.level,
        colour: row.level.map(BurnoutLevel::colour),
        workload_score: row.workload_score,
        sentiment_adjustment: row.sentiment_adjustment,
        completeness: row.completeness,
        metrics: row.metrics,
        changes: row.changes,
        trigger: row.trigger,
        analyzed_at: row.analyzed_at,
    }
}
