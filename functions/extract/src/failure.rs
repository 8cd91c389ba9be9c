//! Why a file did not become text.

use sentry_ai::AiError;
use std::borrow::Cow;

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
    pub(crate) code: Cow<'static, str>,
    /// What is wrong and what to do.
    pub(crate) detail: String,
}

impl Failure {
    pub(crate) fn new(code: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self {
            code: code.into(),
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
             connect an OpenAI-compatible endpoint with /v1/audio/transcriptions (AI_TRANSCRIPTION_MODEL). Until then, \
             upload minutes or a transcript as text.",
        )
    }

    /// A picture, and nothing that can look at it.
    pub(crate) fn no_ocr() -> Self {
        Self::new(
            "no_ocr_provider",
            "This server cannot read pictures: no text recognition provider is configured. Whoever runs it can \
             connect a vision model behind an OpenAI-compatible endpoint (AI_VISION_MODEL), or install Tesseract. Until \
             then, upload a document with a text layer.",
        )
    }

    /// The user's day has no tokens left, and nothing else can read the file.
    pub(crate) fn budget_spent() -> Self {
        Self::new(
            "budget_spent",
            "Your allowance for language models is used up for today, and this file cannot be read without one. Try it \
             again tomorrow.",
        )
    }

    /// A picture in which nothing is written.
    pub(crate) fn nothing_written() -> Self {
        Self::new(
            "no_text_found",
            "No writing could be recognised in the picture. Take it again with more light, straight from the front.",
        )
    }

    /// A recording in which nobody speaks.
    pub(crate) fn nothing_said() -> Self {
        Self::new(
            "no_speech",
            "No speech could be recognised in the recording. Check that it has sound and is long enough.",
        )
    }

    /// The provider will not take this file, now or later.
    pub(crate) fn provider(what: &'static str, error: &AiError) -> Self {
        let (code, noun) = match what {
            "transcription" => ("transcription_failed", "recording"),
            _ => ("ocr_failed", "picture"),
        };
        let reason = error.code();
        let detail = format!(
            "The provider that should read the {noun} did not do so ({reason}). If it goes on, whoever runs this server \
             should look at the configuration of the provider."
        );
        Self::new(code, detail)
    }

    /// A fault of ours that will be the same next time.
    pub(crate) fn stumbled() -> Self {
        Self::new(
            "not_understood",
            "The text of the file could not be worked through. The fault is ours; until it is mended, paste the \
             important part as text.",
        )
    }

    /// Parsing went past its bounds.
    pub(crate) fn too_demanding() -> Self {
        Self::new(
            "too_demanding",
            "The file needs more memory to be read than one file may have. Split it or save it again in a simpler form.",
        )
    }

    /// Parsing did not end in time.
    pub(crate) fn timed_out() -> Self {
        let error = sentry_documents::ReadError::TimedOut;
        Self::new(error.code(), error.to_string())
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<sentry_documents::ReadError> for Stop {
    fn from(error: sentry_documents::ReadError) -> Self {
        Self::Failed(Failure::new(error.code(), error.to_string()))
    }
}

/// What a provider's failure means for a file that cannot be read without it.
pub(crate) fn without_provider(what: &'static str, error: &AiError) -> Stop {
    if error.may_pass() {
        Stop::Retry(format!("{what}: {error}"))
    } else {
        Stop::Failed(Failure::provider(what, error))
    }
}
