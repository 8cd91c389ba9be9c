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

use sentry_http::{Routes, routes};

/// The routes of this function.
pub fn router() -> Routes<Tasks> {
    routes![
        list_tasks::list_tasks,
        create_task::create_task,
        get_statistics::get_task_statistics,
        create_service_task::create_service_task,
        get_task::get_task,
        update_task::update_task,
        update_task::patch_task,
        delete_task::delete_task,
        complete_task::complete_task,
    ]
}
