//! Alerts: each opens once and closes once.

use crate::Tx;
use crate::analyses::NewAnalysis;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::UserId;
use uuid::Uuid;

/// Opens and closes what these analyses open and close, with one statement; none where nothing moves.
pub async fn apply(tx: &mut Tx, analyses: &[NewAnalysis], at: DateTime<Utc>) -> crate::Result<()> {
    let (mut opened, mut closed) = (Opened::default(), Closed::default());
    for NewAnalysis { owner, assessment } in analyses {
        for alert in &assessment.alert_moves.opened {
            opened.owners.push(owner.0);
            opened.kinds.push(alert.kind.as_str());
            opened.sentences.push(alert.sentence.clone());
            opened.values.push(alert.value);
            opened.days.push(alert.since);
        }
        for kind in &assessment.alert_moves.closed {
            closed.owners.push(owner.0);
            closed.kinds.push(kind.as_str());
            closed.days.push(assessment.day);
        }
    }
    if opened.owners.is_empty() && closed.owners.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"
        with closed as (
            update burnout_alerts a
            set closed_on = c.day, closed_at = $9::timestamptz
            from unnest($1::bigint[], $2::text[], $3::date[]) c(user_id, kind, day)
            where a.user_id = c.user_id and a.kind = c.kind and a.closed_at is null
        )
        insert into burnout_alerts (user_id, kind, sentence, value, opened_on, opened_at)
        select o.user_id, o.kind, o.sentence, o.value, o.day, $9::timestamptz
        from unnest($4::bigint[], $5::text[], $6::text[], $7::double precision[], $8::date[])
            o(user_id, kind, sentence, value, day)
        on conflict (user_id, kind) where closed_at is null do nothing
        "#,
        &closed.owners,
        &closed.kinds as &[&'static str],
        &closed.days,
        &opened.owners,
        &opened.kinds as &[&'static str],
        &opened.sentences,
        &opened.values as &[Option<f64>],
        &opened.days,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

#[derive(Default)]
struct Opened {
    owners: Vec<i64>,
    kinds: Vec<&'static str>,
    sentences: Vec<String>,
    values: Vec<Option<f64>>,
    days: Vec<NaiveDate>,
}

#[derive(Default)]
struct Closed {
    owners: Vec<i64>,
    kinds: Vec<&'static str>,
    days: Vec<NaiveDate>,
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct AlertRow {
    pub id: Uuid,
    pub kind: String,
    pub sentence: String,
    pub value: Option<f64>,
    pub opened_on: NaiveDate,
    pub opened_at: DateTime<Utc>,
    pub closed_on: Option<NaiveDate>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// Alerts, newest first: up to `limit + 1` behind `after`; with `open`, those that are not closed.
pub async fn list(
    tx: &mut Tx,
    owner: UserId,
    open: bool,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> crate::Result<Vec<AlertRow>> {
    sqlx::query_as!(
        AlertRow,
        r#"
        select id, kind, sentence, value, opened_on, opened_at, closed_on, closed_at
        from burnout_alerts
        where user_id = $1 and (not $2 or closed_at is null)
          and ($3::timestamptz is null or (opened_at, id) < ($3, $4))
        order by opened_at desc, id desc
        limit $5
        "#,
        owner.0,
        open,
        after.map(|place| place.0),
        after.map(|place| place.1),
        limit + 1,
    )
    .fetch_all(&mut **tx)
    .await
}
