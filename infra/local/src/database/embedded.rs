//! Postgres 17 with pgvector inside this process.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, ensure};
use pglite_oxide::{PgliteServer, PgliteServerBuilder, extensions};

use super::relay::Relay;

/// An embedded Postgres. It serves one connection at a time.
///
/// A dropped one stops like [`Embedded::stop`].
#[derive(Debug)]
pub struct Embedded {
    url: String,
    relay: Relay,
}

impl Embedded {
    /// Starts one that keeps its files in `folder`. Blocks for a few hundred milliseconds.
    pub fn persistent(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be created", folder.display()))?;
        let folder = folder.to_path_buf();
        Self::start(move || {
            builder().path(&folder).start().with_context(|| {
                format!("the embedded database in {} cannot start", folder.display())
            })
        })
    }

    /// Starts an empty one that is deleted in the end: a database per test. Blocks for about 0.1 s.
    pub fn temporary() -> Result<Self> {
        let opened = AtomicBool::new(false);
        Self::start(move || {
            // What was in it is gone; an empty one in its place would only confuse.
            ensure!(
                !opened.swap(true, Ordering::SeqCst),
                "the temporary database has died"
            );
            builder()
                .temporary()
                .start()
                .context("the embedded database cannot start")
        })
    }

    fn start(open: impl Fn() -> Result<PgliteServer> + Send + Sync + 'static) -> Result<Self> {
        let relay = Relay::start(open)?;
        let url = format!(
            "postgresql://postgres@{}/template1?sslmode=disable",
            relay.address()
        );
        Ok(Self { url, relay })
    }

    /// Where its one client connects.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the session there may be, rolling back what it has not committed, and stops. Blocks.
    pub fn stop(self) -> Result<()> {
        self.relay.stop()
    }
}

fn builder() -> PgliteServerBuilder {
    PgliteServer::builder().extension(extensions::VECTOR)
}
