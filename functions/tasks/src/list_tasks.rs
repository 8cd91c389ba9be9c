//! `GET /api/tasks`

use crate::TaskOut;
use axum::Json;
use axum::extract::State;
use chrono::DateTime;
use sentry_db::tasks::{self, Place, PlaceKey, Sort, SortKey, TaskFilter};
use sentry_domain::{
    Moment, Priority, TaskId, TaskSource, TaskStatus, TaskType, UnknownWord, UploadId,
};
use sentry_http::{ApiError, App, Caller, Items, Page, Params};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::str::FromStr;
use utoipa::IntoParams;

const MAX_QUERY_CHARS: usize = 200;
const MAX_QUERY_WORDS: usize = 10;

/// Which tasks, in which order, which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct TaskQuery {
    /// States, separated by commas.
    #[param(value_type = Option<String>, example = "todo,in_progress")]
    status: Words<TaskStatus>,
    /// Priorities, separated by commas.
    #[param(value_type = Option<String>, example = "high,urgent")]
    priority: Words<Priority>,
    /// Types, separated by commas.
    #[serde(rename = "type", alias = "task_type")]
    #[param(value_type = Option<String>, example = "meeting")]
    task_type: Words<TaskType>,
    /// Sources, separated by commas.
    #[param(value_type = Option<String>, example = "extracted_document")]
    source: Words<TaskSource>,
    /// The category, in any case.
    #[param(max_length = 100)]
    category: Option<String>,
    /// Due before this time, or before this day in the person's zone.
    #[param(value_type = Option<String>, example = "2026-03-09")]
    due_before: Option<Moment>,
    /// Due at this time or later, or on this day or later.
    #[param(value_type = Option<String>, example = "2026-03-02")]
    due_after: Option<Moment>,
    /// Only overdue ones, or only the others.
    overdue: Option<bool>,
    /// Words that title or description hold, in any case, with or without accents.
    #[serde(alias = "search")]
    #[param(max_length = 200)]
    q: Option<String>,
    /// A label they carry.
    #[param(max_length = 50)]
    label: Option<String>,
    /// The task they are a part of.
    #[param(value_type = Option<i64>)]
    parent_id: Option<TaskId>,
    /// The upload they were found in.
    #[param(value_type = Option<i64>)]
    upload_id: Option<UploadId>,
    /// `created`, `due`, `priority`, `updated` or `position`; with a leading `-` the other way round.
    #[param(value_type = Option<String>, example = "-created")]
    sort: Order,
    /// Tasks on the page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before, asked with the same sort.
    cursor: Option<String>,
}

/// The caller's tasks and meetings, newest first.
#[utoipa::path(get, path = "/api/tasks", operation_id = "list_tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, description = "A page of tasks", body = Items<TaskOut>)))]
pub(crate) async fn list_tasks(
    State(app): State<App>,
    caller: Caller,
    Params(query): Params<TaskQuery>,
) -> Result<Json<Items<TaskOut>>, ApiError> {
    let page = Page::<Cursor>::new(query.limit, query.cursor.as_deref())?;
    let Order(sort) = query.sort;
    let after = page.after.map(|cursor| cursor.place(sort)).transpose()?;
    let filter = query.filter()?;
    let mut tx = app.tenant(&caller).await?;
    let rows = tasks::list(
        &mut tx,
        caller.user_id,
        &filter,
        sort,
        (page.limit + 1, after),
        app.now(),
    )
    .await?;
    tx.commit().await?;
    Ok(Json(Items::from_rows(
        rows,
        page.limit,
        |row| Cursor::behind(Place::behind(row, sort.key), sort),
        TaskOut::from,
    )))
}

impl TaskQuery {
    fn filter(self) -> Result<TaskFilter, ApiError> {
        let text = |text: Option<String>| {
            text.map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let q = self.q.unwrap_or_default();
        let words: Vec<String> = q.split_whitespace().map(str::to_owned).collect();
        if q.chars().count() > MAX_QUERY_CHARS || words.len() > MAX_QUERY_WORDS {
            let limits = format!(
                "must have at most {MAX_QUERY_WORDS} words and {MAX_QUERY_CHARS} characters"
            );
            return Err(ApiError::field("q", limits));
        }
        Ok(TaskFilter {
            status: self.status.0,
            priority: self.priority.0,
            task_type: self.task_type.0,
            source: self.source.0,
            category: text(self.category),
            due_before: self.due_before,
            due_after: self.due_after,
            overdue: self.overdue,
            words,
            label: text(self.label),
            parent_id: self.parent_id,
            upload_id: self.upload_id,
        })
    }
}

/// Words of a vocabulary, separated by commas.
#[derive(Debug)]
struct Words<T>(Vec<T>);

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: FromStr<Err = UnknownWord> + PartialEq> Deserialize<'de> for Words<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let mut words = Vec::new();
        for word in text.split(',').filter(|word| !word.trim().is_empty()) {
            let word = word.parse().map_err(serde::de::Error::custom)?;
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Ok(Self(words))
    }
}

#[derive(Debug)]
struct Order(Sort);

impl Default for Order {
    fn default() -> Self {
        Self(Sort {
            key: SortKey::Created,
            descending: true,
        })
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let (name, descending) = text
            .strip_prefix('-')
            .map_or((&*text, false), |name| (name, true));
        let key = match name {
            "created" | "created_at" => SortKey::Created,
            "due" | "due_at" | "due_on" | "due_date" => SortKey::Due,
            "priority" => SortKey::Priority,
            "updated" | "updated_at" => SortKey::Updated,
            "position" | "vertical_position" => SortKey::Position,
            _ => {
                let known = "must be created, due, priority, updated or position, with a leading - for the other way round";
                return Err(serde::de::Error::custom(known));
            }
        };
        Ok(Self(Sort { key, descending }))
    }
}

/// A place in an order, as it travels: the order, the key as a number, the id.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor(SortCode, Option<i64>, TaskId);

/// The order that a cursor belongs to.
type SortCode = (u8, bool);

const fn code(sort: Sort) -> SortCode {
    (sort.key as u8, sort.descending)
}

impl Cursor {
    fn behind(place: Place, sort: Sort) -> Self {
        let key = match place.key {
            PlaceKey::Created => None,
            PlaceKey::Due(at) => at.map(|at| at.timestamp_micros()),
            PlaceKey::Updated(at) => Some(at.timestamp_micros()),
            PlaceKey::Priority(priority) => Some(priority as i64),
            // As bits: a decimal number may come back as its neighbour.
            PlaceKey::Position(position) => Some(position.to_bits().cast_signed()),
        };
        Self(code(sort), key, place.id)
    }

    /// The place in the order that is asked for, which must be the cursor's own.
    fn place(self, sort: Sort) -> Result<Place, ApiError> {
        let wrong = || {
            ApiError::field(
                "cursor",
                "must be the next_cursor of the page before, with the same sort",
            )
        };
        let Self(of, key, id) = self;
        if of != code(sort) {
            return Err(wrong());
        }
        let instant = |micros| {
            DateTime::from_timestamp_micros(micros)
                .filter(|at| sentry_domain::is_storable(at.date_naive()))
                .ok_or_else(wrong)
        };
        let key = match (sort.key, key) {
            (SortKey::Created, _) => PlaceKey::Created,
            (SortKey::Due, key) => PlaceKey::Due(key.map(instant).transpose()?),
            (SortKey::Updated, Some(micros)) => PlaceKey::Updated(instant(micros)?),
            (SortKey::Priority, Some(rank)) => {
                let priority = Priority::ALL
                    .iter()
                    .find(|priority| **priority as i64 == rank);
                PlaceKey::Priority(*priority.ok_or_else(wrong)?)
            }
            (SortKey::Position, Some(bits)) => {
                PlaceKey::Position(f64::from_bits(bits.cast_unsigned()))
            }
            _ => return Err(wrong()),
        };
        Ok(Place { key, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_key() -> impl Strategy<Value = (SortKey, PlaceKey)> {
        let instant = (-2_000_000_000_000_000_i64..200_000_000_000_000_000)
            .prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap());
        prop_oneof![
            Just((SortKey::Created, PlaceKey::Created)),
            proptest::option::of(instant.clone()).prop_map(|at| (SortKey::Due, PlaceKey::Due(at))),
            instant.prop_map(|at| (SortKey::Updated, PlaceKey::Updated(at))),
            proptest::sample::select(Priority::ALL)
                .prop_map(|one| (SortKey::Priority, PlaceKey::Priority(one))),
            proptest::num::f64::NORMAL.prop_map(|at| (SortKey::Position, PlaceKey::Position(at))),
        ]
    }

    proptest! {
        #[test]
        fn a_cursor_brings_back_the_place_it_was_made_of((key, place_key) in any_key(), descending: bool, id: i64) {
            let (sort, place) = (Sort { key, descending }, Place { key: place_key, id: TaskId(id) });
            let text = sentry_http::encode_cursor(&Cursor::behind(place, sort));
            let read: Cursor = sentry_http::decode_cursor(&text).unwrap();
            prop_assert_eq!(read.place(sort).unwrap(), place);
        }

        #[test]
        fn a_cursor_of_any_other_order_is_refused(key: Option<i64>, of: (u8, bool), id: i64) {
            let sort = Sort { key: SortKey::Due, descending: false };
            let found = Cursor(of, key, TaskId(id)).place(sort);
            prop_assert_eq!(found.is_ok() && of != code(sort), false);
        }
    }
}
