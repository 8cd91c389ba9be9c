//! Signs of self-harm, one's own or of somebody near.
//!
//! Built to miss nothing rather than to be always right: a false alarm shows a phone number to
//! somebody who does not need it. Only what is clearly something else is left out: idioms, stories,
//! denials, and what lies long in the past.

use super::pattern::{Book, Hit};
use super::text::{Kind, Token};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words before a sign in which a denial counts, and words after it.
const DENIAL_REACH: usize = 3;

/// Whom a sign is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    Own,
    Other,
}

/// A sign, as a range of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub whom: Whom,
    /// Nothing but the bare subject: it is talked about in trainings and news, too.
    pub bare: bool,
    pub start: usize,
    pub end: usize,
}

/// Whether a pattern itself contains a denial ("do not want to live").
#[derive(Debug, Clone, Copy)]
struct Denies(bool);

#[derive(Debug, Default)]
struct Signs {
    own: Book<Denies>,
    other: Book<Denies>,
    word: Book<Denies>,
    idiom: Book<()>,
    fiction: Book<()>,
    deny: Book<()>,
    deny_after: Book<()>,
    past: Book<()>,
    then: Book<()>,
    now: Book<()>,
    /// A present that is good.
    fine: Book<()>,
    /// Words that stand for each other, by name.
    classes: HashMap<String, String>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs = Signs::default();
    let lines = || include_str!("words/crisis.txt").lines();
    // Denials first: patterns are checked against them. What cannot be read is left out here and
    // found by the test below.
    for line in lines().filter(|line| line.starts_with("deny")) {
        signs.read(line);
    }
    for line in lines().filter(|line| !line.starts_with("deny")) {
        signs.read(line);
    }
    signs
});

/// All signs in a text, sentence by sentence.
pub(super) fn find(tokens: &[Token]) -> Vec<Sign> {
    let signs = &*SIGNS;
    let mut found = Vec::new();
    let mut before: &[Token] = &[];
    let mut start = 0;
    for sentence in tokens.split_inclusive(|token| token.kind == Kind::End) {
        signs.in_sentence(sentence, before, start, &mut found);
        start += sentence.len();
        if sentence.len() > 1 {
            before = sentence;
        }
    }
    found
}

impl Signs {
    fn read(&mut self, line: &str) -> bool {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return true;
        }
        let Some((kind, patterns)) = line.split_once(": ") else {
            return false;
        };
        if let Some(name) = kind.strip_prefix("class ") {
            self.classes
                .insert(format!("<{name}>"), patterns.to_owned());
            return true;
        }
        let Some(patterns) = self.spelled_out(patterns) else {
            return false;
        };
        let mut patterns = patterns.split(',').map(str::trim);
        let signs = match kind {
            "own" => Some(&mut self.own),
            "other" => Some(&mut self.other),
            "word" => Some(&mut self.word),
            _ => None,
        };
        if let Some(signs) = signs {
            return patterns.all(|pattern| {
                let words = super::text::tokens(&pattern.replace(['|', '*', '~'], " "));
                signs.add(pattern, Denies(self.deny.any(&words)))
            });
        }
        let plain = match kind {
            "idiom" => &mut self.idiom,
            "fiction" => &mut self.fiction,
            "deny" => &mut self.deny,
            "deny_after" => &mut self.deny_after,
            "past" => &mut self.past,
            "then" => &mut self.then,
            "now" => &mut self.now,
            "fine" => &mut self.fine,
            _ => return false,
        };
        patterns.all(|pattern| plain.add(pattern, ()))
    }

    /// Patterns with every `<name>` replaced by its words; `None` for an unknown name.
    fn spelled_out(&self, patterns: &str) -> Option<String> {
        let mut patterns = patterns.to_owned();
        for (name, words) in &self.classes {
            patterns = patterns.replace(name, words);
        }
        (!patterns.contains('<')).then_some(patterns)
    }

    fn in_sentence(
        &self,
        sentence: &[Token],
        before: &[Token],
        offset: usize,
        found: &mut Vec<Sign>,
    ) {
        let idioms: Vec<_> = (0..sentence.len())
            .filter_map(|at| self.idiom.at(sentence, at))
            .map(|hit| (hit.start, hit.end))
            .collect();
        let idiomatic = |hit: &Hit<'_, Denies>| {
            idioms
                .iter()
                .any(|(start, end)| hit.start < *end && hit.end > *start)
        };
        let story = self.fiction.any(sentence);
        let personal = sentence.iter().any(|t| {
            matches!(
                t.text.as_str(),
                "i" | "im" | "ive" | "id" | "my" | "me" | "ich" | "mir" | "mich" | "yo" | "je"
            )
        });
        let kinds = [
            (&self.own, Whom::Own, false),
            (&self.other, Whom::Other, true),
            (
                &self.word,
                if personal { Whom::Own } else { Whom::Other },
                true,
            ),
        ];
        for (place, (book, whom, may_be_story)) in kinds.into_iter().enumerate() {
            // Every beginning on its own: a denied sign must not hide the one that overlaps it.
            let hits = (0..sentence.len())
                .filter_map(|at| book.at(sentence, at))
                .filter(|hit| !idiomatic(hit))
                .filter(|_| !(story && may_be_story))
                .filter(|hit| !self.denied(sentence, hit))
                .filter(|hit| !self.long_past(sentence, before, hit));
            found.extend(hits.map(|hit| Sign {
                whom,
                bare: place == 2,
                start: offset + hit.start,
                end: offset + hit.end,
            }));
        }
    }

    fn denied(&self, sentence: &[Token], hit: &Hit<'_, Denies>) -> bool {
        let begin = hit.start.saturating_sub(DENIAL_REACH);
        // The reach ends where somebody else begins to speak: "no one knows I want to die".
        let barrier = |token: &Token| {
            token.kind != Kind::Word
                || matches!(
                    token.text.as_str(),
                    "i" | "im" | "stop" | "stopped" | "help" | "why" | "only" | "just" | "but"
                )
        };
        let reach = &sentence[begin..hit.start];
        let reach = reach
            .iter()
            .rposition(barrier)
            .map_or(reach, |at| &reach[at + 1..]);
        let end = (hit.end + DENIAL_REACH).min(sentence.len());
        let after = &sentence[hit.end..end];
        let after = after
            .split(|token| token.kind != Kind::Word)
            .next()
            .unwrap_or(&[]);
        let inside = !hit.value.0 && self.deny.any(&sentence[hit.start..hit.end]);
        inside || self.deny.any(reach) || self.deny_after.any(after)
    }

    /// Long ago by the words of this sentence or, for what is told in the past, of the one before.
    fn long_past(&self, sentence: &[Token], before: &[Token], hit: &Hit<'_, Denies>) -> bool {
        let goes_on = |tokens: &[Token]| self.now.any(tokens) && !self.fine.any(tokens);
        if goes_on(sentence) {
            return false;
        }
        let begin = hit.start.saturating_sub(4);
        let told = self.then.any(&sentence[begin..hit.end]);
        told && (self.past.any(sentence) || (self.past.any(before) && !goes_on(before)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_read() {
        let mut signs = Signs::default();
        for line in include_str!("words/crisis.txt").lines() {
            assert!(signs.read(line), "{line}");
            let inner = line
                .split([' ', ',', '|'])
                .any(|word| word.trim_end_matches('*').contains('*'));
            assert!(!inner, "{line}");
        }
        assert!(!Signs::default().read("sometimes: die"));
        assert!(!Signs::default().read("own: ~ die"));
        assert!(!Signs::default().read("own: <unknown> die"));
    }
}
