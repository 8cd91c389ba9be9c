//! The built-in sentiment engine: word lists and a small linear model, no network, the same answer
//! every time.

pub mod by_model;
pub mod features;
pub mod model;

mod crisis;
mod ideas;
mod lexicon;
mod pattern;
mod quantities;
mod read;
mod resources;
mod text;
mod valence;

pub use resources::{Resource, crisis_resources};

use crisis::Whom;
use features::Features;
use lexicon::Language;
use model::Model;
use read::{pieces, quote, read_piece, read_themes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Names this engine in stored rows.
pub const ENGINE: &str = "builtin-sentiment-6";

/// Ways to die are never a neutral text.
const OWN_CRISIS_SCORE: f64 = -0.8;
const OTHER_CRISIS_SCORE: f64 = -0.3;

/// Below this margin of the model the bare subject is a training, a book or a report.
const FAR_FROM_DANGER: f32 = -0.3;

/// A score in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// 0.3 and above.
    Positive,
    /// Between.
    Neutral,
    /// -0.3 and below.
    Negative,
    /// -0.7 and below.
    Distressed,
}

impl Label {
    /// The label of a score of -1 to 1.
    pub fn from_score(score: f64) -> Self {
        match score {
            s if s <= -0.7 => Self::Distressed,
            s if s <= -0.3 => Self::Negative,
            s if s >= 0.3 => Self::Positive,
            _ => Self::Neutral,
        }
    }
}

/// The five signals, each with the words of the text that raised it; empty where it was not raised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Signals {
    /// Tired out, drained, nothing left.
    pub emotional_exhaustion: Vec<String>,
    /// Too much at once.
    pub overwhelm: Vec<String>,
    /// Too little or bad sleep.
    pub sleep_concerns: Vec<String>,
    /// No hope, no sense, cynicism.
    pub negative_outlook: Vec<String>,
    /// The body complains; anxiety.
    pub health_concerns: Vec<String>,
}

impl Signals {
    /// Their names in the word lists, in the order of the fields.
    const TAGS: [&str; 5] = ["exhaustion", "overwhelm", "sleep", "outlook", "health"];

    /// The names of the fields, in their order.
    pub const NAMES: [&str; 5] = [
        "emotional_exhaustion",
        "overwhelm",
        "sleep_concerns",
        "negative_outlook",
        "health_concerns",
    ];

    /// The names of those that were raised.
    pub fn raised(&self) -> Vec<&'static str> {
        let lists = [
            &self.emotional_exhaustion,
            &self.overwhelm,
            &self.sleep_concerns,
            &self.negative_outlook,
            &self.health_concerns,
        ];
        Self::NAMES
            .into_iter()
            .zip(lists)
            .filter(|(_, words)| !words.is_empty())
            .map(|(name, _)| name)
            .collect()
    }

    /// The words of each, in the order of [`Signals::NAMES`].
    fn lists(&mut self) -> [&mut Vec<String>; 5] {
        [
            &mut self.emotional_exhaustion,
            &mut self.overwhelm,
            &mut self.sleep_concerns,
            &mut self.negative_outlook,
            &mut self.health_concerns,
        ]
    }

    fn of(&mut self, tag: &str) -> Option<&mut Vec<String>> {
        let place = Self::TAGS.iter().position(|known| *known == tag)?;
        self.lists().into_iter().nth(place)
    }
}

/// What a text says about its writer's state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Sentiment {
    /// -1 (distressed) to 1 (glad), to three decimals.
    pub score: f64,
    /// The score in a word.
    pub label: Label,
    /// What the text is about, most mentioned first.
    pub themes: Vec<String>,
    /// Warning signs with their words.
    pub signals: Signals,
    /// Signs of self-harm, one's own or of somebody near: show
    /// [`crisis_resources`] with any answer.
    pub crisis: bool,
    /// The words that raised `crisis`.
    #[serde(default)]
    pub crisis_words: Vec<String>,
    /// Language the words were read in: `en`, `de`, `es`, `fr`, `tr`.
    pub language: String,
}

/// Reads a text. Signs of crisis are looked for in all languages, whatever the text's own is.
pub fn analyze(text: &str) -> Sentiment {
    analyze_with(text, &Model::shipped())
}

/// Reads a text with other weights than those that are shipped.
pub fn analyze_with(text: &str, model: &Model<'_>) -> Sentiment {
    let tokens = text::tokens(text);
    let mut sentiment = Sentiment {
        score: 0.0,
        label: Label::Neutral,
        themes: Vec::new(),
        signals: Signals::default(),
        crisis: false,
        crisis_words: Vec::new(),
        language: String::new(),
    };
    let language = Language::of(&tokens);
    if let Some(language) = language {
        language.code.clone_into(&mut sentiment.language);
        read_themes(&mut sentiment, &tokens, language);
    }
    let (mut sum, mut weights) = (0.0, 0.0);
    let mut danger = f32::NEG_INFINITY;
    for piece in pieces(&tokens) {
        if let Some((score, margin)) = read_piece(&mut sentiment, text, piece, language, model) {
            danger = danger.max(margin);
            sum += score * piece.len() as f64;
            weights += piece.len() as f64;
        }
    }
    if weights > 0.0 {
        sentiment.score = sum / weights;
    }
    // What the model alone takes for a sign shows help and leaves the score as it is.
    let mut most: f64 = 1.0;
    for sign in crisis::find(&tokens) {
        if sign.bare && danger < FAR_FROM_DANGER {
            continue;
        }
        sentiment.crisis = true;
        let range = (sign.start, sign.end);
        quote(&mut sentiment.crisis_words, text, &tokens, range);
        most = most.min(match sign.whom {
            Whom::Own => OWN_CRISIS_SCORE,
            Whom::Other => OTHER_CRISIS_SCORE,
        });
    }
    // Not -0.0.
    sentiment.score = (sentiment.score.min(most) * 1000.0).round() / 1000.0 + 0.0;
    sentiment.label = Label::from_score(sentiment.score);
    sentiment
}

/// What the model learns from.
pub fn features(text: &str) -> Features {
    let tokens = text::tokens(text);
    Features::of(&tokens, Language::of(&tokens))
}
