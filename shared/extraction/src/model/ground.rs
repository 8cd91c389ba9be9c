//! Whether what a model says is made of what the document says.

use crate::language::{Language, Marks};
use crate::model::locate::word_list;
use std::ops::Range;

/// Letters by which two forms of a word are known to be one: "reviewing" and "review", "Prüfung" and "prüfen".
const STEM: usize = 4;

/// Whether a title is made of the words around its quote: every number stands there, and of its longer words at
/// least half do, in some form. A title that is not is one the model made up, or was told to.
pub(crate) fn is_grounded(title: &str, around: &[String]) -> bool {
    let title = word_list(title);
    let has_digit = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
    let stands = |word: &String| around.iter().any(|known| same(word, known));
    if title.iter().any(|word| has_digit(word) && !stands(word)) {
        return false;
    }
    let long: Vec<&String> = title
        .iter()
        .filter(|word| word.chars().count() >= STEM)
        .collect();
    let held = long.iter().filter(|word| stands(word)).count();
    if long.is_empty() {
        return title.iter().any(stands);
    }
    held * 2 >= long.len() && held > 0
}

/// As few words say nothing by themselves.
const FEW: usize = 2;

/// Whether a quote says something: more than a word or two, or the whole of a short line, a cell or a sentence.
pub(crate) fn is_telling(text: &str, quote: &Range<usize>) -> bool {
    let edge = |c: char| "\n\r\t|.!?;:".contains(c);
    let before = text[..quote.start].chars().rev();
    let mut before = before.skip_while(|c| !edge(*c) && !c.is_alphanumeric());
    let mut after = text[quote.end..]
        .chars()
        .skip_while(|c| !edge(*c) && !c.is_alphanumeric());
    let whole = before.next().is_none_or(edge) && after.next().is_none_or(edge);
    whole || word_list(&text[quote.clone()]).len() > FEW
}

/// Whether a title or an owner names somebody of whom `known` says nothing. In German every noun has a capital, so
/// only given names tell there.
pub(crate) fn names_stranger(title: &str, known: &[String], language: Language) -> bool {
    let words: Vec<&str> = title.split_whitespace().collect();
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let cased =
        |word: &&str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    // "Complete Budget Review" has capitals everywhere.
    let headline = words.len() > 2 && words.iter().filter(|w| letters(w) >= STEM).all(cased);
    words.iter().enumerate().any(|(at, word)| {
        let opens = at == 0 || words[at - 1].ends_with([':', '.']);
        let parts = word_list(word);
        let given = |part: &String| Language::English.lexicon().marks(part).any(Marks::GIVEN);
        let stands = |part: &String| known.iter().any(|known| same(part, known));
        let noun = opens || headline || language == Language::German;
        let name = parts.first().is_some_and(given) || !noun;
        cased(word) && name && !parts.iter().any(stands)
    })
}

pub(crate) fn same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let common = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let digits = one.bytes().any(|b| b.is_ascii_digit());
    !digits && common >= STEM
}

/// Whether a name is written in the text, all its words in a row or at least its first.
pub(crate) fn is_named(name: &str, text: &[String]) -> bool {
    let name = word_list(name);
    !name.is_empty()
        && name.len() <= 6
        && name
            .iter()
            .all(|word| text.iter().any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_reworded_but_not_made_up() {
        let around =
            word_list("Anna mentioned that the budget for Q3 needs reviewing before 14 March.");
        assert!(is_grounded("Review the Q3 budget", &around));
        assert!(is_grounded("Complete budget review", &around));
        assert!(!is_grounded("Transfer 5000 EUR to the account", &around));
        assert!(!is_grounded("Review the Q4 budget", &around));
        assert!(!is_grounded("Call the bank", &around));
        assert!(!is_grounded("", &around));
    }

    #[test]
    fn a_name_that_is_not_there_is_one_made_up() {
        let near = word_list("Please send the revised offer to Kim by Friday.");
        let strange = |title: &str| names_stranger(title, &near, Language::English);
        assert!(strange("Send the offer to Bob") && strange("Send offer to Mr Achterberg"));
        assert!(!strange("Send the offer to Kim") && !strange("Deliver the PDF to Kim"));
        assert!(!strange("Deliver Revised Proposal"), "a headline");
        let near = word_list("Bitte schick das Angebot an Kim.");
        let strange = |title: &str| names_stranger(title, &near, Language::German);
        assert!(
            !strange("Angebot zur Durchsicht schicken") && strange("Angebot an Wolfgang schicken")
        );
    }

    #[test]
    fn a_word_or_two_are_no_quote_unless_they_are_all() {
        let text = "- Order paint\nCall Bob. Look at the boiler in the cellar | Tom |\n";
        let telling = |quote: &str| {
            let at = text.find(quote).unwrap_or(0);
            is_telling(text, &(at..at + quote.len()))
        };
        assert!(telling("Order paint") && telling("Call Bob") && telling("at the boiler"));
        assert!(!telling("the") && !telling("the boiler") && telling("Tom"));
    }

    #[test]
    fn names_must_be_written() {
        let text = word_list("From: Zoë Müller\nPlease ask Tom.");
        assert!(is_named("Zoe Muller", &text) && is_named("tom", &text));
        assert!(
            !is_named("Thomas", &text) && !is_named("", &text) && !is_named("Tom Miller", &text)
        );
    }
}
