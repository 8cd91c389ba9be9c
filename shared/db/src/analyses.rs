//! Burnout analyses: at most one row per day and set of inputs, with the reasons of the score.

mod insert;
mod past;

pub use insert::{NewAnalysis, insert};
pub use past::{Daily, Past, PastFilter, PastPlace, Verdict, daily, insert_verdict, past};

use crate::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{AnalysisId, UserId};
use sentry_scoring::{
    Alert, Analysis, BASELINE_DAYS, Change, DayScore, Factor, Past as Before, Snapshot,
};
use serde_json::Value;
use sqlx::types::Json;
use std::collections::HashMap;

/// Names the engine that made an analysis.
pub const ENGINE: &str = "builtin-scoring-1";

/// Why an analysis was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A task, meeting or text has changed.
    Change,
    /// Somebody asked.
    Request,
    /// A new day.
    Nightly,
}

impl Trigger {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Request => "request",
            Self::Nightly => "nightly",
        }
    }
}

/// What is compared of the last analysis of another day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Previous {
    /// The person's date of it.
    pub day: Option<NaiveDate>,
    /// Its score.
    pub final_score: Option<f64>,
    /// Points for the sentiment.
    pub sentiment_adjustment: f64,
    /// Its reasons.
    pub factors: Vec<Factor>,
    /// Whether the nightly run has made one for the present day already.
    pub nightly_done: bool,
    /// The last scores of the days before.
    pub days: Vec<DayScore>,
    /// Alerts that are open.
    pub open: Vec<Alert>,
}

impl Previous {
    /// What changes are counted from.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            final_score: self.final_score,
            sentiment_adjustment: self.sentiment_adjustment,
            factors: &self.factors,
        }
    }

    /// What an analysis of the present day is made after.
    pub fn past(&self) -> Before<'_> {
        Before {
            previous: Some(self.snapshot()),
            days: &self.days,
            open: &self.open,
        }
    }
}

/// The last analysis before `today` (or of any other day, after a move across zones).
pub async fn previous(
    tx: &mut Tx,
    owner: UserId,
    today: NaiveDate,
) -> crate::Result<Option<Previous>> {
    let mut found = previous_of(tx, &[(owner, today)]).await?;
    Ok(found.remove(&owner))
}

/// The same for many people at once, each with their own day.
pub async fn previous_of(
    tx: &mut Tx,
    people: &[(UserId, NaiveDate)],
) -> crate::Result<HashMap<UserId, Previous>> {
    let (ids, days): (Vec<i64>, Vec<NaiveDate>) =
        people.iter().map(|(owner, day)| (owner.0, *day)).unzip();
    let rows = sqlx::query!(
        r#"
        select u.id as "user_id!: UserId", p.day as "day?", p.final_score as "final_score?",
               p.sentiment_adjustment as "sentiment_adjustment?", p.factors as "factors?",
               -- Not `exists`, which the planner may answer by reading everybody's nights.
               (select count(*) > 0 from (
                   select from burnout_analyses d
                   where d.user_id = u.id and d.day = u.today and d.trigger = 'nightly' limit 1
               ) nights) as "nightly_done!",
               s.days as "days?", s.scores as "scores?", a.open as "open?: Json<Vec<Alert>>"
        from unnest($1::bigint[], $2::date[]) u(id, today)
        left join lateral (
            select day, final_score, sentiment_adjustment, factors
            from burnout_analyses
            where user_id = u.id and day <> u.today
            order by analyzed_at desc, id desc
            limit 1
        ) p on true
        left join lateral (
            select array_agg(d.day) as days, array_agg(d.final_score) as scores
            from (
                select distinct on (day) day, final_score from burnout_analyses
                where user_id = u.id and day >= u.today - $3::integer and day < u.today and final_score is not null
                order by day desc, analyzed_at desc, id desc
            ) d
        ) s on true
        left join lateral (
            select jsonb_agg(jsonb_build_object('kind', kind, 'since', opened_on, 'sentence', sentence, 'value', value))
                as open
            from burnout_alerts where user_id = u.id and closed_at is null
        ) a on true
        "#,
        &ids,
        &days,
        i32::try_from(BASELINE_DAYS).unwrap_or(30),
    )
    .fetch_all(&mut **tx)
    .await?;
    let previous = rows.into_iter().map(|row| {
        let factors = row
            .factors
            .and_then(|stored| read_factors(row.user_id, stored));
        let previous = Previous {
            day: row.day,
            // Without its reasons a score cannot be compared.
            final_score: row.final_score.filter(|_| factors.is_some()),
            sentiment_adjustment: row.sentiment_adjustment.unwrap_or_default(),
            factors: factors.unwrap_or_default(),
            nightly_done: row.nightly_done,
            days: row
                .days
                .unwrap_or_default()
                .into_iter()
                .zip(row.scores.unwrap_or_default())
                .map(|(day, score)| DayScore { day, score })
                .collect(),
            open: row.open.map(|open| open.0).unwrap_or_default(),
        };
        (row.user_id, previous)
    });
    Ok(previous.collect())
}

/// What an older or newer release has written may not be readable; then nothing is known to have
/// changed, which is no reason to have no score.
fn read_factors(owner: UserId, stored: Value) -> Option<Vec<Factor>> {
    serde_json::from_value(stored)
        .inspect_err(|error| {
            tracing::warn!(user.id = owner.0, %error, "the previous analysis cannot be compared");
        })
        .ok()
}

/// A kept analysis with all its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its id.
    pub id: AnalysisId,
    /// The person's date.
    pub day: NaiveDate,
    /// Why it was made: `change`, `request` or `nightly`.
    pub trigger: String,
    /// What made it.
    pub engine: String,
    /// When.
    pub analyzed_at: DateTime<Utc>,
    /// The score and its reasons.
    pub analysis: Analysis,
}

/// The latest analysis.
pub async fn latest(tx: &mut Tx, owner: UserId) -> crate::Result<Option<Kept>> {
    let row = sqlx::query!(
        r#"
        select id as "id: AnalysisId", day, trigger, engine, analyzed_at,
               analysis as "analysis: Json<Analysis>", factors as "factors: Json<Vec<Factor>>",
               changes as "changes: Json<Vec<Change>>"
        from burnout_analyses
        where user_id = $1
        order by analyzed_at desc, id desc
        limit 1
        "#,
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Kept {
        id: row.id,
        day: row.day,
        trigger: row.trigger,
        engine: row.engine,
        analyzed_at: row.analyzed_at,
        analysis: Analysis {
            factors: row.factors.0,
            changes: row.changes.0,
            ..row.analysis.0
        },
    }))
}
