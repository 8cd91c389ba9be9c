//! One class for each token.

use crate::acts::{self, Sentence};
use crate::language::Marks;
use crate::text::{Shape, Words};

/// The one class of a token that tells most.
pub(super) fn class(s: &Sentence, i: usize) -> &'static str {
    let w = s.words;
    if s.in_date(i) {
        return "D";
    }
    if acts::known_person(w, i, s.setting.people) {
        return "P";
    }
    plain_class(w, i)
}

/// What a word's marks make of it: the first that it has.
const KNOWN: [(Marks, &str); 22] = [
    (Marks::NEGATION, "not"),
    (Marks::PLEASE, "please"),
    (Marks::FIRST, "I"),
    (Marks::SECOND, "you"),
    (Marks::PLURAL, "we"),
    (Marks::CONDITION, "if"),
    (Marks::DOUBT, "may"),
    (Marks::MODAL, "will"),
    (Marks::ANYONE, "all"),
    (Marks::QUESTION, "what"),
    (Marks::DONE, "done"),
    (Marks::VERB, "V"),
    (Marks::PAST, "ed"),
    (Marks::GERUND, "ing"),
    (Marks::MEETING, "meet"),
    (Marks::EXAM, "exam"),
    (Marks::COURSEWORK, "paper"),
    (Marks::ROLE, "role"),
    (Marks::THIRD, "he"),
    (Marks::REPORT, "said"),
    (Marks::GREETING, "hi"),
    (Marks::FUNCTION, "f"),
];

/// The one class of a token that tells most, as far as the token alone says.
pub(crate) fn plain_class(w: &Words, i: usize) -> &'static str {
    match w.shape(i) {
        Shape::Number => return "9",
        Shape::Address => return "@",
        Shape::Mark => {
            return match w.word(i) {
                ":" => ":",
                "," => ",",
                "?" => "?",
                "." => ".",
                "-" | "–" | "—" | "→" => "-",
                "(" | "[" => "(",
                ")" | "]" => ")",
                "/" => "/",
                _ => "*",
            };
        }
        Shape::Word => {}
    }
    let marks = w.tokens.get(i).map_or(Marks::NONE, |token| token.marks);
    if let Some((_, name)) = KNOWN.iter().find(|(mark, _)| marks.any(*mark)) {
        return name;
    }
    if w.capital(i) { "C" } else { "w" }
}
