//! The bytes, and whether they are what was announced.

use crate::failure::{Failure, Stop};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use sentry_db::uploads::Claimed;
use sentry_documents::{Family, FileKind, ReadError, sniff};
use sentry_domain::UploadType;
use sentry_storage::{Storage, StorageError};

/// Enough of a picture or a recording to know what it is.
const HEAD_BYTES: u64 = 64 * 1024;

/// A file that can be turned into text.
pub(crate) struct Fetched {
    /// All of it.
    pub(crate) bytes: Bytes,
    /// What it is.
    pub(crate) kind: FileKind,
}

/// Gets the file. What nothing here can read fails after its first bytes, whatever its size.
pub(crate) async fn fetch(
    storage: &Storage,
    claimed: &Claimed,
    now: DateTime<Utc>,
) -> Result<Fetched, Stop> {
    let absent = |error| match error {
        // A message may run ahead of the bytes; once the URL has expired none will come.
        StorageError::NotFound if now < claimed.expires_at => Stop::NotArrived,
        StorageError::NotFound => Failure::missing().into(),
        StorageError::TooLarge { .. } => Failure::wrong_size(claimed.file_size_bytes).into(),
        error @ StorageError::Unavailable(_) => Stop::Retry(error.to_string()),
    };
    if is_media(claimed.upload_type) {
        let head = head(storage, claimed).await.map_err(absent)?;
        if !is_pdf(&head) {
            return Err(media(claimed, &head).into());
        }
    }
    let announced = u64::try_from(claimed.file_size_bytes).unwrap_or(0);
    let bytes = storage
        .get(&claimed.object_key, announced)
        .await
        .map_err(absent)?;
    if bytes.len() as u64 != announced {
        return Err(Failure::wrong_size(claimed.file_size_bytes).into());
    }
    let kind = sniff(&bytes, &claimed.filename, Some(&claimed.mime_type))?;
    if !fits(claimed.upload_type, kind) {
        return Err(mislabelled(claimed.upload_type, kind).into());
    }
    Ok(Fetched { bytes, kind })
}

/// The first bytes of an object of the announced size.
async fn head(storage: &Storage, claimed: &Claimed) -> Result<Bytes, StorageError> {
    let size = storage
        .size(&claimed.object_key)
        .await?
        .ok_or(StorageError::NotFound)?;
    if size != claimed.file_size_bytes {
        return Err(StorageError::TooLarge {
            limit: claimed.file_size_bytes.unsigned_abs(),
        });
    }
    if size == 0 {
        Ok(Bytes::new())
    } else {
        storage.get_head(&claimed.object_key, HEAD_BYTES).await
    }
}

const fn is_media(upload_type: UploadType) -> bool {
    use UploadType::{Audio, Handwritten, Image, Video};
    matches!(upload_type, Audio | Video | Image | Handwritten)
}

fn is_pdf(head: &[u8]) -> bool {
    head.starts_with(b"%PDF-")
}

/// Why a picture or a recording is not read: it is something else, or nothing is there to read it.
fn media(claimed: &Claimed, head: &[u8]) -> Failure {
    match sniff(head, &claimed.filename, Some(&claimed.mime_type)) {
        Err(error) => error.into(),
        Ok(kind) if !fits(claimed.upload_type, kind) => mislabelled(claimed.upload_type, kind),
        Ok(kind) if kind.family() == Family::Image => Failure::no_ocr(),
        Ok(_) => Failure::no_transcription(),
    }
}

/// Whether a file of this kind may be uploaded as this type.
fn fits(upload_type: UploadType, kind: FileKind) -> bool {
    match upload_type {
        UploadType::Audio | UploadType::Video => {
            matches!(kind.family(), Family::Audio | Family::Video)
        }
        UploadType::Image => kind.family() == Family::Image,
        UploadType::Handwritten => kind.family() == Family::Image || kind == FileKind::Pdf,
        UploadType::Document | UploadType::Notebook => kind.is_readable(),
        UploadType::Text => kind.family() == Family::Text,
    }
}

fn mislabelled(upload_type: UploadType, kind: FileKind) -> Failure {
    let declared = match upload_type {
        UploadType::Audio => "a recording",
        UploadType::Video => "a film",
        UploadType::Image => "a picture",
        UploadType::Handwritten => "a picture of handwriting",
        UploadType::Document | UploadType::Notebook => "a document",
        UploadType::Text => "a text",
    };
    ReadError::WrongType {
        declared: declared.to_owned(),
        found: kind.name().to_owned(),
    }
    .into()
}
