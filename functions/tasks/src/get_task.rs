//! `GET /api/tasks/{task_id}`

use crate::TaskOut;
use axum::Json;
use axum::extract::State;
use sentry_db::tasks;
use sentry_domain::TaskId;
use sentry_http::{ApiError, App, Caller, PathParams};

/// One task of the caller's.
#[utoipa::path(get, path = "/api/tasks/{task_id}", operation_id = "get_task", tag = "tasks",
    params(("task_id" = i64, Path, description = "Which task")),
    responses((status = 200, description = "The task", body = TaskOut)))]
pub(crate) async fn get_task(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<TaskId>,
) -> Result<Json<TaskOut>, ApiError> {
    let mut tx = app.tenant(&caller).await?;
    let task = tasks::get(&mut tx, caller.user_id, id, app.now()).await?;
    tx.commit().await?;
    task.map(|row| Json(row.into()))
        .ok_or(ApiError::NotFound("task"))
}
