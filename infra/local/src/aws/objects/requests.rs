//! What the emulator answers, with what it leaves out.

use async_trait::async_trait;
use awsim_core::{
    AwsError, EventBus, InternalEvent, Protocol, RequestContext, RouteDefinition, ServiceHandler,
};
use awsim_s3::state::ObjectVersions;
use serde_json::Value;

use super::{Objects, not_stored};
use crate::aws::{events, now, pinned};

impl Objects {
    /// A write: the object, then its journal entry, then its notifications, then the answer.
    async fn write(
        &self,
        operation: &str,
        input: Value,
        ctx: &RequestContext,
    ) -> Result<Value, AwsError> {
        let keys = keys_of(&input);
        let bucket = input["Bucket"].as_str().unwrap_or_default().to_owned();
        let writing = self.writing.lock().await;
        let replaced = self.take_replaced(operation, &bucket, &input);
        // A bus of its own collects the events of this one request.
        let bus = EventBus::new();
        let mut collected = bus.subscribe();
        let mut ctx = ctx.clone();
        ctx.event_bus = Some(bus);
        let answer = match self.inner.handle(operation, input, &ctx).await {
            Ok(answer) => answer,
            Err(error) => {
                self.put_back(&bucket, replaced);
                return Err(error);
            }
        };
        self.record(&bucket, keys)
            .map_err(|error| not_stored(&error))?;
        drop(writing);
        while let Ok(event) = collected.try_recv() {
            self.announce(&event, &ctx).await?;
        }
        Ok(answer)
    }

    /// Takes the object out that a `PUT` is about to replace.
    ///
    /// `awsim-s3` deletes the body of the object it replaces after writing the
    /// new one, to the same file. With `If-None-Match` nothing is replaced.
    fn take_replaced(
        &self,
        operation: &str,
        bucket: &str,
        input: &Value,
    ) -> Option<(String, ObjectVersions)> {
        let replaces = operation == "PutObject" && input["IfNoneMatch"].is_null();
        let copies_itself = !input["CopySource"].is_null();
        if self.journal.is_none() || !replaces || copies_itself {
            return None;
        }
        self.state()
            .buckets
            .get(bucket)?
            .objects
            .remove(input["Key"].as_str()?)
    }

    fn put_back(&self, bucket: &str, replaced: Option<(String, ObjectVersions)>) {
        if let Some((key, versions)) = replaced
            && let Some(home) = self.state().buckets.get(bucket)
        {
            home.objects.insert(key, versions);
        }
    }

    /// Sends the notification of `event` to the queues it names.
    pub(super) async fn announce(
        &self,
        event: &InternalEvent,
        ctx: &RequestContext,
    ) -> Result<(), AwsError> {
        if let Some(notification) = events::notification(event, now()) {
            for queue in events::destinations(event) {
                self.queues
                    .send(queue, &notification.to_string(), &pinned(ctx))
                    .await?;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl ServiceHandler for Objects {
    fn service_name(&self) -> &str {
        self.inner.service_name()
    }

    fn signing_name(&self) -> &str {
        self.inner.signing_name()
    }

    fn protocol(&self) -> Protocol {
        self.inner.protocol()
    }

    fn routes(&self) -> Vec<RouteDefinition> {
        self.inner.routes()
    }

    async fn handle(
        &self,
        operation: &str,
        mut input: Value,
        ctx: &RequestContext,
    ) -> Result<Value, AwsError> {
        let ctx = &pinned(ctx);
        repair_text(&mut input);
        match operation {
            "PutObject"
            | "CopyObject"
            | "CompleteMultipartUpload"
            | "DeleteObject"
            | "DeleteObjects"
            | "PutObjectTagging"
            | "DeleteObjectTagging" => self.write(operation, input, ctx).await,
            // Versions would need their own names on disk; nothing here uses them.
            "PutBucketVersioning" | "RenameObject" => Err(AwsError::bad_request(
                "NotImplemented",
                format!("{operation} is not available on one machine"),
            )),
            _ => self.inner.handle(operation, input, ctx).await,
        }
    }
}

/// Undoes the emulator's reading of URLs, which takes each byte of a UTF-8 character for a character.
fn repair_text(input: &mut Value) {
    for name in ["Key", "prefix", "delimiter", "start-after", "marker"] {
        let Some(Value::String(text)) = input.get_mut(name) else {
            continue;
        };
        let bytes: Option<Vec<u8>> = text.chars().map(|byte| u8::try_from(byte).ok()).collect();
        if let Some(repaired) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            *text = repaired;
        }
    }
}

/// The keys a request writes or deletes.
fn keys_of(input: &Value) -> Vec<String> {
    let listed = input
        .get("Delete")
        .and_then(|delete| delete.get("Object"))
        .or_else(|| input.get("Object"));
    let listed: Vec<&Value> = match listed {
        Some(Value::Array(many)) => many.iter().collect(),
        Some(one) => vec![one],
        None => vec![input],
    };
    listed
        .into_iter()
        .filter_map(|one| one["Key"].as_str().map(str::to_owned))
        .collect()
}
