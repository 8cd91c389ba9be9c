//! Messages that no attempt could work off: to be looked at, and to be sent once more.

use anyhow::{Context, Result};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, QueueAttributeName};
use sentry_queue::Queue;
use sentry_runtime::Settings;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// How long a message is held while it is looked at or sent again, in seconds.
const HOLD_SECONDS: i32 = 60;

/// A message that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// The queue it was given up in.
    pub queue: Queue,
    /// Its id there.
    pub id: String,
    /// What it says: ids only.
    pub body: String,
}

impl fmt::Display for DeadLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.queue.name(), self.id, self.body)
    }
}

/// The dead-letter queues of a running system.
#[derive(Debug, Clone)]
pub struct DeadLetters {
    client: Client,
    settings: Settings,
}

impl DeadLetters {
    /// Of the queues that the settings name.
    pub const fn new(client: Client, settings: Settings) -> Self {
        Self { client, settings }
    }

    /// Every message that was given up. They stay where they are.
    pub async fn list(&self) -> Result<Vec<DeadLetter>> {
        let mut letters = Vec::new();
        for queue in Queue::ALL {
            let dead = self.dead_url(*queue).await?;
            let mut seen = BTreeMap::new();
            loop {
                let messages = self.receive(&dead).await?;
                if messages.is_empty() {
                    break;
                }
                seen.extend(messages.into_iter().map(|message| {
                    let id = message.message_id.unwrap_or_default();
                    (
                        id,
                        (message.body.unwrap_or_default(), message.receipt_handle),
                    )
                }));
            }
            for (_, handle) in seen.values() {
                self.client
                    .change_message_visibility()
                    .queue_url(&dead)
                    .set_receipt_handle(handle.clone())
                    .visibility_timeout(0)
                    .send()
                    .await?;
            }
            letters.extend(seen.into_iter().map(|(id, (body, _))| DeadLetter {
                queue: *queue,
                id,
                body,
            }));
        }
        Ok(letters)
    }

    /// Sends every message that `queue` gave up to it once more, and returns how many. Killed in the
    /// middle, it may send one twice, which workers bear; it loses none.
    pub async fn redrive(&self, queue: Queue) -> Result<usize> {
        let (alive, dead) = (self.url(queue)?, self.dead_url(queue).await?);
        let mut sent = 0;
        loop {
            let messages = self.receive(&dead).await?;
            if messages.is_empty() {
                return Ok(sent);
            }
            for message in messages {
                self.client
                    .send_message()
                    .queue_url(alive)
                    .set_message_body(message.body)
                    .send()
                    .await?;
                self.client
                    .delete_message()
                    .queue_url(&dead)
                    .set_receipt_handle(message.receipt_handle)
                    .send()
                    .await?;
                sent += 1;
            }
        }
    }

    async fn receive(&self, url: &str) -> Result<Vec<Message>> {
        let received = self
            .client
            .receive_message()
            .queue_url(url)
            .max_number_of_messages(10)
            .visibility_timeout(HOLD_SECONDS)
            .send()
            .await?;
        Ok(received.messages.unwrap_or_default())
    }

    fn url(&self, queue: Queue) -> Result<&str> {
        Ok(self.settings.required(queue.url_setting())?)
    }

    /// Where the queue's redrive policy sends what is given up.
    async fn dead_url(&self, queue: Queue) -> Result<String> {
        let answer = self
            .client
            .get_queue_attributes()
            .queue_url(self.url(queue)?)
            .attribute_names(QueueAttributeName::RedrivePolicy)
            .send()
            .await
            .with_context(|| format!("the queue {} does not answer", queue.name()))?;
        let policy = answer
            .attributes
            .and_then(|mut all| all.remove(&QueueAttributeName::RedrivePolicy))
            .with_context(|| format!("the queue {} has no dead-letter queue", queue.name()))?;
        let policy: Value = serde_json::from_str(&policy)?;
        let name = policy["deadLetterTargetArn"]
            .as_str()
            .and_then(|arn| arn.rsplit(':').next())
            .context("the redrive policy names no queue")?;
        let found = self.client.get_queue_url().queue_name(name).send().await?;
        found.queue_url.context("the dead-letter queue has no URL")
    }
}
