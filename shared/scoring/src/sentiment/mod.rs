//! The built-in sentiment engine: no model, no network, the same answer every time.

mod crisis;
mod lexicon;
mod pattern;
mod resources;
mod text;
mod valence;

pub use resources::{Resource, crisis_resources};

use crisis::Whom;
use lexicon::Language;
use serde::{Deserialize, Serialize};
use text::Token;
use utoipa::ToSchema;

/// Names this engine in stored rows.
pub const ENGINE: &str = "builtin-sentiment-1";

/// At most this many words are quoted for one signal.
const MAX_WORDS: usize = 10;
/// Ways to die are never a neutral text.
const OWN_CRISIS_SCORE: f64 = -0.8;
const OTHER_CRISIS_SCORE: f64 = -0.3;

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
    fn of(&mut self, tag: &str) -> Option<&mut Vec<String>> {
        match tag {
            "exhaustion" => Some(&mut self.emotional_exhaustion),
            "overwhelm" => Some(&mut self.overwhelm),
            "sleep" => Some(&mut self.sleep_concerns),
            "outlook" => Some(&mut self.negative_outlook),
            "health" => Some(&mut self.health_concerns),
            _ => None,
        }
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
    if let Some(language) = Language::of(&tokens) {
        language.code.clone_into(&mut sentiment.language);
        read_mood(&mut sentiment, text, &tokens, language);
    }
    for sign in crisis::find(&tokens) {
        sentiment.crisis = true;
        quote(
            &mut sentiment.crisis_words,
            text,
            &tokens,
            (sign.start, sign.end),
        );
        let most = match sign.whom {
            Whom::Own => OWN_CRISIS_SCORE,
            Whom::Other => OTHER_CRISIS_SCORE,
        };
        sentiment.score = sentiment.score.min(most);
    }
    sentiment.score = (sentiment.score * 1000.0).round() / 1000.0;
    sentiment.label = Label::from_score(sentiment.score);
    sentiment
}

fn read_mood(sentiment: &mut Sentiment, text: &str, tokens: &[Token], language: &Language) {
    let (score, found) = valence::measure(tokens, language);
    sentiment.score = score;
    let mut themes: Vec<(&str, u32)> = Vec::new();
    for found in &found {
        for tag in &found.entry.tags {
            if let Some(words) = sentiment.signals.of(tag) {
                // "Not tired" is no exhaustion, and is still about it.
                if !found.negated {
                    quote(words, text, tokens, (found.start, found.end));
                }
            }
            match themes.iter_mut().find(|(theme, _)| theme == tag) {
                Some((_, count)) => *count += 1,
                None => themes.push((tag, 1)),
            }
        }
    }
    // Stable: equal themes stay in the order of the text.
    themes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sentiment.themes = themes
        .into_iter()
        .map(|(theme, _)| theme.to_owned())
        .collect();
}

/// Adds the original words of a range of tokens, once.
fn quote(words: &mut Vec<String>, text: &str, tokens: &[Token], (start, end): (usize, usize)) {
    let (Some(first), Some(last)) = (tokens.get(start), tokens.get(end.saturating_sub(1))) else {
        return;
    };
    let Some(original) = text.get(first.start..last.end) else {
        return;
    };
    let known = words.iter().any(|word| word.eq_ignore_ascii_case(original));
    if !known && words.len() < MAX_WORDS {
        words.push(original.to_owned());
    }
}
