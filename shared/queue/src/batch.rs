//! The one loop that works through a batch.

use crate::messages::Envelope;
use crate::{Message, Queues};
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use futures_util::FutureExt;
use sentry_runtime::Clock;
use sentry_runtime::telemetry::{self, metric};
use serde_json::error::Category;
use std::fmt::Display;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use tracing::field::Empty;

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
/// unreadable body nor a panic touches the rest of the batch. By `queues` SQS is asked to bring them back soon.
pub async fn run_batch<M: Message>(
    worker: &impl Job<M>,
    queues: &Queues,
    batch: SqsEvent,
) -> SqsBatchResponse {
    let call = telemetry::invocation();
    let mut response = SqsBatchResponse::default();
    let mut failed = Vec::new();
    for record in batch.records {
        let id = record.message_id.clone().unwrap_or_default();
        let envelope = envelope(&record);
        let request = envelope.caused_by.clone().unwrap_or_else(|| id.clone());
        let span = tracing::info_span!("job", request.id = %request, lambda.request_id = call.lambda,
            trace.id = call.trace, message.id = %id, queue = M::QUEUE.name(), upload.id = Empty);
        let began = Instant::now();
        // On the heap: the types of a worker's calls are deep enough by themselves.
        let work = Box::pin(run_record(worker, &record));
        let outcome = telemetry::within(request, span.clone(), work).await;
        let _in_span = span.enter();
        note(envelope.kind(), &outcome, began.elapsed());
        if matches!(outcome, Outcome::Retry(_)) {
            let mut failure = BatchItemFailure::default();
            failure.item_identifier = id;
            response.batch_item_failures.push(failure);
            failed.push(record);
        }
    }
    if !failed.is_empty() {
        queues.bring_back(&failed).await;
    }
    telemetry::flush();
    response
}

/// What became of a message.
enum Outcome {
    Done,
    /// Deliver it again.
    Retry(String),
    Dropped(String),
}

async fn run_record<M: Message>(worker: &impl Job<M>, record: &SqsMessage) -> Outcome {
    // What cannot be read now may be readable by the next release, or belongs before human eyes:
    // it ends in the dead-letter queue, not in nothing.
    let messages = match M::parse(record.body.as_deref().unwrap_or_default()) {
        Ok(messages) => messages,
        Err(error) => return Outcome::Retry(unreadable(&error)),
    };
    let mut dropped = Vec::new();
    for message in messages {
        match AssertUnwindSafe(worker.run(message)).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(JobError::Drop(reason))) => dropped.push(reason),
            Ok(Err(JobError::Retry(reason))) => return Outcome::Retry(reason),
            Err(_) => return Outcome::Retry("the worker panicked".to_owned()),
        }
    }
    if dropped.is_empty() {
        Outcome::Done
    } else {
        Outcome::Dropped(dropped.join("; "))
    }
}

/// Where a body is wrong and how. Not what stands there: that may be somebody's.
fn unreadable(error: &serde_json::Error) -> String {
    let how = match error.classify() {
        Category::Syntax => "no JSON",
        Category::Eof => "cut off",
        Category::Data | Category::Io => "not of the shape of a message of this queue",
    };
    match (error.line(), error.column()) {
        (0, _) => format!("unreadable: {how}"),
        (line, column) => format!("unreadable: {how}, line {line}, column {column}"),
    }
}

/// What a message says about itself, as far as it can be read; how long it lay is noted.
fn envelope(record: &SqsMessage) -> Envelope {
    let body = record.body.as_deref().unwrap_or_default();
    let envelope: Envelope = serde_json::from_str(body).unwrap_or_default();
    let sent = record.attributes.get("SentTimestamp");
    if let Some(sent) = sent.and_then(|at| at.parse::<i64>().ok()) {
        let age = Clock::system()
            .now()
            .timestamp_millis()
            .saturating_sub(sent)
            .max(0);
        metrics::histogram!(metric::QUEUE_AGE).record(age as f64);
    }
    envelope
}

/// The log line and the metrics of one message.
fn note(kind: &str, outcome: &Outcome, took: Duration) {
    let duration_ms = took.as_secs_f64() * 1000.0;
    let word = match outcome {
        Outcome::Done => {
            tracing::info!(kind, duration_ms, "message done");
            "done"
        }
        Outcome::Retry(reason) => {
            tracing::warn!(kind, duration_ms, reason, "message comes back");
            "retry"
        }
        Outcome::Dropped(reason) => {
            tracing::warn!(kind, duration_ms, reason, "message dropped");
            "dropped"
        }
    };
    metrics::counter!(metric::JOBS, "outcome" => word).increment(1);
    metrics::histogram!(metric::JOB_DURATION).record(duration_ms);
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

    #[test]
    fn what_cannot_be_read_is_not_repeated() {
        for (body, told) in [
            ("{", "cut off, line 1, column 1"),
            ("Anna Secretmark", "no JSON, line 1, column 1"),
            (
                r#"{"type":"rescore.v1","user_id":"Anna Secretmark"}"#,
                "not of the shape of a message of this queue",
            ),
        ] {
            let error = RescoreMessage::parse(body).unwrap_err();
            assert_eq!(unreadable(&error), format!("unreadable: {told}"));
        }
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
        // Nobody is asked to bring these back: they do not say which queue they are from.
        let settings = sentry_runtime::Settings::from_lookup(|name| {
            (name != "AWS_USE_DUALSTACK_ENDPOINT").then(|| "9".to_owned())
        });
        let queues = Queues::from_settings(&settings, &[]).unwrap();
        let back: Vec<_> = run_batch(&Moody, &queues, batch)
            .await
            .batch_item_failures
            .into_iter()
            .map(|failure| failure.item_identifier)
            .collect();
        assert_eq!(back, ["busy", "panics", "unreadable"]);
    }
}
