//! What has had its time.

use crate::Sweep;
use chrono::Days;
use sentry_db::{
    exports, idempotency, identities, mails, nightly_runs, one_time_codes, outbox, rate_limits,
    sessions, users,
};
use sentry_domain::UserId;

/// Days for which it is known that a night was run; a tick never comes later.
const RUN_DAYS: Days = Days::new(7);

/// Accounts of one sweep: each takes all it owns with it.
const ACCOUNTS: i64 = 20;

/// As many keys as the bucket lists at once.
const FULL_PAGE: usize = 1000;

/// Closed accounts: whatever of theirs is left in the bucket, then every row.
pub(crate) async fn accounts(sweep: &Sweep) -> anyhow::Result<u64> {
    let at = sweep.context.clock.now();
    let mut tx = sweep.context.db.worker().await?;
    let closed = users::purgeable(&mut tx, at, ACCOUNTS).await?;
    tx.commit().await?;
    let mut empty = Vec::new();
    for user in closed {
        // No connection is held while the bucket is asked.
        if objects(sweep, user).await? {
            empty.push(user.0);
        }
    }
    let mut tx = sweep.context.db.worker().await?;
    let count = users::purge(&mut tx, &empty).await?;
    tx.commit().await?;
    Ok(count)
}

/// Removes what a person has in the bucket, known to a row or not. False when a page was not
/// enough: the next sweep goes on.
async fn objects(sweep: &Sweep, user: UserId) -> anyhow::Result<bool> {
    let prefix = sentry_storage::user_prefix(user);
    let keys = sweep.storage.list(&prefix).await?;
    for key in &keys {
        sweep.storage.delete(key).await?;
    }
    Ok(keys.len() < FULL_PAGE)
}

/// Archives whose time is over.
pub(crate) async fn exports(sweep: &Sweep) -> anyhow::Result<u64> {
    let at = sweep.context.clock.now();
    let mut tx = sweep.context.db.worker().await?;
    let given_up = exports::give_up(&mut tx, at).await?;
    let keys = exports::expire(&mut tx, at, ACCOUNTS).await?;
    // Before the commit: one that cannot be removed now is tried again.
    for key in &keys {
        sweep.storage.delete(key).await?;
    }
    tx.commit().await?;
    Ok(given_up + keys.len() as u64)
}

/// Mails of long ago.
pub(crate) async fn mails(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = mails::purge(&mut tx, sweep.context.clock.now()).await?;
    tx.commit().await?;
    Ok(count)
}

/// Ways to other providers that nobody came back from in time.
pub(crate) async fn oauth_flows(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let count = identities::purge_flows(&mut tx, sweep.context.clock.now()).await?;
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
