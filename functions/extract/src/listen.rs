//! Recordings to text that remembers when each part of it was said.

use crate::Extract;
use crate::failure::{Failure, Stop, without_provider};
use crate::isolated::PieceFile;
use futures_util::{StreamExt, stream};
use sentry_ai::{Model, Recording, Segment, Transcript, Usage};

/// Services take 25 MB; the form around the file needs a little.
pub(crate) const MOST_BYTES: usize = 24_000_000;
/// Pieces that are listened to side by side.
const AT_ONCE: usize = 3;
/// A pause after which a new paragraph begins, in seconds.
const PAUSE: f64 = 2.0;
/// A paragraph of this many characters ends with its sentence.
const LONG: usize = 500;

/// What was heard.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) spoken: Spoken,
    pub(crate) by: String,
    pub(crate) usage: Usage,
}

/// A transcript, and when each passage of it was said.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    pub(crate) text: String,
    /// First character and one after the last, seconds from and to, how sure.
    passages: Vec<Passage>,
    /// Seconds of the whole recording.
    pub(crate) seconds: f64,
}

#[derive(Debug)]
struct Passage {
    start_char: usize,
    end_char: usize,
    start: f64,
    end: f64,
    confidence: Option<f64>,
}

impl Spoken {
    /// From segments in order. Turns of speech become lines `Speaker: words`, anything else paragraphs.
    fn new(segments: &[Segment], seconds: f64) -> Self {
        let mut spoken = Self {
            seconds,
            ..Self::default()
        };
        let (mut chars, mut paragraph) = (0, 0);
        let mut last: Option<&Segment> = None;
        for segment in segments {
            let turns = last.is_none_or(|last| last.speaker != segment.speaker);
            let pauses = last.is_some_and(|last| segment.start - last.end >= PAUSE);
            let ended = paragraph > LONG && spoken.text.ends_with(['.', '?', '!', '…']);
            let begins = turns || (segment.speaker.is_none() && (pauses || ended));
            let mut lead = String::new();
            if last.is_some() {
                lead.push_str(if begins { "\n\n" } else { " " });
            }
            if let Some(name) = segment.speaker.as_deref().filter(|_| begins) {
                lead.push_str(&speaker(name));
                lead.push_str(": ");
            }
            let words = segment
                .text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .replace('\0', "");
            spoken.text.push_str(&lead);
            spoken.text.push_str(&words);
            let start_char = chars + lead.chars().count();
            chars = start_char + words.chars().count();
            paragraph = if begins { 0 } else { paragraph } + words.len();
            let Segment {
                start,
                end,
                confidence,
                ..
            } = *segment;
            spoken.passages.push(Passage {
                start_char,
                end_char: chars,
                start,
                end,
                confidence,
            });
            last = Some(segment);
        }
        spoken
    }

    /// When the characters of a quote were said, in seconds.
    pub(crate) fn when(&self, start_char: usize, end_char: usize) -> Option<(f64, f64)> {
        let within =
            |passage: &&Passage| passage.start_char < end_char && passage.end_char > start_char;
        let mut said = self.passages.iter().filter(within);
        let first = said.next()?;
        Some((first.start, said.next_back().unwrap_or(first).end))
    }

    /// How sure the words are on the whole, where the service tells.
    pub(crate) fn confidence(&self) -> Option<f64> {
        let known = |passage: &Passage| {
            Some((
                passage.confidence?,
                (passage.end_char - passage.start_char) as f64,
            ))
        };
        let known: Vec<_> = self.passages.iter().filter_map(known).collect();
        let all: f64 = known.iter().map(|(_, weight)| weight).sum();
        (all > 0.0).then(|| {
            known
                .iter()
                .map(|(sure, weight)| sure * weight)
                .sum::<f64>()
                / all
        })
    }
}

/// Services call speakers "A" or "`speaker_0`"; a name stays a name.
fn speaker(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && *c != ':')
        .take(40)
        .collect();
    let name = name.trim();
    let number = name
        .trim_start_matches("speaker")
        .trim_start_matches("SPEAKER")
        .trim_start_matches(['_', ' ']);
    if number.chars().count() <= 2 {
        format!("Speaker {number}")
    } else {
        name.to_owned()
    }
}

/// Listens to the pieces of a recording, in their order.
pub(crate) async fn listen(worker: &Extract, pieces: &[PieceFile]) -> Result<Heard, Stop> {
    let model = worker
        .ai
        .transcription
        .as_ref()
        .ok_or_else(Failure::no_transcription)?;

    let mut asked = Vec::with_capacity(pieces.len());
    for piece in pieces {
        asked.push(hear(model, piece));
    }
    tracing::debug!(pieces = pieces.len(), "listening");
    let answers: Vec<_> = stream::iter(asked).buffered(AT_ONCE).collect().await;
    let (mut segments, mut usage, mut seconds) = (Vec::new(), Usage::default(), 0.0);
    for (piece, transcript) in pieces.iter().zip(answers) {
        let transcript = transcript?;
        usage += transcript.usage;
        seconds = piece.start + transcript.duration;
        segments.extend(transcript.segments.into_iter().map(|segment| Segment {
            start: segment.start + piece.start,
            end: segment.end + piece.start,
            ..segment
        }));
    }
    let by = format!("transcription:{}", model.name());
    Ok(Heard {
        spoken: Spoken::new(&segments, seconds),
        by,
        usage,
    })
}

async fn hear(model: &Model, piece: &PieceFile) -> Result<Transcript, Stop> {
    let bytes = std::fs::read(&piece.path).map_err(|error| Stop::Retry(error.to_string()))?;
    let recording = Recording {
        filename: format!("recording.{}", piece.extension),
        mime: mime(&piece.extension),
        bytes: bytes.into(),
        // What the user's locale says is no more than a guess: meetings are held in other languages.
        language: None,
    };
    let heard = model.listen(&recording, piece.duration).await;
    heard.map_err(|error| without_provider("transcription", &error))
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "ogg" => "audio/ogg",
        "m4a" => "audio/mp4",
        "webm" => "audio/webm",
        _ => "audio/mpeg",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(start: f64, text: &str, speaker: Option<&str>) -> Segment {
        Segment {
            start,
            end: start + 1.0,
            text: text.to_owned(),
            speaker: speaker.map(str::to_owned),
            confidence: Some(0.8),
        }
    }

    #[test]
    fn turns_become_lines_and_every_word_knows_its_time() {
        let spoken = Spoken::new(
            &[
                segment(0.0, "Tom, größere Tische bestellen?", Some("A")),
                segment(1.0, "Bis Freitag.", Some("A")),
                segment(70.0, "Ja.", Some("speaker_1")),
            ],
            71.0,
        );
        assert_eq!(
            spoken.text,
            "Speaker A: Tom, größere Tische bestellen? Bis Freitag.\n\nSpeaker 1: Ja."
        );
        let at = spoken.text.chars().count();
        assert_eq!(spoken.when(at - 3, at), Some((70.0, 71.0)));
        assert_eq!(spoken.when(12, 50), Some((0.0, 2.0)));
        assert_eq!(
            spoken.when(0, 3),
            None,
            "nobody says the name of the speaker"
        );
        assert!(
            spoken
                .confidence()
                .is_some_and(|sure| (sure - 0.8).abs() < 1e-9)
        );
    }

    #[test]
    fn a_pause_begins_a_paragraph() {
        let spoken = Spoken::new(
            &[
                segment(0.0, "One.", None),
                segment(1.5, "Two.", None),
                segment(9.0, "Three.", None),
            ],
            10.0,
        );
        assert_eq!(spoken.text, "One. Two.\n\nThree.");
        assert_eq!(Spoken::new(&[], 0.0).text, "");
    }
}
