//! Patterns over tokens: words, stems, alternatives and gaps.
//!
//! `worn out` is two words, `exhaust*` a stem, `my|our team` an alternative, and `~` a gap of up
//! to three words. `~~` is a gap of up to five words that only link ("that I would just"), which
//! may cross a comma: it holds a thought together without reaching into another one.

use super::text::{Kind, Token, fold};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const MAX_GAP: usize = 3;
const MAX_LINKS: usize = 5;
/// Stems are found by their first letters.
const KEY_CHARS: usize = 2;

#[derive(Debug, Clone, PartialEq)]
enum Part {
    /// Any of these words; the flag marks a stem.
    Word(Vec<(String, bool)>),
    Gap,
    Links,
}

/// Words that link, in all languages.
static LINKS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("words/links.txt")
        .split_whitespace()
        .map(fold)
        .collect()
});

#[derive(Debug, Clone, PartialEq)]
struct Pattern {
    parts: Vec<Part>,
}

impl Pattern {
    /// `None` for a pattern that is empty or begins or ends with a gap.
    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.split_whitespace().map(part).collect();
        let solid = |part: Option<&Part>| matches!(part, Some(Part::Word(_)));
        (solid(parts.first()) && solid(parts.last())).then_some(Self { parts })
    }

    /// The token after the match that begins at `at`.
    fn end(&self, tokens: &[Token], at: usize) -> Option<usize> {
        Self::walk(&self.parts, tokens, at)
    }

    fn walk(parts: &[Part], tokens: &[Token], at: usize) -> Option<usize> {
        match parts.split_first() {
            None => Some(at),
            Some((Part::Word(alternatives), rest)) => {
                let token = tokens.get(at)?;
                let fits = |(word, stem): &(String, bool)| {
                    if *stem {
                        token.text.starts_with(word.as_str())
                    } else {
                        token.text == *word
                    }
                };
                if alternatives.iter().any(fits) {
                    Self::walk(rest, tokens, at + 1)
                } else {
                    None
                }
            }
            Some((Part::Gap, rest)) => {
                let words = tokens.get(at..).unwrap_or(&[]).iter();
                let room = words
                    .take(MAX_GAP)
                    .take_while(|t| t.kind == Kind::Word)
                    .count();
                (0..=room).find_map(|skip| Self::walk(rest, tokens, at + skip))
            }
            Some((Part::Links, rest)) => {
                let words = tokens.get(at..).unwrap_or(&[]).iter();
                let links = |t: &&Token| t.text == "," || LINKS.contains(&t.text);
                let room = words.take(MAX_LINKS).take_while(links).count();
                (0..=room).find_map(|skip| Self::walk(rest, tokens, at + skip))
            }
        }
    }
}

fn part(text: &str) -> Part {
    match text {
        "~" => return Part::Gap,
        "~~" => return Part::Links,
        _ => {}
    }
    let word = |word: &str| match word.strip_suffix('*') {
        Some(stem) => (fold(stem), true),
        None => (fold(word), false),
    };
    Part::Word(text.split('|').map(word).collect())
}

/// A match of a pattern in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit<'a, T> {
    /// First token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    pub value: &'a T,
}

/// Many patterns, each with a value, found by their first word.
#[derive(Debug)]
pub(super) struct Book<T> {
    entries: Vec<(Pattern, T)>,
    by_word: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
}

impl<T> Default for Book<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            by_word: HashMap::new(),
            by_stem: HashMap::new(),
        }
    }
}

impl<T> Book<T> {
    /// Adds a pattern; `false` if it is none.
    pub fn add(&mut self, pattern: &str, value: T) -> bool {
        let Some(pattern) = Pattern::parse(pattern) else {
            return false;
        };
        let index = self.entries.len();
        if let Some(Part::Word(alternatives)) = pattern.parts.first() {
            for (word, stem) in alternatives {
                if *stem {
                    self.by_stem.entry(key(word)).or_default().push(index);
                } else {
                    self.by_word.entry(word.clone()).or_default().push(index);
                }
            }
        }
        self.entries.push((pattern, value));
        true
    }

    /// Every match that begins at a token, those of exact words first.
    pub fn all_at<'a>(
        &'a self,
        tokens: &'a [Token],
        start: usize,
    ) -> impl Iterator<Item = Hit<'a, T>> {
        let token = tokens.get(start);
        let exact = token.and_then(|token| self.by_word.get(&token.text));
        let stems = token.and_then(|token| self.by_stem.get(&key(&token.text)));
        let candidates = exact.into_iter().chain(stems).flatten();
        candidates.filter_map(move |index| {
            let (pattern, value) = self.entries.get(*index)?;
            let end = pattern.end(tokens, start)?;
            Some(Hit { start, end, value })
        })
    }

    /// The longest match that begins at a token.
    pub fn at<'a>(&'a self, tokens: &'a [Token], start: usize) -> Option<Hit<'a, T>> {
        // The first of equals wins, so exact words win over stems.
        self.all_at(tokens, start)
            .reduce(|best, hit| if hit.end > best.end { hit } else { best })
    }

    /// Longest matches from left to right, none within another.
    pub fn find<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = Hit<'a, T>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < tokens.len() {
                if let Some(hit) = self.at(tokens, at) {
                    at = hit.end;
                    return Some(hit);
                }
                at += 1;
            }
            None
        })
    }

    /// Whether any pattern is found.
    pub fn any(&self, tokens: &[Token]) -> bool {
        self.find(tokens).next().is_some()
    }
}

fn key(word: &str) -> String {
    word.chars().take(KEY_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::super::text::tokens;
    use super::*;

    fn found(patterns: &[&str], text: &str) -> Vec<String> {
        let mut book = Book::default();
        for pattern in patterns {
            assert!(book.add(pattern, ()), "{pattern}");
        }
        let tokens = tokens(text);
        let hits = book.find(&tokens);
        hits.map(|hit| text[tokens[hit.start].start..tokens[hit.end - 1].end].to_owned())
            .collect()
    }

    #[test]
    fn the_longest_match_wins() {
        assert_eq!(
            found(&["worn", "worn out", "out"], "So worn out, out!"),
            ["worn out", "out"]
        );
    }

    #[test]
    fn stems_alternatives_and_gaps() {
        assert_eq!(
            found(&["exhaust*"], "Exhausting, exhausted"),
            ["Exhausting", "exhausted"]
        );
        assert_eq!(
            found(&["my|our team*"], "our teams, the team"),
            ["our teams"]
        );
        assert_eq!(
            found(&["want to ~ rest"], "I want to just finally rest"),
            ["want to just finally rest"]
        );
        assert!(found(&["want to ~ rest"], "I want to go home and then rest").is_empty());
        assert!(found(&["want to ~ rest"], "I want to go. Rest!").is_empty());
        assert_eq!(
            found(&["wish ~~ rest"], "I wish that I could just rest"),
            ["wish that I could just rest"]
        );
        assert!(found(&["wish ~~ rest"], "I wish the children would rest").is_empty());
    }

    #[test]
    fn nonsense_is_no_pattern() {
        let mut book = Book::default();
        for pattern in ["", "  ", "~ a", "a ~"] {
            assert!(!book.add(pattern, ()), "{pattern:?}");
        }
    }
}
