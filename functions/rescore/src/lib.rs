//! Computes scores: of one person after a change, and of everybody when their day begins.
//!
//! | event | what happens |
//! | --- | --- |
//! | a batch of [`RescoreMessage`]s from SQS | one person each, or the night's batch of up to 500 |
//! | `{"type": "nightly.v1"}` from the scheduler | [`Rescore::nightly`]: who is due gets into batches |

mod nightly;
mod tick;
mod user;

pub use tick::TIME_LIMIT;

use anyhow::Context;
use aws_lambda_events::sqs::SqsEvent;
use chrono::{DateTime, Utc};
use lambda_runtime::Error;
use sentry_queue::{Job, JobError, Queue, RescoreMessage, WorkerContext, run_batch, run_tick};
use sentry_runtime::{SettingError, Settings};
use serde::Deserialize;
use serde_json::{Value, json};

/// The worker.
#[derive(Debug, Clone)]
pub struct Rescore {
    /// Database, queues, clock.
    pub context: WorkerContext,
}

/// What the scheduler sends.
#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
enum Tick {
    #[serde(rename = "nightly.v1")]
    Nightly {
        /// The time the tick was meant for, where the schedule says so: it may come much later.
        #[serde(default)]
        scheduled_at: Option<DateTime<Utc>>,
    },
}

impl Rescore {
    /// Builds the worker from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        let context = WorkerContext::from_settings(settings, &[Queue::BurnoutRescore])?;
        Ok(Self { context })
    }

    /// Takes any event this function is called with.
    pub async fn handle(&self, event: Value) -> Result<Value, Error> {
        if event.get("Records").is_some() {
            let batch: SqsEvent = serde_json::from_value(event).context("not an event of SQS")?;
            return Ok(serde_json::to_value(
                run_batch(self, &self.context.queues, batch).await,
            )?);
        }
        let Tick::Nightly { scheduled_at } =
            serde_json::from_value(event).context("neither a batch nor a tick")?;
        let now = self.context.clock.now();
        let night = self.nightly(scheduled_at.map_or(now, |at| at.min(now)));
        Ok(json!({ "users": run_tick("nightly.v1", night).await? }))
    }

    /// Puts everybody whose day has begun by `at` into batches, and returns how many people that
    /// are. Safe to call late, twice, and at any interval: each zone's day is run once.
    pub async fn nightly(&self, at: DateTime<Utc>) -> anyhow::Result<usize> {
        tick::run(&self.context, at).await
    }
}

impl Job<RescoreMessage> for Rescore {
    async fn run(&self, message: RescoreMessage) -> Result<(), JobError> {
        match message {
            RescoreMessage::User { user_id } => user::rescore(&self.context, user_id).await,
            RescoreMessage::Nightly { user_ids } => {
                nightly::rescore(&self.context, &user_ids).await
            }
        }
    }
}
