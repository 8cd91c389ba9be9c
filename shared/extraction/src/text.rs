//! Words with their places: everything later works on these tokens, never on raw strings.

mod fold;
mod lists;

pub(crate) use fold::{capitalised, lower_first};
pub use fold::{fold, fold_str};
use lists::{Index, Key};
pub(crate) use lists::{Places, Quick, begins, hash, leads, one_of};

use crate::language::{Lexicon, Marks};
use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Letters, perhaps with digits after them.
    Word,
    /// Digits.
    Number,
    /// One character of anything else.
    Mark,
    /// An address: a URL or an e-mail address.
    Address,
}

/// One word, number or mark of a passage.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// First byte in the document.
    pub start: usize,
    /// One after the last byte.
    pub end: usize,
    /// Place of the folded form.
    low: (u32, u32),
    /// Of the folded form.
    key: Key,
    /// What it is made of.
    pub shape: Shape,
    /// The classes the lexicon puts it in.
    pub marks: Marks,
}

/// A passage of the document as tokens, folded: lower case, without accents.
#[derive(Debug, Clone)]
pub struct Words<'t> {
    /// The whole document.
    pub text: &'t str,
    /// The tokens in order.
    pub tokens: Vec<Token>,
    folded: String,
}

fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c)
}

impl<'t> Words<'t> {
    /// Cuts `text[start..end]` into tokens, unmarked.
    pub fn read(text: &'t str, start: usize, end: usize) -> Self {
        /// Hardly any text has more tokens than one for so many bytes.
        const SHORT: usize = 5;
        let length = end - start;
        let mut words = Self {
            text,
            tokens: Vec::with_capacity(length / SHORT + 1),
            folded: String::with_capacity(length),
        };
        let mut at = start;
        while let Some(c) = text[at..end].chars().next() {
            let next = at + c.len_utf8();
            if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                at = next;
                continue;
            }
            at = if c.is_ascii_digit() {
                words.push_number(at, end)
            } else if is_word_char(c) {
                words.push_word(at, end)
            } else {
                words.push(at, next, Shape::Mark);
                next
            };
        }
        words
    }

    /// Looks every token up in `lexicon`.
    pub fn mark(&mut self, lexicon: &Lexicon) {
        for i in 0..self.tokens.len() {
            let marks = lexicon.marks(self.word(i));
            // "IT" is a department, "it" is none.
            let pronoun = self.word(i) == "it" && self.raw(i) != "IT";
            self.tokens[i].marks = if pronoun {
                marks.without(Marks::ROLE)
            } else {
                marks
            };
        }
    }

    fn push(&mut self, start: usize, end: usize, shape: Shape) {
        let at = self.folded.len();
        let raw = &self.text[start..end];
        if raw.is_ascii() {
            self.folded.push_str(raw);
            self.folded[at..].make_ascii_lowercase();
        } else {
            self.folded.extend(raw.chars().map(fold));
        }
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        self.tokens.push(Token {
            start,
            end,
            low: (place(at), place(self.folded.len())),
            key: Key::of(&self.folded[at..]),
            shape,
            marks: Marks::NONE,
        });
    }

    /// A word whose second half stands on the next line.
    fn push_broken(&mut self, start: usize, end: usize, rest: (usize, usize)) {
        self.push(start, end, Shape::Word);
        let text = self.text;
        self.folded.extend(text[rest.0..rest.1].chars().map(fold));
        if let Some(token) = self.tokens.last_mut() {
            token.end = rest.1;
            token.low.1 = u32::try_from(self.folded.len()).unwrap_or(u32::MAX);
            token.key = Key::of(&self.folded[token.low.0 as usize..]);
        }
    }

    fn push_number(&mut self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end && bytes[at].is_ascii_digit() {
            at += 1;
        }
        self.push(start, at, Shape::Number);
        // Letters right after digits are a word of their own, up to the next digit: "10h30", "3pm", "14th".
        let letters = at
            + self.text[at..end]
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(end - at);
        if letters > at {
            self.push(at, letters, Shape::Word);
        }
        letters
    }

    fn push_word(&mut self, start: usize, end: usize) -> usize {
        let text = self.text;
        // Most words are plain letters up to a blank or a full stop.
        let bytes = &text.as_bytes()[start..end];
        let plain = bytes
            .iter()
            .position(|b| !b.is_ascii_alphanumeric() && *b != b'_')
            .unwrap_or(bytes.len());
        let stops = bytes
            .get(plain)
            .is_none_or(|b| b.is_ascii() && !matches!(b, b'\'' | b'@' | b':'));
        if stops && plain > 0 {
            let rest = broken(text, start + plain, end);
            let whole = || {
                let first = text[start..start + plain].to_ascii_lowercase();
                plain > 1 && !one_of(COMPOUND, &first)
            };
            if let Some(rest) = rest.filter(|_| whole()) {
                self.push_broken(start, start + plain, rest);
                return rest.1;
            }
            self.push(start, start + plain, Shape::Word);
            return start + plain;
        }
        let mut at = start;
        let mut address = false;
        let mut chars = text[start..end].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let next = chars.peek().map(|&(_, n)| n);
            let inside = |n: Option<char>| n.is_some_and(char::is_alphanumeric);
            let joins = is_word_char(c)
                || c.is_ascii_digit()
                || (matches!(c, '\'' | '’' | 'ʼ') && inside(next))
                || (matches!(c, '@' | ':') && {
                    address |= starts_address(c, &text[start + offset..end]);
                    address
                })
                || (address
                    && !c.is_whitespace()
                    && !matches!(c, '>' | ')' | ']' | ',' | ';' | '"' | '|' | '<'));
            if !joins {
                break;
            }
            // "d'envoyer", "l'équipe", "qu'il": the elided word stands alone; "I'll" and "o'clock" do not.
            if !address
                && matches!(c, '\'' | '’')
                && elides(
                    &text[start..start + offset],
                    &text[start + offset + c.len_utf8()..end],
                )
            {
                at = start + offset + c.len_utf8();
                self.push(start, at, Shape::Word);
                return at;
            }
            at = start + offset + c.len_utf8();
        }
        while address
            && at > start + 1
            && matches!(text.as_bytes()[at - 1], b'.' | b'!' | b'?' | b':')
        {
            at -= 1;
        }
        self.push(
            start,
            at,
            if address { Shape::Address } else { Shape::Word },
        );
        at
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded form of token `i`; empty past the end.
    pub fn word(&self, i: usize) -> &str {
        self.tokens
            .get(i)
            .map_or("", |t| &self.folded[t.low.0 as usize..t.low.1 as usize])
    }

    /// The exact form of token `i`; empty past the end.
    pub fn raw(&self, i: usize) -> &'t str {
        self.tokens
            .get(i)
            .map_or("", |t| &self.text[t.start..t.end])
    }

    /// What token `i` is made of; a mark past the end.
    pub fn shape(&self, i: usize) -> Shape {
        self.tokens.get(i).map_or(Shape::Mark, |t| t.shape)
    }

    /// The number token `i` spells, if it is one of at most four digits.
    pub fn number(&self, i: usize) -> Option<u32> {
        (self.shape(i) == Shape::Number && self.word(i).len() <= 4)
            .then(|| self.word(i).parse().ok())?
    }

    /// Whether token `i` carries one of `marks`.
    pub fn has(&self, i: usize, marks: Marks) -> bool {
        self.tokens.get(i).is_some_and(|t| t.marks.any(marks))
    }

    /// Whether the tokens from `i` on are the words of `phrase`, which are separated by spaces.
    pub fn seq(&self, i: usize, phrase: &str) -> bool {
        self.spells(i, phrase).is_some()
    }

    /// Whether token `i` is one of the words in `list`, which are separated by bars.
    pub fn one_of(&self, i: usize, list: &'static str) -> bool {
        self.is_in(i, lists::entries(list))
    }

    /// Whether one of the tokens is one of the words in `list`.
    pub fn any_of(&self, tokens: Range<usize>, list: &'static str) -> bool {
        let list = lists::entries(list);
        tokens.into_iter().any(|i| self.is_in(i, list))
    }

    #[inline]
    fn is_in(&self, i: usize, list: &'static Index) -> bool {
        self.entries(i, list).is_some()
    }

    /// What stands in `list` under token `i`.
    #[inline]
    fn entries(&self, i: usize, list: &'static Index) -> Option<&'static [&'static str]> {
        let token = self.tokens.get(i);
        let key = token.map_or_else(|| Key::of(""), |token| token.key);
        list.may_have(key).then(|| list.get(self.word(i)))?
    }

    /// The longest of the phrases in `list` (separated by bars) that begins at `i`: its length in tokens.
    pub fn phrase(&self, i: usize, list: &'static str) -> Option<usize> {
        self.longest(i, lists::phrases(list))
    }

    /// Whether one of the phrases in `list` begins at one of the tokens.
    pub fn any_phrase(&self, tokens: Range<usize>, list: &'static str) -> bool {
        self.find_phrase(tokens, list).is_some()
    }

    /// The first of the tokens at which one of the phrases in `list` begins, and the length of the longest there.
    pub fn find_phrase(&self, tokens: Range<usize>, list: &'static str) -> Option<(usize, usize)> {
        let list = lists::phrases(list);
        tokens
            .into_iter()
            .find_map(|i| Some((i, self.longest(i, list)?)))
    }

    fn longest(&self, i: usize, list: &'static Index) -> Option<usize> {
        let phrases = self.entries(i, list).filter(|_| i < self.len())?;
        let first = self.word(i);
        let length = |phrase: &&str| match phrase.get(first.len() + 1..) {
            Some(rest) => self.spells(i + 1, rest).map(|n| n + 1),
            None => Some(1),
        };
        phrases.iter().filter_map(length).max()
    }

    /// How many tokens from `i` on the words of `phrase` are, if they are.
    fn spells(&self, i: usize, phrase: &str) -> Option<usize> {
        let mut rest = phrase;
        for at in i.. {
            rest = rest.strip_prefix(self.word(at))?;
            if rest.is_empty() {
                return Some(at + 1 - i);
            }
            rest = rest.strip_prefix(' ')?;
        }
        None
    }

    /// Whether token `i` begins with a capital letter.
    pub fn capital(&self, i: usize) -> bool {
        self.raw(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether nothing, not even a space, stands between tokens `i` and `i + 1`.
    pub fn touches(&self, i: usize) -> bool {
        self.tokens
            .get(i)
            .zip(self.tokens.get(i + 1))
            .is_some_and(|(a, b)| a.end == b.start)
    }

    /// The bytes of the document that tokens `from..to` cover.
    pub fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        match (
            self.tokens.get(from),
            to.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(a), Some(b)) if a.start <= b.end => a.start..b.end,
            _ => 0..0,
        }
    }

    /// The exact text between two bytes of the document.
    pub fn between(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or("")
    }

    /// The exact text of tokens `from..to`.
    pub fn slice(&self, from: usize, to: usize) -> &'t str {
        &self.text[self.bytes(from, to)]
    }
}

/// Words after which a hyphen at the end of a line is their own: "follow-\nup".
const COMPOUND: &str = "\
    one|two|three|four|five|six|seven|eight|nine|ten|follow|full|part|half|well|long|short|high|low|self|non|re|pre|co|up|in|on|off|out|over|year|time|check|set|back|by|kick|sign|hand|stand|start|build|add|drop|log|wrap|end|face|one|back|front|cross|real|third|first|second|decision|all|open|on|work|e";

/// The other half of a word broken at the end of a line, if one begins behind byte `at`.
fn broken(text: &str, at: usize, end: usize) -> Option<(usize, usize)> {
    let rest = text[at..end].strip_prefix('-')?;
    let below = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))?
        .trim_start_matches(' ');
    let from = end - below.len();
    let length = below
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(below.len());
    let small = below.starts_with(char::is_lowercase);
    (small && length > 1).then_some((from, from + length))
}

fn starts_address(c: char, rest: &str) -> bool {
    let follows = rest.chars().nth(1).is_some_and(char::is_alphanumeric);
    match c {
        '@' => follows,
        _ => rest.starts_with("://") || rest.starts_with(":/") && !rest.starts_with(":/ "),
    }
}

fn elides(before: &str, after: &str) -> bool {
    let short = matches!(before.len(), 1) || before.eq_ignore_ascii_case("qu");
    let english = ["ll", "m", "d", "ve", "re", "s", "t", "clock"];
    let word: String = after
        .chars()
        .take_while(|c| c.is_alphabetic())
        .map(fold)
        .collect();
    short && !before.eq_ignore_ascii_case("o") && !english.contains(&word.as_str())
}
