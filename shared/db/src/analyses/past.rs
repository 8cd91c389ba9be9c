//! The history of scores, in pages.

use crate::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{AnalysisId, BurnoutLevel, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One line of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// Its id.
    pub id: AnalysisId,
    /// The person's date.
    pub day: NaiveDate,
    /// The score, where there was enough data.
    pub final_score: Option<f64>,
    /// Its level.
    pub level: Option<BurnoutLevel>,
    /// Points of the workload alone.
    pub workload_score: Option<f64>,
    /// Points for the sentiment.
    pub sentiment_adjustment: f64,
    /// Share of the formula that had data, 0 to 1.
    pub completeness: f64,
    /// The metrics by name, as they were then.
    pub metrics: Value,
    /// What had moved since the day before.
    pub changes: Value,
    /// Why it was made.
    pub trigger: String,
    /// When.
    pub analyzed_at: DateTime<Utc>,
}

/// Which part of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastFilter {
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day, included.
    pub end: Option<NaiveDate>,
}

/// The place behind a line of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastPlace {
    /// Its instant.
    pub analyzed_at: DateTime<Utc>,
    /// Its id, among those of one instant.
    pub id: i64,
}

/// Past analyses, newest first: up to `limit + 1` behind `after`, so that the caller sees whether
/// there are more.
pub async fn past(
    tx: &mut Tx,
    owner: UserId,
    filter: PastFilter,
    limit: i64,
    after: Option<PastPlace>,
) -> crate::Result<Vec<Past>> {
    sqlx::query_as!(
        Past,
        r#"
        select id as "id: AnalysisId", day, final_score, level as "level: BurnoutLevel", workload_score,
               sentiment_adjustment, completeness, metrics, changes, trigger, analyzed_at
        from burnout_analyses
        where user_id = $1
          and ($2::date is null or day >= $2)
          and ($3::date is null or day <= $3)
          and ($4::timestamptz is null or (analyzed_at, id) < ($4, $5))
        order by analyzed_at desc, id desc
        limit $6
        "#,
        owner.0,
        filter.start,
        filter.end,
        after.map(|place| place.analyzed_at),
        after.map(|place| place.id),
        limit + 1,
    )
    .fetch_all(&mut **tx)
    .await
}

/// The last score of a day.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct Daily {
    pub day: NaiveDate,
    pub final_score: f64,
    pub level: Option<BurnoutLevel>,
    pub workload_score: Option<f64>,
    pub sentiment_adjustment: f64,
}

/// The last score of each day from `start` to `end`; days without one are left out.
pub async fn daily(
    tx: &mut Tx,
    owner: UserId,
    start: NaiveDate,
    end: NaiveDate,
) -> crate::Result<Vec<Daily>> {
    sqlx::query_as!(
        Daily,
        r#"
        select distinct on (day) day, final_score as "final_score!", level as "level: BurnoutLevel", workload_score,
               sentiment_adjustment
        from burnout_analyses
        where user_id = $1 and day between $2 and $3 and final_score is not null
        order by day desc, analyzed_at desc, id desc
        "#,
        owner.0,
        start,
        end,
    )
    .fetch_all(&mut **tx)
    .await
}

/// How a score felt to its person.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct Verdict<'a> {
    pub id: uuid::Uuid,
    pub day: NaiveDate,
    pub final_score: Option<f64>,
    pub verdict: &'static str,
    pub comment: Option<&'a str>,
}

/// Keeps how a score felt.
pub async fn insert_verdict(
    tx: &mut Tx,
    owner: UserId,
    verdict: &Verdict<'_>,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "insert into burnout_feedback (user_id, id, day, final_score, verdict, comment, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        owner.0,
        verdict.id,
        verdict.day,
        verdict.final_score,
        verdict.verdict,
        verdict.comment,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
