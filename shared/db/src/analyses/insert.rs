//! Keeping analyses, one or hundreds at once.

use super::{ENGINE, Trigger};
use crate::{Tx, alerts};
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{BurnoutLevel, UserId};
use sentry_scoring::{Analysis, Assessment, Change, Factor, Metrics};
use sqlx::types::Json;

/// An analysis to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAnalysis {
    /// Whose.
    pub owner: UserId,
    /// What was found.
    pub assessment: Assessment,
}

/// Keeps analyses, with one statement. Where there is one of the same day with the same inputs,
/// no row is added: it only becomes the latest again. Returns how many rows were added.
pub async fn insert(
    tx: &mut Tx,
    analyses: Vec<NewAnalysis>,
    trigger: Trigger,
    at: DateTime<Utc>,
) -> crate::Result<usize> {
    if analyses.is_empty() {
        return Ok(0);
    }
    alerts::apply(tx, &analyses, at).await?;
    let rows = Columns::of(analyses);
    let added = sqlx::query_scalar!(
        r#"
        insert into burnout_analyses as a (
            user_id, day, final_score, level, workload_score, sentiment_adjustment, completeness,
            factors, metrics, changes, analysis, inputs_hash, trigger, engine, analyzed_at
        )
        select n.user_id, n.day, n.final_score, n.level, n.workload_score, n.sentiment_adjustment, n.completeness,
               n.factors, n.metrics, n.changes, n.analysis, decode(n.inputs_hash, 'hex'), $13, $14, $15
        from unnest(
            $1::bigint[], $2::date[], $3::double precision[], $4::text[], $5::double precision[],
            $6::double precision[], $7::double precision[], $8::jsonb[], $9::jsonb[], $10::jsonb[], $11::jsonb[],
            $12::text[]
        ) n(user_id, day, final_score, level, workload_score, sentiment_adjustment, completeness,
            factors, metrics, changes, analysis, inputs_hash)
        on conflict on constraint burnout_analyses_inputs_key do update
        set analyzed_at = greatest(a.analyzed_at, excluded.analyzed_at)
        returning (xmax = 0) as "added!"
        "#,
        &rows.owners,
        &rows.days,
        &rows.final_scores as &[Option<f64>],
        &rows.levels as &[Option<&'static str>],
        &rows.workload_scores as &[Option<f64>],
        &rows.adjustments,
        &rows.completeness,
        &rows.factors as &[Json<Vec<Factor>>],
        &rows.metrics as &[Json<Metrics>],
        &rows.changes as &[Json<Vec<Change>>],
        &rows.analyses as &[Json<Analysis>],
        &rows.hashes,
        trigger.as_str(),
        ENGINE,
        at,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(added.into_iter().filter(|added| *added).count())
}

/// The rows, column by column, as `unnest` takes them.
#[derive(Default)]
struct Columns {
    owners: Vec<i64>,
    days: Vec<NaiveDate>,
    final_scores: Vec<Option<f64>>,
    levels: Vec<Option<&'static str>>,
    workload_scores: Vec<Option<f64>>,
    adjustments: Vec<f64>,
    completeness: Vec<f64>,
    factors: Vec<Json<Vec<Factor>>>,
    metrics: Vec<Json<Metrics>>,
    changes: Vec<Json<Vec<Change>>>,
    analyses: Vec<Json<Analysis>>,
    hashes: Vec<String>,
}

impl Columns {
    fn of(rows: Vec<NewAnalysis>) -> Self {
        let mut columns = Self::default();
        for NewAnalysis { owner, assessment } in rows {
            let mut analysis = assessment.analysis;
            columns.owners.push(owner.0);
            columns.days.push(assessment.day);
            columns.final_scores.push(analysis.final_score);
            columns
                .levels
                .push(analysis.burnout_level.map(BurnoutLevel::as_str));
            columns.workload_scores.push(analysis.workload_score);
            columns.adjustments.push(analysis.sentiment_adjustment);
            columns.completeness.push(analysis.completeness);
            // These have columns of their own; `whole` puts them back.
            columns
                .factors
                .push(Json(std::mem::take(&mut analysis.factors)));
            columns
                .changes
                .push(Json(std::mem::take(&mut analysis.changes)));
            columns.metrics.push(Json(assessment.metrics));
            columns.analyses.push(Json(analysis));
            columns.hashes.push(assessment.inputs_hash);
        }
        columns
    }
}
