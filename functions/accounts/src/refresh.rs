//! From a refresh token to the next pair.

use crate::Accounts;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sentry_auth::refresh::{
    self, ABSOLUTE_LIFETIME, IDLE_LIFETIME, RefreshToken, RefreshUse, SessionState,
};
use sentry_auth::{InvalidToken, Secret, TokenHash};
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::mails::MailKind;
use sentry_db::sessions::{self, Rotation, TokenState};
use sentry_domain::SessionId;
use sentry_http::{ApiError, Body, Conflict, Problem};
use sentry_identity::{
    Client, notice,
    tokens::{self, Carrier, TokensOut},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// What refreshing takes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshIn {
    /// The refresh token of the last answer. Missing in cookie mode, where the header
    /// `X-CSRF-Token` must be sent instead.
    #[schema(value_type = Option<String>, format = Password)]
    refresh_token: Option<Secret>,
}

/// One answer, whatever was wrong.
const REFUSED: ApiError =
    ApiError::Unauthorized("the refresh token is not valid any more; sign in again");

const NO_CSRF: ApiError = ApiError::Denied(Conflict {
    code: "csrf_token_required",
    detail: "send the csrf_token of the last answer as X-CSRF-Token",
});

/// Replaces both tokens. A refresh token is good once: one that comes back later was stolen from
/// one side or the other, and ends the session for both.
#[utoipa::path(
    post,
    path = "/api/auth/refresh-token",
    operation_id = "refresh_tokens",
    tag = "accounts",
    security(()),
    request_body = RefreshIn,
    responses(
        (status = 200, description = "The next tokens", body = TokensOut),
        (status = 401, description = "The refresh token is not valid any more", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(crate) async fn refresh_tokens(
    State(accounts): State<Accounts>,
    client: Client,
    headers: HeaderMap,
    Body { value: input, .. }: Body<RefreshIn>,
) -> Result<Response, ApiError> {
    let (app, key) = (&accounts.guard.app, accounts.issuer.refresh_key());
    let (text, carrier) = match &input.refresh_token {
        Some(token) => (token.expose().as_str(), Carrier::Body),
        None => (
            tokens::refresh_cookie(&headers).ok_or(REFUSED)?,
            Carrier::Cookie,
        ),
    };
    // Checked by its own tag: what we never issued costs no statement.
    let presented = RefreshToken::parse(text, key).map_err(|_| REFUSED)?;
    // Another site can make a browser send the cookie, but cannot read what belongs to it.
    if carrier == Carrier::Cookie && !tokens::shows_csrf(&headers, &presented) {
        return Err(NO_CSRF);
    }
    accounts.guard.gate.admit_refresh(app, &client).await?;
    let now = app.now();
    let salt: [u8; 32] = app.ids.bytes();
    let successor = presented.successor(key, salt);
    let (presented_hash, successor_hash) = (presented.hash(), successor.hash());
    let rotation = Rotation {
        id: SessionId(presented.id()),
        presented: presented_hash.as_bytes(),
        successor: successor_hash.as_bytes(),
        salt: &salt,
        origin: client.origin(),
        at: now,
        idle_seconds: IDLE_LIFETIME.as_seconds_f64(),
        absolute_seconds: ABSOLUTE_LIFETIME.as_seconds_f64(),
    };
    let mut tx = app.db.sign_in().await?;
    if let Some(user) = sessions::rotate(&mut tx, &rotation).await? {
        tx.commit().await?;
        return Ok(accounts.issuer.tokens(user, &successor, carrier, now));
    }
    not_due(&accounts, &client, tx, (&presented, carrier), now).await
}

/// The presented token was not the one that is due: a repeated request, a theft, or the end.
async fn not_due(
    accounts: &Accounts,
    client: &Client,
    mut tx: Tx,
    (presented, carrier): (&RefreshToken, Carrier),
    now: DateTime<Utc>,
) -> Result<Response, ApiError> {
    let Some(row) = sessions::token_state(&mut tx, SessionId(presented.id())).await? else {
        return Err(REFUSED);
    };
    let state = state_of(&row).map_err(ApiError::internal)?;
    let same_device = row.device == client.device && row.ip == client.ip;
    match refresh::judge(&state, &presented.hash(), same_device, now) {
        RefreshUse::Repeat => {
            tx.commit().await?;
            let salt = row
                .salt
                .and_then(|salt| salt.try_into().ok())
                .ok_or(REFUSED)?;
            let successor = presented.successor(accounts.issuer.refresh_key(), salt);
            // Between the two requests the server's key was replaced: what was derived then cannot
            // be derived again.
            if successor.hash() != state.current {
                return Err(REFUSED);
            }
            Ok(accounts.issuer.tokens(row.user, &successor, carrier, now))
        }
        RefreshUse::Replayed => {
            sessions::revoke_family(&mut tx, row.user, row.family, now).await?;
            let detail = json!({ "session_id": presented.id(), "device": client.device });
            activities::add(
                &mut tx,
                Some(row.user),
                Action::RefreshReplayed,
                &detail,
                client.ip.as_deref(),
                now,
            )
            .await?;
            let kind = (row.user, MailKind::RefreshReplayed);
            let detail = notice::circumstances(client);
            notice::write(&accounts.guard.app, &mut tx, kind, None, &detail, now).await?;
            notice::commit(&accounts.guard.app, tx).await?;
            tracing::warn!(user.id = row.user.0, session.id = %presented.id(), "refresh token replayed");
            Err(REFUSED)
        }
        RefreshUse::Rotate { .. } | RefreshUse::Ended => {
            let (action, ip) = (Action::RefreshRefused, client.ip.as_deref());
            activities::add_seldom(&mut tx, row.user, action, ip, now).await?;
            tx.commit().await?;
            Err(REFUSED)
        }
    }
}

fn state_of(row: &TokenState) -> Result<SessionState, InvalidToken> {
    Ok(SessionState {
        current: TokenHash::try_from(&row.refresh_hash[..])?,
        previous: row
            .previous_hash
            .as_deref()
            .map(TokenHash::try_from)
            .transpose()?,
        created_at: row.created_at,
        rotated_at: row.rotated_at,
        revoked_at: row.revoked_at,
    })
}
