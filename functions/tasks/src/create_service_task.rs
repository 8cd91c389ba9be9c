//! `POST /api/tasks/service/create`

use crate::create_task::{TaskIn, create};
use crate::{SERVICE_SCOPE, TaskOut, Tasks};
use axum::extract::{FromRequestParts, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::response::Response;
use sentry_auth::service::ServiceToken;
use sentry_db::service_tokens::{self, EnterServiceError};
use sentry_domain::{TaskSource, UserId};
use sentry_http::{ApiError, Body, Params};
use serde::Deserialize;
use utoipa::IntoParams;

const REFUSED: ApiError =
    ApiError::Unauthorized("send a service token for tasks: Authorization: Bearer sentry_st_...");

/// For whom.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ForUser {
    /// The user who gets the task.
    #[param(value_type = i64)]
    user_id: UserId,
}

/// Makes a task for a user. For trusted services with a token of their own, scope `tasks:create`;
/// a person's access token is not one.
#[utoipa::path(post, path = "/api/tasks/service/create", operation_id = "create_service_task", tag = "tasks",
    params(ForUser), request_body = TaskIn,
    responses((status = 201, description = "The task", body = TaskOut, headers(("Location", description = "Its path"))),
        (status = 404, description = "There is no such user", body = sentry_http::Problem, content_type = "application/problem+json")))]
pub(crate) async fn create_service_task(
    State(state): State<Tasks>,
    Service(token): Service,
    Params(ForUser { user_id }): Params<ForUser>,
    body: Body<TaskIn>,
) -> Result<Response, ApiError> {
    let hash = token.hash();
    let entered = service_tokens::enter(
        &state.app.db,
        user_id,
        (token.id(), hash.as_bytes()),
        SERVICE_SCOPE,
        state.app.now(),
    );
    let tx = entered.await.map_err(|error| match error {
        EnterServiceError::Refused => REFUSED,
        EnterServiceError::NoSuchUser => ApiError::NotFound("user"),
        EnterServiceError::Database(error) => error.into(),
    })?;
    let write = state.app.write_in(tx, user_id, &body).await?;
    create(
        write,
        user_id,
        body.value,
        (TaskSource::ExtractedText, false),
    )
    .await
}

/// A token that was once issued by us. Whether it still counts is for its row to say.
pub(crate) struct Service(ServiceToken);

impl FromRequestParts<Tasks> for Service {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &Tasks) -> Result<Self, ApiError> {
        let text = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = text
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim());
        state
            .service_key
            .as_ref()
            .zip(token)
            .and_then(|(key, token)| ServiceToken::parse(token, key).ok())
            .map(Self)
            .ok_or(REFUSED)
    }
}
