//! What the nights have learned of people.

use crate::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::UserId;
use sentry_scoring::{Behaviour, DayScore, LEARNING_DAYS, Metrics, PastDay};
use sqlx::types::Json;

/// The last analysis of each of the last days, for learning.
pub async fn past_days(
    tx: &mut Tx,
    owners: &[i64],
    day: NaiveDate,
) -> crate::Result<Vec<(UserId, PastDay)>> {
    let rows = sqlx::query!(
        r#"
        select u.id as "user_id!: UserId", d.day as "day!", d.final_score as "score!",
               d.metrics as "metrics!: Json<Metrics>", d.risen as "risen!"
        from unnest($1::bigint[]) u(id)
        cross join lateral (
            select distinct on (a.day) a.day, a.final_score, a.metrics,
                   array(select c->>'key' from jsonb_array_elements(a.changes) c
                         where (c->>'points')::double precision > 0 limit 2) as risen
            from burnout_analyses a
            where a.user_id = u.id and a.day > $2::date - $3::integer and a.final_score is not null
            order by a.day desc, a.analyzed_at desc, a.id desc
        ) d
        "#,
        owners,
        day,
        i32::try_from(LEARNING_DAYS).unwrap_or(60),
    )
    .fetch_all(&mut **tx)
    .await?;
    let past = |day, score, metrics, risen| PastDay {
        score: DayScore { day, score },
        metrics,
        risen,
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.user_id,
                past(row.day, row.score, row.metrics.0, row.risen),
            )
        })
        .collect())
}

/// Keeps what was learned of these people, with one statement.
pub async fn put_learned(
    tx: &mut Tx,
    learned: &[(UserId, NaiveDate, Behaviour)],
    at: DateTime<Utc>,
) -> crate::Result<()> {
    let owners: Vec<i64> = learned.iter().map(|(owner, ..)| owner.0).collect();
    let days: Vec<NaiveDate> = learned.iter().map(|(_, day, _)| *day).collect();
    let what: Vec<Json<&Behaviour>> = learned.iter().map(|(.., what)| Json(what)).collect();
    sqlx::query!(
        r#"
        insert into user_behavioral_profiles (user_id, day, learned, learned_at)
        select n.user_id, n.day, n.learned, $4
        from unnest($1::bigint[], $2::date[], $3::jsonb[]) n(user_id, day, learned)
        on conflict (user_id) do update set day = excluded.day, learned = excluded.learned, learned_at = excluded.learned_at
        "#,
        &owners,
        &days,
        &what as &[Json<&Behaviour>],
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What was learned of a person, and on which of their days.
pub async fn learned(tx: &mut Tx, owner: UserId) -> crate::Result<Option<(NaiveDate, Behaviour)>> {
    let row = sqlx::query!(
        r#"select day, learned as "learned: Json<Behaviour>" from user_behavioral_profiles where user_id = $1"#,
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.day, row.learned.0)))
}
