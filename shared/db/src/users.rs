//! Accounts: who may sign in, and the person's own data.

use crate::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::UserId;

/// What a new account begins with.
#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    /// The address, as given.
    pub email: &'a str,
    /// The password's hash; none for somebody who comes from another provider.
    pub password_hash: Option<&'a str>,
    /// Given name.
    pub first_name: Option<&'a str>,
    /// Family name.
    pub last_name: Option<&'a str>,
    /// Date of birth.
    pub birthday: Option<NaiveDate>,
    /// IANA time zone.
    pub time_zone: &'a str,
    /// Language tag.
    pub locale: &'a str,
}

/// What signing in needs to know of an account.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Whose.
    pub id: UserId,
    /// None for an account without a password.
    pub password_hash: Option<String>,
}

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct UserRow {
    /// The account.
    pub id: UserId,
    /// The address, as given.
    pub email: String,
    /// When it was shown that the address is the person's own.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Date of birth.
    pub birthday: Option<NaiveDate>,
    /// IANA time zone.
    pub time_zone: String,
    /// Language tag.
    pub locale: String,
    /// Counts changes.
    pub version: i32,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A change: `None` leaves a field as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default)]
pub struct UserChange {
    /// Given name.
    pub first_name: Option<Option<String>>,
    /// Family name.
    pub last_name: Option<Option<String>>,
    /// Date of birth.
    pub birthday: Option<Option<NaiveDate>>,
    /// IANA time zone.
    pub time_zone: Option<String>,
    /// Language tag.
    pub locale: Option<String>,
    /// The version the change was made against.
    pub version: Option<i32>,
}

/// The account that has an address after somebody signed up with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Whose it is.
    pub id: UserId,
    /// Whether it was made just now.
    pub created: bool,
}

/// Makes an account, unless the address has one. Either way one row goes into the log of the
/// account that has the address afterwards: its owner can see who tried, and both ways take the
/// same steps and wait for the same commit, so that their times tell nothing. None when somebody
/// else makes that account at this very moment.
pub async fn sign_up(
    tx: &mut Tx,
    user: &NewUser<'_>,
    ip: Option<&str>,
    at: DateTime<Utc>,
) -> crate::Result<Option<Holder>> {
    sqlx::query_as!(
        Holder,
        r#"
        with created as (
            insert into users (email, password_hash, first_name, last_name, birthday, time_zone, locale,
                created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
            on conflict (lower(email)) where deleted_at is null do nothing
            returning id
        ), holder as (
            select id, true as created from created
            union all
            select id, false from users where lower(email) = lower($1) and deleted_at is null
        ), logged as (
            insert into activities (user_id, action, ip, created_at)
            select id, case when created then 'signed_up' else 'sign_up_repeated' end, $9, $8 from holder
        )
        select id as "id!: UserId", created as "created!" from holder
        "#,
        user.email,
        user.password_hash,
        user.first_name,
        user.last_name,
        user.birthday,
        user.time_zone,
        user.locale,
        at,
        ip,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// The account of an address, in whatever case it is written.
pub async fn credentials(tx: &mut Tx, email: &str) -> crate::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        r#"
        select id as "id: UserId", password_hash
        from users where lower(email) = lower($1) and deleted_at is null
        "#,
        email,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Replaces a password's hash by a stronger one of the same password. False when the password
/// was changed meanwhile.
pub async fn rehash(tx: &mut Tx, user: UserId, old: &str, new: &str) -> crate::Result<bool> {
    let done = sqlx::query!(
        "update users set password_hash = $3 where id = $1 and password_hash = $2",
        user.0,
        old,
        new,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The caller's account.
pub async fn get(tx: &mut Tx, owner: UserId) -> crate::Result<Option<UserRow>> {
    sqlx::query_as!(
        UserRow,
        r#"
        select id as "id: UserId", email, email_verified_at, first_name, last_name, birthday, time_zone,
               locale, version, created_at, updated_at
        from users where id = $1 and deleted_at is null
        "#,
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Changes the caller's account. None when it has another version by now.
pub async fn update(
    tx: &mut Tx,
    owner: UserId,
    change: &UserChange,
    at: DateTime<Utc>,
) -> crate::Result<Option<UserRow>> {
    sqlx::query_as!(
        UserRow,
        r#"
        update users
        set first_name = case when $2 then $3 else first_name end,
            last_name = case when $4 then $5 else last_name end,
            birthday = case when $6 then $7 else birthday end,
            time_zone = coalesce($8, time_zone),
            locale = coalesce($9, locale),
            version = version + 1,
            updated_at = $11
        where id = $1 and deleted_at is null and version = coalesce($10, version)
        returning id as "id: UserId", email, email_verified_at, first_name, last_name, birthday, time_zone,
            locale, version, created_at, updated_at
        "#,
        owner.0,
        change.first_name.is_some(),
        change.first_name.clone().flatten(),
        change.last_name.is_some(),
        change.last_name.clone().flatten(),
        change.birthday.is_some(),
        change.birthday.flatten(),
        change.time_zone,
        change.locale,
        change.version,
        at,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Closes the caller's account: no way in is left, the address is free again, and what describes
/// the person is wiped. What the account owns is for [`purge`].
pub async fn close(tx: &mut Tx, owner: UserId, at: DateTime<Utc>) -> crate::Result<bool> {
    let done = sqlx::query!(
        "
        with providers as (
            delete from auth_providers where user_id = $1
        ), codes as (
            delete from one_time_codes where user_id = $1
        ), factors as (
            delete from totp where user_id = $1
        ), recovery as (
            delete from recovery_codes where user_id = $1
        ), keys as (
            delete from data_keys where user_id = $1
        ), letters as (
            delete from mails where user_id = $1
        ), flows as (
            delete from oauth_flows where user_id = $1
        ), files as (
            update uploads set deleted_at = $2 where user_id = $1 and deleted_at is null
        )
        update users
        set deleted_at = $2, updated_at = $2, version = version + 1, email = 'deleted:' || id,
            email_verified_at = null, password_hash = null, first_name = null, last_name = null,
            birthday = null, picture_key = null
        where id = $1 and deleted_at is null
        ",
        owner.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Closed accounts of which only rows are left, the longest closed first. An account waits until
/// the objects of its uploads are gone with their rows, and until the notice of its end went out
/// (or for an hour).
pub async fn purgeable(tx: &mut Tx, at: DateTime<Utc>, limit: i64) -> crate::Result<Vec<UserId>> {
    sqlx::query_scalar!(
        r#"
        select id as "id: UserId" from users u
        where deleted_at is not null and not exists (select from uploads where user_id = u.id)
          and (deleted_at < $1::timestamptz - interval '1 hour'
               or not exists (select from mails where user_id = u.id and sent_at is null))
        order by deleted_at
        limit $2
        "#,
        at,
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Removes closed accounts, and by the foreign keys every row they own. Returns how many.
pub async fn purge(tx: &mut Tx, users: &[i64]) -> crate::Result<u64> {
    let done = sqlx::query!(
        "delete from users where id = any($1) and deleted_at is not null",
        users,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
