//! Changes to what opens an account: its address and its password.

use crate::users::NewUser;
use crate::{OnConstraint, Tx};
use chrono::{DateTime, Utc};
use sentry_domain::UserId;

/// What a person proves themselves with, and what a guesser would try for them.
#[derive(Debug, Clone)]
pub struct Own {
    /// The address, as given.
    pub email: String,
    /// Whether it was shown to be the person's own.
    pub verified: bool,
    /// None for an account without a password.
    pub password_hash: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// How many providers are linked.
    pub providers: i64,
    /// When the session that asks was opened.
    pub signed_in_at: DateTime<Utc>,
}

/// What the caller proves themselves with.
pub async fn own(
    tx: &mut Tx,
    owner: UserId,
    session: sentry_domain::SessionId,
) -> crate::Result<Option<Own>> {
    sqlx::query_as!(
        Own,
        r#"
        select u.email, u.email_verified_at is not null as "verified!", u.password_hash, u.first_name, u.last_name,
               (select count(*) from auth_providers where user_id = u.id) as "providers!",
               s.created_at as signed_in_at
        from users u join sessions s on s.user_id = u.id and s.id = $2
        where u.id = $1 and u.deleted_at is null
        "#,
        owner.0,
        session.0,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Sets a password. `seen` is the hash that the change was made against: of two changes at once
/// one succeeds.
pub async fn set_password(
    tx: &mut Tx,
    owner: UserId,
    seen: Option<&str>,
    hash: &str,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update users set password_hash = $3, updated_at = $4, version = version + 1
        where id = $1 and deleted_at is null and password_hash is not distinct from $2
        ",
        owner.0,
        seen,
        hash,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets a password for somebody who has shown that the address is theirs, which proves it too.
pub async fn reset_password(
    tx: &mut Tx,
    owner: UserId,
    hash: &str,
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update users set password_hash = $2, email_verified_at = coalesce(email_verified_at, $3),
            updated_at = $3, version = version + 1
        where id = $1 and deleted_at is null
        ",
        owner.0,
        hash,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the address was shown to be the person's own. False when it was before.
pub async fn mark_verified(tx: &mut Tx, owner: UserId, at: DateTime<Utc>) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        update users set email_verified_at = $2, updated_at = $2, version = version + 1
        where id = $1 and deleted_at is null and email_verified_at is null
        ",
        owner.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Why an address was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeEmailError {
    /// Another account has it by now.
    #[error("the address has an account")]
    Taken,
    /// The database could not be asked.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Gives the account another address, which was shown to be the person's own.
pub async fn change_email(
    tx: &mut Tx,
    owner: UserId,
    email: &str,
    at: DateTime<Utc>,
) -> Result<(), ChangeEmailError> {
    sqlx::query!(
        "
        update users set email = $2, email_verified_at = $3, updated_at = $3, version = version + 1
        where id = $1 and deleted_at is null
        ",
        owner.0,
        email,
        at,
    )
    .execute(&mut **tx)
    .await
    .map(drop)
    .on_constraint("users_email_key", || ChangeEmailError::Taken)
}

/// Makes an account for somebody who comes from another provider. None when the address has one:
/// an address alone joins nobody.
pub async fn sign_up_from_provider(
    tx: &mut Tx,
    user: &NewUser<'_>,
    verified: bool,
    at: DateTime<Utc>,
) -> crate::Result<Option<UserId>> {
    sqlx::query_scalar!(
        r#"
        insert into users (email, email_verified_at, first_name, last_name, time_zone, locale, created_at, updated_at)
        values ($1, case when $2 then $7::timestamptz end, $3, $4, $5, $6, $7, $7)
        on conflict (lower(email)) where deleted_at is null do nothing
        returning id as "id: UserId"
        "#,
        user.email,
        verified,
        user.first_name,
        user.last_name,
        user.time_zone,
        user.locale,
        at,
    )
    .fetch_optional(&mut **tx)
    .await
}
