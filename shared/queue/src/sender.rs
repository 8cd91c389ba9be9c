//! Messages on their way out.

use crate::Queue;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use aws_types::SdkConfig;
use futures_util::{StreamExt, stream};
use sentry_db::Db;
use sentry_db::outbox::{self, Outgoing};
use sentry_runtime::{SettingError, Settings, aws};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// SQS takes at most ten messages in one call.
const BATCH: usize = 10;
/// Calls to SQS under way at once while the outbox is relayed.
const CONCURRENT: usize = 8;

/// Where each queue is.
#[derive(Debug, Clone)]
pub struct QueueUrls(BTreeMap<&'static str, String>);

impl QueueUrls {
    /// Reads the URLs of these queues from the settings.
    pub fn from_settings(settings: &Settings, queues: &[Queue]) -> Result<Self, SettingError> {
        queues
            .iter()
            .map(|queue| {
                Ok((
                    queue.name(),
                    settings.required(queue.url_setting())?.to_owned(),
                ))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Sends messages. The client is made when the first one leaves: most requests send none.
#[derive(Debug, Clone)]
pub struct Queues(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    urls: QueueUrls,
    config: SdkConfig,
    client: OnceLock<Client>,
    longest_retry: i32,
}

/// A queue did not take a message. It stays in the outbox.
#[derive(Debug, thiserror::Error)]
#[error("queue {queue}: {reason}")]
pub struct SendError {
    queue: String,
    reason: String,
}

impl Queues {
    /// Reaches the given queues by the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings, queues: &[Queue]) -> Result<Self, SettingError> {
        Ok(Self(Arc::new(Inner {
            urls: QueueUrls::from_settings(settings, queues)?,
            config: aws::sdk_config(settings)?,
            client: OnceLock::new(),
            longest_retry: settings.parsed("RETRY_LONGEST_SECONDS", i32::MAX)?,
        })))
    }

    /// Sends what a transaction left behind when it committed. A failure is only logged: the
    /// write has happened, and the next `sweep` sends the message: within a minute, in the smallest
    /// deployment within the hour.
    pub async fn send(&self, db: &Db, outgoing: Vec<Outgoing>) {
        if outgoing.is_empty() {
            return;
        }
        if let Err(error) = self.deliver(db, outgoing).await {
            tracing::warn!(%error, "messages stay in the outbox");
        }
    }

    /// Sends messages of the outbox whose sender did not, until none is left or one batch of
    /// `page` fails. Returns how many were sent.
    pub async fn relay(&self, db: &Db, page: i64) -> Result<usize, RelayError> {
        let mut sent = 0;
        loop {
            let claimed = outbox::claim(db, page).await?;
            let count = claimed.len();
            if count == 0 {
                return Ok(sent);
            }
            sent += self.deliver(db, claimed).await?;
        }
    }

    /// Sends in batches and marks what was taken, even when some were not.
    async fn deliver(&self, db: &Db, outgoing: Vec<Outgoing>) -> Result<usize, RelayError> {
        let mut by_queue: BTreeMap<String, Vec<Outgoing>> = BTreeMap::new();
        for message in outgoing {
            by_queue
                .entry(message.queue.clone())
                .or_default()
                .push(message);
        }
        let batches: Vec<(String, Vec<Outgoing>)> = by_queue
            .into_iter()
            .flat_map(|(queue, messages)| {
                messages
                    .chunks(BATCH)
                    .map(|batch| (queue.clone(), batch.to_vec()))
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut results = stream::iter(batches)
            .map(|(queue, batch)| async move { self.send_batch(&queue, batch).await })
            .buffer_unordered(CONCURRENT);
        let (mut accepted, mut failure) = (Vec::new(), None);
        while let Some(result) = results.next().await {
            match result {
                Ok(ids) => accepted.extend(ids),
                Err(error) => failure = Some(error),
            }
        }
        outbox::mark_sent(db, &accepted).await?;
        failure.map_or(Ok(accepted.len()), |error| Err(error.into()))
    }

    /// Sends at most ten messages and returns the ids of those that the queue took.
    async fn send_batch(&self, queue: &str, batch: Vec<Outgoing>) -> Result<Vec<i64>, SendError> {
        let failed = |reason: String| SendError {
            queue: queue.to_owned(),
            reason,
        };
        let url = self
            .0
            .urls
            .0
            .get(queue)
            .ok_or_else(|| failed("no URL is configured".to_owned()))?;
        let entries = batch
            .iter()
            .map(|message| {
                SendMessageBatchRequestEntry::builder()
                    .id(message.id.to_string())
                    .message_body(message.body.to_string())
                    .delay_seconds(message.delay_seconds)
                    .build()
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| failed(error.to_string()))?;
        let answer = self
            .client()
            .send_message_batch()
            .queue_url(url)
            .set_entries(Some(entries))
            .send()
            .await
            .map_err(|error| failed(aws_sdk_sqs::error::DisplayErrorContext(error).to_string()))?;
        for refused in answer.failed() {
            tracing::warn!(
                queue,
                outbox.id = refused.id(),
                code = refused.code(),
                "message refused"
            );
        }
        Ok(answer
            .successful()
            .iter()
            .filter_map(|taken| taken.id().parse().ok())
            .collect())
    }

    pub(crate) fn client(&self) -> &Client {
        self.0.client.get_or_init(|| Client::new(&self.0.config))
    }

    pub(crate) fn config(&self) -> &SdkConfig {
        &self.0.config
    }

    /// The most seconds that a failed message waits for its next delivery.
    pub(crate) fn longest_retry(&self) -> i32 {
        self.0.longest_retry
    }

    /// Asks each queue for a sign of life.
    pub async fn ping(&self) -> Result<(), SendError> {
        for (queue, url) in &self.0.urls.0 {
            self.client()
                .get_queue_attributes()
                .queue_url(url)
                .send()
                .await
                .map_err(|error| SendError {
                    queue: (*queue).to_owned(),
                    reason: aws_sdk_sqs::error::DisplayErrorContext(error).to_string(),
                })?;
        }
        Ok(())
    }
}

/// Why relaying stopped. What was not sent stays in the outbox.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The database could not be asked.
    #[error(transparent)]
    Database(#[from] sentry_db::Error),
    /// A queue did not take a message.
    #[error(transparent)]
    Queue(#[from] SendError),
}
