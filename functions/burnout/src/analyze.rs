//! `POST /api/burnout/analyze`: a score from what the request brings along.

use crate::analysis::AnalysisOut;
use crate::texts::{QualitativeData, TextsOut, begin, country_error};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sentry_db::analyses::{self, NewAnalysis, Trigger};
use sentry_db::users;
use sentry_domain::Zone;
use sentry_http::{ApiError, App, Body, Caller, FieldError};
use sentry_scoring::{
    AlertMoves, Assessment, Measured, Metrics, Mood, WorkingHours, inputs_hash, score,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to score.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnalyzeIn {
    /// The metrics by name; those that are left out or null count as unknown.
    #[serde(default)]
    quantitative_metrics: Metrics,
    /// Texts of the last days, if any.
    #[serde(default)]
    qualitative_data: QualitativeData,
    /// Country whose help lines are named when a text shows signs of crisis (ISO 3166-1 alpha-2).
    #[schema(
        min_length = 2,
        max_length = 2,
        pattern = "^[A-Za-z]{2}$",
        example = "DE"
    )]
    country: Option<String>,
    /// Whether the analysis goes into the caller's history. It does not unless asked for: what a
    /// client supposes should not pass for what was measured.
    #[serde(default)]
    store_history: bool,
}

/// The score, and what each text said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnalyzeOut {
    /// Always `success`.
    status: &'static str,
    /// Always `request`.
    data_source: &'static str,
    /// The score and its reasons.
    analysis: AnalysisOut,
    /// What the texts say.
    #[serde(flatten)]
    texts: TextsOut,
}

/// Scores given metrics and texts; nothing of the caller's is looked at.
///
/// The knots are those of a 40-hour week. Nothing is kept unless `store_history` says so; then it
/// stands in the history on the caller's own date.
#[utoipa::path(post, path = "/api/burnout/analyze", operation_id = "analyze_burnout", tag = "burnout",
    request_body = AnalyzeIn,
    responses((status = 200, description = "The score with its reasons", body = AnalyzeOut)))]
pub(crate) async fn analyze_burnout(
    State(app): State<App>,
    caller: Caller,
    body: Body<AnalyzeIn>,
) -> Result<Response, ApiError> {
    check(&body.value)?;
    let texts = body
        .value
        .qualitative_data
        .read(body.value.country.as_deref());
    let metrics = body.value.quantitative_metrics.clone();
    let owner = caller.user_id;
    if !body.value.store_history {
        // The session is asked for all the same: a token whose session has ended is worth nothing.
        let at = app.now();
        app.tenant(&caller).await?.commit().await?;
        let assessment = assess(metrics, &texts, Zone::UTC, at);
        return Ok(Json(shown(AnalysisOut::made(owner, at, assessment), texts)).into_response());
    }
    let put_back = |out: &mut _| body.value.qualitative_data.put_words_back(out);
    let mut write = begin(&app, &caller, &body, put_back).await?;
    let at = write.at();
    let user = users::get(&mut write.tx, owner)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let assessment = assess(
        metrics,
        &texts,
        user.time_zone.parse().unwrap_or_default(),
        at,
    );
    let kept = NewAnalysis {
        owner,
        assessment: assessment.clone(),
    };
    analyses::insert(&mut write.tx, vec![kept], Trigger::Request, at).await?;
    let kept = shown(
        AnalysisOut::made(owner, at, assessment.clone()),
        texts.without_words(),
    );
    let answer = shown(AnalysisOut::made(owner, at, assessment), texts);
    write
        .commit_keeping(StatusCode::OK, (&answer, &kept), None)
        .await
}

fn check(input: &AnalyzeIn) -> Result<(), ApiError> {
    let mut errors: Vec<FieldError> = input
        .quantitative_metrics
        .out_of_range()
        .iter()
        .map(|wrong| {
            FieldError::new(
                format!("quantitative_metrics.{}", wrong.metric),
                wrong.to_string(),
            )
        })
        .collect();
    errors.extend(input.qualitative_data.errors());
    errors.extend(country_error(input.country.as_deref()));
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::Invalid(errors))
    }
}

pub(crate) fn assess(
    metrics: Metrics,
    texts: &TextsOut,
    zone: Zone,
    at: DateTime<Utc>,
) -> Assessment {
    let hours = WorkingHours::default();
    let measured = Measured::from(metrics);
    let mood = texts.mood().map(Mood::from);
    Assessment {
        day: zone.day_of(at),
        analysis: score(&measured, mood.as_ref(), &hours),
        inputs_hash: inputs_hash(&measured, mood.as_ref(), &hours),
        metrics: measured.metrics,
        alert_moves: AlertMoves::default(),
    }
}

fn shown(analysis: AnalysisOut, texts: TextsOut) -> AnalyzeOut {
    AnalyzeOut {
        status: "success",
        data_source: "request",
        analysis,
        texts,
    }
}
