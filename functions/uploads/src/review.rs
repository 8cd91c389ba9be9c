//! Which proposals a person takes, and with which corrections.

use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::extracted_items::{ItemRow, Ready};
use sentry_domain::{Category, ItemState, Priority, TaskDraft, TaskType};
use sentry_http::{ApiError, FieldError, Patch};
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Corrections of one proposal. What is left out stays as it was found; null clears it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemEdit {
    /// Which proposal.
    ordinal: i32,
    /// What is to be done.
    #[schema(min_length = 1, max_length = 255)]
    title: Option<String>,
    /// What else is known.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 20000)]
    description: Patch<String>,
    /// Task or meeting.
    task_type: Option<TaskType>,
    /// The instant it is due; clears `due_on`.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    due_at: Patch<DateTime<Utc>>,
    /// The day it is due; clears `due_at`.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    due_on: Patch<NaiveDate>,
    /// When it begins.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    start_at: Patch<DateTime<Utc>>,
    /// When it ends.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    end_at: Patch<DateTime<Utc>>,
    /// Who takes part.
    attendees: Option<Vec<String>>,
    /// Who is to do it.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 255)]
    assigned_to: Patch<String>,
    /// How much it presses.
    #[serde(default)]
    #[schema(value_type = Option<Priority>)]
    priority: Patch<Priority>,
    /// What kind of work it is.
    #[serde(default)]
    #[schema(value_type = Option<Category>)]
    category: Patch<Category>,
    /// How long it takes, in hours.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1000)]
    estimated_hours: Patch<f64>,
    /// When it comes again: an RFC 5545 rule.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 500)]
    recurrence: Patch<String>,
}

impl ItemEdit {
    fn apply(self, draft: TaskDraft) -> TaskDraft {
        let due_at = if self.due_on.as_ref().is_some() {
            self.due_at.or(None)
        } else {
            self.due_at.or(draft.due_at)
        };
        let due_on = if self.due_at.as_ref().is_some() {
            self.due_on.or(None)
        } else {
            self.due_on.or(draft.due_on)
        };
        TaskDraft {
            title: self.title.unwrap_or(draft.title),
            description: self.description.or(draft.description),
            task_type: self.task_type.unwrap_or(draft.task_type),
            due_at,
            due_on,
            start_at: self.start_at.or(draft.start_at),
            end_at: self.end_at.or(draft.end_at),
            attendees: self.attendees.unwrap_or(draft.attendees),
            assigned_to: self.assigned_to.or(draft.assigned_to),
            priority: self.priority.or(draft.priority),
            category: self.category.or(draft.category),
            estimated_hours: self.estimated_hours.or(draft.estimated_hours),
            recurrence: self.recurrence.or(draft.recurrence),
        }
    }
}

/// Picks the chosen items, applies the corrections and checks the result.
///
/// Without a choice, all that is still proposed is taken. A choice may also name what was refused
/// or thought a duplicate; what is saved already is passed over, so that a choice can be repeated.
pub(crate) fn choose(
    items: Vec<ItemRow>,
    chosen: Option<&[i32]>,
    edits: Vec<ItemEdit>,
) -> Result<Vec<Ready>, ApiError> {
    let mut errors = Vec::new();
    let known = |ordinal: &i32| items.iter().any(|item| item.ordinal == *ordinal);
    for (index, ordinal) in chosen.unwrap_or_default().iter().enumerate() {
        if !known(ordinal) {
            errors.push(FieldError::new(
                format!("items[{index}]"),
                "there is no such item",
            ));
        }
    }
    let mut by_ordinal = HashMap::new();
    for (index, edit) in edits.into_iter().enumerate() {
        let ordinal = edit.ordinal;
        let is_chosen = chosen.map_or_else(|| known(&ordinal), |chosen| chosen.contains(&ordinal));
        if !is_chosen || by_ordinal.insert(ordinal, (index, edit)).is_some() {
            errors.push(FieldError::new(
                format!("edits[{index}].ordinal"),
                "must name a chosen item, each once",
            ));
        }
    }
    let mut ready = Vec::new();
    for item in items {
        let is_chosen = chosen.map_or(item.state == ItemState::Proposed, |chosen| {
            chosen.contains(&item.ordinal)
        });
        if is_chosen && item.state != ItemState::Accepted {
            match corrected(item, &mut by_ordinal) {
                Ok(item) => ready.push(item),
                Err(wrong) => errors.extend(wrong),
            }
        }
    }
    if errors.is_empty() {
        Ok(ready)
    } else {
        Err(ApiError::Invalid(errors))
    }
}

fn corrected(
    item: ItemRow,
    edits: &mut HashMap<i32, (usize, ItemEdit)>,
) -> Result<Ready, Vec<FieldError>> {
    let ordinal = item.ordinal;
    let draft: TaskDraft = serde_json::from_value(item.item).map_err(|error| {
        vec![FieldError::new(
            format!("items[{ordinal}]"),
            error.to_string(),
        )]
    })?;
    let (place, draft) = match edits.remove(&ordinal) {
        Some((index, edit)) => (format!("edits[{index}]"), edit.apply(draft)),
        None => (format!("items[{ordinal}]"), draft),
    };
    let errors = draft.errors();
    if errors.is_empty() {
        return Ok(Ready {
            ordinal,
            quote: item.quote,
            draft: Ok(draft),
        });
    }
    Err(errors
        .into_iter()
        .map(|error| FieldError::new(format!("{place}.{}", error.field), error.detail))
        .collect())
}
