//! `POST /api/burnout/analyze-auto/{user_id}`: a score from the caller's own rows.

use crate::analysis::AnalysisOut;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sentry_db::analyses::{self, NewAnalysis, Trigger};
use sentry_db::{Tx, facts};
use sentry_domain::{TaskType, UserId};
use sentry_http::{ApiError, App, Body, Caller, Params, PathParams};
use sentry_scoring::Assessment;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnalyzeAutoParams {
    /// Whether the analysis goes into the history; unchanged inputs on the same day add no line.
    #[serde(default = "yes")]
    #[param(default = true)]
    store_history: bool,
}

const fn yes() -> bool {
    true
}

/// There is nothing to say but that it shall be done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnalyzeAutoIn {}

/// The score and what was looked at for it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnalyzeAutoOut {
    /// Always `success`.
    status: &'static str,
    /// Always `database`.
    data_source: &'static str,
    /// Tasks that were looked at: open ones, and those done or changed lately.
    tasks_analyzed: usize,
    /// Meetings that were looked at: those around today.
    meetings_analyzed: usize,
    /// The score and its reasons.
    analysis: AnalysisOut,
}

/// Scores the caller's tasks, meetings and texts as they are now.
///
/// The time zone and the working hours of the profile decide what "today", "late" and "too long"
/// mean. Without enough data the score is null and `reason` says why.
#[utoipa::path(post, path = "/api/burnout/analyze-auto/{user_id}", operation_id = "analyze_burnout_auto",
    tag = "burnout", request_body(content = Option<AnalyzeAutoIn>),
    params(("user_id" = String, Path, description = "The caller's id, or `me`"), AnalyzeAutoParams),
    responses((status = 200, description = "The score with its reasons", body = AnalyzeAutoOut)))]
pub(crate) async fn analyze_burnout_auto(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    Params(params): Params<AnalyzeAutoParams>,
    body: Body<AnalyzeAutoIn>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    if !params.store_history {
        let mut tx = app.tenant(&caller).await?;
        let found = assess(&mut tx, owner, app.now()).await?;
        tx.commit().await?;
        return Ok(Json(found.shown(owner, app.now())).into_response());
    }
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    let found = assess(&mut write.tx, owner, at).await?;
    let kept = NewAnalysis {
        owner,
        assessment: found.assessment.clone(),
    };
    analyses::insert(&mut write.tx, vec![kept], Trigger::Request, at).await?;
    write.commit(StatusCode::OK, &found.shown(owner, at)).await
}

struct Found {
    tasks: usize,
    meetings: usize,
    assessment: Assessment,
}

impl Found {
    fn shown(self, owner: UserId, at: DateTime<Utc>) -> AnalyzeAutoOut {
        AnalyzeAutoOut {
            status: "success",
            data_source: "database",
            tasks_analyzed: self.tasks,
            meetings_analyzed: self.meetings,
            analysis: AnalysisOut::made(owner, at, self.assessment),
        }
    }
}

/// Four statements, however much there is to look at.
async fn assess(tx: &mut Tx, owner: UserId, at: DateTime<Utc>) -> Result<Found, ApiError> {
    let person = facts::person(tx, owner, at)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let previous = analyses::previous(tx, owner, person.day(at)).await?;
    Ok(Found {
        tasks: person.count(TaskType::Task),
        meetings: person.count(TaskType::Meeting),
        assessment: person.assess_after(at, &previous.unwrap_or_default().past()),
    })
}
