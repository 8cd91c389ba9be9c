//! Codes that prove an address or allow a new password, once.

use crate::Tx;
use chrono::{DateTime, Utc};

/// Forgets codes that have expired. Returns how many.
pub async fn purge(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!("delete from one_time_codes where expires_at <= $1", at)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
