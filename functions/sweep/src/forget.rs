//! What has had its time.

use crate::Sweep;
use chrono::Days;
use sentry_db::{idempotency, nightly_runs, one_time_codes, outbox, rate_limits, sessions, users};

/// Days for which it is known that a night was run; a tick never comes later.
const RUN_DAYS: Days = Days::new(7);

/// Accounts of one sweep: each takes all it owns with it.
const ACCOUNTS: i64 = 20;

/// Closed accounts whose files are gone.
pub(crate) async fn accounts(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = users::purge_closed(&mut tx, ACCOUNTS).await?;
    tx.commit().await?;
    Ok(count)
}

/// Messages that were sent.
pub(crate) async fn messages(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = outbox::purge(&mut tx).await?;
    tx.commit().await?;
    Ok(count)
}

/// Answers kept for requests that come twice.
pub(crate) async fn idempotency_keys(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = idempotency::purge(&mut tx, sweep.context.clock.now()).await?;
    tx.commit().await?;
    Ok(count)
}

/// Sessions that have ended.
pub(crate) async fn sessions(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = sessions::purge(&mut tx, sweep.context.clock.now()).await?;
    tx.commit().await?;
    Ok(count)
}

/// Codes nobody has used in time.
pub(crate) async fn one_time_codes(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = one_time_codes::purge(&mut tx, sweep.context.clock.now()).await?;
    tx.commit().await?;
    Ok(count)
}

/// Limits that are full again.
pub(crate) async fn rate_limits(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = rate_limits::purge(&mut tx, sweep.context.clock.now()).await?;
    tx.commit().await?;
    Ok(count)
}

/// Nights long past.
pub(crate) async fn nights(sweep: &Sweep) -> anyhow::Result<u64> {
    let day = sweep.context.clock.now().date_naive() - RUN_DAYS;
    let mut tx = sweep.context.db.worker().await?;
    let count = nightly_runs::purge(&mut tx, day).await?;
    tx.commit().await?;
    Ok(count)
}
