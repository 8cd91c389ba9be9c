//! Objects whose bodies come as files, past the emulator.

use std::io;
use std::path::PathBuf;

use awsim_core::{AwsError, Body, InternalEvent, RequestContext};
use awsim_s3::state::{ObjectVersions, S3Object};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::{INCOMING, Objects, body_name, not_stored};
use crate::aws::{ACCOUNT, REGION};

impl Objects {
    /// Whether bodies are files.
    pub fn keeps_files(&self) -> bool {
        self.journal.is_some()
    }

    /// Whether there is such a bucket.
    pub fn has_bucket(&self, bucket: &str) -> bool {
        self.state().buckets.contains_key(bucket)
    }

    /// The object at `key` with its metadata.
    pub fn find(&self, bucket: &str, key: &str) -> Option<S3Object> {
        self.state()
            .buckets
            .get(bucket)?
            .objects
            .get(key)?
            .current()
            .cloned()
    }

    /// A file to collect a body in, on the disk where it will stay; deleted unless stored.
    pub fn new_file(&self) -> io::Result<NamedTempFile> {
        let Some(bodies) = self.inner.body_store() else {
            return Err(io::Error::other("the objects are in memory"));
        };
        let folder = bodies.root().join(INCOMING);
        std::fs::create_dir_all(&folder)?;
        NamedTempFile::new_in(folder)
    }

    /// Makes `file` the body of `object`, with the same promises as any other write.
    pub async fn store(
        &self,
        bucket: &str,
        mut object: S3Object,
        file: NamedTempFile,
        ctx: &RequestContext,
    ) -> Result<(), AwsError> {
        let key = object.key.clone();
        let event = self.created_event(bucket, &object);
        {
            let _writing = self.writing.lock().await;
            let path = self
                .move_into_place(bucket, &key, file)
                .map_err(|error| not_stored(&error))?;
            object.body = Body::OnDisk(path);
            if let Some(home) = self.state().buckets.get(bucket) {
                home.objects.insert(
                    key.clone(),
                    ObjectVersions {
                        versions: vec![object],
                    },
                );
            }
            self.record(bucket, vec![key])
                .map_err(|error| not_stored(&error))?;
        }
        match event {
            Some(event) => self.announce(&event, ctx).await,
            None => Ok(()),
        }
    }

    fn move_into_place(&self, bucket: &str, key: &str, file: NamedTempFile) -> io::Result<PathBuf> {
        let bodies = self
            .inner
            .body_store()
            .ok_or_else(|| io::Error::other("the objects are in memory"))?;
        let path = bodies.blob_path("objects", bucket, &body_name(key))?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        file.persist(&path).map_err(|error| error.error)?;
        Ok(path)
    }

    /// What `awsim-s3` would have published for this write.
    fn created_event(&self, bucket: &str, object: &S3Object) -> Option<InternalEvent> {
        let state = self.state();
        let home = state.buckets.get(bucket)?;
        let destinations: Vec<Value> = home
            .notification_config
            .destinations
            .iter()
            .filter(|to| {
                to.events
                    .iter()
                    .any(|name| name == "s3:ObjectCreated:*" || name == "s3:ObjectCreated:Put")
            })
            .filter(|to| {
                to.key_prefix
                    .as_ref()
                    .is_none_or(|prefix| object.key.starts_with(prefix))
            })
            .filter(|to| {
                to.key_suffix
                    .as_ref()
                    .is_none_or(|suffix| object.key.ends_with(suffix))
            })
            .map(|to| json!({ "type": to.dest_type, "arn": to.arn }))
            .collect();
        Some(InternalEvent {
            source: "s3".to_owned(),
            event_type: "s3:ObjectCreated:Put".to_owned(),
            region: REGION.to_owned(),
            account_id: ACCOUNT.to_owned(),
            detail: json!({
                "bucket": { "name": bucket },
                "object": { "key": object.key, "size": object.content_length, "eTag": object.etag },
                "configuredDestinations": destinations,
            }),
        })
    }
}
