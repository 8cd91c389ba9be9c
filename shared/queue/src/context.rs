//! What every worker holds.

use crate::{Queue, Queues};
use sentry_db::{Db, Tx};
use sentry_runtime::{Clock, SettingError, Settings};
use std::time::Duration;

/// The state of a worker. Cheap to clone.
#[derive(Debug, Clone)]
pub struct WorkerContext {
    /// The database, by transactions only.
    pub db: Db,
    /// Where messages leave after a commit.
    pub queues: Queues,
    /// The time.
    pub clock: Clock,
}

impl WorkerContext {
    /// Builds the state from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings, queues: &[Queue]) -> Result<Self, SettingError> {
        Ok(Self {
            // A worker has one invocation at a time, and no use for a second connection.
            db: database(settings, 1)?,
            queues: Queues::from_settings(settings, queues)?,
            clock: Clock::system(),
        })
    }

    /// Commits, and sends the messages that were written with it.
    pub async fn commit(&self, tx: Tx) -> Result<(), sentry_db::Error> {
        let outgoing = tx.commit().await?;
        self.queues.send(&self.db, outgoing).await;
        Ok(())
    }
}

/// The database that the settings name, with `connections` unless they say otherwise. Does no I/O.
pub fn database(settings: &Settings, connections: u32) -> Result<Db, SettingError> {
    let url = settings.required("DATABASE_URL")?;
    let connections = settings.parsed("DATABASE_MAX_CONNECTIONS", connections)?;
    let wait = settings.parsed("DATABASE_WAIT_SECONDS", sentry_db::PATIENCE.as_secs())?;
    Db::lazy_within(url, connections, Duration::from_secs(wait)).map_err(|_| SettingError::Wrong {
        name: "DATABASE_URL",
        reason: "expected postgres://user:password@host:port/database".to_owned(),
    })
}
