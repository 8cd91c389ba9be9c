//! The way back: from the provider's pages to a session.

use crate::Providers;
use crate::arrive::{self, Welcome};
use crate::binding::{self, Chance};
use crate::out::{failed, find};
use crate::provider::{Arrived, Binding, Provider};
use axum::extract::{Form, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sentry_db::activities::{self, Action};
use sentry_domain::UserId;
use sentry_http::{ApiError, Conflict, Params, PathParams};
use sentry_identity::{
    Client,
    tokens::{Carrier, TokensOut},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

const REFUSED: ApiError = ApiError::Denied(Conflict {
    code: "flow_refused",
    detail: "this did not begin in this browser, was used, or took too long; begin again",
});
const NOT_GRANTED: ApiError = ApiError::Denied(Conflict {
    code: "provider_refused",
    detail: "the provider did not vouch for you; begin again",
});

/// What a provider sends along. More than this is passed over: providers add to it.
#[derive(Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub(crate) struct Returned {
    /// The state that went out.
    state: Option<String>,
    /// What is exchanged for tokens.
    code: Option<String>,
    /// Why there is no code.
    error: Option<String>,
    /// Who sends it (RFC 9207).
    iss: Option<String>,
}

/// Where a provider sends the browser back to.
#[utoipa::path(
    get,
    path = "/api/auth/{provider}/callback",
    operation_id = "return_sign_in",
    tag = "accounts",
    security(()),
    params(("provider" = String, Path, description = "The provider's name"), Returned),
    responses(
        (status = 200, description = "Signed in", body = TokensOut),
        (status = 204, description = "Linked"),
        (status = 303, description = "Signed in; on to the page that was asked for"),
    )
)]
pub(crate) async fn return_sign_in(
    State(providers): State<Providers>,
    client: Client,
    headers: HeaderMap,
    PathParams(name): PathParams<String>,
    Params(returned): Params<Returned>,
) -> Result<Response, ApiError> {
    come_back(&providers, &client, &headers, (&name, returned)).await
}

/// The same for providers that send the browser back with a form, as Apple does.
#[utoipa::path(
    post,
    path = "/api/auth/{provider}/callback",
    operation_id = "return_form_sign_in",
    tag = "accounts",
    security(()),
    params(("provider" = String, Path, description = "The provider's name")),
    request_body(content = Returned, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Signed in", body = TokensOut),
        (status = 204, description = "Linked"),
        (status = 303, description = "Signed in; on to the page that was asked for"),
    )
)]
pub(crate) async fn return_form_sign_in(
    State(providers): State<Providers>,
    client: Client,
    headers: HeaderMap,
    PathParams(name): PathParams<String>,
    form: Result<Form<Returned>, axum::extract::rejection::FormRejection>,
) -> Result<Response, ApiError> {
    let provider = find(&providers, &name)?;
    if !provider.posts_back() {
        return Err(ApiError::NotFound("form callback"));
    }
    let Form(returned) =
        form.map_err(|_| ApiError::Malformed("the form cannot be read".to_owned()))?;
    come_back(&providers, &client, &headers, (&name, returned)).await
}

async fn come_back(
    providers: &Providers,
    client: &Client,
    headers: &HeaderMap,
    (name, returned): (&str, Returned),
) -> Result<Response, ApiError> {
    let provider = find(providers, name)?;
    providers
        .guard
        .gate
        .admit_code(&providers.guard.app, client)
        .await?;
    let at = providers.guard.app.now();
    let chance = returned
        .state
        .as_deref()
        .and_then(|state| Chance::read(state, headers))
        .ok_or(REFUSED)?;
    let mut tx = providers.guard.app.db.sign_in().await?;
    let flow = chance.take(&mut tx, provider, at).await?;
    tx.commit().await?;
    let flow = flow.ok_or(REFUSED)?;
    let binding = chance.binding(providers);
    let outcome = async {
        let arrived = vouched(provider, returned, &binding, at).await?;
        match flow.user {
            Some(user) => arrive::link(providers, client, (provider, user), &arrived).await,
            None => arrive::sign_in(providers, client, (provider, &flow), &arrived).await,
        }
    };
    let welcome = match outcome.await {
        Ok(welcome) => welcome,
        Err(error) => {
            not_linked(providers, client, (provider, flow.user), at).await?;
            return Err(error);
        }
    };
    Ok(answer(providers, &welcome, flow.return_to.as_deref()))
}

/// Whom the provider vouches for. No connection is held while it is asked.
async fn vouched(
    provider: &Provider,
    returned: Returned,
    binding: &Binding,
    at: DateTime<Utc>,
) -> Result<Arrived, ApiError> {
    if returned.error.is_some() || returned.iss.is_some_and(|iss| !provider.is_issuer(&iss)) {
        return Err(NOT_GRANTED);
    }
    let code = returned.code.ok_or(NOT_GRANTED)?;
    provider.way_back(code, binding, at).await.map_err(failed)
}

/// Somebody signed in wanted to link a provider, and it did not vouch for them, or for somebody else.
async fn not_linked(
    providers: &Providers,
    client: &Client,
    (provider, user): (&Provider, Option<UserId>),
    at: DateTime<Utc>,
) -> Result<(), ApiError> {
    let mut tx = providers.guard.app.db.sign_in().await?;
    let detail = json!({ "provider": provider.stored });
    let (action, ip) = (Action::ProviderRefused, client.ip.as_deref());
    activities::add(&mut tx, user, action, &detail, ip, at).await?;
    tx.commit().await?;
    Ok(())
}

fn answer(providers: &Providers, welcome: &Welcome, return_to: Option<&str>) -> Response {
    let now = providers.guard.app.now();
    let target = return_to.and_then(|target| HeaderValue::from_str(target).ok());
    let onward = |fragment: &str| {
        let page = return_to.map(|page| format!("{page}{fragment}"))?;
        HeaderValue::from_str(&page).ok()
    };
    let mut response = match (welcome, target) {
        (Welcome::Session(user, refresh), None) => {
            providers.issuer.tokens(*user, refresh, Carrier::Body, now)
        }
        (Welcome::Session(_, refresh), Some(target)) => {
            let mut response = (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response();
            providers
                .issuer
                .set_session_cookies(response.headers_mut(), refresh);
            response
        }
        (Welcome::SecondFactor, _) => match onward("#second_factor_required") {
            Some(target) => (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response(),
            None => arrive::SECOND_FACTOR_REQUIRED.into_response(),
        },
        (Welcome::Linked, Some(target)) => {
            (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response()
        }
        (Welcome::Linked, None) => StatusCode::NO_CONTENT.into_response(),
    };
    if !matches!(welcome, Welcome::SecondFactor) {
        binding::clear_cookie(response.headers_mut());
    }
    response
}
