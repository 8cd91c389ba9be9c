//! Advice on its way: offered, accepted, applied, undone, dismissed, snoozed, measured.

mod apply;
mod measure;

pub use apply::{Refused, apply, undo};
pub use measure::measure;

use crate::Tx;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sentry_domain::UserId;
use sentry_scoring::advice::{AdviceKind, Candidate, Feedback};
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A dismissed idea comes back after this many days at the earliest.
const DISMISSED_DAYS: i64 = 14;
/// An idea that is on offer is not offered again for this long.
const OFFERED_DAYS: i64 = 1;
/// What was said of earlier offers counts for this long.
const FEEDBACK_DAYS: i64 = 90;

/// A recommendation as it is kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct RecommendationRow {
    pub id: Uuid,
    pub day: NaiveDate,
    pub candidate: Candidate,
    pub status: String,
    pub snoozed_until: Option<DateTime<Utc>>,
    pub score_before: Option<f64>,
    pub applied_at: Option<DateTime<Utc>>,
    pub measured_effect: Option<f64>,
    pub measured_on: Option<NaiveDate>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

struct Stored {
    id: Uuid,
    day: NaiveDate,
    body: Json<Candidate>,
    status: String,
    snoozed_until: Option<DateTime<Utc>>,
    score_before: Option<f64>,
    applied_at: Option<DateTime<Utc>>,
    measured_effect: Option<f64>,
    measured_on: Option<NaiveDate>,
    version: i32,
    created_at: DateTime<Utc>,
}

impl From<Stored> for RecommendationRow {
    fn from(row: Stored) -> Self {
        Self {
            id: row.id,
            day: row.day,
            candidate: row.body.0,
            status: row.status,
            snoozed_until: row.snoozed_until,
            score_before: row.score_before,
            applied_at: row.applied_at,
            measured_effect: row.measured_effect,
            measured_on: row.measured_on,
            version: row.version,
            created_at: row.created_at,
        }
    }
}

/// Keeps offers, best first.
pub async fn insert(
    tx: &mut Tx,
    owner: UserId,
    offers: &[(Uuid, Candidate)],
    day: NaiveDate,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    let ids: Vec<Uuid> = offers.iter().map(|(id, _)| *id).collect();
    let column = |of: fn(&Candidate) -> String| -> Vec<String> {
        offers.iter().map(|(_, candidate)| of(candidate)).collect()
    };
    let bodies: Vec<Json<&Candidate>> = offers.iter().map(|(_, c)| Json(c)).collect();
    let effects: Vec<Option<f64>> = offers.iter().map(|(_, c)| c.expected_effect).collect();
    sqlx::query!(
        r#"
        insert into recommendations (user_id, id, day, key, type, title, body, changes, expected_effect, created_at, updated_at)
        select $1, n.id, $2, n.key, n.type, n.title, n.body, n.body->'changes', n.effect, $3, $3
        from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::double precision[])
            n(id, key, type, title, body, effect)
        "#,
        owner.0,
        day,
        at,
        &ids,
        &column(|candidate| candidate.key.clone()),
        &column(|candidate| candidate.kind.as_str().to_owned()),
        &column(|candidate| candidate.title.clone()),
        &bodies as &[Json<&Candidate>],
        &effects as &[Option<f64>],
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Recommendations, newest first: up to `limit + 1` behind `after`; with `status`, those in it. What can no longer be
/// carried out as it was previewed is `expired`, whether that was noted or not.
pub async fn list(
    tx: &mut Tx,
    owner: UserId,
    status: Option<&str>,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> crate::Result<Vec<RecommendationRow>> {
    let rows = sqlx::query_as!(
        Stored,
        r#"
        select r.id, r.day, r.body as "body: Json<Candidate>", s.status as "status!", r.snoozed_until, r.score_before,
               r.applied_at, r.measured_effect, r.measured_on, r.version, r.created_at
        from recommendations r
        cross join lateral (
            select case
                when r.status in ('offered', 'snoozed') and sentry.is_outdated($1, r.changes) then 'expired'
                else r.status
            end as status
        ) s
        where r.user_id = $1 and ($2::text is null or s.status = $2)
          and ($3::timestamptz is null or (r.created_at, r.id) < ($3, $4))
        order by r.created_at desc, r.id desc
        limit $5
        "#,
        owner.0,
        status,
        after.map(|place| place.0),
        after.map(|place| place.1),
        limit + 1,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One recommendation, held until the transaction ends.
pub async fn hold(
    tx: &mut Tx,
    owner: UserId,
    id: Uuid,
) -> crate::Result<Option<RecommendationRow>> {
    let row = sqlx::query_as!(
        Stored,
        r#"
        select id, day, body as "body: Json<Candidate>", status, snoozed_until, score_before, applied_at,
               measured_effect, measured_on, version, created_at
        from recommendations
        where user_id = $1 and id = $2
        for update
        "#,
        owner.0,
        id,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(Into::into))
}

/// What the person said or did: the new status, and until when it rests.
pub async fn set_status(
    tx: &mut Tx,
    owner: UserId,
    id: Uuid,
    (status, snoozed_until): (&str, Option<DateTime<Utc>>),
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "update recommendations
         set status = $3, snoozed_until = $4, updated_at = $5, version = version + 1
         where user_id = $1 and id = $2",
        owner.0,
        id,
        status,
        snoozed_until,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The person will do it: measured like what is applied, from the first time they said so.
pub async fn accept(
    tx: &mut Tx,
    owner: UserId,
    id: Uuid,
    score_before: Option<f64>,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "update recommendations
         set status = 'accepted', snoozed_until = null, score_before = coalesce(score_before, $3),
             applied_at = coalesce(applied_at, $4), updated_at = $4, version = version + 1
         where user_id = $1 and id = $2",
        owner.0,
        id,
        score_before,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What earlier offers mean for the next ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Keys that rest: on offer, dismissed lately, snoozed or applied.
    pub silenced: Vec<String>,
    /// Offers made on the person's date.
    pub offered_today: i64,
    /// What was said of each kind.
    pub feedback: BTreeMap<AdviceKind, Feedback>,
}

/// What earlier offers mean for the next ones, with one statement. Those that can no longer be carried out as they were
/// previewed, and those that have rested long enough, expire: they neither rest nor count for the day.
pub async fn history(
    tx: &mut Tx,
    owner: UserId,
    day: NaiveDate,
    at: DateTime<Utc>,
) -> crate::Result<History> {
    let rows = sqlx::query!(
        r#"
        with expired as (
            update recommendations
            set status = 'expired', updated_at = $3, version = version + 1
            where user_id = $1 and status in ('offered', 'snoozed') and created_at > $6
              and (snoozed_until <= $3 or sentry.is_outdated($1, changes))
            returning id
        )
        select r.key, r.type as "kind", r.day = $2 and x.id is null and r.status <> 'expired' as "today!",
               x.id is null and case r.status
                   when 'dismissed' then r.updated_at > $4
                   when 'snoozed' then true
                   when 'applied' then true
                   when 'undone' then r.updated_at > $4
                   when 'expired' then false
                   else r.created_at > $5
               end as "silent!",
               (r.status in ('applied', 'accepted'))::integer + coalesce(f.helpful, 0)::integer as "helpful!",
               (r.status in ('dismissed', 'undone'))::integer + coalesce(f.unhelpful, 0)::integer as "unhelpful!"
        from recommendations r
        left join expired x on x.id = r.id
        left join lateral (
            select count(*) filter (where helpful) as helpful, count(*) filter (where not helpful) as unhelpful
            from recommendation_feedback where user_id = $1 and recommendation_id = r.id
        ) f on true
        where r.user_id = $1 and r.created_at > $6
        order by r.created_at desc
        limit 500
        "#,
        owner.0,
        day,
        at,
        at - Duration::days(DISMISSED_DAYS),
        at - Duration::days(OFFERED_DAYS),
        at - Duration::days(FEEDBACK_DAYS),
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut history = History::default();
    for row in rows {
        history.offered_today += i64::from(row.today);
        if row.silent {
            history.silenced.push(row.key);
        }
        if let Some(kind) = AdviceKind::of(&row.kind) {
            let said = history.feedback.entry(kind).or_default();
            said.helpful += u32::try_from(row.helpful).unwrap_or(0);
            said.unhelpful += u32::try_from(row.unhelpful).unwrap_or(0);
        }
    }
    Ok(history)
}

/// Keeps what the person thinks of a recommendation. False where there is no such one.
pub async fn insert_feedback(
    tx: &mut Tx,
    owner: UserId,
    (id, of): (Uuid, Uuid),
    (helpful, comment): (bool, Option<&str>),
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "insert into recommendation_feedback (user_id, id, recommendation_id, type, helpful, comment, created_at)
         select r.user_id, $3, r.id, r.type, $4, $5, $6 from recommendations r where r.user_id = $1 and r.id = $2",
        owner.0,
        of,
        id,
        helpful,
        comment,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
