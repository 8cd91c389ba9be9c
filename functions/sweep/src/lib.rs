//! By the clock: sends what could not be sent, asks again for what was lost, and forgets what has had
//! its time. Once a minute, in the smallest deployment once an hour: what it does waits as long.
//!
//! Every step stands alone. One that fails or hangs is reported and leaves the others to do their
//! part; all of it may run twice, late, or twice at once.

mod forget;
mod rewrap;
mod step;
mod unfinished;

pub use step::Report;

use step::Round;

use anyhow::{Context, anyhow};
use lambda_runtime::Error;
use sentry_auth::envelope::MasterKeys;
use sentry_db::{outbox, uploads};
use sentry_queue::{Queue, WorkerContext, run_tick};
use sentry_runtime::{Ids, SettingError, Settings, keys};
use sentry_storage::Storage;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// Messages claimed from the outbox at once.
const RELAY_PAGE: i64 = 500;

/// The time of all steps together: the function ends by itself, before Lambda ends it.
pub const TIME_LIMIT: Duration = Duration::from_secs(45);

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

    /// Takes the tick of the scheduler. An error names the steps that failed; all have been tried for which there was time.
    pub async fn handle(&self, event: Value) -> Result<Value, Error> {
        let Tick::Sweep {} = serde_json::from_value(event).context("not a tick of the sweep")?;
        let report = run_tick("sweep.v1", async {
            let report = Box::pin(self.run()).await;
            if report.failed.is_empty() {
                Ok(report)
            } else {
                Err(anyhow!("failed: {:?}", report.failed))
            }
        });
        Ok(serde_json::to_value(report.await?)?)
    }

    /// Every step once. Those that ask the bucket come last: when it hangs, they take up the time.
    pub async fn run(&self) -> Report {
        let mut round = Round::within(TIME_LIMIT);
        round.step("relay", self.relay()).await;
        round.step("rescores", unfinished::rescores(self)).await;
        round.step("uploads", unfinished::uploads(self)).await;
        self.forget_rows(&mut round).await;
        round.step("data_keys", rewrap::data_keys(self)).await;
        round.step("texts", rewrap::texts(self)).await;
        round.step("arrivals", unfinished::arrivals(self)).await;
        round.step("tombstones", unfinished::tombstones(self)).await;
        round.step("exports", forget::exports(self)).await;
        round.step("accounts", forget::accounts(self)).await;
        round.report()
    }

    async fn forget_rows(&self, round: &mut Round) {
        round.step("messages", forget::messages(self)).await;
        let keys = forget::idempotency_keys(self);
        round.step("idempotency_keys", keys).await;
        round.step("sessions", forget::sessions(self)).await;
        let codes = forget::one_time_codes(self);
        round.step("one_time_codes", codes).await;
        round.step("mails", forget::mails(self)).await;
        round.step("oauth_flows", forget::oauth_flows(self)).await;
        round.step("rate_limits", forget::rate_limits(self)).await;
        round.step("nights", forget::nights(self)).await;
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
