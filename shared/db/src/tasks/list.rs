//! Pages of tasks, in several orders and by optional filters.

use super::{TaskRow, with_columns};
use crate::Tx;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sentry_domain::{Moment, Priority, TaskId, TaskSource, TaskStatus, TaskType, UploadId, UserId};
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, Postgres, QueryBuilder};

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

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// Age.
    Created,
    /// Due time; what is never due comes last, either way.
    Due,
    /// Low to urgent.
    Priority,
    /// Last change.
    Updated,
    /// The place the person gave it.
    Position,
}

/// The order of a list. Equal keys are told apart by id, in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Largest first.
    pub descending: bool,
}

/// The place behind a row in some order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// What the list is ordered by.
    pub key: PlaceKey,
    /// Tells equal keys apart.
    pub id: TaskId,
}

/// The key of a row in some order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlaceKey {
    /// Ordered by age: the id says it all.
    Created,
    /// Ordered by due time. None: never due.
    Due(Option<DateTime<Utc>>),
    /// Ordered by priority.
    Priority(Priority),
    /// Ordered by last change.
    Updated(DateTime<Utc>),
    /// Ordered by position.
    Position(f64),
}

impl Place {
    /// The place behind `row`.
    pub fn behind(row: &TaskRow, sort: SortKey) -> Self {
        // A due day has the place of its first instant in UTC, as in the column `due_key`.
        let first_instant = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        let key = match sort {
            SortKey::Created => PlaceKey::Created,
            SortKey::Due => PlaceKey::Due(row.due_at.or(row.due_on.map(first_instant))),
            SortKey::Priority => PlaceKey::Priority(row.priority),
            SortKey::Updated => PlaceKey::Updated(row.updated_at),
            SortKey::Position => PlaceKey::Position(row.position),
        };
        Self { key, id: row.id }
    }
}

const PRIORITY_RANK: &str = "array_position(array['low', 'medium', 'high', 'urgent'], t.priority)";
const OWNERS_ZONE: &str = "(select u.time_zone from users u where u.id = $1)";

macro_rules! select {
    ($columns:tt, $before:tt, $after:tt) => {
        concat!($before, $columns, $after)
    };
}

/// The owner's tasks that fit, at most `limit`, from the place behind a row on.
pub async fn list(
    tx: &mut Tx,
    owner: UserId,
    filter: &TaskFilter,
    sort: Sort,
    (limit, after): (i64, Option<Place>),
    at: DateTime<Utc>,
) -> crate::Result<Vec<TaskRow>> {
    let mut arguments = PgArguments::default();
    arguments.add(owner.0).map_err(sqlx::Error::Encode)?;
    arguments.add(at).map_err(sqlx::Error::Encode)?;
    let start = with_columns!(
        select,
        "select ",
        r#" false as "rescore!" from tasks t where t.user_id = $1 and t.deleted_at is null"#
    );
    let mut query = QueryBuilder::<Postgres>::with_arguments(start, arguments);
    push_filter(&mut query, filter);
    push_text_filter(&mut query, filter);
    if let Some(place) = after {
        push_place(&mut query, place, sort.descending);
    }
    push_order(&mut query, sort);
    query.push(" limit ").push_bind(limit);
    query.build_query_as().fetch_all(&mut **tx).await
}

fn push_filter(query: &mut QueryBuilder<Postgres>, filter: &TaskFilter) {
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

fn push_text_filter(query: &mut QueryBuilder<Postgres>, filter: &TaskFilter) {
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

fn push_place(query: &mut QueryBuilder<Postgres>, Place { key, id }: Place, descending: bool) {
    let beyond = if descending { "<" } else { ">" };
    query.push(" and (");
    match key {
        PlaceKey::Created => {
            query.push(format_args!("t.id {beyond} ")).push_bind(id.0);
        }
        PlaceKey::Due(None) => {
            query
                .push(format_args!("t.due_key = 'infinity' and t.id {beyond} "))
                .push_bind(id.0);
        }
        PlaceKey::Due(Some(at)) => {
            // Never due is infinitely late, but comes last in descending order too.
            if descending {
                query.push("t.due_key = 'infinity' or ");
            }
            push_pair(query, "t.due_key", beyond, at, id);
        }
        PlaceKey::Priority(priority) => {
            let rank = Priority::ALL
                .iter()
                .take_while(|lower| **lower != priority)
                .count()
                + 1;
            push_pair(
                query,
                PRIORITY_RANK,
                beyond,
                i32::try_from(rank).unwrap_or(0),
                id,
            );
        }
        PlaceKey::Updated(at) => push_pair(query, "t.updated_at", beyond, at, id),
        PlaceKey::Position(position) => push_pair(query, "t.position", beyond, position, id),
    }
    query.push(")");
}

fn push_pair<'q, T>(
    query: &mut QueryBuilder<Postgres>,
    column: &str,
    beyond: &str,
    key: T,
    id: TaskId,
) where
    T: sqlx::Encode<'q, Postgres> + sqlx::Type<Postgres>,
{
    query
        .push(format_args!("({column}, t.id) {beyond} ("))
        .push_bind(key)
        .push(", ")
        .push_bind(id.0)
        .push(")");
}

fn push_order(query: &mut QueryBuilder<Postgres>, Sort { key, descending }: Sort) {
    let direction = if descending { "desc" } else { "asc" };
    let key = match key {
        SortKey::Created => "",
        SortKey::Due if descending => "t.due_key = 'infinity', t.due_key",
        SortKey::Due => "t.due_key",
        SortKey::Priority => PRIORITY_RANK,
        SortKey::Updated => "t.updated_at",
        SortKey::Position => "t.position",
    };
    query.push(" order by ");
    if !key.is_empty() {
        query.push(format_args!("{key} {direction}, "));
    }
    query.push(format_args!("t.id {direction}"));
}
