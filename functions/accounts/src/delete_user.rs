//! The end of an account.

use axum::extract::State;
use axum::response::Response;
use sentry_db::activities::{self, Action};
use sentry_db::mails::MailKind;
use sentry_db::{second_factors, sessions, users};
use sentry_http::{ApiError, Body, Caller, Conflict, PathParams};
use sentry_identity::{
    Client, Guard, notice,
    step_up::{self, StepUpIn},
};
use serde_json::json;

/// Closes the caller's account at once: every session ends, the address is free again, and what
/// describes the person is wiped. What the account owns is purged by the next sweep. Where the
/// account has a second factor it is asked for, with the password.
#[utoipa::path(
    delete,
    path = "/api/users/{user_id}",
    operation_id = "delete_user",
    tag = "accounts",
    params(("user_id" = String, Path, description = "`me` or the caller's id")),
    responses((status = 204, description = "The account is closed"))
)]
pub(crate) async fn delete_user(
    State(guard): State<Guard>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    client: Client,
    body: Body<StepUpIn>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let app = &guard.app;
    if has_second_factor(&guard, &caller).await? {
        step_up::prove(&guard, &caller, &client, body.value.proof()).await?;
    }
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    if let Some(seen) = body.if_match {
        let present = users::get(&mut write.tx, owner).await?;
        if present.is_some_and(|user| user.version != seen) {
            return Err(ApiError::Conflict(Conflict::STALE));
        }
    }
    let address = users::get(&mut write.tx, owner)
        .await?
        .map(|user| user.email);
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
    if let Some(address) = address {
        let mail = (owner, MailKind::AccountDeleted);
        let detail = notice::circumstances(&client);
        notice::write(app, &mut write.tx, mail, Some(&address), &detail, at).await?;
    }
    tracing::info!(user.id = owner.0, "closing an account");
    write.commit_empty().await
}

async fn has_second_factor(guard: &Guard, caller: &Caller) -> Result<bool, ApiError> {
    let mut tx = guard.app.tenant(caller).await?;
    let required = second_factors::is_required(&mut tx, caller.user_id).await?;
    tx.commit().await?;
    Ok(required)
}
