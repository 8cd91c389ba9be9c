//! The only ways to a connection: each names who acts before the first row is read.

use crate::constraint::is_lost;
use crate::outbox::{self, Outgoing};
use crate::rds;
use chrono::{DateTime, Utc};
use sentry_domain::{SessionId, UserId};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgTransactionManager};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, SqlSafeStr};
use sqlx_core::transaction::TransactionManager;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a connection is waited for.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A connection that lay idle for longer is replaced. A function that was frozen cannot know whether
/// the network or the server have given it up meanwhile: both do after some minutes.
pub const LONGEST_IDLE: Duration = Duration::from_mins(5);

/// A pool of connections that can only be used through a transaction with a known actor.
#[derive(Debug, Clone)]
pub struct Db {
    pool: PgPool,
    lost: Lost,
}

/// When a connection was last found dead: those that are older mostly died with it, of a restart of the server.
#[derive(Debug, Clone, Default)]
struct Lost(Arc<Mutex<Option<Instant>>>);

impl Lost {
    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether a connection of this age was made since.
    fn spared(&self, age: Duration) -> bool {
        let lost = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lost.is_none_or(|at| age < at.elapsed())
    }
}

/// Why a tenant transaction did not begin.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// The session is unknown, another user's, revoked or expired.
    #[error("the session has ended")]
    SessionEnded,
    /// The database could not be asked.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Db {
    /// A pool that connects when it is first used, so that start-up does no I/O.
    ///
    /// `max_connections` is 1 for the embedded database, which serves only one.
    pub fn lazy(url: &str, max_connections: u32) -> Result<Self, sqlx::Error> {
        Self::lazy_within(url, max_connections, PATIENCE)
    }

    /// The same with another patience for a connection: a database that pauses when nobody needs it
    /// takes a while to wake.
    pub fn lazy_within(
        url: &str,
        max_connections: u32,
        patience: Duration,
    ) -> Result<Self, sqlx::Error> {
        let mut options: PgConnectOptions = url.parse()?;
        // Of use where the URL asks for a check (`sslmode=verify-full`) and names no root of its own.
        if let Some(root) = rds::root(options.get_host()).filter(|_| !url.contains("sslrootcert="))
        {
            options = options.ssl_root_cert_from_pem(root.as_bytes().to_vec());
        }
        let lost = Lost::default();
        let found = lost.clone();
        let pool = PgPoolOptions::new()
            .max_connections(max_connections)
            .acquire_timeout(patience)
            // One round trip less per request; a dead connection shows at BEGIN, where nothing is lost.
            .test_before_acquire(false)
            .before_acquire(move |_, connection| {
                let fresh = connection.idle_for < LONGEST_IDLE && found.spared(connection.age);
                Box::pin(async move { Ok(fresh) })
            })
            .connect_lazy_with(options.application_name("sentry"));
        Ok(Self { pool, lost })
    }

    /// Connects, for the first transaction that comes. What fails here is told to whoever needs the connection then.
    pub async fn connect(&self) {
        drop(self.pool.acquire().await);
    }

    /// One user's transaction: sees and changes that user's rows only.
    ///
    /// `at` is the time by which the session must not have expired.
    pub async fn tenant(
        &self,
        owner: UserId,
        session: SessionId,
        at: DateTime<Utc>,
    ) -> Result<Tx, EnterError> {
        let enter = format!(
            "BEGIN; SELECT sentry.enter({owner}, '{session}', '{}')",
            at.to_rfc3339()
        );
        match self.begin(enter).await {
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("SE401") => {
                Err(EnterError::SessionEnded)
            }
            other => Ok(other?),
        }
    }

    /// A worker's transaction on behalf of one user: the same bounds, no session.
    pub async fn as_user(&self, owner: UserId) -> crate::Result<Tx> {
        self.begin(format!("BEGIN; SELECT sentry.enter_worker({owner})"))
            .await
    }

    /// For accounts before a user is known: credentials and sessions, nothing else.
    pub async fn sign_in(&self) -> crate::Result<Tx> {
        self.begin("BEGIN; SET LOCAL ROLE sentry_auth".to_owned())
            .await
    }

    /// For workers that serve many users in one statement.
    pub async fn worker(&self) -> crate::Result<Tx> {
        self.begin("BEGIN; SET LOCAL ROLE sentry_worker".to_owned())
            .await
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> crate::Result<()> {
        self.begin("BEGIN; SELECT 1".to_owned())
            .await?
            .commit()
            .await?;
        Ok(())
    }

    /// Waits for open transactions and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The pool itself, without a tenant: for tests and benchmarks only.
    #[cfg(feature = "raw")]
    pub const fn raw_pool(&self) -> &PgPool {
        &self.pool
    }

    pub(crate) const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// `enter` holds numbers, ids and times only, never a caller's text.
    ///
    /// A connection that turns out to be dead is replaced, once: nothing was done on it yet.
    pub(crate) async fn begin(&self, enter: String) -> crate::Result<Tx> {
        let conn = self.pool.acquire().await?;
        match Self::enter(conn, enter.clone()).await {
            Err(error) if is_lost(&error) => {
                self.lost.note();
                Self::enter(self.pool.acquire().await?, enter).await
            }
            entered => entered,
        }
    }

    async fn enter(conn: PoolConnection<Postgres>, enter: String) -> crate::Result<Tx> {
        let mut entering = Entering { conn: Some(conn) };
        let Some(conn) = entering.conn.as_mut() else {
            return Err(sqlx::Error::PoolClosed);
        };
        let begun =
            PgTransactionManager::begin(conn, Some(AssertSqlSafe(enter).into_sql_str())).await;
        if let Err(error) = begun {
            // BEGIN itself went through when what followed it failed: sqlx does not know of the
            // open transaction and would hand the connection to the next user inside it.
            if matches!(error, sqlx::Error::Database(_)) {
                sqlx::raw_sql("ROLLBACK").execute(&mut **conn).await?;
                entering.conn.take();
            }
            return Err(error);
        }
        let conn = entering.conn.take().ok_or(sqlx::Error::PoolClosed)?;
        Ok(Tx {
            conn,
            open: true,
            outgoing: Vec::new(),
        })
    }
}

/// A connection on its way into a transaction. A request cancelled there leaves it in an unknown
/// state, so it is closed instead of reused.
struct Entering {
    conn: Option<PoolConnection<Postgres>>,
}

impl Drop for Entering {
    fn drop(&mut self) {
        if let Some(mut conn) = self.conn.take() {
            conn.close_on_drop();
        }
    }
}

/// An open transaction with a known actor. Dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub struct Tx {
    conn: PoolConnection<Postgres>,
    open: bool,
    outgoing: Vec<Outgoing>,
}

impl Tx {
    /// Commits, and returns the messages that were written with it and may now be sent.
    pub async fn commit(mut self) -> crate::Result<Vec<Outgoing>> {
        PgTransactionManager::commit(&mut self.conn).await?;
        self.open = false;
        Ok(std::mem::take(&mut self.outgoing))
    }

    /// Writes a message that is sent only if this transaction commits.
    ///
    /// `delay_seconds` (0 to 900) keeps it from being seen at once.
    pub async fn enqueue(
        &mut self,
        queue: &'static str,
        body: serde_json::Value,
        delay_seconds: i32,
    ) -> crate::Result<()> {
        let outgoing = outbox::insert(self, queue, body, delay_seconds).await?;
        self.outgoing.push(outgoing);
        Ok(())
    }

    /// Writes many messages for one queue with one statement.
    pub async fn enqueue_all(
        &mut self,
        queue: &'static str,
        bodies: &[serde_json::Value],
        delay_seconds: i32,
    ) -> crate::Result<()> {
        let outgoing = outbox::insert_all(self, queue, bodies, delay_seconds).await?;
        self.outgoing.extend(outgoing);
        Ok(())
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.open {
            PgTransactionManager::start_rollback(&mut self.conn);
        }
    }
}

impl Deref for Tx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}
