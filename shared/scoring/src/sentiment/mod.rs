//! The built-in sentiment engine: word lists and a small linear model, no network, the same answer
//! every time.

pub mod features;
pub mod model;

mod crisis;
mod lexicon;
mod pattern;
mod resources;
mod text;
mod valence;

pub use resources::{Resource, crisis_resources};

use crisis::Whom;
use features::Features;
use lexicon::Language;
use model::{CRISIS_AT, Model, SIGNALS_AT};
use serde::{Deserialize, Serialize};
use text::{Kind, Token};
use utoipa::ToSchema;

/// Names this engine in stored rows.
pub const ENGINE: &str = "builtin-sentiment-2";

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
    /// Their names in the word lists, in the order of the fields.
    const TAGS: [&str; 5] = ["exhaustion", "overwhelm", "sleep", "outlook", "health"];

    /// The names of those that were raised.
    pub fn raised(&self) -> Vec<&'static str> {
        [
            ("emotional_exhaustion", &self.emotional_exhaustion),
            ("overwhelm", &self.overwhelm),
            ("sleep_concerns", &self.sleep_concerns),
            ("negative_outlook", &self.negative_outlook),
            ("health_concerns", &self.health_concerns),
        ]
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, _)| name)
        .collect()
    }

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

/// Tokens that are read at once: the model knows short notes, so a long text is read in pieces.
const WINDOW: usize = 60;
/// What the four labels stand for on the scale, and how far each reaches.
const SCALE: [(f64, f64, f64); 4] = [
    (0.6, 0.3, 1.0),
    (0.0, -0.299, 0.299),
    (-0.5, -0.699, -0.3),
    (-0.85, -1.0, -0.7),
];

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
    for piece in pieces(&tokens) {
        if let Some(score) = read_piece(&mut sentiment, text, piece, language, model) {
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
        sentiment.crisis = true;
        let range = (sign.start, sign.end);
        quote(&mut sentiment.crisis_words, text, &tokens, range);
        most = most.min(match sign.whom {
            Whom::Own => OWN_CRISIS_SCORE,
            Whom::Other => OTHER_CRISIS_SCORE,
        });
    }
    sentiment.score = (sentiment.score.min(most) * 1000.0).round() / 1000.0;
    sentiment.label = Label::from_score(sentiment.score);
    sentiment
}

/// What the model learns from.
pub fn features(text: &str) -> Features {
    let tokens = text::tokens(text);
    Features::of(&tokens, Language::of(&tokens))
}

/// Sentences, as many together as make a note.
fn pieces(tokens: &[Token]) -> Vec<&[Token]> {
    let mut pieces = Vec::new();
    let (mut start, mut end) = (0, 0);
    for sentence in tokens.split_inclusive(|token| token.kind == Kind::End) {
        if end > start && end - start + sentence.len() > WINDOW {
            pieces.push(&tokens[start..end]);
            start = end;
        }
        end += sentence.len();
        while end - start > WINDOW {
            pieces.push(&tokens[start..start + WINDOW]);
            start += WINDOW;
        }
    }
    if end > start {
        pieces.push(&tokens[start..end]);
    }
    pieces
}

/// Takes what a piece says into the whole, and returns its score; `None` where it has no words.
fn read_piece(
    sentiment: &mut Sentiment,
    text: &str,
    tokens: &[Token],
    language: Option<&'static Language>,
    model: &Model<'_>,
) -> Option<f64> {
    let letters =
        |token: &Token| token.kind == Kind::Emoji || token.text.contains(char::is_alphabetic);
    if !tokens.iter().any(letters) {
        return None;
    }
    let features = Features::of(tokens, language);
    for (place, tag) in Signals::TAGS.into_iter().enumerate() {
        let output = SIGNALS_AT + place;
        if model.margin(output, &features) > 0.0
            && let Some(words) = sentiment.signals.of(tag)
        {
            let listed = language.map_or_else(Vec::new, |language| listed(tokens, language, tag));
            if listed.is_empty() {
                let range = strongest(&model.shares(output, &features, tokens.len()));
                quote(words, text, tokens, range);
            }
            for range in listed {
                quote(words, text, tokens, range);
            }
        }
    }
    // Without any idea that a sign is made of there is nothing to be alarmed by.
    if features.may_alarm && model.margin(CRISIS_AT, &features) > 0.0 {
        sentiment.crisis = true;
        let range = strongest(&model.shares(CRISIS_AT, &features, tokens.len()));
        quote(&mut sentiment.crisis_words, text, tokens, range);
    }
    Some(score(model, &features))
}

/// The likeliest label, and the place within it that the others pull the score to.
fn score(model: &Model<'_>, features: &Features) -> f64 {
    let margins: [f32; 4] = std::array::from_fn(|output| model.margin(output, features));
    let likeliest = (0..4)
        .max_by(|a, b| margins[*a].total_cmp(&margins[*b]))
        .unwrap_or(1);
    let weights = margins.map(|margin| f64::from(margin).exp());
    let sum: f64 = weights.iter().sum();
    let mean: f64 = weights
        .iter()
        .zip(SCALE)
        .map(|(weight, (middle, ..))| weight / sum * middle)
        .sum();
    let (_, lowest, highest) = SCALE[likeliest];
    mean.clamp(lowest, highest)
}

/// Words of the lists that stand for a signal and are not denied.
fn listed(tokens: &[Token], language: &'static Language, tag: &str) -> Vec<(usize, usize)> {
    let (_, found) = valence::measure(tokens, language);
    let found = found
        .iter()
        .filter(|found| !found.negated && found.entry.tags.contains(&tag));
    found.map(|found| (found.start, found.end)).collect()
}

/// The three tokens in a row that speak loudest.
fn strongest(shares: &[f32]) -> (usize, usize) {
    let width = shares.len().min(3);
    let loudest = (0..=shares.len() - width).max_by(|a, b| {
        let sum = |start: usize| shares[start..start + width].iter().sum::<f32>();
        // The first of equals.
        sum(*a).total_cmp(&sum(*b)).then(b.cmp(a))
    });
    let start = loudest.unwrap_or(0);
    (start, start + width)
}

fn read_themes(sentiment: &mut Sentiment, tokens: &[Token], language: &'static Language) {
    let (_, found) = valence::measure(tokens, language);
    let mut themes: Vec<(&str, u32)> = Vec::new();
    for tag in found.iter().flat_map(|found| &found.entry.tags) {
        match themes.iter_mut().find(|(theme, _)| theme == tag) {
            Some((_, count)) => *count += 1,
            None => themes.push((tag, 1)),
        }
    }
    // Stable: equal themes stay in the order of the text.
    themes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let names = themes.into_iter().map(|(theme, _)| theme.to_owned());
    sentiment.themes = names.collect();
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
