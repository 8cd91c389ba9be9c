//! Second factors: the authenticator's sealed secret, and recovery codes.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::UserId;

/// The authenticator of an account.
#[derive(Debug, Clone)]
pub struct TotpRow {
    /// The sealed secret.
    pub secret: Vec<u8>,
    /// When the person had shown a code of it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The time step of the last code.
    pub last_step: i64,
    /// The owner's wrapped data key.
    pub wrapped: Vec<u8>,
    /// What it is wrapped with.
    pub key_id: String,
}

/// The authenticator of an account, confirmed or not.
pub async fn get(tx: &mut Tx, owner: UserId) -> crate::Result<Option<TotpRow>> {
    sqlx::query_as!(
        TotpRow,
        "
        select t.secret, t.confirmed_at, t.last_step, k.wrapped, k.key_id
        from totp t join data_keys k on k.user_id = t.user_id
        where t.user_id = $1
        ",
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Whether an account asks for a second factor.
pub async fn is_required(tx: &mut Tx, owner: UserId) -> crate::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from totp where user_id = $1 and confirmed_at is not null) as "required!""#,
        owner.0,
    )
    .fetch_one(&mut **tx)
    .await
}

/// Keeps the secret of an authenticator that is still to be confirmed. False when one is in force.
pub async fn begin(
    tx: &mut Tx,
    owner: UserId,
    secret: &[u8],
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        insert into totp as t (user_id, secret, created_at) values ($1, $2, $3)
        on conflict (user_id) do update set secret = $2, created_at = $3, last_step = 0
        where t.confirmed_at is null
        ",
        owner.0,
        secret,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes the time step of a code, and confirms the authenticator with the first one. False when
/// that code, or a later one, was used before: of two requests with one code one succeeds.
pub async fn use_step(
    tx: &mut Tx,
    owner: UserId,
    step: i64,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update totp set last_step = $2, confirmed_at = coalesce(confirmed_at, $3)
        where user_id = $1 and last_step < $2
        ",
        owner.0,
        step,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes authenticator and recovery codes. False when there was none in force.
pub async fn remove(tx: &mut Tx, owner: UserId) -> crate::Result<bool> {
    let done = sqlx::query_scalar!(
        r#"
        with codes as (delete from recovery_codes where user_id = $1),
             gone as (delete from totp where user_id = $1 returning confirmed_at)
        select exists (select from gone where confirmed_at is not null) as "gone!"
        "#,
        owner.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(done)
}

/// Replaces all recovery codes.
pub async fn replace_codes(
    tx: &mut Tx,
    owner: UserId,
    hashes: &[Vec<u8>],
    at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!("delete from recovery_codes where user_id = $1", owner.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "
        insert into recovery_codes (user_id, code_hash, created_at)
        select $1, hash, $3 from unnest($2::bytea[]) code(hash)
        ",
        owner.0,
        hashes,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Uses up a recovery code. False when there is no such unused one.
pub async fn use_code(
    tx: &mut Tx,
    owner: UserId,
    hash: &[u8],
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "update recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null",
        owner.0,
        hash,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many recovery codes are left.
pub async fn codes_left(tx: &mut Tx, owner: UserId) -> crate::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from recovery_codes where user_id = $1 and used_at is null"#,
        owner.0,
    )
    .fetch_one(&mut **tx)
    .await
}
