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

/// Takes one token out of each bucket. When one is empty, the seconds until it holds a token.
///
/// One statement for all, which locks the rows in the given order: always name the wider bucket
/// first, so that two requests cannot wait for each other.
pub async fn take(
    tx: &mut Tx,
    buckets: &[Bucket],
    at: DateTime<Utc>,
) -> crate::Result<Result<(), f64>> {
    let names: Vec<String> = buckets.iter().map(|bucket| bucket.name.clone()).collect();
    let capacities: Vec<f64> = buckets.iter().map(|bucket| bucket.capacity).collect();
    let rates: Vec<f64> = buckets.iter().map(Bucket::per_second).collect();
    let taken = sqlx::query_scalar!(
        r#"
        insert into rate_limits as held (bucket, tokens, refilled_at)
        select name, capacity - 1, $4
        from unnest($1::text[], $2::float8[]) as asked (name, capacity)
        on conflict (bucket) do update
        set tokens = (
                select least(asked.capacity, held.tokens
                    + asked.rate * greatest(0, extract(epoch from excluded.refilled_at - held.refilled_at))) - 1
                from unnest($1::text[], $2::float8[], $3::float8[]) as asked (name, capacity, rate)
                where asked.name = held.bucket),
            refilled_at = greatest(held.refilled_at, excluded.refilled_at)
        where (
                select least(asked.capacity, held.tokens
                    + asked.rate * greatest(0, extract(epoch from excluded.refilled_at - held.refilled_at)))
                from unnest($1::text[], $2::float8[], $3::float8[]) as asked (name, capacity, rate)
                where asked.name = held.bucket) >= 1
        returning bucket
        "#,
        &names,
        &capacities,
        &rates,
        at,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut wait: Option<f64> = None;
    for bucket in buckets.iter().filter(|bucket| !taken.contains(&bucket.name)) {
        let seconds = seconds_until_token(tx, bucket, at).await?;
        wait = Some(wait.map_or(seconds, |longest| longest.max(seconds)));
    }
    Ok(wait.map_or(Ok(()), Err))
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
