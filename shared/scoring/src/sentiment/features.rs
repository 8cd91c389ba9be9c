//! A text as numbers: hashed n-grams of words and letters, ideas and pairs of ideas, and what the word lists say of it.

use super::pattern::Book;
use super::text::{Kind, Token};
use super::{Signals, lexicon::Language, valence};
use std::sync::LazyLock;

/// Places that n-grams are hashed into.
pub const BUCKETS: usize = 1 << 15;

/// Numbers beside the n-grams: a constant, the lists' score (three forms), the five signals, and
/// whether the text speaks of its writer, is short, or exclaims, and how many ideas of danger it holds.
pub const DENSE: usize = 14;

/// How much each kind counts, found by cross-validation: with a thousand notes to learn from, ideas
/// carry over to other words, and letters hardly do.
const WORDS_WEIGHT: f32 = 0.7;
const LETTERS_WEIGHT: f32 = 0.3;
const IDEAS_WEIGHT: f32 = 4.0;

/// One n-gram of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gram {
    /// Its place, below [`BUCKETS`].
    pub bucket: usize,
    /// Its weight within the text: what its kind counts, shared by all n-grams of the kind.
    pub value: f32,
    /// The first and the last token it covers.
    pub tokens: (usize, usize),
}

/// A text as the linear model sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Its n-grams, each once.
    pub grams: Vec<Gram>,
    /// The other numbers.
    pub dense: [f32; DENSE],
    /// The text holds any idea: what is said in another language, or is nothing but numbers, does not.
    pub says_something: bool,
}

/// Words that stand for one idea, in all languages at once, by the number of their line; the flag
/// marks those that a sign of crisis is made of.
static CONCEPTS: LazyLock<Vec<(bool, Book<()>)>> = LazyLock::new(|| {
    let lines = include_str!("words/concepts.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, patterns)| {
            let mut book = Book::default();
            for pattern in patterns.split(", ") {
                // What cannot be read is left out here and found by the test below.
                book.add(pattern.trim(), ());
            }
            (name.starts_with('!'), book)
        })
        .collect()
});

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
        let mut grams = unit(words, WORDS_WEIGHT);
        grams.extend(unit(letters, LETTERS_WEIGHT));
        grams.extend(unit(ideas(tokens), IDEAS_WEIGHT));
        Self {
            grams,
            dense: dense(tokens, language),
            says_something: CONCEPTS.iter().any(|(_, book)| book.any(tokens)),
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
fn letters_of(out: &mut Vec<(usize, (usize, usize))>, index: usize, word: &str) {
    let bounded: Vec<char> = std::iter::once('_')
        .chain(word.chars())
        .chain(std::iter::once('_'))
        .collect();
    for (kind, length) in (13..).zip(3..=5) {
        for run in bounded.windows(length) {
            let text: String = run.iter().collect();
            let bucket = hash(kind, std::iter::once(text.as_bytes()));
            out.push((bucket, (index, index)));
        }
    }
}

/// The ideas of a text, and every pair of them: a bridge and a train are a way home, a bridge and a
/// farewell are not.
fn ideas(tokens: &[Token]) -> Vec<(usize, (usize, usize))> {
    let found: Vec<(usize, (usize, usize))> = CONCEPTS
        .iter()
        .enumerate()
        .filter_map(|(number, (_, book))| {
            let hit = book.find(tokens).next()?;
            Some((number, (hit.start, hit.end - 1)))
        })
        .collect();
    let mut out = Vec::new();
    for (index, (one, at)) in found.iter().enumerate() {
        let name = one.to_le_bytes();
        out.push((hash(20, std::iter::once(name.as_slice())), *at));
        for (other, then) in &found[index + 1..] {
            let pair = [name, other.to_le_bytes()];
            let bucket = hash(21, pair.iter().map(<[u8; 8]>::as_slice));
            out.push((bucket, (at.0.min(then.0), at.1.max(then.1))));
        }
    }
    out
}

/// Each n-gram once, all of one length together.
fn unit(mut found: Vec<(usize, (usize, usize))>, weight: f32) -> Vec<Gram> {
    found.sort_unstable();
    found.dedup_by_key(|(bucket, _)| *bucket);
    let value = weight / (found.len().max(1) as f32).sqrt();
    let gram = |(bucket, tokens)| Gram {
        bucket,
        value,
        tokens,
    };
    found.into_iter().map(gram).collect()
}

/// FNV-1a: the same on every machine and in every release.
fn hash<'a>(kind: u32, parts: impl Iterator<Item = &'a [u8]>) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(kind);
    for part in parts {
        for byte in part.iter().chain(std::iter::once(&0)) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    // The low bits of FNV are its weakest.
    usize::try_from((hash ^ (hash >> 29)) % BUCKETS as u64).unwrap_or(0)
}

fn dense(tokens: &[Token], language: Option<&'static Language>) -> [f32; DENSE] {
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
    let dangers = CONCEPTS.iter().filter(|(danger, _)| *danger);
    let danger = dangers.filter(|(_, book)| book.any(tokens)).count();
    (dense[12], dense[13]) = (f32::from(u8::from(danger > 0)), danger.min(5) as f32 / 5.0);
    dense
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_concept_can_be_read() {
        for line in include_str!("words/concepts.txt").lines() {
            if line.starts_with('#') {
                continue;
            }
            let (_, patterns) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
            let mut book = Book::default();
            assert!(
                patterns.split(", ").all(|p| book.add(p.trim(), ())),
                "{line}"
            );
        }
        assert!(CONCEPTS.len() > 40);
    }
}
