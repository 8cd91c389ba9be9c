//! What the emulator answers, journaled, counted once and without delay.

use std::io;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use awsim_core::{AwsError, Protocol, RequestContext, ServiceHandler};
use awsim_sqs::state::Message;
use serde_json::{Value, json};

use super::{Entry, Queues};
use crate::aws::{ACCOUNT, pinned};

/// Messages become visible by the clock too (delays, time-outs), so waiting receivers look again this often.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What SQS allows a receive to wait.
const LONGEST_WAIT_SECONDS: u64 = 20;

impl Queues {
    /// Sends `body` to the queue called `name`, as a client would.
    pub async fn send(&self, name: &str, body: &str, ctx: &RequestContext) -> Result<(), AwsError> {
        let url = format!("http://localhost/{ACCOUNT}/{name}");
        let input = json!({ "QueueUrl": url, "MessageBody": body });
        self.send_message("SendMessage", input, ctx).await.map(drop)
    }

    async fn send_message(
        &self,
        operation: &str,
        input: Value,
        ctx: &RequestContext,
    ) -> Result<Value, AwsError> {
        let name = queue_name(&input);
        let answer = {
            let _moving = self.moving.read().await;
            let answer = self.inner.handle(operation, input, ctx).await?;
            let single = answer["MessageId"].as_str().into_iter();
            let batch = answer["Successful"].as_array().into_iter().flatten();
            let ids: Vec<&str> = single
                .chain(batch.filter_map(|sent| sent["MessageId"].as_str()))
                .collect();
            self.append(&self.sent_entries(&name, &ids))
                .map_err(not_stored)?;
            answer
        };
        self.arrivals.notify_waiters();
        self.rewrite_if_outgrown().await;
        Ok(answer)
    }

    /// Journal entries for messages that were just sent, wherever a quick receiver may have moved them.
    fn sent_entries(&self, name: &str, ids: &[&str]) -> Vec<Entry> {
        let state = self.state();
        let Some(queue) = state.queues.get(name) else {
            return Vec::new();
        };
        let newest = queue.messages.iter().rev();
        let in_flight = queue.inflight.values().map(|held| &held.message);
        newest
            .chain(in_flight)
            .filter(|message| ids.contains(&message.message_id.as_str()))
            .take(ids.len())
            .map(|message| Entry::Sent {
                queue: name.to_owned(),
                message: Box::new(message.clone()),
            })
            .collect()
    }

    async fn receive(&self, mut input: Value, ctx: &RequestContext) -> Result<Value, AwsError> {
        let deadline = Instant::now() + self.wait_of(&input)?;
        input["WaitTimeSeconds"] = json!(0);
        loop {
            let arrival = self.arrivals.notified();
            tokio::pin!(arrival);
            // Enlisted before looking, so that a send in between is not missed.
            arrival.as_mut().enable();
            let answer = self.look(&input, ctx).await?;
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero()
                || answer["Messages"]
                    .as_array()
                    .is_some_and(|found| !found.is_empty())
            {
                return Ok(answer);
            }
            tokio::select! {
                () = arrival => {}
                () = tokio::time::sleep(left.min(LOOK_AGAIN)) => {}
            }
        }
    }

    async fn look(&self, input: &Value, ctx: &RequestContext) -> Result<Value, AwsError> {
        let _moving = self.moving.read().await;
        let name = queue_name(input);
        self.take_back_expired(&name);
        let answer = self
            .inner
            .handle("ReceiveMessage", input.clone(), ctx)
            .await?;
        let received = self.received_entries(&name, &answer);
        // Counted before the worker sees the message: one that kills the whole process must die too, in the end.
        self.append(&received).map_err(not_stored)?;
        Ok(answer)
    }

    fn received_entries(&self, name: &str, answer: &Value) -> Vec<Entry> {
        let state = self.state();
        let Some(queue) = state.queues.get(name) else {
            return Vec::new();
        };
        let messages = answer["Messages"].as_array().into_iter().flatten();
        messages
            .filter_map(|message| queue.inflight.get(message["ReceiptHandle"].as_str()?))
            .map(|held| Entry::Received {
                id: held.message.message_id.clone(),
                times: held.message.receive_count,
            })
            .collect()
    }

    /// Makes messages whose visibility time-out has passed visible again.
    ///
    /// The emulator would do so itself, but count the coming back as one more receive.
    fn take_back_expired(&self, name: &str) {
        let state = self.state();
        let Some(mut queue) = state.queues.get_mut(name) else {
            return;
        };
        let now = Instant::now();
        let handles: Vec<String> = queue
            .inflight
            .values()
            .filter(|held| held.visible_at.is_none_or(|at| at <= now))
            .map(|held| held.receipt_handle.clone())
            .collect();
        let mut expired: Vec<Message> = handles
            .iter()
            .filter_map(|handle| queue.inflight.remove(handle))
            .map(|held| held.message)
            .collect();
        expired.sort_by_key(|message| std::cmp::Reverse(message.sent_at));
        for message in expired {
            queue.messages.push_front(message);
        }
    }

    async fn delete(
        &self,
        operation: &str,
        input: Value,
        ctx: &RequestContext,
    ) -> Result<Value, AwsError> {
        let _moving = self.moving.read().await;
        let single = input["ReceiptHandle"].as_str().into_iter();
        let batch = input["Entries"].as_array().into_iter().flatten();
        let handles: Vec<&str> = single
            .chain(batch.filter_map(|one| one["ReceiptHandle"].as_str()))
            .collect();
        let name = queue_name(&input);
        let deleted: Vec<Entry> = {
            let state = self.state();
            let queue = state.queues.get(&name);
            let held = handles
                .iter()
                .filter_map(|handle| queue.as_ref()?.inflight.get(*handle));
            held.map(|held| Entry::Deleted {
                id: held.message.message_id.clone(),
            })
            .collect()
        };
        let answer = self.inner.handle(operation, input, ctx).await?;
        if let Err(error) = self.append(&deleted) {
            // The message is gone from the queue; failing now would only make the caller try what cannot succeed.
            tracing::warn!(%error, "a deletion was not journaled: the message comes back after a restart");
        }
        Ok(answer)
    }

    /// How long a receive may wait: the request's word, else the queue's.
    fn wait_of(&self, input: &Value) -> Result<Duration, AwsError> {
        let seconds = match &input["WaitTimeSeconds"] {
            Value::Null => {
                let state = self.state();
                let queue = state.queues.get(&queue_name(input));
                queue.and_then(|queue| queue.attributes.get("ReceiveMessageWaitTimeSeconds")?.parse().ok()).unwrap_or(0)
            }
            given => given.as_u64().filter(|seconds| *seconds <= LONGEST_WAIT_SECONDS).ok_or_else(|| {
                let reason = format!("Value {given} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20.");
                AwsError::bad_request("InvalidParameterValue", reason)
            })?,
        };
        Ok(Duration::from_secs(seconds))
    }
}

#[async_trait]
impl ServiceHandler for Queues {
    fn service_name(&self) -> &str {
        self.inner.service_name()
    }

    fn protocol(&self) -> Protocol {
        self.inner.protocol()
    }

    async fn handle(
        &self,
        operation: &str,
        input: Value,
        ctx: &RequestContext,
    ) -> Result<Value, AwsError> {
        let ctx = &pinned(ctx);
        match operation {
            "SendMessage" | "SendMessageBatch" => self.send_message(operation, input, ctx).await,
            "ReceiveMessage" => self.receive(input, ctx).await,
            "DeleteMessage" | "DeleteMessageBatch" => self.delete(operation, input, ctx).await,
            // These move or drop many messages at once, and seldom: write down where everything is.
            "PurgeQueue" | "DeleteQueue" | "StartMessageMoveTask" => {
                let answer = self.inner.handle(operation, input, ctx).await?;
                self.rewrite_now().await;
                self.arrivals.notify_waiters();
                Ok(answer)
            }
            _ => self.inner.handle(operation, input, ctx).await,
        }
    }
}

fn queue_name(input: &Value) -> String {
    input["QueueUrl"]
        .as_str()
        .and_then(|url| url.rsplit('/').next())
        .unwrap_or_default()
        .to_owned()
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn not_stored(error: io::Error) -> AwsError {
    AwsError::internal(format!("the message could not be written to disk: {error}"))
}
