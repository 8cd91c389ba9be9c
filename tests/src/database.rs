//! A database per test: embedded, or on the server that `TEST_DATABASE_URL` names.

use anyhow::Result;
use sentry_db::Db;
use sentry_local::database::Embedded;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::OnceCell;

/// On a real server the schema is applied once and copied for each test.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// A database that goes when the test does.
#[derive(Debug)]
pub enum TestDatabase {
    /// In this process.
    Embedded(Option<Embedded>),
    /// On a server.
    Server {
        /// Its address.
        server: String,
        /// The database's name.
        name: String,
    },
}

impl TestDatabase {
    /// A new database with the present schema.
    pub async fn create() -> Result<Self> {
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            let embedded = tokio::task::spawn_blocking(Embedded::temporary).await??;
            let database = Self::Embedded(Some(embedded));
            let db = Db::lazy(&database.url(), 1)?;
            sentry_db::migrate(&db).await?;
            db.close().await;
            return Ok(database);
        };
        let template = TEMPLATE.get_or_try_init(|| template(&server)).await?;
        let name = next_name();
        execute(
            &server,
            &format!("create database {name} template {template}"),
        )
        .await?;
        Ok(Self::Server { server, name })
    }

    /// A new database with nothing in it.
    pub async fn empty() -> Result<Self> {
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            let embedded = tokio::task::spawn_blocking(Embedded::temporary).await??;
            return Ok(Self::Embedded(Some(embedded)));
        };
        let name = next_name();
        execute(&server, &format!("create database {name}")).await?;
        Ok(Self::Server { server, name })
    }

    /// Where clients connect.
    pub fn url(&self) -> String {
        match self {
            Self::Embedded(embedded) => embedded
                .as_ref()
                .map(|it| it.url().to_owned())
                .unwrap_or_default(),
            Self::Server { server, name } => on(server, name),
        }
    }

    /// How many connections a pool may hold.
    pub const fn connections(&self) -> u32 {
        match self {
            Self::Embedded(_) => 1,
            Self::Server { .. } => 8,
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        match self {
            Self::Embedded(embedded) => {
                if let Some(embedded) = embedded.take() {
                    let _ = embedded.stop();
                }
            }
            Self::Server { server, name } => {
                let (server, drop) = (
                    server.clone(),
                    format!("drop database if exists {name} with (force)"),
                );
                // A destructor cannot wait inside the runtime it runs in.
                let _ = std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build();
                    runtime.map(|runtime| runtime.block_on(execute(&server, &drop)))
                })
                .join();
            }
        }
    }
}

fn next_name() -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("sentry_test_{}_{number}", std::process::id())
}

async fn template(server: &str) -> Result<String> {
    let name = format!("sentry_template_{}", std::process::id());
    execute(server, &format!("drop database if exists {name}")).await?;
    execute(server, &format!("create database {name}")).await?;
    let db = Db::lazy(&on(server, &name), 1)?;
    sentry_db::migrate(&db).await?;
    db.close().await;
    Ok(name)
}

async fn execute(server: &str, sql: &str) -> Result<()> {
    let mut conn = PgConnection::connect(server).await?;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut conn)
        .await?;
    conn.close().await?;
    Ok(())
}

/// The same server, another database.
fn on(server: &str, name: &str) -> String {
    let (path, query) = server.split_once('?').unwrap_or((server, ""));
    let base = path.rsplit_once('/').map_or(path, |(base, _)| base);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{base}/{name}{mark}{query}")
}
