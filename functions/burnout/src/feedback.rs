//! `POST /api/burnout/feedback`: whether a score felt right.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sentry_db::analyses::{self, Verdict};
use sentry_http::{ApiError, App, Body, Caller};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const MAX_COMMENT: usize = 2_000;

/// How a score felt.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VerdictIn {
    /// It says less than there is.
    TooLow,
    /// It fits.
    AboutRight,
    /// It says more than there is.
    TooHigh,
}

/// What the person thinks of the latest score.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BurnoutFeedbackIn {
    /// How it felt.
    verdict: VerdictIn,
    /// Anything else.
    #[schema(max_length = 2000)]
    comment: Option<String>,
}

/// What was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BurnoutFeedbackOut {
    /// Its id.
    id: Uuid,
    /// The score it is about.
    #[schema(required)]
    final_score: Option<f64>,
}

/// Keeps how the latest score felt. It changes no score: the formula is the same for everybody.
#[utoipa::path(post, path = "/api/burnout/feedback", operation_id = "give_burnout_feedback", tag = "burnout",
    request_body = BurnoutFeedbackIn,
    responses((status = 201, description = "Kept", body = BurnoutFeedbackOut)))]
pub(crate) async fn give_burnout_feedback(
    State(app): State<App>,
    caller: Caller,
    body: Body<BurnoutFeedbackIn>,
) -> Result<Response, ApiError> {
    let comment = body
        .value
        .comment
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    if comment.is_some_and(|comment| comment.chars().count() > MAX_COMMENT) {
        return Err(ApiError::field(
            "comment",
            "must have at most 2000 characters",
        ));
    }
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    let owner = caller.user_id;
    let latest = analyses::latest(&mut write.tx, owner)
        .await?
        .ok_or(ApiError::NotFound("analysis"))?;
    let id = app.ids.uuid(at);
    let verdict = Verdict {
        id,
        day: latest.day,
        final_score: latest.analysis.final_score,
        verdict: match body.value.verdict {
            VerdictIn::TooLow => "too_low",
            VerdictIn::AboutRight => "about_right",
            VerdictIn::TooHigh => "too_high",
        },
        comment,
    };
    analyses::insert_verdict(&mut write.tx, owner, &verdict, at).await?;
    let out = BurnoutFeedbackOut {
        id,
        final_score: latest.analysis.final_score,
    };
    write.commit(StatusCode::CREATED, &out).await
}
