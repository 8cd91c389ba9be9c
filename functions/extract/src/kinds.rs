//! Whether a file is of the kind it was uploaded as.

use sentry_db::uploads::Claimed;
use sentry_documents::{Family, FileKind, ReadError, sniff};
use sentry_domain::UploadType;
use serde::{Deserialize, Serialize};

/// What is said about a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Declared {
    name: String,
    mime: String,
    upload_type: UploadType,
}

impl Declared {
    pub(crate) fn of(claimed: &Claimed) -> Self {
        Self {
            name: claimed.filename.clone(),
            mime: claimed.mime_type.clone(),
            upload_type: claimed.upload_type,
        }
    }

    /// What the file is by its bytes; an error where that is not what it was uploaded as.
    pub(crate) fn kind(&self, bytes: &[u8]) -> Result<FileKind, ReadError> {
        let kind = sniff(bytes, &self.name, Some(&self.mime))?;
        if fits(self.upload_type, kind) {
            return Ok(kind);
        }
        Err(ReadError::WrongType {
            declared: described(self.upload_type).to_owned(),
            found: kind.name().to_owned(),
        })
    }
}

/// Sound, film and pictures, whose first bytes decide.
pub(crate) const fn is_media(upload_type: UploadType) -> bool {
    use UploadType::{Audio, Handwritten, Image, Video};
    matches!(upload_type, Audio | Video | Image | Handwritten)
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

const fn described(upload_type: UploadType) -> &'static str {
    match upload_type {
        UploadType::Audio => "a recording",
        UploadType::Video => "a film",
        UploadType::Image => "a picture",
        UploadType::Handwritten => "a picture of handwriting",
        UploadType::Document | UploadType::Notebook => "a document",
        UploadType::Text => "a text",
    }
}
