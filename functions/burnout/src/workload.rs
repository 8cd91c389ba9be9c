//! `/api/workload/...`: the load without the words.

use crate::analyze::assess;
use crate::breakdown::{GroupOut, groups};
use crate::texts::TextsOut;
use axum::Json;
use axum::extract::State;
use sentry_db::facts;
use sentry_domain::Zone;
use sentry_http::{ApiError, App, Body, Caller, FieldError, PathParams};
use sentry_scoring::{Analysis, Factor, Metric, Metrics, Reason};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Metrics to score.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkloadIn {
    /// The metrics by name; those that are left out or null count as unknown.
    quantitative_metrics: Metrics,
}

/// A load with its reasons.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkloadOut {
    /// Points of all factors, 0 to 100; null without enough data.
    #[schema(required)]
    workload_score: Option<f64>,
    /// Share of the formula that had data, 0 to 1.
    completeness: f64,
    /// The reasons.
    factors: Vec<Factor>,
    /// Factors without data.
    missing: Vec<Metric>,
    /// Why there is no score.
    #[schema(required)]
    reason: Option<Reason>,
    /// What the score is not.
    notice: &'static str,
}

/// The load of given metrics; nothing of the caller's is looked at and nothing is kept.
#[utoipa::path(post, path = "/api/workload/calculate", operation_id = "calculate_workload", tag = "workload",
    request_body = WorkloadIn,
    responses((status = 200, description = "The load with its reasons", body = WorkloadOut)))]
pub(crate) async fn calculate_workload(
    State(app): State<App>,
    caller: Caller,
    body: Body<WorkloadIn>,
) -> Result<Json<WorkloadOut>, ApiError> {
    let wrong = body.value.quantitative_metrics.out_of_range();
    if !wrong.is_empty() {
        let error = |wrong: &sentry_scoring::metrics::OutOfRange| {
            FieldError::new(
                format!("quantitative_metrics.{}", wrong.metric),
                wrong.to_string(),
            )
        };
        return Err(ApiError::Invalid(wrong.iter().map(error).collect()));
    }
    // The session is asked for all the same: a token whose session has ended is worth nothing.
    app.tenant(&caller).await?.commit().await?;
    let assessment = assess(
        body.value.quantitative_metrics,
        &TextsOut::default(),
        Zone::UTC,
        app.now(),
    );
    Ok(Json(shown(assessment.analysis)))
}

fn shown(analysis: Analysis) -> WorkloadOut {
    WorkloadOut {
        workload_score: analysis.workload_score,
        completeness: analysis.completeness,
        factors: analysis.factors,
        missing: analysis.missing,
        reason: analysis.reason,
        notice: sentry_scoring::NOTICE,
    }
}

/// The metrics as they are now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkloadMetricsOut {
    /// What was measured, from the rows as they are now.
    metrics: Metrics,
    /// The load of them.
    #[serde(flatten)]
    workload: WorkloadOut,
}

/// The caller's metrics, measured now, with the load they make.
#[utoipa::path(get, path = "/api/workload/metrics/{user_id}", operation_id = "get_workload_metrics", tag = "workload",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "The metrics", body = WorkloadMetricsOut)))]
pub(crate) async fn get_workload_metrics(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<WorkloadMetricsOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let person = facts::person(&mut tx, owner, app.now())
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    tx.commit().await?;
    let assessment = person.assess(app.now(), None);
    Ok(Json(WorkloadMetricsOut {
        metrics: assessment.metrics,
        workload: shown(assessment.analysis),
    }))
}

/// The load taken apart.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkloadBreakdownOut {
    /// Points of all factors; null without enough data.
    #[schema(required)]
    workload_score: Option<f64>,
    /// The groups, in the order of the formula, with the rows behind each factor.
    groups: Vec<GroupOut>,
    /// Why there is no score.
    #[schema(required)]
    reason: Option<Reason>,
    /// What the score is not.
    notice: &'static str,
}

/// The caller's load as it is now, taken apart: groups, factors, and the rows behind each by name.
#[utoipa::path(get, path = "/api/workload/breakdown/{user_id}", operation_id = "get_workload_breakdown", tag = "workload",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "The load taken apart", body = WorkloadBreakdownOut)))]
pub(crate) async fn get_workload_breakdown(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<WorkloadBreakdownOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let person = facts::person(&mut tx, owner, app.now())
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let analysis = person.assess(app.now(), None).analysis;
    let groups = groups(&mut tx, owner, &analysis).await?;
    tx.commit().await?;
    Ok(Json(WorkloadBreakdownOut {
        workload_score: analysis.workload_score,
        groups,
        reason: analysis.reason,
        notice: sentry_scoring::NOTICE,
    }))
}
