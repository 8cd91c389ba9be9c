//! `POST /api/recommendations/feedback`: whether it helped.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sentry_db::recommendations;
use sentry_http::{ApiError, App, Body, Caller};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const MAX_COMMENT: usize = 2_000;

/// What the person thinks.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedbackIn {
    /// Of which.
    recommendation_id: Uuid,
    /// It helped.
    helpful: bool,
    /// Anything else.
    #[schema(max_length = 2000)]
    comment: Option<String>,
}

/// What was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedbackOut {
    /// Its id.
    id: Uuid,
}

/// Keeps whether a recommendation helped. Kinds that help are offered sooner, others later.
#[utoipa::path(post, path = "/api/recommendations/feedback", operation_id = "give_recommendation_feedback",
    tag = "recommendations", request_body = FeedbackIn,
    responses((status = 201, description = "Kept", body = FeedbackOut),
        (status = 404, description = "Not there, or not the caller's", body = sentry_http::Problem, content_type = "application/problem+json")))]
pub(crate) async fn give_recommendation_feedback(
    State(app): State<App>,
    caller: Caller,
    body: Body<FeedbackIn>,
) -> Result<Response, ApiError> {
    let input = &body.value;
    let comment = input
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
    let id = app.ids.uuid(at);
    let said = (input.helpful, comment);
    let ids = (id, input.recommendation_id);
    let kept =
        recommendations::insert_feedback(&mut write.tx, caller.user_id, ids, said, at).await?;
    if !kept {
        return Err(ApiError::NotFound("recommendation"));
    }
    write.commit(StatusCode::CREATED, &FeedbackOut { id }).await
}
