//! `POST /api/burnout/what-if`: the score as it would be.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::{advice, facts};
use sentry_domain::{BurnoutLevel, TaskId, TaskStatus, TaskType, is_storable};
use sentry_http::{ApiError, App, Body, Caller, FieldError};
use sentry_scoring::advice::{AdviceRow, Fields, RowChange, simulate};
use sentry_scoring::{Analysis, Change, Factor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const MAX_CHANGES: usize = 50;
/// What is left of a task that somebody else does.
const FOLLOW_UP_HOURS: f64 = 0.25;

/// One supposed change.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Supposed {
    /// The meeting does not take place, or is declined.
    CancelMeeting {
        /// Which.
        id: TaskId,
    },
    /// The task is dropped.
    CancelTask {
        /// Which.
        id: TaskId,
    },
    /// The task is done by somebody else; a quarter of an hour stays.
    Delegate {
        /// Which.
        id: TaskId,
    },
    /// The task or meeting takes place at another time.
    Move {
        /// Which.
        id: TaskId,
        /// New instant it is due.
        due_at: Option<DateTime<Utc>>,
        /// New day it is due.
        due_on: Option<NaiveDate>,
        /// New begin.
        start_at: Option<DateTime<Utc>>,
        /// New end.
        end_at: Option<DateTime<Utc>>,
    },
    /// The task is done now.
    Complete {
        /// Which.
        id: TaskId,
    },
    /// The task takes so many hours.
    Estimate {
        /// Which.
        id: TaskId,
        /// Hours.
        estimated_hours: f64,
    },
    /// Something new.
    Add {
        /// Task or meeting.
        task_type: TaskType,
        /// The instant it is due.
        due_at: Option<DateTime<Utc>>,
        /// The day it is due.
        due_on: Option<NaiveDate>,
        /// Its begin.
        start_at: Option<DateTime<Utc>>,
        /// Its end.
        end_at: Option<DateTime<Utc>>,
        /// Hours it takes.
        estimated_hours: Option<f64>,
    },
}

/// What is supposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhatIfIn {
    /// One after the other.
    #[schema(max_items = 50, min_items = 1)]
    changes: Vec<Supposed>,
}

/// A score in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScoreOut {
    /// The score; null without enough data.
    #[schema(required)]
    final_score: Option<f64>,
    /// Its level.
    #[schema(required)]
    burnout_level: Option<BurnoutLevel>,
}

/// The score as it would be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WhatIfOut {
    /// As it is now.
    before: ScoreOut,
    /// As it would be if the caller made the changes now.
    after: ScoreOut,
    /// After less before; null without two scores.
    #[schema(required)]
    difference: Option<f64>,
    /// The difference in words.
    sentence: String,
    /// The reasons as they would be.
    factors: Vec<Factor>,
    /// What would move, largest first.
    changes: Vec<Change>,
    /// What the score is not.
    notice: &'static str,
}

/// Computes the score as it would be after some changes. Nothing is kept.
#[utoipa::path(post, path = "/api/burnout/what-if", operation_id = "ask_what_if", tag = "burnout",
    request_body = WhatIfIn,
    responses((status = 200, description = "The score as it would be", body = WhatIfOut)))]
pub(crate) async fn ask_what_if(
    State(app): State<App>,
    caller: Caller,
    body: Body<WhatIfIn>,
) -> Result<Json<WhatIfOut>, ApiError> {
    let supposed = &body.value.changes;
    if supposed.is_empty() || supposed.len() > MAX_CHANGES {
        return Err(ApiError::field(
            "changes",
            format!("must hold 1 to {MAX_CHANGES} changes"),
        ));
    }
    let (at, owner) = (app.now(), caller.user_id);
    let ids: Vec<i64> = supposed
        .iter()
        .filter_map(Supposed::id)
        .map(|id| id.0)
        .collect();
    let mut tx = app.tenant(&caller).await?;
    let person = facts::person(&mut tx, owner, at)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let rows = advice::rows(&mut tx, owner, Some(&ids), at).await?;
    tx.commit().await?;
    let mut changes = Vec::new();
    let mut errors = Vec::new();
    for (index, supposed) in supposed.iter().enumerate() {
        match supposed.change(&rows) {
            Ok(change) => changes.push(change),
            Err((field, detail)) => {
                errors.push(FieldError::new(format!("changes[{index}].{field}"), detail));
            }
        }
    }
    if !errors.is_empty() {
        return Err(ApiError::Invalid(errors));
    }
    let before = person.assess(at, None).analysis;
    let after = simulate(&person, &rows, &changes, at);
    let after = after.assess(at, Some(&before.snapshot())).analysis;
    Ok(Json(shown(&before, after)))
}

fn shown(before: &Analysis, after: Analysis) -> WhatIfOut {
    let pair = before.final_score.zip(after.final_score);
    let difference = pair.map(|(before, after)| ((after - before) * 100.0).round() / 100.0);
    let sentence = match difference {
        None => "There is not enough data for a score.".to_owned(),
        Some(points) if points.abs() < 0.5 => "That would hardly change your load.".to_owned(),
        Some(points) => format!(
            "That would {} your load by about {:.0} points.",
            if points < 0.0 { "lower" } else { "raise" },
            points.abs()
        ),
    };
    let score = |analysis: &Analysis| ScoreOut {
        final_score: analysis.final_score,
        burnout_level: analysis.burnout_level,
    };
    WhatIfOut {
        before: score(before),
        after: score(&after),
        difference,
        sentence,
        factors: after.factors,
        changes: after.changes,
        notice: sentry_scoring::NOTICE,
    }
}

type Wrong = (&'static str, &'static str);

impl Supposed {
    const fn id(&self) -> Option<TaskId> {
        match self {
            Self::CancelMeeting { id }
            | Self::CancelTask { id }
            | Self::Delegate { id }
            | Self::Move { id, .. }
            | Self::Complete { id }
            | Self::Estimate { id, .. } => Some(*id),
            Self::Add { .. } => None,
        }
    }

    fn change(&self, rows: &[AdviceRow]) -> Result<RowChange, Wrong> {
        let set = self.fields()?;
        let Some(id) = self.id() else {
            let Self::Add { task_type, .. } = self else {
                return Err(("id", "is missing"));
            };
            return Ok(RowChange::new("Supposed".to_owned(), *task_type, set));
        };
        let row = rows.iter().find(|row| row.fact.id == id);
        let row = row.ok_or(("id", "there is no such task or meeting"))?;
        let is_meeting = row.fact.task_type == TaskType::Meeting;
        match self {
            Self::CancelMeeting { .. } if !is_meeting => Err(("id", "is a task, not a meeting")),
            Self::CancelTask { .. } | Self::Delegate { .. } if is_meeting => {
                Err(("id", "is a meeting, not a task"))
            }
            _ => Ok(RowChange::of(row, set)),
        }
    }

    fn fields(&self) -> Result<Fields, Wrong> {
        let fields = match self {
            Self::CancelMeeting { .. } | Self::CancelTask { .. } => Fields {
                status: Some(TaskStatus::Cancelled),
                ..Fields::default()
            },
            Self::Delegate { .. } => Fields {
                status: Some(TaskStatus::Waiting),
                estimated_hours: Some(FOLLOW_UP_HOURS),
                ..Fields::default()
            },
            Self::Complete { .. } => Fields {
                status: Some(TaskStatus::Done),
                ..Fields::default()
            },
            Self::Estimate {
                estimated_hours, ..
            } => Fields {
                estimated_hours: Some(*estimated_hours),
                ..Fields::default()
            },
            Self::Move {
                due_at,
                due_on,
                start_at,
                end_at,
                ..
            } => Fields {
                due_at: *due_at,
                due_on: *due_on,
                start_at: *start_at,
                end_at: *end_at,
                ..Fields::default()
            },
            Self::Add {
                due_at,
                due_on,
                start_at,
                end_at,
                estimated_hours,
                ..
            } => Fields {
                due_at: *due_at,
                due_on: *due_on,
                start_at: *start_at,
                end_at: *end_at,
                estimated_hours: *estimated_hours,
                ..Fields::default()
            },
        };
        checked(fields, matches!(self, Self::Move { .. }))
    }
}

fn checked(fields: Fields, moves: bool) -> Result<Fields, Wrong> {
    let times = [fields.due_at, fields.start_at, fields.end_at];
    let days = times
        .iter()
        .flatten()
        .map(DateTime::date_naive)
        .chain(fields.due_on);
    if days.clone().any(|day| !is_storable(day)) {
        return Err(("due_at", "must lie in the years from 1900 to 9998"));
    }
    if moves && days.count() == 0 {
        return Err(("due_on", "say when: due_at, due_on, start_at or end_at"));
    }
    if fields.due_at.is_some() && fields.due_on.is_some() {
        return Err(("due_on", "cannot stand beside due_at"));
    }
    if fields
        .start_at
        .zip(fields.end_at)
        .is_some_and(|(start, end)| end < start)
    {
        return Err(("end_at", "must not be before start_at"));
    }
    if fields
        .estimated_hours
        .is_some_and(|hours| !(0.0..=1000.0).contains(&hours))
    {
        return Err(("estimated_hours", "must be 0 to 1000"));
    }
    Ok(fields)
}
