//! The end of a session, by its own wish.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use sentry_db::activities::{self, Action};
use sentry_db::sessions;
use sentry_http::{ApiError, App, Body, Caller};
use sentry_identity::{Client, tokens};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// Nothing is needed beside the access token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignOutIn {}

/// Signs out: the session's tokens are refused from the next request on.
#[utoipa::path(
    post,
    path = "/api/auth/logout",
    operation_id = "sign_out",
    tag = "accounts",
    responses((status = 204, description = "Signed out"))
)]
pub(crate) async fn sign_out(
    State(app): State<App>,
    caller: Caller,
    client: Client,
    body: Body<SignOutIn>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    sessions::revoke(&mut write.tx, caller.user_id, caller.session_id, at).await?;
    let detail = json!({ "session_id": caller.session_id });
    activities::add(
        &mut write.tx,
        Some(caller.user_id),
        Action::SignedOut,
        &detail,
        client.ip.as_deref(),
        at,
    )
    .await?;
    let mut response = write.commit_empty().await?;
    let headers = response.headers_mut();
    tokens::clear_cookies(headers);
    // What a page has kept of the person goes too.
    headers.insert(
        "clear-site-data",
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}
