//! Looking back after a week.

use crate::Tx;
use chrono::{DateTime, Duration, Utc};

/// Days after which the effect of advice that was taken is measured.
const DAYS: i64 = 7;

/// Measures what these people applied or accepted a week ago or longer and nobody has looked at: points between
/// the score before and the last one now. With one statement; returns how many were measured.
///
/// It says what happened, not why: a week changes more than one thing.
pub async fn measure(tx: &mut Tx, owners: &[i64], at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!(
        r#"
        update recommendations r
        set measured_effect = round((r.score_before - s.final_score)::numeric, 2)::double precision,
            measured_on = s.day
        from unnest($1::bigint[]) u(id)
        cross join lateral (
            select day, final_score from burnout_analyses
            where user_id = u.id and final_score is not null and analyzed_at <= $2
            order by analyzed_at desc, id desc
            limit 1
        ) s
        where r.user_id = u.id and r.status in ('applied', 'accepted') and r.measured_on is null and r.score_before is not null
          and r.applied_at <= $3
        "#,
        owners,
        at,
        at - Duration::days(DAYS),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
