//! What every HTTP function holds.

use crate::{ApiError, Caller, Write, body::Body, write};
use chrono::{DateTime, Utc};
use sentry_auth::KeyMaterial;
use sentry_auth::access::{Realm, Verifier, VerifyingKey};
use sentry_db::{Db, EnterError, Tx};
use sentry_queue::{Queue, Queues};
use sentry_runtime::{Clock, Ids, SettingError, Settings};
use std::sync::Arc;

/// The state of an HTTP function. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The database, by transactions only.
    pub db: Db,
    /// Where messages leave after a commit.
    pub queues: Queues,
    /// Tells whose an access token is.
    pub verifier: Arc<Verifier>,
    /// The time.
    pub clock: Clock,
    /// Ids and chance.
    pub ids: Ids,
}

impl App {
    /// Builds the state from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings, queues: &[Queue]) -> Result<Self, SettingError> {
        let url = settings.required("DATABASE_URL")?;
        let connections = settings.parsed("DATABASE_MAX_CONNECTIONS", 2)?;
        Ok(Self {
            db: Db::lazy(url, connections).map_err(|_| SettingError::Wrong {
                name: "DATABASE_URL",
                reason: "expected postgres://user:password@host:port/database".to_owned(),
            })?,
            queues: Queues::from_settings(settings, queues)?,
            verifier: Arc::new(verifier(settings)?),
            clock: Clock::system(),
            ids: Ids::system(),
        })
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Begins a transaction that sees the caller's rows only, for reading. A session that has
    /// ended is 401.
    pub async fn tenant(&self, caller: &Caller) -> Result<Tx, ApiError> {
        match self
            .db
            .tenant(caller.user_id, caller.session_id, self.now())
            .await
        {
            Ok(tx) => Ok(tx),
            Err(EnterError::SessionEnded) => Err(ApiError::Unauthorized(
                "the session has ended; sign in again",
            )),
            Err(EnterError::Database(error)) => Err(error.into()),
        }
    }

    /// Begins the transaction of a write: the caller's, and, with an `Idempotency-Key`, once only.
    /// An answer that was given before comes back as [`ApiError::Replay`].
    pub async fn write<T>(&self, caller: &Caller, request: &Body<T>) -> Result<Write, ApiError> {
        write::begin(self, caller, request.idempotency.as_ref()).await
    }
}

/// Who is the issuer when nothing else is said: this product, on whatever host.
const DEFAULT_ISSUER: &str = "sentry";

/// The realm of the access tokens of this deployment.
pub fn realm(settings: &Settings) -> Realm {
    let issuer = settings.optional("TOKEN_ISSUER").unwrap_or(DEFAULT_ISSUER);
    Realm {
        issuer: issuer.to_owned(),
        audience: "sentry-api".to_owned(),
    }
}

/// Checks tokens with the public key, or where tokens are signed by a shared secret, with that.
fn verifier(settings: &Settings) -> Result<Verifier, SettingError> {
    let wrong = |name| {
        move |error: sentry_auth::KeyError| SettingError::Wrong {
            name,
            reason: error.to_string(),
        }
    };
    let key = |public, secret| -> Result<Option<VerifyingKey>, SettingError> {
        if let Some(text) = settings.optional(public) {
            return VerifyingKey::from_public_text(text)
                .map(Some)
                .map_err(wrong(public));
        }
        settings
            .optional(secret)
            .map(|text| {
                KeyMaterial::from_text(&text.to_owned().into())
                    .and_then(|material| VerifyingKey::hmac(&material))
                    .map_err(wrong(secret))
            })
            .transpose()
    };
    let current = key("TOKEN_PUBLIC_KEY", "TOKEN_SECRET")?
        .ok_or(SettingError::Missing("TOKEN_PUBLIC_KEY"))?;
    let mut verifier = Verifier::new(realm(settings), current).remembering(1024);
    if let Some(previous) = key("TOKEN_PREVIOUS_PUBLIC_KEY", "TOKEN_PREVIOUS_SECRET")? {
        verifier = verifier
            .also_accept(previous)
            .map_err(wrong("TOKEN_PREVIOUS_PUBLIC_KEY"))?;
    }
    Ok(verifier)
}
