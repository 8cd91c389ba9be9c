//! Reads uploaded files and stores what is found in them as proposals with quotes.
//!
//! | message | what happens |
//! | --- | --- |
//! | S3 says that an object was created | its upload is claimed and read |
//! | [`ExtractMessage`] of our own (retries, the sweep) | the same |
//!
//! A claim is a lease: a second message for the same upload finds it taken or finished and does
//! nothing, and what a worker reports after it was overtaken does not count.

mod failure;
mod fetch;
mod job;
mod read;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use sentry_queue::{ExtractMessage, Job, JobError, Queue, WorkerContext, run_batch};
use sentry_runtime::{SettingError, Settings};
use sentry_storage::Storage;
use std::time::Duration;

/// How long a file may take to be read, as the specification of extraction has it.
const PARSE_TIME: Duration = Duration::from_mins(1);

/// The worker.
#[derive(Debug, Clone)]
pub struct Extract {
    /// Database, queues, clock.
    pub context: WorkerContext,
    /// Where uploads lie.
    pub storage: Storage,
}

impl Extract {
    /// Builds the worker from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            context: WorkerContext::from_settings(settings, &[Queue::TaskCreation])?,
            storage: Storage::from_settings(settings)?,
        })
    }

    /// Takes a batch of messages.
    pub async fn handle(&self, batch: SqsEvent) -> SqsBatchResponse {
        run_batch(self, batch).await
    }
}

impl Job<ExtractMessage> for Extract {
    async fn run(&self, message: ExtractMessage) -> Result<(), JobError> {
        let ExtractMessage::Upload { user_id, upload_id } = message;
        job::run(self, user_id, upload_id).await
    }
}
