//! Who a clause speaks of.

mod names;

use crate::acts::{Owner, Sentence, known_person, name_like, spelled};
use crate::language::Marks;
use crate::text::Shape as Letters;
use names::{group, names};

/// The subject of a clause.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subject {
    pub owner: Owner,
    pub person: Person,
    /// A pronoun, a role, or a name known to be one.
    pub sure: bool,
    /// The token after it.
    pub to: usize,
}

/// Grammatical person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    I,
    We,
    You,
    They,
    Named,
    Anyone,
    /// Those whom rules speak of.
    Generic,
}

/// The subject that begins at token `at`.
pub(crate) fn read(s: &Sentence, at: usize) -> Option<Subject> {
    pronoun(s, at)
        .or_else(|| mention(s, at))
        .or_else(|| group(s, at))
        .or_else(|| names(s, at))
}

fn pronoun(s: &Sentence, at: usize) -> Option<Subject> {
    let (owner, person) = match s.words.word(at) {
        "i" => (Owner::Speaker, Person::I),
        "i'll" | "i'm" | "i've" | "i'd" | "im" => {
            return Some(Subject {
                owner: Owner::Speaker,
                person: Person::I,
                sure: true,
                to: at,
            });
        }
        "ill"
            if s.words.raw(at) == "Ill"
                || s.words.raw(at) == "ill"
                    && s.setting.addressed
                    && s.words.has(at + 1, Marks::VERB) =>
        {
            return Some(Subject {
                owner: Owner::Speaker,
                person: Person::I,
                sure: true,
                to: at,
            });
        }
        "we" => (Owner::Nobody, Person::We),
        "we'll" | "we're" | "we've" => {
            return Some(Subject {
                owner: Owner::Nobody,
                person: Person::We,
                sure: true,
                to: at,
            });
        }
        "you" => {
            let both = usize::from(matches!(
                s.words.word(at + 1),
                "guys" | "all" | "both" | "two"
            ));
            return Some(Subject {
                owner: Owner::Reader,
                person: Person::You,
                sure: true,
                to: at + 1 + both,
            });
        }
        "you'll" | "you're" => {
            return Some(Subject {
                owner: Owner::Reader,
                person: Person::You,
                sure: true,
                to: at,
            });
        }
        "he" | "she" | "they" => (Owner::Nobody, Person::They),
        "he'll" | "she'll" | "they'll" => {
            return Some(Subject {
                owner: Owner::Nobody,
                person: Person::They,
                sure: true,
                to: at,
            });
        }
        _ => return None,
    };
    Some(Subject {
        owner,
        person,
        sure: true,
        to: at + 1,
    })
}

/// "@maria", "(Maria)".
fn mention(s: &Sentence, at: usize) -> Option<Subject> {
    let w = s.words;
    if w.word(at) == "@" && w.touches(at) && w.shape(at + 1) == Letters::Word {
        let mut to = at + 2;
        while matches!(w.word(to), "." | "-")
            && w.touches(to - 1)
            && w.touches(to)
            && w.shape(to + 1) == Letters::Word
        {
            to += 2;
        }
        let family = known_person(w, to, s.setting.people) || !w.capital(to + 1);
        if name_like(w, to) && w.capital(at + 1) && family && !w.has(to, Marks::VERB) {
            to += 1;
        }
        let mut owner = spelled(w, at + 1, to);
        while matches!(w.word(to), "and" | "&" | ",")
            && w.word(to + 1) == "@"
            && w.shape(to + 2) == Letters::Word
        {
            owner = format!("{owner}, {}", w.raw(to + 2));
            to += 3;
        }
        return Some(Subject {
            owner: Owner::Named(owner),
            person: Person::Named,
            sure: true,
            to,
        });
    }
    if w.word(at) == "(" && known_person(w, at + 1, s.setting.people) && w.word(at + 2) == ")" {
        return Some(Subject {
            owner: Owner::Named(w.raw(at + 1).to_owned()),
            person: Person::Named,
            sure: true,
            to: at + 2,
        });
    }
    None
}
