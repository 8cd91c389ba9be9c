//! What a user's requests to language models have cost, day by day.

use crate::Tx;
use chrono::NaiveDate;
use sentry_domain::UserId;

/// What is added to a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spent {
    /// Calls that were answered.
    pub calls: i64,
    /// Tokens sent.
    pub input_tokens: i64,
    /// Tokens received.
    pub output_tokens: i64,
    /// Seconds of sound listened to.
    pub audio_seconds: f64,
    /// US dollars.
    pub cost_usd: f64,
}

/// The tokens a user has spent on a day of theirs, both ways.
pub async fn tokens(tx: &mut Tx, owner: UserId, day: NaiveDate) -> crate::Result<i64> {
    let spent = sqlx::query_scalar!(
        r#"select input_tokens + output_tokens as "tokens!" from ai_usage where user_id = $1 and day = $2"#,
        owner.0,
        day,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(spent.unwrap_or(0))
}

/// Adds to a user's day.
pub async fn add(tx: &mut Tx, owner: UserId, day: NaiveDate, spent: &Spent) -> crate::Result<()> {
    sqlx::query!(
        "
        insert into ai_usage as u (user_id, day, calls, input_tokens, output_tokens, audio_seconds, cost_usd)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict on constraint ai_usage_pkey do update
        set calls = u.calls + excluded.calls, input_tokens = u.input_tokens + excluded.input_tokens,
            output_tokens = u.output_tokens + excluded.output_tokens,
            audio_seconds = u.audio_seconds + excluded.audio_seconds, cost_usd = u.cost_usd + excluded.cost_usd
        ",
        owner.0,
        day,
        spent.calls,
        spent.input_tokens,
        spent.output_tokens,
        spent.audio_seconds,
        spent.cost_usd,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
