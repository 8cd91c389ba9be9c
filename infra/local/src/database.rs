//! The database of the one machine: Postgres inside this process, or the one `DATABASE_URL` names.

mod embedded;
mod relay;
mod startup;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

pub use embedded::Embedded;

/// The oldest Postgres the migrations run on.
const OLDEST_MAJOR_VERSION: i32 = 15;
/// How long a given database may take to answer at the start.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database that is up.
#[derive(Debug)]
pub enum Database {
    /// In this process; one connection at a time.
    Embedded(Embedded),
    /// Somewhere else; its URL.
    Given(String),
}

impl Database {
    /// Uses the database at `given`, else starts the embedded one with its files in `folder`.
    pub async fn open(given: Option<&str>, folder: &Path) -> Result<Self> {
        if let Some(url) = given {
            check(url).await?;
            return Ok(Self::Given(url.to_owned()));
        }
        let folder = folder.to_path_buf();
        let embedded = tokio::task::spawn_blocking(move || Embedded::persistent(&folder)).await??;
        Ok(Self::Embedded(embedded))
    }

    /// Where clients connect.
    pub fn url(&self) -> &str {
        match self {
            Self::Embedded(embedded) => embedded.url(),
            Self::Given(url) => url,
        }
    }

    /// The most connections a pool may hold, if there is a limit: all of the
    /// process must then share one pool that never lets go of its connection.
    pub fn most_connections(&self) -> Option<u32> {
        match self {
            Self::Embedded(_) => Some(1),
            Self::Given(_) => None,
        }
    }

    /// Stops an embedded database. Close the pools first, or they lose their connection.
    pub async fn stop(self) -> Result<()> {
        match self {
            Self::Embedded(embedded) => {
                tokio::task::spawn_blocking(move || embedded.stop()).await?
            }
            Self::Given(_) => Ok(()),
        }
    }
}

/// Makes sure that the given database answers and is young enough; else says why in one line.
async fn check(url: &str) -> Result<()> {
    let options: PgConnectOptions = url.parse().map_err(|error: sqlx::Error| {
        anyhow::anyhow!("DATABASE_URL is not a PostgreSQL URL ({}); expected postgres://user:password@host:port/database", one_line(&error))
    })?;
    // Never the URL itself: it may hold a password.
    let place = format!(
        "{}:{}/{}",
        options.get_host(),
        options.get_port(),
        options
            .get_database()
            .unwrap_or_else(|| options.get_username())
    );
    let connecting = tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await;
    let mut connection = connecting
        .with_context(|| {
            format!(
                "DATABASE_URL: no answer from {place} within {} s",
                PATIENCE.as_secs()
            )
        })?
        .map_err(|error| {
            anyhow::anyhow!(
                "DATABASE_URL: cannot connect to {place}: {}",
                one_line(&error)
            )
        })?;
    let (version,): (i32,) = sqlx::query_as("select current_setting('server_version_num')::int4")
        .fetch_one(&mut connection)
        .await
        .map_err(|error| {
            anyhow::anyhow!(
                "DATABASE_URL: {place} is no PostgreSQL: {}",
                one_line(&error)
            )
        })?;
    connection.close().await.ok();
    if version / 10_000 < OLDEST_MAJOR_VERSION {
        bail!(
            "DATABASE_URL: {place} is PostgreSQL {}, version {OLDEST_MAJOR_VERSION} or later is needed",
            version / 10_000
        );
    }
    Ok(())
}

fn one_line(error: &sqlx::Error) -> String {
    let text = match error {
        sqlx::Error::Database(inner) => inner.message().to_owned(),
        sqlx::Error::Configuration(inner) => inner.to_string(),
        other => other.to_string(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn complaint(url: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let error = Database::open(Some(url), folder.path()).await.unwrap_err();
        format!("{error:#}")
    }

    #[tokio::test]
    async fn a_broken_url_gets_one_clear_line_without_its_password() {
        for url in [
            "nonsense",
            "mysql://root:secret@localhost/x",
            "postgres://sentry:secret@127.0.0.1:1/sentry",
            "",
        ] {
            let line = complaint(url).await;
            assert!(line.starts_with("DATABASE_URL"), "{line}");
            assert!(!line.contains('\n') && !line.contains("secret"), "{line}");
        }
    }

    #[tokio::test]
    async fn a_port_that_never_answers_is_given_up() {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = silent.local_addr().unwrap().port();
        let line = complaint(&format!("postgres://a@127.0.0.1:{port}/b?sslmode=disable")).await;
        assert!(line.contains("no answer from 127.0.0.1"), "{line}");
    }
}
