//! Saves what was found in an upload as tasks, once.

mod save;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use sentry_queue::{CreateTasksMessage, Job, JobError, Queue, WorkerContext, run_batch};
use sentry_runtime::{SettingError, Settings};

/// The worker.
#[derive(Debug, Clone)]
pub struct CreateTasks {
    /// Database, queues, clock.
    pub context: WorkerContext,
}

impl CreateTasks {
    /// Builds the worker from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        let context = WorkerContext::from_settings(settings, &[Queue::BurnoutRescore])?;
        Ok(Self { context })
    }

    /// Takes a batch of messages.
    pub async fn handle(&self, batch: SqsEvent) -> SqsBatchResponse {
        run_batch(self, &self.context.queues, batch).await
    }
}

impl Job<CreateTasksMessage> for CreateTasks {
    async fn run(&self, message: CreateTasksMessage) -> Result<(), JobError> {
        let CreateTasksMessage::Upload { user_id, upload_id } = message;
        save::save(&self.context, user_id, upload_id).await
    }
}
