//! A text as numbers: hashed n-grams of words and letters, ideas and pairs of ideas, and what the word lists say of it.

use super::ideas::{self, Idea};
use super::model::CRISIS_AT;
use super::text::{Kind, Token};
use super::{Signals, lexicon::Language, valence};

/// Numbers beside the n-grams: a constant, the lists' score (three forms), the five signals; whether the
/// text speaks of its writer, is short, or exclaims; whether and how many ideas of danger it holds;
/// whether it has digits, asks, or laughs; and the lists' score of its last clause.
pub const DENSE: usize = 18;
/// Those that the word lists of mood give.
pub const MOOD: std::ops::Range<usize> = 1..9;
/// And the one they give for the last clause.
pub const LAST_MOOD: usize = 17;

/// How much each kind counts, found by cross-validation: with few thousand notes to learn from, ideas
/// carry over to other words, and letters hardly do.
const WORDS: Weights = Weights(0.4, 3.0);
const LETTERS: Weights = Weights(0.17, 1.0);
const IDEAS: Weights = Weights(2.25, 1.0);
const PAIRS: Weights = Weights(0.56, 0.6);

/// How much a kind counts for labels and signals, and for signs of crisis: those are told in so many ways
/// that the ideas listed so far say less than the words themselves.
#[derive(Clone, Copy)]
struct Weights(f32, f32);

/// One n-gram of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gram {
    /// The hash of what it is.
    pub key: u32,
    /// Its weight within the text: what its kind counts, shared by all n-grams of the kind.
    pub value: f32,
    /// The same for signs of crisis, where all n-grams of a text together have length 1: a long text is
    /// no nearer to danger than a short one.
    pub danger: f32,
    /// The first and the last token it covers.
    pub tokens: (usize, usize),
}

impl Gram {
    /// Its weight within the text for an output of the model.
    pub fn value_for(&self, output: usize) -> f32 {
        if output == CRISIS_AT {
            self.danger
        } else {
            self.value
        }
    }
}

/// Keys of n-grams with the tokens they cover.
type Found = Vec<(u32, (usize, usize))>;

/// A text as the linear model sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Its n-grams, each once.
    pub grams: Vec<Gram>,
    /// The other numbers.
    pub dense: [f32; DENSE],
    /// The text holds any idea: what is said in another language, or is nothing but numbers, does not.
    pub says_something: bool,
    /// It holds an idea that a sign of crisis is made of.
    pub danger: bool,
}

/// First persons, in all languages.
const OWN: &[&str] = &[
    "i", "im", "ive", "id", "ill", "me", "my", "myself", "ich", "mich", "mir", "mein", "meine",
    "yo", "mi", "me", "je", "j", "moi", "mon", "ma", "ben", "bana", "beni", "benim", "kendim",
];

/// Words that turn what follows.
const DENIALS: &[&str] = &[
    "not", "no", "never", "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "cant", "wont",
    "without", "hardly", "nicht", "nie", "kein", "keine", "ohne", "nunca", "sin", "ni", "pas",
    "jamais", "sans", "plus", "hic", "degil",
];

/// Words that begin what counts most.
const TURNS: &[&str] = &[
    "but", "yet", "however", "though", "although", "aber", "trotzdem", "doch", "pero", "aunque",
    "mais", "pourtant", "ama", "fakat", "and", "und", "y", "et", "ve",
];

/// A joke is seldom a sign.
const LAUGHTER: &[&str] = &[
    "lol", "haha", "hahaha", "jaja", "jajaja", "mdr", "ptdr", "lmao",
];

impl Features {
    /// The features of a text that has been split into tokens and read by the lists.
    pub(super) fn of(tokens: &[Token], language: Option<&'static Language>) -> Self {
        let mut words = Vec::new();
        let mut letters = Vec::new();
        let said: Vec<(usize, String)> = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| matches!(token.kind, Kind::Word | Kind::Emoji))
            .map(|(index, token)| (index, normal(&token.text)))
            .collect();
        for start in 0..said.len() {
            for (kind, length) in (1..).zip(1..=3) {
                let Some(run) = said.get(start..start + length) else {
                    break;
                };
                let (first, last) = (run[0].0, run[length - 1].0);
                let parts = run.iter().map(|(_, word)| word.as_bytes());
                words.push((hash(kind, parts), (first, last)));
            }
            if denied(tokens, said[start].0) {
                let word = said[start].1.as_bytes();
                words.push((
                    hash(4, std::iter::once(word)),
                    (said[start].0, said[start].0),
                ));
            }
            let (index, word) = &said[start];
            letters_of(&mut letters, *index, word);
        }
        let mut grams = unit(words, WORDS);
        grams.extend(unit(letters, LETTERS));
        let ideas = ideas::find(tokens);
        let (mut alone, mut pairs) = (Vec::new(), Vec::new());
        ideas_of(&mut alone, &ideas, tokens);
        pairs_of(&mut pairs, &ideas);
        grams.extend(unit(alone, IDEAS));
        grams.extend(unit(pairs, PAIRS));
        let length: f32 = grams.iter().map(|gram| gram.danger * gram.danger).sum();
        for gram in &mut grams {
            gram.danger /= length.sqrt();
        }
        Self {
            grams,
            dense: dense(tokens, &ideas, language),
            says_something: !ideas.is_empty(),
            danger: ideas::dangers(&ideas) > 0,
        }
    }
}

/// Whether one of the three words before is a denial, within the same clause.
fn denied(tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev().take(3);
    let mut clause = before.take_while(|token| token.kind == Kind::Word);
    clause.any(|token| DENIALS.contains(&token.text.as_str()))
}

/// Digits are all alike, and "sooooo" is "soo".
fn normal(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if run <= 2 && !(c == '0' && run > 1) {
            out.push(c);
        }
    }
    out
}

/// Runs of three to five letters of a word with its bounds.
fn letters_of(out: &mut Found, index: usize, word: &str) {
    let bounded: Vec<char> = std::iter::once('_')
        .chain(word.chars())
        .chain(std::iter::once('_'))
        .collect();
    for (kind, length) in (13..).zip(3..=5) {
        for run in bounded.windows(length) {
            let text: String = run.iter().collect();
            let key = hash(kind, std::iter::once(text.as_bytes()));
            out.push((key, (index, index)));
        }
    }
}

/// The ideas of a text, those that are denied, and those that come last: what is said after a "but"
/// or at the end weighs most.
fn ideas_of(out: &mut Found, ideas: &[Idea], tokens: &[Token]) {
    let turn = last_clause(tokens);
    for idea in ideas {
        let name = idea.number.to_le_bytes();
        let mut add = |kind| out.push((hash(kind, std::iter::once(name.as_slice())), idea.tokens));
        add(20);
        if denied(tokens, idea.tokens.0) {
            add(22);
        }
        if idea.tokens.0 >= turn {
            add(23);
        }
    }
}

/// Every pair of ideas: a bridge and a train are a way home, a bridge and a farewell are not.
fn pairs_of(out: &mut Found, ideas: &[Idea]) {
    for (index, one) in ideas.iter().enumerate() {
        for other in &ideas[index + 1..] {
            let pair = [one.number.to_le_bytes(), other.number.to_le_bytes()];
            let key = hash(21, pair.iter().map(<[u8; 8]>::as_slice));
            let (at, then) = (one.tokens, other.tokens);
            out.push((key, (at.0.min(then.0), at.1.max(then.1))));
        }
    }
}

/// Where the last clause begins.
fn last_clause(tokens: &[Token]) -> usize {
    let words = tokens.iter().rposition(|token| token.kind == Kind::Word);
    let turns = |token: &Token| {
        matches!(token.kind, Kind::End | Kind::Pause) || TURNS.contains(&token.text.as_str())
    };
    words.map_or(0, |end| tokens[..end].iter().rposition(turns).unwrap_or(0))
}

/// Each n-gram once. The more of a kind a text has, the less each of them counts, though less than in
/// proportion; by roots, which are the same on every machine.
fn unit(mut found: Found, Weights(others, crisis): Weights) -> Vec<Gram> {
    found.sort_unstable();
    found.dedup_by_key(|(key, _)| *key);
    let share = 1.0 / (found.len().max(1) as f32).sqrt().sqrt();
    let gram = |(key, tokens)| Gram {
        key,
        value: others * share,
        danger: crisis * share,
        tokens,
    };
    found.into_iter().map(gram).collect()
}

/// FNV-1a: the same on every machine and in every release.
fn hash<'a>(kind: u32, parts: impl Iterator<Item = &'a [u8]>) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(kind);
    for part in parts {
        for byte in part.iter().chain(std::iter::once(&0)) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    // The low bits of FNV are its weakest.
    u32::try_from((hash ^ (hash >> 29)) & u64::from(u32::MAX)).unwrap_or(0)
}

fn dense(tokens: &[Token], ideas: &[Idea], language: Option<&'static Language>) -> [f32; DENSE] {
    let mut dense = [0.0; DENSE];
    dense[0] = 1.0;
    if let Some(language) = language {
        let (score, found) = valence::measure(tokens, language);
        #[expect(clippy::cast_possible_truncation, reason = "a score from -1 to 1")]
        let score = score as f32;
        (dense[1], dense[2], dense[3]) = (score, score.max(0.0), (-score).max(0.0));
        for found in found.iter().filter(|found| !found.negated) {
            for tag in &found.entry.tags {
                if let Some(place) = Signals::TAGS.iter().position(|signal| signal == tag) {
                    dense[4 + place] = 1.0;
                }
            }
        }
    }
    let has = |test: &dyn Fn(&Token) -> bool| f32::from(u8::from(tokens.iter().any(test)));
    dense[9] = has(&|token| OWN.contains(&token.text.as_str()));
    dense[10] = f32::from(u8::from(tokens.len() < 6));
    dense[11] = has(&|token| token.text == "!");
    let danger = ideas::dangers(ideas);
    (dense[12], dense[13]) = (f32::from(u8::from(danger > 0)), danger.min(5) as f32 / 5.0);
    dense[14] = has(&|token| token.text.contains(|c: char| c.is_ascii_digit()));
    dense[15] = has(&|token| token.text == "?");
    dense[16] = has(&|token| token.kind == Kind::Emoji || LAUGHTER.contains(&token.text.as_str()));
    if let Some(language) = language {
        let (score, _) = valence::measure(&tokens[last_clause(tokens)..], language);
        #[expect(clippy::cast_possible_truncation, reason = "a score from -1 to 1")]
        let score = score as f32;
        dense[LAST_MOOD] = score;
    }
    dense
}
