//! The way out: to the provider's own pages.

use crate::Providers;
use crate::binding::Chance;
use crate::provider::{OpenIdError, Provider};
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use openidconnect::url::Url;
use sentry_db::Tx;
use sentry_domain::UserId;
use sentry_http::{ApiError, Conflict, Params, PathParams};
use sentry_identity::Client;
use serde::Deserialize;
use utoipa::IntoParams;

const REFUSED: ApiError = ApiError::Denied(Conflict {
    code: "provider_refused",
    detail: "the provider did not vouch for you; begin again",
});

/// Where to go in the end.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReturnTo {
    /// A page of this deployment, or of one of its allowed origins, which then finds the session in
    /// the browser's cookies. Without it the tokens are the answer.
    pub return_to: Option<String>,
}

/// Sends the browser to a provider (`google`, `apple`, `facebook` or a configured one) to sign in.
#[utoipa::path(
    get,
    path = "/api/auth/{provider}",
    operation_id = "begin_sign_in",
    tag = "accounts",
    security(()),
    params(("provider" = String, Path, description = "The provider's name"), ReturnTo),
    responses((status = 303, description = "On to the provider"))
)]
pub(crate) async fn begin_sign_in(
    State(providers): State<Providers>,
    client: Client,
    PathParams(name): PathParams<String>,
    Params(query): Params<ReturnTo>,
) -> Result<Response, ApiError> {
    let provider = find(&providers, &name)?;
    providers
        .guard
        .gate
        .admit_code(&providers.guard.app, &client)
        .await?;
    let return_to = checked(&providers, query.return_to.as_deref())?;
    let tx = providers.guard.app.db.sign_in().await?;
    let (chance, target) = begin(&providers, tx, (provider, None), return_to).await?;
    let target = HeaderValue::from_str(&target).map_err(ApiError::internal)?;
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response();
    chance.set_cookie(response.headers_mut(), provider);
    Ok(response)
}

/// The provider of a path.
pub(crate) fn find<'a>(providers: &'a Providers, name: &str) -> Result<&'a Provider, ApiError> {
    providers
        .known
        .get(name)
        .ok_or(ApiError::NotFound("provider"))
}

/// Begins a flow. Returns its two values of chance, and where the browser is to go.
pub(crate) async fn begin(
    providers: &Providers,
    mut tx: Tx,
    (provider, user): (&Provider, Option<UserId>),
    return_to: Option<&str>,
) -> Result<(Chance, String), ApiError> {
    let at = providers.guard.app.now();
    let chance = Chance::new(providers);
    chance
        .begin(providers, &mut tx, (provider, user), return_to, at)
        .await?;
    tx.commit().await?;
    let target = provider
        .way_out(&chance.binding(providers), at)
        .await
        .map_err(failed)?;
    Ok((chance, target))
}

/// Only to our own pages: anything else would make us a signpost for strangers.
pub(crate) fn checked<'a>(
    providers: &Providers,
    return_to: Option<&'a str>,
) -> Result<Option<&'a str>, ApiError> {
    let Some(text) = return_to else {
        return Ok(None);
    };
    let allowed = Url::parse(text).is_ok_and(|url| {
        providers
            .origins
            .contains(&url.origin().ascii_serialization())
    });
    if allowed && text.len() <= 2000 {
        Ok(Some(text))
    } else {
        Err(ApiError::field(
            "return_to",
            "must be a page of this deployment or of an allowed origin",
        ))
    }
}

/// What a person learns of a provider's failure; the reason is in the log.
pub(crate) fn failed(error: OpenIdError) -> ApiError {
    match error {
        OpenIdError::Refused(_) => {
            tracing::warn!(%error, "a provider was not trusted");
            REFUSED
        }
        OpenIdError::Unavailable(_) => ApiError::Unavailable(Box::new(error)),
    }
}
