//! Adding and removing ways in.

use crate::Providers;
use crate::out::{begin, checked, find};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sentry_auth::Secret;
use sentry_db::activities::{self, Action};
use sentry_db::identities;
use sentry_db::mails::MailKind;
use sentry_http::{ApiError, App, Body, Caller, Conflict, PathParams};
use sentry_identity::{
    Client, notice,
    step_up::{self, Proof, StepUpIn},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

const NOT_VERIFIED: ApiError = ApiError::Denied(Conflict {
    code: "email_not_verified",
    detail: "confirm your e-mail address first",
});
const LAST_WAY_IN: ApiError = ApiError::Conflict(Conflict {
    code: "last_way_in",
    detail: "without it nothing would open your account; set a password first",
});

/// A provider of this deployment, or one that is linked.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProviderOut {
    /// Its name, as in its path.
    provider: String,
    /// Whether it can be used.
    available: bool,
    /// Whether it opens the caller's account.
    linked: bool,
    /// The address it knew.
    email: Option<String>,
    /// Since when.
    linked_at: Option<DateTime<Utc>>,
}

/// The providers.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProvidersOut {
    items: Vec<ProviderOut>,
}

/// What proves that the person is here, and where to go in the end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkIn {
    /// The account's password; none for an account without.
    #[schema(value_type = Option<String>, format = Password, max_length = 128)]
    current_password: Option<Secret>,
    /// Code of the authenticator, or a recovery code, where the account has a second factor.
    #[schema(value_type = Option<String>, example = "123456")]
    totp_code: Option<Secret>,
    /// A page of this deployment or of an allowed origin.
    #[schema(max_length = 2000)]
    return_to: Option<String>,
}

/// Where to send the browser.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinkOut {
    /// The provider's page. It must be opened in the browser that got this answer.
    authorization_url: String,
}

/// Lists the providers of this deployment, and which of them open the caller's account.
#[utoipa::path(
    get,
    path = "/api/auth/providers",
    operation_id = "list_providers",
    tag = "accounts",
    responses((status = 200, description = "The providers", body = ProvidersOut))
)]
pub(crate) async fn list_providers(
    State(providers): State<Providers>,
    caller: Caller,
) -> Result<Json<ProvidersOut>, ApiError> {
    let app: &App = &providers.guard.app;
    let mut tx = app.tenant(&caller).await?;
    let linked = identities::list(&mut tx, caller.user_id).await?;
    tx.commit().await?;
    let known = &providers.known;
    let free = known
        .names()
        .filter(|name| !linked.iter().any(|row| path_name(&row.provider) == *name))
        .map(|name| ProviderOut {
            provider: name.to_owned(),
            available: true,
            linked: false,
            email: None,
            linked_at: None,
        });
    let mut items: Vec<ProviderOut> = free.collect();
    items.extend(linked.iter().map(|row| ProviderOut {
        provider: path_name(&row.provider).to_owned(),
        available: known.get(path_name(&row.provider)).is_some(),
        linked: true,
        email: row.email.clone(),
        linked_at: Some(row.created_at),
    }));
    Ok(Json(ProvidersOut { items }))
}

/// The name in a path of a provider as it is stored.
fn path_name(stored: &str) -> &str {
    stored.strip_prefix("oidc:").unwrap_or(stored)
}

/// Begins to link a provider: it opens the caller's account once the browser has come back.
#[utoipa::path(
    post,
    path = "/api/auth/providers/{provider}",
    operation_id = "link_provider",
    tag = "accounts",
    params(("provider" = String, Path, description = "The provider's name")),
    request_body = LinkIn,
    responses((status = 200, description = "Where to send the browser", body = LinkOut))
)]
pub(crate) async fn link_provider(
    State(providers): State<Providers>,
    caller: Caller,
    client: Client,
    PathParams(name): PathParams<String>,
    Body { value, .. }: Body<LinkIn>,
) -> Result<Response, ApiError> {
    let provider = find(&providers, &name)?;
    let return_to = checked(&providers, value.return_to.as_deref())?;
    let proof = Proof {
        password: value.current_password.as_ref(),
        code: value.totp_code.as_ref(),
    };
    let own = step_up::prove(&providers.guard, &caller, &client, proof).await?;
    if !own.verified {
        return Err(NOT_VERIFIED);
    }
    let tx = providers.guard.app.tenant(&caller).await?;
    let to = (provider, Some(caller.user_id));
    let (chance, authorization_url) = begin(&providers, tx, to, return_to).await?;
    let mut response = Json(LinkOut { authorization_url }).into_response();
    chance.set_cookie(response.headers_mut(), provider);
    Ok(response)
}

/// Unlinks a provider. The last way in stays.
#[utoipa::path(
    delete,
    path = "/api/auth/providers/{provider}",
    operation_id = "unlink_provider",
    tag = "accounts",
    params(("provider" = String, Path, description = "The provider's name")),
    request_body = StepUpIn,
    responses((status = 204, description = "It opens the account no more"))
)]
pub(crate) async fn unlink_provider(
    State(providers): State<Providers>,
    caller: Caller,
    client: Client,
    PathParams(name): PathParams<String>,
    body: Body<StepUpIn>,
) -> Result<Response, ApiError> {
    let user = caller.user_id;
    let mut tx = providers.guard.app.tenant(&caller).await?;
    let linked = identities::list(&mut tx, user).await?;
    tx.commit().await?;
    let stored = linked
        .iter()
        .map(|row| row.provider.as_str())
        .find(|stored| path_name(stored) == name)
        .ok_or(ApiError::NotFound("provider"))?;
    let own = step_up::prove(&providers.guard, &caller, &client, body.value.proof()).await?;
    if own.password_hash.is_none() && linked.iter().all(|row| row.provider == stored) {
        return Err(LAST_WAY_IN);
    }
    let mut write = providers.guard.app.write(&caller, &body).await?;
    let at = write.at();
    identities::unlink(&mut write.tx, user, stored).await?;
    let detail = json!({ "provider": stored });
    let ip = client.ip.as_deref();
    let action = Action::ProviderUnlinked;
    activities::add(&mut write.tx, Some(user), action, &detail, ip, at).await?;
    let mut detail = notice::circumstances(&client);
    detail["provider"] = json!(stored);
    let kind = (user, MailKind::ProviderUnlinked);
    notice::write(&providers.guard.app, &mut write.tx, kind, None, &detail, at).await?;
    write.commit_empty().await
}
