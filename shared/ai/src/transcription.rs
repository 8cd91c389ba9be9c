//! Recordings to words with times.

use crate::client::{Model, Outcome};
use crate::error::AiError;
use crate::usage::Usage;
use bytes::Bytes;
use reqwest::multipart::{Form, Part};
use serde::Deserialize;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Above this chance of silence, with words nobody is sure of, a segment was made up by the model.
const SILENT: f64 = 0.6;
/// Natural logarithm of the chance of a word, on average, below which nobody is sure.
const UNSURE: f64 = -1.0;

/// A recording, or a part of one.
#[derive(Debug, Clone)]
pub struct Recording {
    /// A file name: providers go by its extension.
    pub filename: String,
    /// The media type.
    pub mime: &'static str,
    /// The file.
    pub bytes: Bytes,
    /// ISO 639-1 code of the language, if known.
    pub language: Option<String>,
}

/// What was said between two moments.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Seconds from the beginning.
    pub start: f64,
    /// Seconds from the beginning.
    pub end: f64,
    /// The words.
    pub text: String,
    /// Who spoke, where the provider tells.
    pub speaker: Option<String>,
    /// How sure the model is, 0 to 1, where it tells.
    pub confidence: Option<f64>,
}

/// What was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// In order.
    pub segments: Vec<Segment>,
    /// Seconds.
    pub duration: f64,
    /// What it cost.
    pub usage: Usage,
}

/// `verbose_json`, `diarized_json` and `json` of `/v1/audio/transcriptions`: the fields they share and
/// those that some have.
#[derive(Deserialize)]
struct Wire {
    text: String,
    #[serde(default)]
    duration: Option<f64>,
    #[serde(default)]
    segments: Vec<WireSegment>,
}

#[derive(Deserialize)]
struct WireSegment {
    start: f64,
    end: f64,
    text: String,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    avg_logprob: Option<f64>,
    #[serde(default)]
    no_speech_prob: Option<f64>,
}

impl Model {
    /// Listens to a recording. `seconds` is how long it is, where that is known: for providers that do not say.
    pub async fn listen(
        &self,
        recording: &Recording,
        seconds: Option<f64>,
    ) -> Result<Transcript, AiError> {
        let deadline = Instant::now() + self.patience().total;
        loop {
            let format = self.transcript_format();
            let sent = self
                .send("audio/transcriptions", deadline, |http, url| {
                    Ok(http.post(url).multipart(self.form(recording, format)?))
                })
                .await?;
            match sent {
                Outcome::Answer(bytes) => return read(&bytes, seconds),
                Outcome::Problem(problem, error) => {
                    let formatted = problem.is_about("response_format")
                        || problem.is_about("timestamp_granularities");
                    if !formatted || self.dialect.plain_transcripts.swap(true, Ordering::Relaxed) {
                        return Err(error);
                    }
                }
            }
        }
    }

    fn transcript_format(&self) -> &'static str {
        if self.dialect.plain_transcripts.load(Ordering::Relaxed) {
            "json"
        } else if self.name().contains("diarize") {
            "diarized_json"
        } else {
            "verbose_json"
        }
    }

    fn form(&self, recording: &Recording, format: &'static str) -> Result<Form, AiError> {
        let file = Part::stream(recording.bytes.clone())
            .file_name(recording.filename.clone())
            .mime_str(recording.mime)
            .map_err(|_| AiError::InvalidAnswer("the media type of the recording"))?;
        let form = Form::new()
            .part("file", file)
            .text("model", self.name().to_owned())
            .text("response_format", format);
        let form = match &recording.language {
            Some(language) => form.text("language", language.clone()),
            None => form,
        };
        Ok(match format {
            "verbose_json" => form
                .text("timestamp_granularities[]", "segment")
                .text("temperature", "0"),
            "diarized_json" => form.text("chunking_strategy", "auto"),
            _ => form,
        })
    }
}

fn read(bytes: &[u8], known: Option<f64>) -> Result<Transcript, AiError> {
    let wire: Wire = serde_json::from_slice(bytes)
        .map_err(|_| AiError::InvalidAnswer("it is no transcription"))?;
    let last = wire
        .segments
        .iter()
        .map(|segment| segment.end)
        .fold(0.0, f64::max);
    let duration = wire.duration.or(known).unwrap_or(last).max(last);
    let mut segments: Vec<Segment> = wire.segments.into_iter().filter_map(segment).collect();
    segments.sort_by(|one, other| one.start.total_cmp(&other.start));
    if segments.is_empty() && !wire.text.trim().is_empty() && last <= 0.0 {
        segments.push(Segment {
            start: 0.0,
            end: duration,
            text: wire.text.trim().to_owned(),
            speaker: None,
            confidence: None,
        });
    }
    Ok(Transcript {
        segments,
        duration,
        usage: Usage {
            calls: 1,
            audio_seconds: duration,
            ..Usage::default()
        },
    })
}

/// A segment that was said, not one that the model heard into a silence.
fn segment(wire: WireSegment) -> Option<Segment> {
    let text = wire.text.trim().to_owned();
    let usable = wire.start.is_finite() && wire.end.is_finite() && wire.start >= 0.0;
    let imagined = wire.no_speech_prob.is_some_and(|chance| chance > SILENT)
        && wire.avg_logprob.is_some_and(|logarithm| logarithm < UNSURE);
    (usable && !imagined && !text.is_empty()).then(|| Segment {
        start: wire.start,
        end: wire.end.max(wire.start),
        text,
        speaker: wire.speaker.filter(|name| !name.trim().is_empty()),
        confidence: wire
            .avg_logprob
            .map(|logarithm| logarithm.exp().clamp(0.0, 1.0)),
    })
}
