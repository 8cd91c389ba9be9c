//! `GET /api/burnout/status/{user_id}`: the latest score.

use crate::analysis::AnalysisOut;
use axum::Json;
use axum::extract::State;
use sentry_db::analyses;
use sentry_http::{ApiError, App, Caller, PathParams};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether there is an analysis.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Analyzed {
    /// There is one.
    Analyzed,
    /// Not yet: nothing has changed and nobody has asked since the account was opened.
    NotAnalyzed,
}

/// The latest analysis, if there is one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusOut {
    /// Whether there is an analysis.
    status: Analyzed,
    /// What to do when there is none.
    #[schema(required)]
    detail: Option<&'static str>,
    /// The latest analysis; null when there is none.
    #[schema(required)]
    analysis: Option<AnalysisOut>,
}

/// The caller's latest score with its reasons.
///
/// An account that was never analyzed is no error: the answer is 200 with the status
/// `not_analyzed` and a null `analysis`.
#[utoipa::path(get, path = "/api/burnout/status/{user_id}", operation_id = "get_burnout_status", tag = "burnout",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "The latest score, or that there is none yet", body = StatusOut)))]
pub(crate) async fn get_burnout_status(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<StatusOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let latest = analyses::latest(&mut tx, owner).await?;
    tx.commit().await?;
    Ok(Json(match latest {
        Some(kept) => StatusOut {
            status: Analyzed::Analyzed,
            detail: None,
            analysis: Some(AnalysisOut::kept(owner, kept)),
        },
        None => StatusOut {
            status: Analyzed::NotAnalyzed,
            detail: Some(
                "Nothing was analyzed yet: add a task or a meeting, or POST /api/burnout/analyze-auto/me.",
            ),
            analysis: None,
        },
    }))
}
