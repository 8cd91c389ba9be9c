//! `GET /api/burnout/formula`: how a score comes about.

use axum::Json;
use sentry_http::{ApiError, Params};
use sentry_scoring::{Formula, WorkingHours};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormulaParams {
    /// Contracted hours per week, which move the knots of the time factors.
    #[param(minimum = 1, maximum = 75, default = 40)]
    weekly_hours: Option<f64>,
}

/// The table every score is computed from: factors with their curves, the sentiment's curve, levels.
///
/// Points between two knots are on the line between them. The score is the sum of all points,
/// kept within 0 to 100. It needs no account: nothing about a score is secret but its person.
#[utoipa::path(get, path = "/api/burnout/formula", operation_id = "get_burnout_formula", tag = "burnout",
    security(()), params(FormulaParams),
    responses((status = 200, description = "The formula", body = Formula)))]
pub(crate) async fn get_burnout_formula(
    Params(params): Params<FormulaParams>,
) -> Result<Json<Formula>, ApiError> {
    let hours = match params.weekly_hours {
        None => WorkingHours::default(),
        Some(hours) if (1.0..=75.0).contains(&hours) => WorkingHours::of_week(hours),
        Some(_) => return Err(ApiError::field("weekly_hours", "must be 1 to 75")),
    };
    Ok(Json(Formula::of(&hours)))
}
