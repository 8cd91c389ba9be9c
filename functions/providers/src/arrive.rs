//! Who came back, and what that opens: a session, a new account, or a link to the account that
//! began. An address alone joins nobody.

use crate::Providers;
use crate::binding;
use crate::provider::{Arrived, Provider};
use sentry_auth::refresh::RefreshToken;
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::identities::{self, Flow, Identity, LinkError};
use sentry_db::mails::MailKind;
use sentry_db::sessions::SignInBy;
use sentry_db::users::NewUser;
use sentry_db::{credentials, second_factors};
use sentry_domain::UserId;
use sentry_http::{ApiError, Conflict};
use sentry_identity::{Client, notice, profile};
use serde_json::json;

const ACCOUNT_EXISTS: ApiError = ApiError::Conflict(Conflict {
    code: "account_exists",
    detail: "this address has an account; sign in to it and link the provider there",
});
const NO_ADDRESS: ApiError = ApiError::Unprocessable(Conflict {
    code: "email_missing",
    detail: "the provider did not tell your address; allow it to, or sign up with one",
});
const TAKEN: ApiError = ApiError::Conflict(Conflict {
    code: "identity_taken",
    detail: "this identity is linked to an account already",
});
const CLOSED: ApiError = ApiError::Unauthorized("the account was closed");
/// What stands between the way back and the session.
pub(crate) const SECOND_FACTOR_REQUIRED: ApiError = ApiError::Denied(Conflict {
    code: "second_factor_required",
    detail: "send totp_code to /api/auth/providers/finish from the same browser",
});

/// What the way back opens.
pub(crate) enum Welcome {
    /// A session.
    Session(UserId, RefreshToken),
    /// A session once the second factor is shown.
    SecondFactor,
    /// Nothing new: the identity was linked.
    Linked,
}

fn identity<'a>(provider: &'a Provider, arrived: &'a Arrived) -> Identity<'a> {
    Identity {
        provider: &provider.stored,
        issuer: &arrived.issuer,
        subject: &arrived.subject,
        email: arrived.email.as_deref(),
    }
}

/// Signs somebody in, or up.
pub(crate) async fn sign_in(
    providers: &Providers,
    client: &Client,
    (provider, flow): (&Provider, &Flow),
    arrived: &Arrived,
) -> Result<Welcome, ApiError> {
    let at = providers.guard.app.now();
    let identity = identity(provider, arrived);
    let mut tx = providers.guard.app.db.sign_in().await?;
    let user = match identities::owner(&mut tx, &identity).await? {
        Some(user) => user,
        None => sign_up(providers, &mut tx, client, (&identity, arrived)).await?,
    };
    if second_factors::is_required(&mut tx, user).await? {
        identities::arrive(&mut tx, flow.id, user, at + binding::LIFETIME).await?;
        notice::commit(&providers.guard.app, tx).await?;
        return Ok(Welcome::SecondFactor);
    }
    let who = (user, SignInBy::Provider);
    let refresh = providers
        .issuer
        .open_session(&mut tx, client, who, at)
        .await?
        .ok_or(CLOSED)?;
    notice::commit(&providers.guard.app, tx).await?;
    Ok(Welcome::Session(user, refresh))
}

/// A new account for a new identity. An address that has an account is not joined: whoever owns it
/// proves that by signing in there.
async fn sign_up(
    providers: &Providers,
    tx: &mut Tx,
    client: &Client,
    (identity, arrived): (&Identity<'_>, &Arrived),
) -> Result<UserId, ApiError> {
    let at = providers.guard.app.now();
    let email = arrived.email.as_deref().ok_or(NO_ADDRESS)?;
    let email = profile::email(email).map_err(|_| NO_ADDRESS)?;
    let name = |name: &Option<String>| {
        name.as_deref()
            .and_then(|name| profile::name(name).ok().flatten())
    };
    let (first_name, last_name) = (name(&arrived.first_name), name(&arrived.last_name));
    let new = NewUser {
        email,
        password_hash: None,
        first_name: first_name.as_deref(),
        last_name: last_name.as_deref(),
        birthday: None,
        time_zone: "UTC",
        locale: "en",
    };
    let user = credentials::sign_up_from_provider(tx, &new, arrived.email_verified, at)
        .await?
        .ok_or(ACCOUNT_EXISTS)?;
    join(tx, user, identity, at).await?;
    let detail = json!({ "provider": identity.provider });
    let ip = client.ip.as_deref();
    activities::add(tx, Some(user), Action::SignedUp, &detail, ip, at).await?;
    if !arrived.email_verified {
        let detail = notice::circumstances(client);
        let kind = (user, MailKind::VerifyEmail);
        notice::write(&providers.guard.app, tx, kind, None, &detail, at).await?;
    }
    Ok(user)
}

/// Links an identity to the account that began the flow.
pub(crate) async fn link(
    providers: &Providers,
    client: &Client,
    (provider, user): (&Provider, UserId),
    arrived: &Arrived,
) -> Result<Welcome, ApiError> {
    let at = providers.guard.app.now();
    let mut tx = providers.guard.app.db.sign_in().await?;
    join(&mut tx, user, &identity(provider, arrived), at).await?;
    let detail = json!({ "provider": provider.stored });
    let ip = client.ip.as_deref();
    activities::add(&mut tx, Some(user), Action::ProviderLinked, &detail, ip, at).await?;
    let mut detail = notice::circumstances(client);
    detail["provider"] = json!(provider.stored);
    let kind = (user, MailKind::ProviderLinked);
    notice::write(&providers.guard.app, &mut tx, kind, None, &detail, at).await?;
    notice::commit(&providers.guard.app, tx).await?;
    Ok(Welcome::Linked)
}

async fn join(
    tx: &mut Tx,
    user: UserId,
    identity: &Identity<'_>,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(), ApiError> {
    identities::link(tx, user, identity, at)
        .await
        .map_err(|error| match error {
            LinkError::Taken => TAKEN,
            LinkError::Database(error) => error.into(),
        })
}
