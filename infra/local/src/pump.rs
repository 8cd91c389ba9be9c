//! What AWS does between a queue and a function: fetch batches, invoke, delete
//! what succeeded, bring back what failed.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html>

mod event;

use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, Message,
    MessageSystemAttributeName,
};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use event::event_of;

/// The longest a receive may wait, in seconds.
const LONG_POLL_SECONDS: i32 = 20;
/// The wait after the first failed delivery of a message; it doubles with each further one.
const FIRST_RETRY_SECONDS: u32 = 1;
/// The longest wait between two deliveries of one message.
pub(crate) const LONGEST_RETRY_SECONDS: u32 = 60;
/// How often the queue is asked to bring failed messages back soon.
const BRING_BACK_ATTEMPTS: u32 = 5;
/// The wait after the queue itself could not be reached.
const UNREACHABLE_PAUSE: Duration = Duration::from_secs(1);

/// A queue and how it is read.
#[derive(Debug, Clone)]
pub struct Source {
    /// The address of the queue.
    pub queue_url: String,
    /// The most messages of one invocation, 1 to 10.
    pub batch_size: i32,
    /// The most invocations at a time.
    pub concurrency: usize,
}

/// Feeds `handler` from the queue until `stop`, then waits for the invocations that run.
///
/// As in Lambda with partial batch responses: an error or a panic of the handler
/// fails the whole batch, a response fails the messages it names, a response that
/// names a message which is not in the batch fails all of it. What did not fail is
/// deleted. When a message comes back that a response names, its worker has asked SQS
/// (`shared/queue/src/retry.rs`), here as there. Unlike there, one whose function gave no
/// answer comes back after a short, growing wait instead of the queue's whole visibility
/// time-out: somebody is watching.
pub async fn run<H, F>(client: Client, source: Source, handler: H, stop: CancellationToken)
where
    H: Fn(SqsEvent) -> F + Send + Sync + 'static,
    F: Future<Output = Result<SqsBatchResponse>> + Send + 'static,
{
    let handler = Arc::new(handler);
    let free = Arc::new(Semaphore::new(source.concurrency.max(1)));
    let mut running = JoinSet::new();
    loop {
        let permit = tokio::select! {
            () = stop.cancelled() => break,
            permit = Arc::clone(&free).acquire_owned() => permit,
        };
        let messages = tokio::select! {
            () = stop.cancelled() => break,
            messages = receive(&client, &source) => messages,
        };
        if messages.is_empty() {
            continue;
        }
        let (client, queue_url, handler) = (
            client.clone(),
            source.queue_url.clone(),
            Arc::clone(&handler),
        );
        running.spawn(async move {
            let _permit = permit;
            deliver(&client, &queue_url, messages, &*handler).await;
        });
        // Forgets the invocations that have ended.
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
}

async fn receive(client: &Client, source: &Source) -> Vec<Message> {
    let received = client
        .receive_message()
        .queue_url(&source.queue_url)
        .max_number_of_messages(source.batch_size.clamp(1, 10))
        .wait_time_seconds(LONG_POLL_SECONDS)
        .message_system_attribute_names(MessageSystemAttributeName::All)
        .message_attribute_names("All")
        .send()
        .await;
    match received {
        Ok(received) => received.messages.unwrap_or_default(),
        Err(error) => {
            tracing::warn!(
                queue = source.queue_url,
                error = describe(&error),
                "the queue cannot be read"
            );
            tokio::time::sleep(UNREACHABLE_PAUSE).await;
            Vec::new()
        }
    }
}

async fn deliver<H, F>(client: &Client, queue_url: &str, messages: Vec<Message>, handler: &H)
where
    H: Fn(SqsEvent) -> F,
    F: Future<Output = Result<SqsBatchResponse>> + Send + 'static,
{
    let all: HashSet<String> = messages
        .iter()
        .filter_map(|message| message.message_id.clone())
        .collect();
    let mut answered = false;
    let failed = match event_of(queue_url, &messages) {
        // A task of its own, so that a panic is a failed invocation and not the end of the pump.
        Ok(event) => match tokio::spawn(handler(event)).await {
            Ok(Ok(response)) => {
                let mut named = response.batch_item_failures.iter();
                answered = named.all(|failure| all.contains(&failure.item_identifier));
                failures(&response, &all)
            }
            Ok(Err(error)) => {
                tracing::warn!(
                    queue = queue_url,
                    error = format!("{error:#}"),
                    "the function failed"
                );
                all
            }
            Err(panic) => {
                tracing::error!(queue = queue_url, %panic, "the function panicked");
                all
            }
        },
        Err(error) => {
            tracing::error!(queue = queue_url, %error, "no event can be made of the messages");
            all
        }
    };
    let (failed, done): (Vec<Message>, Vec<Message>) = messages.into_iter().partition(|message| {
        message
            .message_id
            .as_ref()
            .is_none_or(|id| failed.contains(id))
    });
    delete(client, queue_url, &done).await;
    if !answered {
        bring_back(client, queue_url, &failed).await;
    }
}

/// The failed messages that a response names.
fn failures(response: &SqsBatchResponse, all: &HashSet<String>) -> HashSet<String> {
    let named: HashSet<String> = response
        .batch_item_failures
        .iter()
        .map(|failure| failure.item_identifier.clone())
        .collect();
    if named.is_subset(all) {
        named
    } else {
        all.clone()
    }
}

async fn delete(client: &Client, queue_url: &str, messages: &[Message]) {
    let entries = messages.iter().enumerate().filter_map(|(index, message)| {
        let handle = message.receipt_handle.as_ref()?;
        DeleteMessageBatchRequestEntry::builder()
            .id(index.to_string())
            .receipt_handle(handle)
            .build()
            .ok()
    });
    let entries: Vec<_> = entries.collect();
    if entries.is_empty() {
        return;
    }
    match client
        .delete_message_batch()
        .queue_url(queue_url)
        .set_entries(Some(entries))
        .send()
        .await
    {
        Ok(answer) => {
            for failed in answer.failed {
                tracing::warn!(
                    queue = queue_url,
                    code = failed.code,
                    "a finished message comes again"
                );
            }
        }
        Err(error) => {
            tracing::warn!(
                queue = queue_url,
                error = describe(&error),
                "finished messages come again"
            );
        }
    }
}

async fn bring_back(client: &Client, queue_url: &str, messages: &[Message]) {
    let entries = messages.iter().enumerate().filter_map(|(index, message)| {
        let handle = message.receipt_handle.as_ref()?;
        let wait = retry_seconds(deliveries_of(message));
        ChangeMessageVisibilityBatchRequestEntry::builder()
            .id(index.to_string())
            .receipt_handle(handle)
            .visibility_timeout(i32::try_from(wait).unwrap_or(i32::MAX))
            .build()
            .ok()
    });
    let entries: Vec<_> = entries.collect();
    if entries.is_empty() {
        return;
    }
    for attempt in 1..=BRING_BACK_ATTEMPTS {
        let change = client.change_message_visibility_batch();
        let change = change
            .queue_url(queue_url)
            .set_entries(Some(entries.clone()));
        let Err(error) = change.send().await else {
            return;
        };
        // In the end they come back by themselves, after the queue's time-out.
        tracing::warn!(
            queue = queue_url,
            attempt,
            error = describe(&error),
            "failed messages come back late"
        );
        tokio::time::sleep(UNREACHABLE_PAUSE).await;
    }
}

fn deliveries_of(message: &Message) -> u32 {
    let counted = message
        .attributes
        .as_ref()
        .and_then(|all| all.get(&MessageSystemAttributeName::ApproximateReceiveCount));
    counted.and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn retry_seconds(deliveries: u32) -> u32 {
    let doublings = deliveries.saturating_sub(1).min(16);
    (FIRST_RETRY_SECONDS << doublings).min(LONGEST_RETRY_SECONDS)
}

fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn waits_double_up_to_the_limit() {
        let waits: Vec<u32> = (0..9).map(retry_seconds).collect();
        assert_eq!(waits, [1, 1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(retry_seconds(u32::MAX), LONGEST_RETRY_SECONDS);
    }

    #[test]
    fn a_response_that_names_a_stranger_fails_the_batch() {
        let all = HashSet::from(["a".to_owned(), "b".to_owned()]);
        let response = |ids: &[&str]| -> SqsBatchResponse {
            let failures: Vec<Value> = ids
                .iter()
                .map(|id| json!({ "itemIdentifier": id }))
                .collect();
            serde_json::from_value(json!({ "batchItemFailures": failures })).unwrap()
        };
        assert_eq!(failures(&response(&[]), &all), HashSet::new());
        assert_eq!(
            failures(&response(&["a"]), &all),
            HashSet::from(["a".to_owned()])
        );
        assert_eq!(failures(&response(&["a", ""]), &all), all);
        assert_eq!(failures(&response(&["stranger"]), &all), all);
    }
}
