//! What is sealed otherwise than it should be: data keys that the former key of the deployment wraps, and texts that nothing
//! seals yet.

use crate::Sweep;
use sentry_auth::envelope::{DataKey, Wrapped};
use sentry_db::{data_keys, texts};
use sentry_domain::UserId;

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

/// Texts of one transaction.
const TEXTS: i64 = 200;

/// Seals texts that lie open, from before texts were sealed.
pub(crate) async fn texts(sweep: &Sweep) -> anyhow::Result<u64> {
    let mut tx = sweep.context.db.worker().await?;
    let rows = texts::open(&mut tx, TEXTS).await?;
    let mut last: Option<(UserId, DataKey)> = None;
    for row in &rows {
        let known = last.take().filter(|(user, _)| *user == row.user);
        let key = if let Some((_, key)) = known {
            key
        } else {
            let random = (sweep.ids.bytes(), sweep.ids.bytes());
            data_keys::find_or_make(&mut tx, row.user, &sweep.master_keys, random).await?
        };
        let sealed = key.seal(
            row.user,
            texts::LABEL,
            row.content.as_bytes(),
            sweep.ids.bytes(),
        );
        texts::seal(&mut tx, row, &sealed).await?;
        last = Some((row.user, key));
    }
    tx.commit().await?;
    Ok(rows.len() as u64)
}
