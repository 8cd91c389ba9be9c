//! `DELETE /api/tasks/{task_id}`

use crate::task::missed;
use axum::extract::State;
use axum::response::Response;
use sentry_db::tasks;
use sentry_domain::TaskId;
use sentry_http::{ApiError, App, Body, Caller, PathParams};
use sentry_queue::enqueue_rescore;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Deletes a task with everything that is a part of it. A deleted task is not found again.
#[utoipa::path(delete, path = "/api/tasks/{task_id}", operation_id = "delete_task", tag = "tasks",
    params(("task_id" = i64, Path, description = "Which task")),
    responses((status = 204, description = "Deleted, with its parts")))]
pub(crate) async fn delete_task(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<TaskId>,
    body: Body<Nothing>,
) -> Result<Response, ApiError> {
    let (mut write, owner) = (app.write(&caller, &body).await?, caller.user_id);
    let at = write.at();
    let Some(asked) = tasks::delete(&mut write.tx, owner, (id, body.if_match), at).await? else {
        return Err(missed(&mut write.tx, owner, id).await);
    };
    enqueue_rescore(&mut write.tx, owner, asked).await?;
    write.commit_empty().await
}
