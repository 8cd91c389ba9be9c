//! Texts that come with a request, and what they say about their writer.

use axum::body::to_bytes;
use axum::response::Response;
use sentry_db::Tx;
use sentry_db::profiles::PreferencesRow;
use sentry_db::texts::NewText;
use sentry_domain::UserId;
use sentry_http::{ApiError, App, Body, Caller, FieldError, Write};
use sentry_queue::{ExtractMessage, enqueue};
use sentry_scoring::Sentiment;
use sentry_scoring::sentiment::{self, Label, Resource, Signals, crisis_resources};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

const MAX_TEXTS: usize = 100;
const MAX_CHARS: usize = 20_000;

/// Texts of the last days.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct QualitativeData {
    /// What was said in meetings.
    #[schema(max_items = 100)]
    meeting_transcripts: Vec<String>,
    /// What was noted on tasks.
    #[schema(max_items = 100)]
    task_notes: Vec<String>,
    /// How the person says they are.
    #[schema(max_items = 100)]
    user_check_ins: Vec<String>,
}

/// What one text says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TextOut {
    /// The list it came in.
    #[schema(example = "user_check_ins")]
    source: &'static str,
    /// Its place there, from 0.
    index: usize,
    /// -1 (distressed) to 1 (glad).
    score: f64,
    /// The score in a word.
    label: Label,
    /// What it is about.
    themes: Vec<String>,
    /// Warning signs with their words.
    signals: Signals,
    /// Signs of self-harm.
    crisis: bool,
}

/// What all texts say.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct TextsOut {
    /// One by one.
    texts: Vec<TextOut>,
    /// Whether any of them shows signs of self-harm. Then show `resources` before anything else.
    crisis: bool,
    /// Where to find help.
    resources: Vec<Resource>,
}

impl QualitativeData {
    /// The lists as they come with a submission.
    pub const fn of(
        meeting_transcripts: Vec<String>,
        task_notes: Vec<String>,
        user_check_ins: Vec<String>,
    ) -> Self {
        Self {
            meeting_transcripts,
            task_notes,
            user_check_ins,
        }
    }

    /// Each list with its name.
    pub fn lists(&self) -> [(&'static str, &[String]); 3] {
        [
            ("meeting_transcripts", &self.meeting_transcripts),
            ("task_notes", &self.task_notes),
            ("user_check_ins", &self.user_check_ins),
        ]
    }

    /// What is too much to read.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (name, list) in self.lists() {
            if list.len() > MAX_TEXTS {
                errors.push(FieldError::new(
                    format!("qualitative_data.{name}"),
                    format!("must hold at most {MAX_TEXTS} texts"),
                ));
            }
            for (index, text) in list.iter().enumerate().take(MAX_TEXTS) {
                if text.chars().count() > MAX_CHARS {
                    errors.push(FieldError::new(
                        format!("qualitative_data.{name}[{index}]"),
                        format!("must have at most {MAX_CHARS} characters"),
                    ));
                }
            }
        }
        errors
    }

    /// Puts the words of signals back into an answer that was kept without them.
    pub fn put_words_back(&self, out: &mut Value) {
        let texts = out["texts"].as_array_mut();
        for text in texts.into_iter().flatten() {
            let list = self
                .lists()
                .into_iter()
                .find(|(name, _)| text["source"] == *name);
            let index = text["index"]
                .as_u64()
                .and_then(|index| usize::try_from(index).ok());
            let words = list
                .zip(index)
                .and_then(|((_, list), index)| list.get(index));
            if let Some(words) = words {
                text["signals"] = json!(sentiment::analyze(words).signals);
            }
        }
    }

    /// Reads every text. Blank ones say nothing and are left out.
    pub fn read(&self, country: Option<&str>) -> TextsOut {
        let mut out = TextsOut::default();
        for (source, list) in self.lists() {
            for (index, text) in list
                .iter()
                .enumerate()
                .filter(|(_, text)| !text.trim().is_empty())
            {
                out.add(source, index, &sentiment::analyze(text));
            }
        }
        out.with_help(country)
    }
}

/// Lets a language model read texts that are kept, if their owner allows it. Where there is no model, nothing comes of it.
pub(crate) async fn let_model_read(
    tx: &mut Tx,
    owner: UserId,
    preferences: &PreferencesRow,
    texts: &[NewText],
) -> Result<(), ApiError> {
    let text_ids: Vec<Uuid> = texts
        .iter()
        .filter(|text| text.language.is_some())
        .map(|text| text.id)
        .collect();
    if preferences.model_reads_texts && !text_ids.is_empty() {
        let message = ExtractMessage::Texts {
            user_id: owner,
            text_ids,
        };
        enqueue(tx, &message, 0).await?;
    }
    Ok(())
}

/// Begins a write whose answer is kept without words. An answer that was given before gets them back by `put_back`: the
/// request that comes again has brought them along.
pub(crate) async fn begin<T>(
    app: &App,
    caller: &Caller,
    body: &Body<T>,
    put_back: impl FnOnce(&mut Value),
) -> Result<Write, ApiError> {
    match app.write(caller, body).await {
        Err(ApiError::Replay(given)) => {
            let whole = with_words(*given, put_back).await?;
            Err(ApiError::Replay(Box::new(whole)))
        }
        begun => begun,
    }
}

async fn with_words(
    given: Response,
    put_back: impl FnOnce(&mut Value),
) -> Result<Response, ApiError> {
    let (parts, body) = given.into_parts();
    let bytes = to_bytes(body, usize::MAX)
        .await
        .map_err(ApiError::internal)?;
    let mut out = serde_json::from_slice(&bytes).map_err(ApiError::internal)?;
    put_back(&mut out);
    Ok(Response::from_parts(parts, out.to_string().into()))
}

/// Where to find help, where it is needed.
pub(crate) fn help(crisis: bool, country: Option<&str>) -> Vec<Resource> {
    if crisis {
        crisis_resources(country)
    } else {
        Vec::new()
    }
}

/// Two letters, or the field that is wrong.
pub(crate) fn country_error(country: Option<&str>) -> Option<FieldError> {
    let is_country =
        |code: &str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    country
        .filter(|code| !is_country(code))
        .map(|_| FieldError::new("country", "must be two letters such as DE"))
}

impl TextsOut {
    /// Adds what one text says.
    pub fn add(&mut self, source: &'static str, index: usize, found: &Sentiment) {
        self.crisis |= found.crisis;
        self.texts.push(TextOut {
            source,
            index,
            score: found.score,
            label: found.label,
            themes: found.themes.clone(),
            signals: found.signals.clone(),
            crisis: found.crisis,
        });
    }

    /// As it may be kept: without the words of the texts.
    pub fn without_words(&self) -> Self {
        let mut kept = self.clone();
        for text in &mut kept.texts {
            text.signals = Signals::default();
        }
        kept
    }

    /// With where to find help, if a text shows signs of crisis.
    pub fn with_help(mut self, country: Option<&str>) -> Self {
        self.resources = help(self.crisis, country);
        self
    }

    /// The mean of all texts: nothing is known of their age. None without texts.
    pub fn mood(&self) -> Option<f64> {
        let sum: f64 = self.texts.iter().map(|text| text.score).sum();
        (!self.texts.is_empty()).then(|| sum / self.texts.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_texts_say_nothing() {
        let data = QualitativeData {
            task_notes: vec![String::new(), " \n".to_owned()],
            ..QualitativeData::default()
        };
        let read = data.read(None);
        assert!(read.texts.is_empty() && read.mood().is_none() && !read.crisis);
    }

    #[test]
    fn too_many_or_too_long_texts_are_named() {
        let data = QualitativeData {
            meeting_transcripts: vec![String::new(); MAX_TEXTS + 1],
            task_notes: vec!["fine".to_owned(), "ü".repeat(MAX_CHARS + 1)],
            user_check_ins: vec!["ü".repeat(MAX_CHARS)],
        };
        let fields: Vec<_> = data.errors().into_iter().map(|error| error.field).collect();
        assert_eq!(
            fields,
            [
                "qualitative_data.meeting_transcripts",
                "qualitative_data.task_notes[1]"
            ]
        );
    }
}
