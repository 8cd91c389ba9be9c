//! `GET /api/burnout/breakdown/{user_id}`: of every point, which rows.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::{Tx, advice, analyses};
use sentry_domain::{BurnoutLevel, TaskId, UserId};
use sentry_http::{ApiError, App, Caller, PathParams};
use sentry_scoring::{Analysis, Evidence, Factor, Group, Reason};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A row behind a number, by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NamedRow {
    /// What it is and its id.
    #[serde(flatten)]
    row: Evidence,
    /// Its title; null for texts, and for rows that are gone.
    #[schema(required)]
    title: Option<String>,
}

/// A factor with its rows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedFactor {
    /// The factor.
    #[serde(flatten)]
    factor: Factor,
    /// The rows behind it, at most 20, by name.
    rows: Vec<NamedRow>,
}

/// A group of factors.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupOut {
    /// What it is about.
    group: Group,
    /// Points of its factors.
    points: f64,
    /// Most points they can have.
    cap: f64,
    /// Share of the score that these points are, 0 to 1.
    #[schema(required)]
    share: Option<f64>,
    /// Its factors.
    factors: Vec<NamedFactor>,
}

/// A score taken apart.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BreakdownOut {
    /// The person's date; null before anything was analyzed.
    #[schema(required)]
    day: Option<NaiveDate>,
    /// When.
    #[schema(required)]
    analyzed_at: Option<DateTime<Utc>>,
    /// The score.
    #[schema(required)]
    final_score: Option<f64>,
    /// Its level.
    #[schema(required)]
    burnout_level: Option<BurnoutLevel>,
    /// The groups, in the order of the formula.
    groups: Vec<GroupOut>,
    /// Points for the sentiment.
    sentiment_adjustment: f64,
    /// The texts behind them, newest first, at most 20; they are read at `/api/check-ins`.
    sentiment_rows: Vec<Evidence>,
    /// Why there is no score; null where there is one, or nothing was analyzed yet.
    #[schema(required)]
    reason: Option<Reason>,
    /// What the score is not.
    notice: &'static str,
}

/// The latest score taken apart: groups, factors, and the rows behind each by name.
#[utoipa::path(get, path = "/api/burnout/breakdown/{user_id}", operation_id = "get_burnout_breakdown", tag = "burnout",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "The score taken apart", body = BreakdownOut)))]
pub(crate) async fn get_burnout_breakdown(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<BreakdownOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let latest = analyses::latest(&mut tx, owner).await?;
    let (day, at) = latest
        .as_ref()
        .map(|kept| (kept.day, kept.analyzed_at))
        .unzip();
    let groups = match &latest {
        Some(kept) => groups(&mut tx, owner, &kept.analysis).await?,
        None => Vec::new(),
    };
    tx.commit().await?;
    let analysis = latest.map(|kept| kept.analysis);
    Ok(Json(BreakdownOut {
        day,
        analyzed_at: at,
        final_score: analysis.as_ref().and_then(|analysis| analysis.final_score),
        burnout_level: analysis
            .as_ref()
            .and_then(|analysis| analysis.burnout_level),
        groups,
        reason: analysis
            .as_ref()
            .and_then(|analysis| analysis.reason.clone()),
        sentiment_adjustment: analysis
            .as_ref()
            .map_or(0.0, |analysis| analysis.sentiment_adjustment),
        sentiment_rows: analysis.map_or_else(Vec::new, |analysis| analysis.sentiment_evidence),
        notice: sentry_scoring::NOTICE,
    }))
}

/// Factors by group, with the titles of the rows behind them by one statement.
pub(crate) async fn groups(
    tx: &mut Tx,
    owner: UserId,
    analysis: &Analysis,
) -> Result<Vec<GroupOut>, ApiError> {
    let rows = analysis.factors.iter().flat_map(|factor| &factor.evidence);
    let mut ids: Vec<i64> = rows
        .filter_map(|row| task_of(*row))
        .map(|id| id.0)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let titles: HashMap<TaskId, String> =
        advice::titles(tx, owner, &ids).await?.into_iter().collect();
    let groups = [Group::Tasks, Group::Time, Group::Meetings, Group::Patterns];
    Ok(groups
        .into_iter()
        .map(|group| in_group(group, analysis, &titles))
        .collect())
}

fn in_group(group: Group, analysis: &Analysis, titles: &HashMap<TaskId, String>) -> GroupOut {
    let factors: Vec<_> = analysis
        .factors
        .iter()
        .filter(|factor| factor.group == group)
        .collect();
    // The sum of nothing is -0.0, which nobody wants to read.
    let cents = |value: f64| (value * 100.0).round() / 100.0 + 0.0;
    let points = cents(factors.iter().map(|factor| factor.points).sum());
    let named = |row: &Evidence| NamedRow {
        row: *row,
        title: task_of(*row).and_then(|id| titles.get(&id).cloned()),
    };
    GroupOut {
        group,
        points,
        cap: cents(factors.iter().map(|factor| factor.cap).sum()),
        share: analysis
            .final_score
            .filter(|score| *score > 0.0)
            .map(|score| (points / score * 1e4).round() / 1e4),
        factors: factors
            .into_iter()
            .map(|factor| NamedFactor {
                rows: factor.evidence.iter().map(named).collect(),
                factor: factor.clone(),
            })
            .collect(),
    }
}

const fn task_of(row: Evidence) -> Option<TaskId> {
    match row {
        Evidence::Task { id } | Evidence::Meeting { id } => Some(id),
        Evidence::Entry { .. } => None,
    }
}
