//! The bucket itself, over S3's protocol.

use crate::StorageError;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_types::SdkConfig;
use bytes::{Bytes, BytesMut};
use sentry_runtime::{SettingError, Settings, aws};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// A key that no file has: ids begin with one.
const NOBODY_S: &str = "users/0/uploads/0/ready";

/// The bucket that all files of all users live in. The client is made at its first use.
#[derive(Debug, Clone)]
pub struct Storage {
    bucket: String,
    config: SdkConfig,
    client: Arc<OnceLock<Client>>,
}

/// A URL that accepts exactly one announced file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresignedPut {
    /// Where to put it.
    pub url: String,
    /// Headers that must be sent as they are: they are part of the signature.
    pub headers: Vec<(String, String)>,
}

impl Storage {
    /// Reaches the bucket by the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            bucket: settings.required("BUCKET")?.to_owned(),
            config: aws::sdk_config(settings)?,
            client: Arc::default(),
        })
    }

    /// Signs the upload of a file of exactly this size and type; S3 refuses any other.
    pub async fn presign_put(
        &self,
        key: &str,
        size_bytes: i64,
        mime_type: &str,
        valid_for: Duration,
    ) -> Result<PresignedPut, StorageError> {
        let config = PresigningConfig::expires_in(valid_for)
            .map_err(|error| StorageError::Unavailable(error.to_string()))?;
        let request = self
            .client()
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_length(size_bytes)
            .content_type(mime_type)
            .presigned(config)
            .await
            .map_err(failed)?;
        Ok(PresignedPut {
            url: request.uri().to_owned(),
            headers: request
                .headers()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        })
    }

    /// Stores an object.
    pub async fn put(&self, key: &str, mime_type: &str, bytes: Bytes) -> Result<(), StorageError> {
        self.client()
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type(mime_type)
            .body(ByteStream::from(bytes))
            .send()
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Stores a file of this machine as an object, without holding it in memory. A browser that
    /// fetches it saves it as `filename` and shows nothing of it.
    pub async fn put_file(
        &self,
        key: &str,
        (mime_type, filename): (&str, &str),
        path: &Path,
    ) -> Result<(), StorageError> {
        let body = ByteStream::from_path(path)
            .await
            .map_err(|error| StorageError::Unavailable(error.to_string()))?;
        self.client()
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type(mime_type)
            .content_disposition(format!("attachment; filename=\"{filename}\""))
            .body(body)
            .send()
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Up to a thousand keys that begin with `prefix`.
    pub async fn list(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let page = self
            .client()
            .list_objects_v2()
            .bucket(&self.bucket)
            .prefix(prefix)
            .send()
            .await
            .map_err(failed)?;
        Ok(page
            .contents()
            .iter()
            .filter_map(|object| object.key().map(str::to_owned))
            .collect())
    }

    /// All keys that begin with `prefix`.
    pub async fn list_all(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let mut pages = self
            .client()
            .list_objects_v2()
            .bucket(&self.bucket)
            .prefix(prefix)
            .into_paginator()
            .send();
        let mut keys = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(failed)?;
            let found = page.contents().iter();
            keys.extend(found.filter_map(|object| Some(object.key()?.to_owned())));
        }
        Ok(keys)
    }

    /// Reads an object of at most `limit` bytes. A larger one is refused before it is held.
    pub async fn get(&self, key: &str, limit: u64) -> Result<Bytes, StorageError> {
        let mut bytes = BytesMut::new();
        self.download(key, limit, |chunk| {
            bytes.extend_from_slice(&chunk);
            Ok(())
        })
        .await?;
        Ok(bytes.freeze())
    }

    /// Hands an object of at most `limit` bytes to `take`, chunk by chunk: nothing of it is held. What `take`
    /// fails with becomes [`StorageError::Unavailable`].
    pub async fn download(
        &self,
        key: &str,
        limit: u64,
        mut take: impl FnMut(Bytes) -> std::io::Result<()>,
    ) -> Result<(), StorageError> {
        let mut object = self
            .client()
            .get_object()
            .bucket(&self.bucket)
            .key(key)
            .send()
            .await
            .map_err(failed)?;
        let announced = u64::try_from(object.content_length().unwrap_or(0)).unwrap_or(0);
        if announced > limit {
            return Err(StorageError::TooLarge { limit });
        }
        let unavailable =
            |error: &dyn std::fmt::Display| StorageError::Unavailable(error.to_string());
        let mut held = 0;
        while let Some(chunk) = object.body.next().await {
            let chunk = chunk.map_err(|error| unavailable(&error))?;
            held += chunk.len() as u64;
            if held > limit {
                return Err(StorageError::TooLarge { limit });
            }
            take(chunk).map_err(|error| unavailable(&error))?;
        }
        Ok(())
    }

    /// Reads at most the first `bytes` of an object that is not empty.
    pub async fn get_head(&self, key: &str, bytes: u64) -> Result<Bytes, StorageError> {
        let object = self
            .client()
            .get_object()
            .bucket(&self.bucket)
            .key(key)
            .range(format!("bytes=0-{}", bytes.saturating_sub(1)))
            .send()
            .await
            .map_err(failed)?;
        let head = object
            .body
            .collect()
            .await
            .map_err(|error| StorageError::Unavailable(error.to_string()))?;
        Ok(head.into_bytes())
    }

    /// The size of an object in bytes, or nothing when there is none.
    pub async fn size(&self, key: &str) -> Result<Option<i64>, StorageError> {
        let head = self
            .client()
            .head_object()
            .bucket(&self.bucket)
            .key(key)
            .send()
            .await;
        match head.map_err(failed) {
            Ok(head) => Ok(head.content_length()),
            Err(StorageError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes an object; one that is not there counts as removed.
    pub async fn delete(&self, key: &str) -> Result<(), StorageError> {
        match self
            .client()
            .delete_object()
            .bucket(&self.bucket)
            .key(key)
            .send()
            .await
            .map_err(failed)
        {
            Ok(_) | Err(StorageError::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Asks the bucket for a sign of life: it is told to forget what nobody has put, which needs no right but those that
    /// functions have to a person's files (to ask for the bucket itself is to be allowed to list everybody's), and no money.
    pub async fn ping(&self) -> Result<(), StorageError> {
        self.delete(NOBODY_S).await
    }

    fn client(&self) -> &Client {
        self.client.get_or_init(|| {
            // What stands in for S3 on one machine has no host name per bucket.
            let path_style = self.config.endpoint_url().is_some();
            let config = aws_sdk_s3::config::Builder::from(&self.config)
                .force_path_style(path_style)
                // Its endpoint in a network is free and speaks IPv4.
                .use_dual_stack(false);
            Client::from_conf(config.build())
        })
    }
}

fn failed<E>(error: SdkError<E>) -> StorageError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    let status = error
        .raw_response()
        .map(|response| response.status().as_u16());
    if status == Some(404) && error.code() != Some("NoSuchBucket") {
        StorageError::NotFound
    } else {
        StorageError::Unavailable(DisplayErrorContext(error).to_string())
    }
}
