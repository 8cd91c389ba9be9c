//! Token buckets: how often something may be tried.

use crate::Tx;
use chrono::{DateTime, Utc};

/// A bucket and how it fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Bucket {
    /// Its name, such as `sign_in:ip:192.0.2.1`.
    pub name: String,
    /// How much it holds, and holds at first.
    pub capacity: f64,
    /// How long an empty one takes to fill, in seconds.
    pub fill_seconds: f64,
}

impl Bucket {
    fn per_second(&self) -> f64 {
        self.capacity / self.fill_seconds
    }
}

/// Takes one token. When the bucket is empty, the seconds until it holds one again.
///
/// A millionth of a token is forgiven: who waits as long as told must find it there.
///
/// The row stays locked until the transaction ends: always take from the wider bucket first, so
/// that two requests cannot wait for each other.
pub async fn take(
    tx: &mut Tx,
    bucket: &Bucket,
    at: DateTime<Utc>,
) -> crate::Result<Result<(), f64>> {
    let done = sqlx::query!(
        "
        insert into rate_limits as held (bucket, tokens, refilled_at)
        values ($1, $2::float8 - 1, $4)
        on conflict (bucket) do update
        set tokens = least($2, held.tokens
                + $3::float8 * greatest(0, extract(epoch from $4 - held.refilled_at))::float8) - 1,
            refilled_at = greatest(held.refilled_at, $4)
        where least($2, held.tokens
                + $3::float8 * greatest(0, extract(epoch from $4 - held.refilled_at))::float8) >= 0.999999
        ",
        bucket.name,
        bucket.capacity,
        bucket.per_second(),
        at,
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Ok(()));
    }
    seconds_until_token(tx, bucket, at).await.map(Err)
}

async fn seconds_until_token(
    tx: &mut Tx,
    bucket: &Bucket,
    at: DateTime<Utc>,
) -> crate::Result<f64> {
    let seconds = sqlx::query_scalar!(
        r#"
        select (1 - tokens) / $2 - greatest(0, extract(epoch from $3 - refilled_at))::float8 as "seconds!"
        from rate_limits where bucket = $1
        "#,
        bucket.name,
        bucket.per_second(),
        at,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(seconds.unwrap_or_default().max(0.0))
}

/// Takes `tokens` more out of a bucket (or puts some back, when negative), without asking whether
/// they are there: at worst the bucket is in debt by as much as it holds.
pub async fn charge(
    tx: &mut Tx,
    bucket: &Bucket,
    tokens: f64,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "
        insert into rate_limits as held (bucket, tokens, refilled_at)
        values ($1, $2::float8 - $3, $4)
        on conflict (bucket) do update
        set tokens = greatest(-$2, least($2, held.tokens - $3))
        ",
        bucket.name,
        bucket.capacity,
        tokens,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets buckets that nobody has touched for a day: they are full. Returns how many.
pub async fn purge(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!(
        "delete from rate_limits where refilled_at < $1::timestamptz - interval '1 day'",
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
