//! Data keys that the former key of the deployment wraps, wrapped by the present one.

use crate::Sweep;
use sentry_auth::envelope::Wrapped;
use sentry_db::data_keys;

/// Keys of one transaction.
const PAGE: i64 = 200;

/// Wraps keys anew. When none is left, the former key can be taken out of the configuration.
pub(crate) async fn data_keys(sweep: &Sweep) -> anyhow::Result<u64> {
    let keys = &sweep.master_keys;
    let mut tx = sweep.context.db.worker().await?;
    let rows = data_keys::wrapped_otherwise(&mut tx, keys.current_id(), PAGE).await?;
    let (mut done, mut unknown) = (0, 0);
    for row in &rows {
        let wrapped = Wrapped {
            key_id: row.key_id.clone(),
            bytes: row.wrapped.clone(),
        };
        let Ok(key) = keys.unwrap(row.user, &wrapped) else {
            unknown += 1;
            continue;
        };
        let anew = keys.wrap(row.user, &key, sweep.ids.bytes());
        data_keys::rewrap(&mut tx, row, &anew.bytes, &anew.key_id).await?;
        done += 1;
    }
    tx.commit().await?;
    if unknown > 0 {
        anyhow::bail!("{unknown} data keys are wrapped by a key that is not configured");
    }
    Ok(done)
}
