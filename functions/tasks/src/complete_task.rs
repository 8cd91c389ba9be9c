//! `POST /api/tasks/{task_id}/complete`

use crate::TaskOut;
use crate::task::missed;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sentry_db::tasks;
use sentry_domain::TaskId;
use sentry_http::{ApiError, App, Body, Caller, PathParams};
use sentry_queue::enqueue_rescore;
use serde::Deserialize;
use utoipa::ToSchema;

/// Nothing need be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompleteIn {
    /// The version the caller has seen; another one is 409.
    version: Option<i32>,
}

/// Marks a task as done. One that is done already is answered as it is.
#[utoipa::path(post, path = "/api/tasks/{task_id}/complete", operation_id = "complete_task", tag = "tasks",
    params(("task_id" = i64, Path, description = "Which task")),
    request_body = Option<CompleteIn>,
    responses((status = 200, description = "The task, done", body = TaskOut)))]
pub(crate) async fn complete_task(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<TaskId>,
    body: Body<Option<CompleteIn>>,
) -> Result<Response, ApiError> {
    let (mut write, owner) = (app.write(&caller, &body).await?, caller.user_id);
    let version = body.value.and_then(|input| input.version).or(body.if_match);
    let at = write.at();
    let Some(row) = tasks::complete(&mut write.tx, owner, (id, version), at).await? else {
        return Err(missed(&mut write.tx, owner, id).await);
    };
    enqueue_rescore(&mut write.tx, owner, row.rescore).await?;
    write.commit(StatusCode::OK, &TaskOut::from(row)).await
}
