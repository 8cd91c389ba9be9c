//! Texts that come with a request, and what they say about their writer.

use sentry_http::FieldError;
use sentry_scoring::Sentiment;
use sentry_scoring::sentiment::{self, Label, Resource, Signals, crisis_resources};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
#[derive(Debug, Serialize, ToSchema)]
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
#[derive(Debug, Default, Serialize, ToSchema)]
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

    /// With where to find help, if a text shows signs of crisis.
    pub fn with_help(mut self, country: Option<&str>) -> Self {
        if self.crisis {
            self.resources = crisis_resources(country);
        }
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
