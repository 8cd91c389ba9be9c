//! Why a file could not be read, in words its owner can act on.

use crate::FileKind;

/// A refusal. `code()` is stable and machine readable, the message is for the person who uploaded the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No bytes, or nothing in them.
    #[error("The file is empty. Check that the upload finished and that the file has content.")]
    EmptyFile,
    /// A password is needed.
    #[error("The file is protected by a password. Remove the protection and upload it again.")]
    Encrypted,
    /// The bytes are not a complete file of their kind.
    #[error(
        "The file is damaged or incomplete ({0}). Open it in the program it comes from, save it again and upload that copy."
    )]
    Damaged(String),
    /// The content is not what the name or the declared type says.
    #[error(
        "The file says it is {declared}, but its content is {found}. Upload it with the right name and type."
    )]
    WrongType {
        /// What the name or the declared type promises.
        declared: String,
        /// What the bytes are.
        found: String,
    },
    /// More bytes than allowed.
    #[error(
        "The file has {actual} bytes; at most {limit} are allowed. Split it or remove embedded pictures."
    )]
    TooLarge {
        /// Size of the file in bytes.
        actual: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// More pages than allowed.
    #[error(
        "The document has {actual} pages; at most {limit} are allowed. Split it and upload the parts."
    )]
    TooManyPages {
        /// Pages, slides or sheets of the document.
        actual: u64,
        /// The limit.
        limit: u64,
    },
    /// More pixels than allowed.
    #[error(
        "The picture has {actual} pixels; at most {limit} are allowed. Make it smaller and upload it again."
    )]
    TooManyPixels {
        /// Pixels of the picture.
        actual: u64,
        /// The limit.
        limit: u64,
    },
    /// Unpacks to far more than its size.
    #[error(
        "The file unpacks to far more data than its size allows, so it was not opened. Save it again in the program it comes from."
    )]
    ZipBomb,
    /// Structures nested beyond any use.
    #[error(
        "The file is nested too deeply to be read. Save it again in the program it comes from."
    )]
    TooDeep,
    /// Pictures of pages only.
    #[error(
        "The PDF holds pictures of pages and no text. It needs text recognition (OCR) before it can be read."
    )]
    NoTextLayer,
    /// A kind this crate does not turn into text.
    #[error("{0}")]
    Unsupported(String),
    /// The time allowed for parsing ran out.
    #[error(
        "The file took too long to read and was given up. Split it or save it again in a simpler form."
    )]
    TimedOut,
}

impl ReadError {
    /// The stable `snake_case` code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "empty_file",
            Self::Encrypted => "encrypted",
            Self::Damaged(_) => "damaged",
            Self::WrongType { .. } => "wrong_type",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyPages { .. } => "too_many_pages",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::ZipBomb => "zip_bomb",
            Self::TooDeep => "too_deep",
            Self::NoTextLayer => "no_text_layer",
            Self::Unsupported(_) => "unsupported",
            Self::TimedOut => "timed_out",
        }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    pub(crate) fn not_text(kind: FileKind) -> Self {
        Self::Unsupported(format!(
            "{} holds no text that can be read directly; it needs transcription or text recognition.",
            kind.name()
        ))
    }
}
