//! Reading a text piece by piece: the model's answers, and the words behind them.

use super::features::Features;
use super::lexicon::Language;
use super::model::{CRISIS_AT, Model, SIGNALS_AT};
use super::text::{Kind, Token};
use super::{Sentiment, Signals, valence};

/// At most this many words are quoted for one signal.
const MAX_WORDS: usize = 10;
/// Tokens that are read at once: the model knows short notes, so a long text is read in pieces.
const WINDOW: usize = 60;
/// By how much surer the model has to be of a sign in a glad note, found by cross-validation.
const WITH_GLADNESS: f32 = 0.2;
/// A note of fewer tokens than this is taken for a sign only where it holds an idea of danger.
const SHORT: usize = 5;
/// What the four labels stand for on the scale, and how far each reaches.
const SCALE: [(f64, f64, f64); 4] = [
    (0.6, 0.3, 1.0),
    (0.0, -0.299, 0.299),
    (-0.5, -0.699, -0.3),
    (-0.85, -1.0, -0.7),
];

/// Sentences, as many together as make a note.
pub(super) fn pieces(tokens: &[Token]) -> Vec<&[Token]> {
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

/// Takes what a piece says into the whole, and returns its score and how near it is to
/// danger; `None` where it has no words.
pub(super) fn read_piece(
    sentiment: &mut Sentiment,
    text: &str,
    tokens: &[Token],
    language: Option<&'static Language>,
    model: &Model<'_>,
) -> Option<(f64, f32)> {
    let letters =
        |token: &Token| token.kind == Kind::Emoji || token.text.contains(char::is_alphabetic);
    if !tokens.iter().any(letters) {
        return None;
    }
    let features = Features::of(tokens, language);
    let margins = model.margins(&features);
    for (place, tag) in Signals::TAGS.into_iter().enumerate() {
        let output = SIGNALS_AT + place;
        if margins[output] > 0.0
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
    let needed = needed(&features, &margins, tokens.len());
    if margins[CRISIS_AT] > needed {
        sentiment.crisis = true;
        let range = strongest(&model.shares(CRISIS_AT, &features, tokens.len()));
        quote(&mut sentiment.crisis_words, text, tokens, range);
    }
    Some((score(&margins), margins[CRISIS_AT]))
}

/// The margin from which on a note is taken for a sign. Where nothing is understood there is nothing to
/// be alarmed by, nor in an "ok" or a "lunch with mum"; where gladness speaks louder than sorrow, the model has to be surer.
fn needed(features: &Features, margins: &[f32], tokens: usize) -> f32 {
    let [glad, _, sad, distressed] = std::array::from_fn(|label| margins[label]);
    if !features.says_something || (tokens < SHORT && !features.danger) {
        return f32::INFINITY;
    }
    if glad > sad.max(distressed) {
        WITH_GLADNESS
    } else {
        0.0
    }
}

/// The likeliest label, and the place within it that the others pull the score to.
fn score(margins: &[f32]) -> f64 {
    let margins: [f32; 4] =
        std::array::from_fn(|label| margins.get(label).copied().unwrap_or_default());
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

pub(super) fn read_themes(
    sentiment: &mut Sentiment,
    tokens: &[Token],
    language: &'static Language,
) {
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
pub(super) fn quote(
    words: &mut Vec<String>,
    text: &str,
    tokens: &[Token],
    (start, end): (usize, usize),
) {
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
