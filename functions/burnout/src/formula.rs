//! `GET /api/burnout/formula`: how a score comes about.

use axum::Json;
use axum::extract::State;
use sentry_db::facts;
use sentry_http::{ApiError, App, Caller, Params};
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
    /// Working days per week they are spread over; at most 24 hours a day.
    #[param(minimum = 1, maximum = 7, default = 5)]
    working_days: Option<u8>,
}

/// The table every score is computed from: factors with their curves, the sentiment's curve, levels.
///
/// Points between two knots are on the line between them; `steps` says how values become a score. It
/// needs no account: nothing about a score is secret but its person. With an access token and
/// without parameters the knots are those of the caller's own contract.
#[utoipa::path(get, path = "/api/burnout/formula", operation_id = "get_burnout_formula", tag = "burnout",
    security((), ("bearer" = [])), params(FormulaParams),
    responses((status = 200, description = "The formula", body = Formula)))]
pub(crate) async fn get_burnout_formula(
    State(app): State<App>,
    caller: Option<Caller>,
    Params(params): Params<FormulaParams>,
) -> Result<Json<Formula>, ApiError> {
    let hours = match (&params, caller) {
        (
            FormulaParams {
                weekly_hours: None,
                working_days: None,
            },
            Some(caller),
        ) => own(&app, &caller).await?,
        _ => given(&params)?,
    };
    Ok(Json(Formula::of(&hours)))
}

async fn own(app: &App, caller: &Caller) -> Result<WorkingHours, ApiError> {
    let mut tx = app.tenant(caller).await?;
    let person = facts::person(&mut tx, caller.user_id, app.now()).await?;
    tx.commit().await?;
    Ok(person.ok_or(ApiError::NotFound("user"))?.working_hours)
}

fn given(params: &FormulaParams) -> Result<WorkingHours, ApiError> {
    let hours = params.weekly_hours.unwrap_or(40.0);
    let days = params.working_days.unwrap_or(5);
    if !(1.0..=75.0).contains(&hours) {
        return Err(ApiError::field("weekly_hours", "must be 1 to 75"));
    }
    if !(1..=7).contains(&days) {
        return Err(ApiError::field("working_days", "must be 1 to 7"));
    }
    if hours / f64::from(days) > 24.0 {
        return Err(ApiError::field(
            "working_days",
            "must be so many that a day has at most 24 hours",
        ));
    }
    Ok(WorkingHours::of_days(hours, days))
}
