//! Pages of tasks, in several orders.

use super::{TaskFilter, TaskRow, with_columns};
use crate::Tx;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sentry_domain::{Priority, TaskId, UserId};
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, Postgres, QueryBuilder};

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
    page: (i64, Option<Place>),
    at: DateTime<Utc>,
) -> crate::Result<Vec<TaskRow>> {
    query("", owner, filter, sort, page, at)?
        .build_query_as()
        .fetch_all(&mut **tx)
        .await
}

/// How the database goes about a first page: for tests that hold it to the owner's index.
#[cfg(feature = "raw")]
pub async fn plan(
    tx: &mut Tx,
    owner: UserId,
    filter: &TaskFilter,
    sort: Sort,
    at: DateTime<Utc>,
) -> crate::Result<Vec<String>> {
    query("explain ", owner, filter, sort, (51, None), at)?
        .build_query_scalar()
        .fetch_all(&mut **tx)
        .await
}

fn query(
    verb: &str,
    owner: UserId,
    filter: &TaskFilter,
    sort: Sort,
    (limit, after): (i64, Option<Place>),
    at: DateTime<Utc>,
) -> crate::Result<QueryBuilder<Postgres>> {
    let mut arguments = PgArguments::default();
    arguments.add(owner.0).map_err(sqlx::Error::Encode)?;
    arguments.add(at).map_err(sqlx::Error::Encode)?;
    let start = with_columns!(
        select,
        "select ",
        r#" false as "rescore!" from tasks t where t.user_id = $1 and t.deleted_at is null"#
    );
    let mut query = QueryBuilder::with_arguments(format!("{verb}{start}"), arguments);
    filter.push(&mut query);
    if let Some(place) = after {
        push_place(&mut query, place, sort.descending);
    }
    push_order(&mut query, sort);
    query.push(" limit ").push_bind(limit);
    Ok(query)
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
