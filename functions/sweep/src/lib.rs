//! Once a minute: sends what was not sent, asks again for what was lost, and forgets what has had
//! its time.
//!
//! Every step stands alone. One that fails or hangs is reported and leaves the others to do their
//! part; all of it may run twice, late, or twice at once.

mod forget;
mod rewrap;
mod step;
mod unfinished;

pub use step::Report;

use anyhow::{Context, anyhow};
use lambda_runtime::Error;
use sentry_auth::envelope::MasterKeys;
use sentry_db::{outbox, uploads};
use sentry_queue::{Queue, WorkerContext};
use sentry_runtime::{Ids, SettingError, Settings, keys, telemetry};
use sentry_storage::Storage;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// Messages claimed from the outbox at once.
const RELAY_PAGE: i64 = 500;

/// The worker.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// Database, queues, clock.
    pub context: WorkerContext,
    /// Where uploads lie.
    pub storage: Storage,
    /// Chance.
    pub ids: Ids,
    /// Wrap the data keys of people.
    pub master_keys: Arc<MasterKeys>,
}

/// What the scheduler sends.
#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
enum Tick {
    #[serde(rename = "sweep.v1")]
    Sweep {},
}

impl Sweep {
    /// Builds the worker from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            context: WorkerContext::from_settings(settings, Queue::ALL)?,
            storage: Storage::from_settings(settings)?,
            ids: Ids::system(),
            master_keys: Arc::new(keys::master_keys(settings)?),
        })
    }

    /// Takes the tick of the scheduler. An error names the steps that failed; all have been tried.
    pub async fn handle(&self, event: Value) -> Result<Value, Error> {
        let Tick::Sweep {} = serde_json::from_value(event).context("not a tick of the sweep")?;
        let report = self.run().await;
        telemetry::flush();
        if !report.failed.is_empty() {
            return Err(anyhow!("failed: {:?}", report.failed).into());
        }
        Ok(serde_json::to_value(report)?)
    }

    /// Every step once.
    pub async fn run(&self) -> Report {
        let mut report = Report::default();
        report.step("relay", self.relay()).await;
        report.step("rescores", unfinished::rescores(self)).await;
        report.step("uploads", unfinished::uploads(self)).await;
        report.step("arrivals", unfinished::arrivals(self)).await;
        report
            .step("tombstones", unfinished::tombstones(self))
            .await;
        report.step("accounts", forget::accounts(self)).await;
        report.step("messages", forget::messages(self)).await;
        report
            .step("idempotency_keys", forget::idempotency_keys(self))
            .await;
        report.step("sessions", forget::sessions(self)).await;
        report
            .step("one_time_codes", forget::one_time_codes(self))
            .await;
        report.step("mails", forget::mails(self)).await;
        report.step("oauth_flows", forget::oauth_flows(self)).await;
        report.step("exports", forget::exports(self)).await;
        report.step("data_keys", rewrap::data_keys(self)).await;
        report.step("texts", rewrap::texts(self)).await;
        report.step("rate_limits", forget::rate_limits(self)).await;
        report.step("nights", forget::nights(self)).await;
        report
    }

    /// For a start of the whole system on one machine after it was killed: no sender and no worker
    /// can be alive, so nobody's time has to be waited for. A [`Sweep::run`] should follow.
    pub async fn recover(&self) -> anyhow::Result<()> {
        outbox::release(&self.context.db).await?;
        let mut tx = self.context.db.worker().await?;
        let released = uploads::release_all(&mut tx).await?;
        tx.commit().await?;
        tracing::info!(uploads = released, "nobody else is at work");
        Ok(())
    }

    async fn relay(&self) -> anyhow::Result<u64> {
        let sent = self
            .context
            .queues
            .relay(&self.context.db, RELAY_PAGE)
            .await?;
        Ok(u64::try_from(sent)?)
    }
}
