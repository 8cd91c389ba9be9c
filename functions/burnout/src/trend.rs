//! `GET /api/burnout/trend/{user_id}`: one point per day, ready for a chart.

use axum::Json;
use axum::extract::State;
use chrono::{Duration, NaiveDate};
use sentry_db::{analyses, tasks};
use sentry_domain::BurnoutLevel;
use sentry_http::{ApiError, App, Caller, Params, PathParams};
use sentry_scoring::{Course, DayScore};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const MAX_DAYS: i64 = 365;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrendParams {
    /// Days up to today.
    #[param(minimum = 7, maximum = 365, default = 30)]
    days: Option<i64>,
}

/// A day of the chart.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrendPoint {
    /// The person's own date.
    day: NaiveDate,
    /// Its last score; null where there was none: a gap, not a zero.
    #[schema(required)]
    score: Option<f64>,
    /// Level of the score.
    #[schema(required)]
    burnout_level: Option<BurnoutLevel>,
    /// Points of the workload alone.
    #[schema(required)]
    workload_score: Option<f64>,
    /// Points for the sentiment.
    #[schema(required)]
    sentiment_adjustment: Option<f64>,
}

/// The course of the last days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrendOut {
    /// One point per day, oldest first.
    points: Vec<TrendPoint>,
    /// Baseline, trend and days in the level, as of the last day with a score.
    course: Course,
}

/// The caller's daily scores, with gaps as gaps.
#[utoipa::path(get, path = "/api/burnout/trend/{user_id}", operation_id = "get_burnout_trend", tag = "burnout",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"), TrendParams),
    responses((status = 200, description = "One point per day", body = TrendOut)))]
pub(crate) async fn get_burnout_trend(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    Params(params): Params<TrendParams>,
) -> Result<Json<TrendOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let days = params.days.unwrap_or(30);
    if !(7..=MAX_DAYS).contains(&days) {
        return Err(ApiError::field("days", format!("must be 7 to {MAX_DAYS}")));
    }
    let mut tx = app.tenant(&caller).await?;
    let today = tasks::owners_zone(&mut tx, owner).await?.day_of(app.now());
    // The baseline looks back further than a short chart.
    let start = today - Duration::days(days.max(45));
    let found = analyses::daily(&mut tx, owner, start, today).await?;
    tx.commit().await?;
    let scores: Vec<DayScore> = found
        .iter()
        .map(|day| DayScore {
            day: day.day,
            score: day.final_score,
        })
        .collect();
    // Newest first, as they were found.
    let last = scores.first();
    let course = last.map_or_else(Course::default, |last| {
        Course::of(&scores, last.day, Some(last.score))
    });
    let points = (0..days).rev().map(|ago| {
        let day = today - Duration::days(ago);
        let found = found.iter().find(|found| found.day == day);
        TrendPoint {
            day,
            score: found.map(|day| day.final_score),
            burnout_level: found.and_then(|day| day.level),
            workload_score: found.and_then(|day| day.workload_score),
            sentiment_adjustment: found.map(|day| day.sentiment_adjustment),
        }
    });
    Ok(Json(TrendOut {
        points: points.collect(),
        course,
    }))
}
