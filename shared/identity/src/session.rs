//! Opening a session.

use crate::Client;
use crate::Issuer;
use chrono::{DateTime, Utc};
use sentry_auth::refresh::{self, RefreshToken};
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::sessions::{self, NewSession, SignInBy};
use sentry_domain::{SessionId, UserId};
use sentry_http::ApiError;
use serde_json::json;

impl Issuer {
    /// Opens a session and notes it in the log. None when the account was closed meanwhile, or its
    /// password is another one by now: then the transaction must not be committed.
    pub async fn open_session(
        &self,
        tx: &mut Tx,
        client: &Client,
        (user, by): (UserId, SignInBy<'_>),
        now: DateTime<Utc>,
    ) -> Result<Option<RefreshToken>, ApiError> {
        let refresh = RefreshToken::new(self.ids.uuid(now), self.ids.bytes());
        let refresh_hash = refresh.hash();
        let session = NewSession {
            id: SessionId(refresh.id()),
            user,
            by,
            refresh_hash: refresh_hash.as_bytes(),
            origin: client.origin(),
            at: now,
            expires_at: refresh::expires_at(now, now),
        };
        if !sessions::open(tx, &session).await? {
            return Ok(None);
        }
        let detail = json!({ "session_id": session.id, "device": client.device });
        let ip = client.ip.as_deref();
        activities::add(tx, Some(user), Action::SignedIn, &detail, ip, now).await?;
        tracing::info!(user.id = user.0, "signed in");
        Ok(Some(refresh))
    }
}
