//! The end of an account.

use crate::client::Client;
use crate::sessions::Nothing;
use axum::extract::State;
use axum::response::Response;
use sentry_db::activities::{self, Action};
use sentry_db::{sessions, users};
use sentry_http::{ApiError, App, Body, Caller, Conflict, PathParams};
use serde_json::json;

/// Closes the caller's account at once: every session ends, the address is free again, and what
/// describes the person is wiped. What the account owns is purged by the next sweep.
#[utoipa::path(
    delete,
    path = "/api/users/{user_id}",
    operation_id = "delete_user",
    tag = "accounts",
    params(("user_id" = String, Path, description = "`me` or the caller's id")),
    responses((status = 204, description = "The account is closed"))
)]
pub(crate) async fn delete_user(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    client: Client,
    body: Body<Nothing>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    if let Some(seen) = body.if_match {
        let present = users::get(&mut write.tx, owner).await?;
        if present.is_some_and(|user| user.version != seen) {
            return Err(ApiError::Conflict(Conflict::STALE));
        }
    }
    // The account first: whoever signs in at this moment waits for its row, and either finds it
    // closed or leaves a session that the next statement ends.
    users::close(&mut write.tx, owner, at).await?;
    sessions::revoke_all(&mut write.tx, owner, at).await?;
    activities::add(
        &mut write.tx,
        Some(owner),
        Action::AccountDeleted,
        &json!({}),
        client.ip.as_deref(),
        at,
    )
    .await?;
    tracing::info!(user.id = owner.0, "closing an account");
    write.commit_empty().await
}
