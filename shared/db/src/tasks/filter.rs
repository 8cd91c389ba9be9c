//! Conditions on tasks.

use sentry_domain::{Moment, Priority, TaskId, TaskSource, TaskStatus, TaskType, UploadId};
use sqlx::{Postgres, QueryBuilder};

const OWNERS_ZONE: &str = "(select u.time_zone from users u where u.id = $1)";

/// Which tasks: all that fit every given condition. Empty lists and `None` are no condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaskFilter {
    /// One of these states.
    pub status: Vec<TaskStatus>,
    /// One of these priorities.
    pub priority: Vec<Priority>,
    /// One of these types.
    pub task_type: Vec<TaskType>,
    /// From one of these sources.
    pub source: Vec<TaskSource>,
    /// This category, whatever the case.
    pub category: Option<String>,
    /// Due before this; a day counts by the owner's calendar.
    pub due_before: Option<Moment>,
    /// Due then or later.
    pub due_after: Option<Moment>,
    /// Overdue, or not.
    pub overdue: Option<bool>,
    /// Each of these words stands in the title or the description.
    pub words: Vec<String>,
    /// Carries this label.
    pub label: Option<String>,
    /// Directly below this task.
    pub parent_id: Option<TaskId>,
    /// Found in this upload.
    pub upload_id: Option<UploadId>,
}

impl TaskFilter {
    /// Adds ` and ..` for each condition to a query that names the owner `$1` and the present
    /// instant `$2`.
    pub(super) fn push(&self, query: &mut QueryBuilder<Postgres>) {
        push_conditions(query, self);
        push_text_conditions(query, self);
    }
}

fn push_conditions(query: &mut QueryBuilder<Postgres>, filter: &TaskFilter) {
    if !filter.status.is_empty() {
        query
            .push(" and t.status = any(")
            .push_bind(filter.status.clone())
            .push(")");
    }
    if !filter.priority.is_empty() {
        query
            .push(" and t.priority = any(")
            .push_bind(filter.priority.clone())
            .push(")");
    }
    if !filter.task_type.is_empty() {
        query
            .push(" and t.task_type = any(")
            .push_bind(filter.task_type.clone())
            .push(")");
    }
    if !filter.source.is_empty() {
        query
            .push(" and t.source = any(")
            .push_bind(filter.source.clone())
            .push(")");
    }
    if let Some(parent_id) = filter.parent_id {
        query.push(" and t.parent_id = ").push_bind(parent_id.0);
    }
    if let Some(upload_id) = filter.upload_id {
        query.push(" and t.upload_id = ").push_bind(upload_id.0);
    }
    if let Some(moment) = filter.due_before {
        push_due(query, "<", moment);
    }
    if let Some(moment) = filter.due_after {
        push_due(query, ">=", moment);
    }
    if let Some(overdue) = filter.overdue {
        query
            .push(if overdue { " and " } else { " and not " })
            .push(format_args!(
                "(t.status not in ('done', 'cancelled') and coalesce(t.due_at < $2, \
             t.due_on < (select ($2::timestamptz at time zone {OWNERS_ZONE})::date), false))"
            ));
    }
}

/// Compares due times with an instant, and due days with the day it falls on for the owner.
fn push_due(query: &mut QueryBuilder<Postgres>, operator: &'static str, moment: Moment) {
    query.push(format_args!(" and (t.due_at {operator} (select "));
    match moment {
        Moment::Instant(at) => {
            query
                .push_bind(at)
                .push(format_args!(") or t.due_on {operator} (select ("));
            query
                .push_bind(at)
                .push(format_args!(" at time zone {OWNERS_ZONE})::date))"));
        }
        Moment::WallClock(wall) => {
            query.push_bind(wall).push(format_args!(
                " at time zone {OWNERS_ZONE}) or t.due_on {operator} "
            ));
            query.push_bind(wall.date()).push(")");
        }
        Moment::Day(day) => {
            query.push_bind(day).push(format_args!(
                "::timestamp at time zone {OWNERS_ZONE}) or t.due_on {operator} "
            ));
            query.push_bind(day).push(")");
        }
    }
}

fn push_text_conditions(query: &mut QueryBuilder<Postgres>, filter: &TaskFilter) {
    // As subselects: folded once, not once per row.
    for word in &filter.words {
        query
            .push(" and strpos(t.search, (select sentry.fold(")
            .push_bind(word.clone())
            .push("))) > 0");
    }
    if let Some(category) = &filter.category {
        query
            .push(" and sentry.fold(t.category) = (select sentry.fold(")
            .push_bind(category.clone())
            .push("))");
    }
    if let Some(label) = &filter.label {
        query
            .push(" and ")
            .push_bind(label.clone())
            .push(" = any(t.labels)");
    }
}
