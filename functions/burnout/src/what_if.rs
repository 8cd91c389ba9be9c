//! `POST /api/burnout/what-if`: the score as it would be.

mod supposed;

use axum::Json;
use axum::extract::State;
use sentry_db::{advice, facts};
use sentry_domain::BurnoutLevel;
use sentry_http::{ApiError, App, Body, Caller, FieldError};
use sentry_scoring::advice::simulate;
use sentry_scoring::{Analysis, Change, Factor, about};
use serde::{Deserialize, Serialize};
use supposed::Supposed;
use utoipa::ToSchema;

const MAX_CHANGES: usize = 50;

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
        Some(points) if points.abs() < 0.25 => "That would hardly change your load.".to_owned(),
        Some(points) => format!(
            "That would {} your load by {}.",
            if points < 0.0 { "lower" } else { "raise" },
            about(points)
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
