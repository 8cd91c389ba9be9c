//! Tasks and meetings: list, search, create, change, complete, nest, delete and count them.

mod attendees;
mod complete_task;
mod create_service_task;
mod create_task;
mod delete_task;
mod fields;
mod get_statistics;
mod get_task;
mod list_tasks;
mod recurrence;
mod state;
mod task;
mod update_task;

pub use state::{SERVICE_SCOPE, Tasks, state};
pub use task::TaskOut;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this function.
pub fn router() -> OpenApiRouter<Tasks> {
    OpenApiRouter::new()
        .routes(routes!(list_tasks::list_tasks, create_task::create_task))
        .routes(routes!(get_statistics::get_task_statistics))
        .routes(routes!(create_service_task::create_service_task))
        .routes(routes!(
            get_task::get_task,
            update_task::update_task,
            update_task::patch_task,
            delete_task::delete_task
        ))
        .routes(routes!(complete_task::complete_task))
}
