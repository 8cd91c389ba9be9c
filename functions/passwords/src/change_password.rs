//! Another password, for somebody who is signed in.

use crate::new_password;
use axum::extract::State;
use axum::response::Response;
use sentry_auth::Secret;
use sentry_db::activities::{self, Action};
use sentry_db::mails::MailKind;
use sentry_db::{credentials, one_time_codes, sessions};
use sentry_http::{ApiError, Body, Caller, Conflict};
use sentry_identity::{
    Client, Guard, notice,
    step_up::{self, Proof},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// The new password, and what proves that the person is here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangePasswordIn {
    /// The present one; none for an account without.
    #[schema(value_type = Option<String>, format = Password, max_length = 128)]
    current_password: Option<Secret>,
    /// Code of the authenticator, or a recovery code, where the account has a second factor.
    #[schema(value_type = Option<String>, example = "123456")]
    totp_code: Option<Secret>,
    /// 12 to 128 characters that are not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    new_password: Secret,
}

/// Sets another password and ends all other sessions.
#[utoipa::path(
    post,
    path = "/api/auth/change-password",
    operation_id = "change_password",
    tag = "accounts",
    request_body = ChangePasswordIn,
    responses((status = 204, description = "Changed; other sessions have ended"))
)]
pub(crate) async fn change_password(
    State(guard): State<Guard>,
    caller: Caller,
    client: Client,
    body: Body<ChangePasswordIn>,
) -> Result<Response, ApiError> {
    let input = &body.value;
    let proof = Proof {
        password: input.current_password.as_ref(),
        code: input.totp_code.as_ref(),
    };
    let own = step_up::prove(&guard, &caller, &client, proof).await?;
    let personal = [
        Some(own.email.clone()),
        own.first_name.clone(),
        own.last_name.clone(),
    ];
    let personal = personal.into_iter().flatten().collect();
    let hash = new_password::hash(&guard, "new_password", &input.new_password, personal).await?;
    let mut write = guard.app.write(&caller, &body).await?;
    let (at, user) = (write.at(), caller.user_id);
    let seen = own.password_hash.as_deref();
    if !credentials::set_password(&mut write.tx, user, seen, hash.as_stored(), at).await? {
        return Err(ApiError::Conflict(Conflict::STALE));
    }
    let ended = sessions::revoke_others(&mut write.tx, user, caller.session_id, at).await?;
    one_time_codes::end_all(&mut write.tx, user).await?;
    let detail = json!({ "sessions": ended });
    let ip = client.ip.as_deref();
    let action = Action::PasswordChanged;
    activities::add(&mut write.tx, Some(user), action, &detail, ip, at).await?;
    let kind = (user, MailKind::PasswordChanged);
    let detail = notice::circumstances(&client);
    notice::write(&guard.app, &mut write.tx, kind, None, &detail, at).await?;
    write.commit_empty().await
}
