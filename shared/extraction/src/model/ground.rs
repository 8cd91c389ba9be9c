//! Whether what a model says is made of what the document says.

use crate::model::locate::word_list;

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

fn same(one: &str, other: &str) -> bool {
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
    fn names_must_be_written() {
        let text = word_list("From: Zoë Müller\nPlease ask Tom.");
        assert!(is_named("Zoe Muller", &text) && is_named("tom", &text));
        assert!(
            !is_named("Thomas", &text) && !is_named("", &text) && !is_named("Tom Miller", &text)
        );
    }
}
