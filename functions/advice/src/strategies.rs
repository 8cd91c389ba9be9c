//! `GET /api/recommendations/strategies`: practices that studies support.

use axum::Json;
use sentry_http::{ApiError, Caller, Items, Params};
use sentry_scoring::advice::{STRATEGIES, Strategy, search};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct StrategyParams {
    /// Words to look for; without any, all strategies.
    #[param(max_length = 200)]
    q: Option<String>,
}

/// The corpus of strategies, or what of it speaks of some words, best first.
#[utoipa::path(get, path = "/api/recommendations/strategies", operation_id = "list_strategies",
    tag = "recommendations", params(StrategyParams),
    responses((status = 200, description = "Strategies with their citations", body = Items<Strategy>)))]
pub(crate) async fn list_strategies(
    _caller: Caller,
    Params(params): Params<StrategyParams>,
) -> Result<Json<Items<Strategy>>, ApiError> {
    let items = match params.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        None => STRATEGIES.clone(),
        Some(q) if q.chars().count() > 200 => {
            return Err(ApiError::field("q", "must have at most 200 characters"));
        }
        Some(q) => search(q).into_iter().cloned().collect(),
    };
    Ok(Json(Items {
        items,
        next_cursor: None,
    }))
}
