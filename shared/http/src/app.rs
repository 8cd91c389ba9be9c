//! What every HTTP function holds.

use crate::{ApiError, Caller, Write, body::Body, token_keys, write};
use chrono::{DateTime, Utc};
use sentry_auth::access::Verifier;
use sentry_db::{Db, EnterError, Tx};
use sentry_domain::UserId;
use sentry_queue::{Queue, Queues, database};
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
        Ok(Self {
            db: database(settings, 2)?,
            queues: Queues::from_settings(settings, queues)?,
            verifier: Arc::new(token_keys::verifier(settings)?),
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

    /// The same in a transaction that was entered otherwise: by a trusted service for `owner`.
    pub async fn write_in<T>(
        &self,
        tx: Tx,
        owner: UserId,
        request: &Body<T>,
    ) -> Result<Write, ApiError> {
        write::begin_in(self, tx, owner, request.idempotency.as_ref()).await
    }
}
