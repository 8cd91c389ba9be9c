//! Who a person is at other providers: issuer and subject, never the address alone.

use crate::{OnConstraint, Tx};
use chrono::{DateTime, Utc};
use sentry_domain::UserId;

/// A person at a provider.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'a> {
    /// The provider's name in this deployment.
    pub provider: &'a str,
    /// Who vouches for the subject.
    pub issuer: &'a str,
    /// Who the person is there.
    pub subject: &'a str,
    /// The address the provider knows, for the person's eyes.
    pub email: Option<&'a str>,
}

/// A linked provider as its owner sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityRow {
    /// The provider's name in this deployment.
    pub provider: String,
    /// The address the provider knew.
    pub email: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// Why an identity was not linked.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// It belongs to an account, this or another one.
    #[error("this identity is linked already")]
    Taken,
    /// The database could not be asked.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whose account an identity opens.
pub async fn owner(tx: &mut Tx, identity: &Identity<'_>) -> crate::Result<Option<UserId>> {
    sqlx::query_scalar!(
        r#"
        select p.user_id as "user_id: UserId"
        from auth_providers p join users u on u.id = p.user_id
        where p.provider = $1 and p.subject = $2 and p.issuer = $3 and u.deleted_at is null
        "#,
        identity.provider,
        identity.subject,
        identity.issuer,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Links an identity to an account.
pub async fn link(
    tx: &mut Tx,
    owner: UserId,
    identity: &Identity<'_>,
    at: DateTime<Utc>,
) -> Result<(), LinkError> {
    sqlx::query!(
        "
        insert into auth_providers (user_id, provider, issuer, subject, email, created_at)
        values ($1, $2, $3, $4, $5, $6)
        ",
        owner.0,
        identity.provider,
        identity.issuer,
        identity.subject,
        identity.email,
        at,
    )
    .execute(&mut **tx)
    .await
    .map(drop)
    .on_constraint("auth_providers_pkey", || LinkError::Taken)
}

/// The owner's linked providers.
pub async fn list(tx: &mut Tx, owner: UserId) -> crate::Result<Vec<IdentityRow>> {
    sqlx::query_as!(
        IdentityRow,
        "select provider, email, created_at from auth_providers where user_id = $1 order by provider, created_at",
        owner.0,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Unlinks a provider. Returns how many identities that were.
pub async fn unlink(tx: &mut Tx, owner: UserId, provider: &str) -> crate::Result<u64> {
    let done = sqlx::query!(
        "delete from auth_providers where user_id = $1 and provider = $2",
        owner.0,
        provider,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// A flow to a provider and back.
#[derive(Debug, Clone, Copy)]
pub struct NewFlow<'a> {
    /// The flow.
    pub id: uuid::Uuid,
    /// Who wants to link; nobody yet for a sign-in.
    pub user: Option<UserId>,
    /// Where it leads.
    pub provider: &'a str,
    /// Hash of the state that must come back.
    pub state_hash: &'a [u8],
    /// Hash of what the browser's cookie holds.
    pub browser_hash: &'a [u8],
    /// Where the browser goes in the end.
    pub return_to: Option<&'a str>,
    /// When.
    pub at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A flow that came back.
#[derive(Debug, Clone)]
pub struct Flow {
    /// The flow.
    pub id: uuid::Uuid,
    /// Who wants to link.
    pub user: Option<UserId>,
    /// Where the browser goes in the end.
    pub return_to: Option<String>,
}

/// Keeps a flow that begins.
pub async fn begin_flow(tx: &mut Tx, flow: &NewFlow<'_>) -> crate::Result<()> {
    sqlx::query!(
        "
        insert into oauth_flows (id, user_id, provider, state_hash, browser_hash, return_to, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        ",
        flow.id,
        flow.user.map(|user| user.0),
        flow.provider,
        flow.state_hash,
        flow.browser_hash,
        flow.return_to,
        flow.at,
        flow.expires_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Uses up the flow that a state and a browser belong to: once, in time, both or not at all.
pub async fn take_flow(
    tx: &mut Tx,
    provider: &str,
    state_hash: &[u8],
    browser_hash: &[u8],
    at: DateTime<Utc>,
) -> crate::Result<Option<Flow>> {
    sqlx::query_as!(
        Flow,
        r#"
        update oauth_flows set used_at = $4
        where state_hash = $2 and browser_hash = $3 and provider = $1 and used_at is null and expires_at > $4
        returning id, user_id as "user: UserId", return_to
        "#,
        provider,
        state_hash,
        browser_hash,
        at,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Notes who came back and still has to show a second factor.
pub async fn arrive(
    tx: &mut Tx,
    flow: uuid::Uuid,
    user: UserId,
    expires_at: DateTime<Utc>,
) -> crate::Result<()> {
    sqlx::query!(
        "update oauth_flows set arrived_user_id = $2, expires_at = $3 where id = $1",
        flow,
        user.0,
        expires_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who came back with this browser and still has to show a second factor.
pub async fn arrived(
    tx: &mut Tx,
    browser_hash: &[u8],
    at: DateTime<Utc>,
) -> crate::Result<Option<(uuid::Uuid, UserId)>> {
    let found = sqlx::query!(
        r#"
        select id, arrived_user_id as "user!: UserId" from oauth_flows
        where browser_hash = $1 and arrived_user_id is not null and expires_at > $2
        for update
        "#,
        browser_hash,
        at,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.user)))
}

/// Ends a flow whose second factor was shown.
pub async fn finish(tx: &mut Tx, flow: uuid::Uuid) -> crate::Result<()> {
    sqlx::query!(
        "update oauth_flows set arrived_user_id = null where id = $1",
        flow
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets flows that have expired. Returns how many.
pub async fn purge_flows(tx: &mut Tx, at: DateTime<Utc>) -> crate::Result<u64> {
    let done = sqlx::query!("delete from oauth_flows where expires_at <= $1", at)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
