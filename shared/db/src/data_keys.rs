//! The data keys of people, wrapped by a key of the deployment.

use crate::Tx;
use sentry_auth::envelope::{DataKey, MasterKeys, NONCE_BYTES, Wrapped};
use sentry_domain::UserId;

/// A wrapped data key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKeyRow {
    /// Whose.
    pub user: UserId,
    /// The wrapped key.
    pub wrapped: Vec<u8>,
    /// What it is wrapped with.
    pub key_id: String,
}

/// The owner's data key, opened; None when there is none yet.
pub async fn find(
    tx: &mut Tx,
    owner: UserId,
    master: &MasterKeys,
) -> crate::Result<Option<DataKey>> {
    let row = sqlx::query!(
        "select wrapped, key_id from data_keys where user_id = $1",
        owner.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let wrapped = Wrapped {
            key_id: row.key_id,
            bytes: row.wrapped,
        };
        master
            .unwrap(owner, &wrapped)
            .map_err(|error| crate::Error::Decode(error.into()))
    })
    .transpose()
}

/// The owner's data key, opened; made from `random` when there was none. Of two at once one stays.
pub async fn find_or_make(
    tx: &mut Tx,
    owner: UserId,
    master: &MasterKeys,
    (key, nonce): ([u8; 32], [u8; NONCE_BYTES]),
) -> crate::Result<DataKey> {
    if let Some(key) = find(tx, owner, master).await? {
        return Ok(key);
    }
    let fresh = master.wrap(owner, &DataKey::new(key), nonce);
    sqlx::query!(
        "
        insert into data_keys (user_id, wrapped, key_id) values ($1, $2, $3)
        on conflict (user_id) do nothing
        ",
        owner.0,
        fresh.bytes,
        fresh.key_id,
    )
    .execute(&mut **tx)
    .await?;
    find(tx, owner, master)
        .await?
        .ok_or(crate::Error::RowNotFound)
}

/// Up to `limit` keys that another key than `key_id` wraps.
pub async fn wrapped_otherwise(
    tx: &mut Tx,
    key_id: &str,
    limit: i64,
) -> crate::Result<Vec<DataKeyRow>> {
    sqlx::query_as!(
        DataKeyRow,
        r#"
        select user_id as "user: UserId", wrapped, key_id from data_keys
        where key_id <> $1 order by key_id, user_id limit $2
        "#,
        key_id,
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Replaces the wrapping of a key, unless somebody did so meanwhile.
pub async fn rewrap(
    tx: &mut Tx,
    old: &DataKeyRow,
    wrapped: &[u8],
    key_id: &str,
) -> crate::Result<()> {
    sqlx::query!(
        "update data_keys set wrapped = $3, key_id = $4 where user_id = $1 and key_id = $2",
        old.user.0,
        old.key_id,
        wrapped,
        key_id,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
