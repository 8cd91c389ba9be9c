//! What a person gets for signing in.

use crate::Accounts;
use chrono::{DateTime, Utc};
use sentry_auth::access::LIFETIME;
use sentry_auth::refresh::RefreshToken;
use sentry_domain::{SessionId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

/// The tokens of a session. Without `Debug`, so that they reach no log.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokensOut {
    /// For the `Authorization` header.
    access_token: String,
    /// For the next pair of tokens; good once.
    refresh_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// For how many seconds the access token is good.
    #[schema(example = 900)]
    expires_in: i64,
    /// Whose they are.
    user_id: UserId,
}

impl Accounts {
    /// The refresh token, and an access token of its session.
    pub(crate) fn tokens(
        &self,
        user_id: UserId,
        refresh: &RefreshToken,
        now: DateTime<Utc>,
    ) -> TokensOut {
        let access = self.signer.sign(
            user_id,
            SessionId(refresh.id()),
            self.app.ids.uuid(now),
            now,
        );
        TokensOut {
            access_token: access.text.expose().clone(),
            refresh_token: refresh.encode(&self.token_key).expose().clone(),
            token_type: "Bearer",
            expires_in: LIFETIME.num_seconds(),
            user_id,
        }
    }
}
