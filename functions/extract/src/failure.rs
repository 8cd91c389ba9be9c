//! Why a file did not become text.

use sentry_documents::ReadError;

/// What stopped an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Nothing can be made of this file: the person is told why.
    Failed(Failure),
    /// The bytes are not there, but may still come.
    NotArrived,
    /// A later attempt may succeed.
    Retry(String),
}

/// A code for programs and a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Stable, in `snake_case`.
    pub(crate) code: &'static str,
    /// What is wrong and what to do.
    pub(crate) detail: String,
}

impl Failure {
    pub(crate) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }

    /// The object is gone.
    pub(crate) fn missing() -> Self {
        Self::new(
            "file_missing",
            "The file is not in storage any more. Upload it again.",
        )
    }

    /// The object is not the announced one.
    pub(crate) fn wrong_size(announced: i64) -> Self {
        let detail = format!(
            "The file was announced with {announced} bytes but has another size. Upload it again."
        );
        Self::new("wrong_size", detail)
    }

    /// Sound, and nothing that can listen.
    pub(crate) fn no_transcription() -> Self {
        Self::new(
            "no_transcription_provider",
            "This server cannot listen to recordings: no transcription provider is configured. Whoever runs it can \
             connect an OpenAI-compatible endpoint with /v1/audio/transcriptions. Until then, upload minutes or a \
             transcript as text.",
        )
    }

    /// A picture, and nothing that can look at it.
    pub(crate) fn no_ocr() -> Self {
        Self::new(
            "no_ocr_provider",
            "This server cannot read pictures: no text recognition provider is configured. Whoever runs it can \
             connect a vision model behind an OpenAI-compatible endpoint, or install Tesseract. Until then, upload a \
             document with a text layer.",
        )
    }

    /// A fault of ours that will be the same next time.
    pub(crate) fn stumbled() -> Self {
        Self::new(
            "not_understood",
            "The text of the file could not be worked through. The fault is ours; until it is mended, paste the \
             important part as text.",
        )
    }

    /// Parsing did not end in time.
    pub(crate) fn timed_out() -> Self {
        ReadError::TimedOut.into()
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            // A PDF that only shows pictures is what text recognition is for.
            ReadError::NoTextLayer => Self::no_ocr(),
            error => Self {
                code: error.code(),
                detail: error.to_string(),
            },
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        Self::Failed(error.into())
    }
}
