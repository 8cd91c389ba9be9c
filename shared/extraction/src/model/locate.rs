//! Where words that a model quotes stand in the text, although it has tidied them up.

use crate::text::fold;
use std::ops::Range;

/// A text reduced to what survives tidying: folded letters and digits, each run of anything else one blank.
pub(crate) struct Reduced {
    letters: String,
    /// Byte in the text of each byte of `letters`.
    places: Vec<usize>,
    base: usize,
}

impl Reduced {
    /// Reduces `text[range]`.
    pub(crate) fn new(text: &str, range: Range<usize>) -> Self {
        let mut reduced = Self {
            letters: String::with_capacity(range.len()),
            places: Vec::with_capacity(range.len()),
            base: range.start,
        };
        for (at, c) in text[range].char_indices() {
            let c = fold(c);
            if c.is_alphanumeric() {
                reduced.push(c, at);
            } else if !reduced.letters.is_empty() && !reduced.letters.ends_with(' ') {
                reduced.push(' ', at);
            }
        }
        reduced
    }

    fn push(&mut self, c: char, at: usize) {
        self.letters.push(c);
        self.places.resize(self.letters.len(), at);
    }

    /// All places of `quote`, as bytes of the text, at word boundaries, without regard to case, accents,
    /// spacing and punctuation. At most `most` of them.
    pub(crate) fn find(&self, text: &str, quote: &str, most: usize) -> Vec<Range<usize>> {
        let wanted = Self::new(quote, 0..quote.len());
        let wanted = wanted.letters.trim();
        if wanted.is_empty() {
            return Vec::new();
        }
        let letters = self.letters.as_bytes();
        let is_edge = |at: usize| letters.get(at).is_none_or(|&b| b == b' ');
        self.letters
            .match_indices(wanted)
            .filter(|(at, _)| (*at == 0 || letters[at - 1] == b' ') && is_edge(at + wanted.len()))
            .take(most)
            .map(|(at, _)| {
                let last = self.base + self.places[at + wanted.len() - 1];
                let width = text[last..].chars().next().map_or(0, char::len_utf8);
                self.base + self.places[at]..last + width
            })
            .collect()
    }
}

/// Letters and digits of a text, folded, in words.
pub(crate) fn word_list(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().map(fold).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'t>(text: &'t str, quote: &str) -> Vec<&'t str> {
        let reduced = Reduced::new(text, 0..text.len());
        let places = reduced.find(text, quote, 9);
        places.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn tidied_words_are_found_and_invented_ones_are_not() {
        let text = "– Müller:  “Send the\n  report”, by **Friday**!";
        assert_eq!(
            found(text, "Muller: \"send the report\""),
            ["Müller:  “Send the\n  report"]
        );
        assert_eq!(found(text, "report, by Friday"), ["report”, by **Friday"]);
        assert!(found(text, "end the report").is_empty(), "half a word");
        assert!(found(text, "send the invoice").is_empty());
        assert!(found(text, "…").is_empty());
    }

    proptest! {
        #[test]
        fn every_passage_is_found_in_its_text(text in "[a-zäß😀 .\n]{0,60}", from in 0_usize..60, len in 1_usize..60) {
            let chars: Vec<char> = text.chars().collect();
            let quote: String = chars.iter().skip(from).take(len).collect();
            for place in found(&text, &quote) {
                prop_assert!(!place.trim().is_empty());
            }
            if word_list(&text) == word_list(&quote) && !word_list(&text).is_empty() {
                prop_assert_eq!(found(&text, &quote).len(), 1);
            }
        }
    }
}
