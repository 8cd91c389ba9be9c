//! Reads uploaded files and stores what is found in them as proposals with quotes.
//!
//! | message | what happens |
//! | --- | --- |
//! | S3 says that an object was created | its upload is claimed and read |
//! | [`ExtractMessage`] of our own (retries, the sweep) | the same |
//!
//! | [`ExtractMessage`] with texts that people wrote of themselves | a language model reads them, where they allow it |
//!
//! A claim is a lease: a second message for the same upload finds it taken or finished and does
//! nothing, and what a worker reports after it was overtaken does not count.
//!
//! Files are parsed in a process of their own ([`isolated`]). Pictures are looked at by a vision model or by
//! Tesseract, recordings listened to by a transcription service, texts read by the built-in engine and, where one is
//! configured, by a language model. Where there is no provider, the upload fails and says what is missing.

mod ask;
mod budget;
mod failure;
mod fetch;
pub mod isolated;
mod job;
mod kinds;
mod listen;
mod look;
mod read;
mod said;
mod text;
mod think;

pub use look::Tesseract;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use sentry_ai::Ai;
use sentry_auth::envelope::MasterKeys;
use sentry_queue::{ExtractMessage, Job, JobError, Queue, WorkerContext, run_batch};
use sentry_runtime::{Ids, SettingError, Settings, keys};
use sentry_storage::Storage;
use std::sync::Arc;

/// How long a file may take to be read, in seconds, as the specification of extraction has it.
const PARSE_SECONDS: u64 = 60;
/// How long a recording may take to be cut, in seconds: the largest is half a gigabyte.
const CUT_SECONDS: u64 = 60;

/// The worker.
#[derive(Debug, Clone)]
pub struct Extract {
    /// Database, queues, clock.
    pub context: WorkerContext,
    /// Where uploads lie.
    pub storage: Storage,
    /// Models, as far as they are configured.
    pub ai: Ai,
    /// What reads pictures where no model does.
    pub ocr: Tesseract,
    /// Open the data keys of people, which seal what they say of themselves.
    pub master_keys: Arc<MasterKeys>,
}

impl Extract {
    /// Builds the worker from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            context: WorkerContext::from_settings(
                settings,
                &[Queue::TaskCreation, Queue::BurnoutRescore],
            )?,
            storage: Storage::from_settings(settings)?,
            ai: Ai::from_settings(settings, &Ids::system())?,
            ocr: Tesseract::from_settings(settings),
            master_keys: Arc::new(keys::master_keys(settings)?),
        })
    }

    /// Takes a batch of messages.
    pub async fn handle(&self, batch: SqsEvent) -> SqsBatchResponse {
        run_batch(self, &self.context.queues, batch).await
    }

    /// Whether anything can read a picture.
    async fn can_look(&self) -> bool {
        self.ai.vision.is_some() || self.ocr.is_installed().await
    }
}

impl Job<ExtractMessage> for Extract {
    async fn run(&self, message: ExtractMessage) -> Result<(), JobError> {
        match message {
            ExtractMessage::Upload { user_id, upload_id } => {
                job::run(self, user_id, upload_id).await
            }
            ExtractMessage::Texts { user_id, text_ids } => {
                said::run(self, user_id, &text_ids).await
            }
        }
    }
}
