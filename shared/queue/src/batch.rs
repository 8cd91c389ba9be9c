//! The one loop that works through a batch.

use crate::Message;
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use futures_util::FutureExt;
use std::fmt::Display;
use std::panic::AssertUnwindSafe;

/// What to do with a message that could not be worked off.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// A later attempt may succeed: the message comes back, up to `maxReceiveCount` times.
    #[error("{0}")]
    Retry(String),
    /// No attempt can succeed: the message is logged and gone.
    #[error("{0}")]
    Drop(String),
}

impl JobError {
    /// For errors that may pass: the database, the network, a limit.
    pub fn retry(error: impl Display) -> Self {
        Self::Retry(error.to_string())
    }

    /// For what stays wrong: a row that is gone, a message that makes no sense.
    pub fn drop(error: impl Display) -> Self {
        Self::Drop(error.to_string())
    }
}

/// A worker's context, able to work off messages of one kind.
pub trait Job<M: Message>: Sync {
    /// Does the work. Must be safe to run twice.
    fn run(&self, message: M) -> impl Future<Output = Result<(), JobError>> + Send;
}

/// Works through a batch message by message and names those that must come back. Neither an
/// unreadable body nor a panic touches the rest of the batch.
pub async fn run_batch<M: Message>(worker: &impl Job<M>, batch: SqsEvent) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    for record in batch.records {
        let id = record.message_id.clone().unwrap_or_default();
        if let Err(error) = run_record(worker, &record).await {
            tracing::warn!(message.id = %id, queue = M::QUEUE.name(), %error, "message comes back");
            let mut failure = BatchItemFailure::default();
            failure.item_identifier = id;
            response.batch_item_failures.push(failure);
        }
    }
    response
}

/// An error means: deliver it again.
async fn run_record<M: Message>(worker: &impl Job<M>, record: &SqsMessage) -> Result<(), String> {
    // What cannot be read now may be readable by the next release, or belongs before human eyes:
    // it ends in the dead-letter queue, not in nothing.
    let messages = M::parse(record.body.as_deref().unwrap_or_default())
        .map_err(|error| format!("unreadable: {error}"))?;
    for message in messages {
        match AssertUnwindSafe(worker.run(message)).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(JobError::Drop(reason))) => {
                tracing::warn!(queue = M::QUEUE.name(), reason, "message dropped");
            }
            Ok(Err(JobError::Retry(reason))) => return Err(reason),
            Err(_) => return Err("the worker panicked".to_owned()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RescoreMessage;
    use sentry_domain::UserId;

    struct Moody;

    impl Job<RescoreMessage> for Moody {
        async fn run(&self, message: RescoreMessage) -> Result<(), JobError> {
            match message {
                RescoreMessage::User { user_id: UserId(1) } => Err(JobError::retry("busy")),
                RescoreMessage::User { user_id: UserId(2) } => Err(JobError::drop("gone")),
                RescoreMessage::User { user_id: UserId(3) } => panic!("at the disco"),
                _ => Ok(()),
            }
        }
    }

    fn record(id: &str, body: &str) -> SqsMessage {
        let mut record = SqsMessage::default();
        record.message_id = Some(id.to_owned());
        record.body = Some(body.to_owned());
        record
    }

    #[tokio::test]
    async fn only_messages_worth_another_try_come_back() {
        let mut batch = SqsEvent::default();
        batch.records = vec![
            record("fine", r#"{"type":"rescore.v1","user_id":9}"#),
            record("busy", r#"{"type":"rescore.v1","user_id":1}"#),
            record("gone", r#"{"type":"rescore.v1","user_id":2}"#),
            record("panics", r#"{"type":"rescore.v1","user_id":3}"#),
            record("unreadable", "{"),
            record("fine too", r#"{"type":"rescore.v1","user_id":8}"#),
        ];
        let back: Vec<_> = run_batch(&Moody, batch)
            .await
            .batch_item_failures
            .into_iter()
            .map(|failure| failure.item_identifier)
            .collect();
        assert_eq!(back, ["busy", "panics", "unreadable"]);
    }
}
