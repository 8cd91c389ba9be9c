//! The file, and whether it is what was announced.

use crate::failure::{Failure, Stop};
use crate::kinds::{Declared, is_media};
use chrono::{DateTime, Utc};
use sentry_db::uploads::Claimed;
use sentry_documents::FileKind;
use sentry_storage::{Storage, StorageError};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Enough of a picture or a recording to know what it is.
const HEAD_BYTES: u64 = 64 * 1024;

/// A file on this machine's own disk, in a folder that goes with it.
#[derive(Debug)]
pub(crate) struct Fetched {
    folder: TempDir,
    /// Of its bytes.
    pub(crate) sha256: Vec<u8>,
}

impl Fetched {
    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("file")
    }

    /// Where to put what is made of it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it is, by its first bytes: for sound, film and pictures.
    pub(crate) fn media_kind(&self, declared: &Declared) -> Result<FileKind, Stop> {
        let mut head = Vec::new();
        let opened =
            File::open(self.path()).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
        opened.map_err(|error| Stop::Retry(error.to_string()))?;
        declared.kind(&head).map_err(Stop::from)
    }
}

/// Looks at the first bytes of what may be too large to fetch for nothing. `None` where they need not decide.
pub(crate) async fn peek(
    storage: &Storage,
    claimed: &Claimed,
    now: DateTime<Utc>,
) -> Result<Option<FileKind>, Stop> {
    if !is_media(claimed.upload_type) {
        return Ok(None);
    }
    let absent = |error| absent(error, claimed, now);
    let size = storage.size(&claimed.object_key).await.map_err(absent)?;
    let size = size.ok_or(StorageError::NotFound).map_err(absent)?;
    if size != claimed.file_size_bytes {
        return Err(Failure::wrong_size(claimed.file_size_bytes).into());
    }
    let head = match size {
        0 => bytes::Bytes::new(),
        _ => storage
            .get_head(&claimed.object_key, HEAD_BYTES)
            .await
            .map_err(absent)?,
    };
    if head.starts_with(b"%PDF-") {
        return Ok(None);
    }
    Declared::of(claimed)
        .kind(&head)
        .map(Some)
        .map_err(Stop::from)
}

/// Gets the whole file, without ever holding it in memory.
pub(crate) async fn fetch(
    storage: &Storage,
    claimed: &Claimed,
    now: DateTime<Utc>,
) -> Result<Fetched, Stop> {
    let disk = |error: std::io::Error| Stop::Retry(format!("the disk: {error}"));
    let folder = tempfile::Builder::new()
        .prefix("sentry-extract-")
        .tempdir()
        .map_err(disk)?;
    let mut file = File::create(folder.path().join("file")).map_err(disk)?;
    let announced = u64::try_from(claimed.file_size_bytes).unwrap_or(0);
    let (mut hash, mut size) = (Sha256::new(), 0);
    storage
        .download(&claimed.object_key, announced, |chunk| {
            hash.update(&chunk);
            size += chunk.len() as u64;
            file.write_all(&chunk)
        })
        .await
        .map_err(|error| absent(error, claimed, now))?;
    if size != announced {
        return Err(Failure::wrong_size(claimed.file_size_bytes).into());
    }
    Ok(Fetched {
        folder,
        sha256: hash.finalize().to_vec(),
    })
}

fn absent(error: StorageError, claimed: &Claimed, now: DateTime<Utc>) -> Stop {
    match error {
        // A message may run ahead of the bytes; once the URL has expired none will come.
        StorageError::NotFound if now < claimed.expires_at => Stop::NotArrived,
        StorageError::NotFound => Failure::missing().into(),
        StorageError::TooLarge { .. } => Failure::wrong_size(claimed.file_size_bytes).into(),
        error @ StorageError::Unavailable(_) => Stop::Retry(error.to_string()),
    }
}
