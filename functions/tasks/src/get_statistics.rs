//! `GET /api/tasks/statistics`

use axum::Json;
use axum::extract::State;
use sentry_db::tasks::{self, Counted};
use sentry_domain::{Priority, TaskStatus, TaskType};
use sentry_http::{ApiError, App, Caller};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The caller's tasks, counted. Days are those of the person's own calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskStatistics {
    /// All tasks and meetings.
    total: i64,
    /// Neither done nor cancelled.
    active: i64,
    /// Active and past their due time.
    overdue: i64,
    /// Active and due today.
    due_today: i64,
    /// Active and due from today to seven days ahead.
    due_this_week: i64,
    /// Done within the last seven days.
    completed_this_week: i64,
    /// Over the last seven days, what was done as a share of what was done or became overdue;
    /// null when there was neither.
    completion_rate: Option<f64>,
    /// All tasks, by state.
    #[schema(value_type = BTreeMap<String, i64>)]
    by_status: BTreeMap<&'static str, i64>,
    /// Active tasks, by priority.
    #[schema(value_type = BTreeMap<String, i64>)]
    by_priority: BTreeMap<&'static str, i64>,
    /// Active tasks, by type.
    #[schema(value_type = BTreeMap<String, i64>)]
    by_type: BTreeMap<&'static str, i64>,
}

/// Counts the caller's tasks.
#[utoipa::path(get, path = "/api/tasks/statistics", operation_id = "get_task_statistics", tag = "tasks",
    responses((status = 200, description = "The counts", body = TaskStatistics)))]
pub(crate) async fn get_task_statistics(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<TaskStatistics>, ApiError> {
    let mut tx = app.tenant(&caller).await?;
    let counted = tasks::statistics(&mut tx, caller.user_id, app.now()).await?;
    tx.commit().await?;
    Ok(Json(summed(&counted)))
}

fn summed(counted: &[Counted]) -> TaskStatistics {
    let sum = |of: fn(&Counted) -> i64| counted.iter().map(of).sum::<i64>();
    let sum_where = |fits: &dyn Fn(&Counted) -> bool| -> i64 {
        counted
            .iter()
            .filter(|group| fits(group))
            .map(|group| group.tasks)
            .sum()
    };
    let (done, missed) = (
        sum(|group| group.newly_done),
        sum(|group| group.newly_overdue),
    );
    let by = |word: &'static str, fits: &dyn Fn(&Counted) -> bool| (word, sum_where(fits));
    TaskStatistics {
        total: sum(|group| group.tasks),
        active: sum_where(&|group| group.status.is_active()),
        overdue: sum(|group| group.overdue),
        due_today: sum(|group| group.due_today),
        due_this_week: sum(|group| group.due_this_week),
        completed_this_week: done,
        completion_rate: (done + missed > 0).then(|| done as f64 / (done + missed) as f64),
        by_status: TaskStatus::ALL
            .iter()
            .map(|one| by(one.as_str(), &|group| group.status == *one))
            .collect(),
        by_priority: Priority::ALL
            .iter()
            .map(|one| {
                by(one.as_str(), &|group| {
                    group.status.is_active() && group.priority == *one
                })
            })
            .collect(),
        by_type: TaskType::ALL
            .iter()
            .map(|one| {
                by(one.as_str(), &|group| {
                    group.status.is_active() && group.task_type == *one
                })
            })
            .collect(),
    }
}
