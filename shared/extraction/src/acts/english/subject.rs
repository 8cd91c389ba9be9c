//! Who a clause speaks of.

mod names;

use crate::acts::{Owner, Sentence, known_person, name_like, spelled};
use crate::language::Marks;
use crate::segment::mail::person;
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
    initials(s, at)
        .or_else(|| charge(s, at))
        .or_else(|| pronoun(s, at))
        .or_else(|| mention(s, at))
        .or_else(|| group(s, at))
        .or_else(|| names(s, at))
}

fn pronoun(s: &Sentence, at: usize) -> Option<Subject> {
    let (owner, person) = match s.words.word(at) {
        "i" => (Owner::Speaker, Person::I),
        "me" if at == s.from && s.setting.item && s.words.one_of(at + 1, ":|-|–|—") => {
            (Owner::Speaker, Person::Named)
        }
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

/// "Tom's task is to ..": the owner stands in the genitive.
fn charge(s: &Sentence, at: usize) -> Option<Subject> {
    let w = s.words;
    let owner = w
        .raw(at)
        .strip_suffix("'s")
        .or_else(|| w.raw(at).strip_suffix("’s"))?;
    // "Jen's going to drop the keys off".
    if matches!(w.word(at + 1), "going" | "gonna")
        && w.capital(at)
        && known_person(w, at, s.setting.people)
    {
        return Some(Subject {
            owner: Owner::Named(owner.to_owned()),
            person: Person::Named,
            sure: true,
            to: at + 1,
        });
    }
    let task = w.one_of(
        at + 1,
        "task|job|action|responsibility|homework|mission|role",
    );
    (task && matches!(w.word(at + 2), "is" | ":") && w.capital(at)).then(|| Subject {
        owner: Owner::Named(owner.to_owned()),
        person: Person::Named,
        sure: true,
        to: at + 2,
    })
}

/// "PS to circulate ..", "TR will ..": initials, where it is listed or known whose they are.
fn initials(s: &Sentence, at: usize) -> Option<Subject> {
    let w = s.words;
    let follows = w
        .phrase(
            at + 1,
            "to|will|/|&|and|agreed to|has to|needs to|must|should",
        )
        .is_some();
    let third = crate::fields::title::base_of_third(w.word(at + 1)).is_some()
        && w.word(at + 1).ends_with('s')
        && s.setting.item;
    let label = at > s.from && w.one_of(at - 1, ":|]|-");
    let known = crate::acts::has_initials(s.setting.people, w.raw(at));
    let fits = (follows || third && known)
        && (known
            || (label || s.setting.item || s.setting.action)
                && crate::acts::are_initials(w.raw(at)));
    (fits && w.shape(at) == Letters::Word).then(|| Subject {
        owner: Owner::Named(w.raw(at).to_owned()),
        person: Person::Named,
        sure: true,
        to: at + 1,
    })
}

/// "@maria", "(Maria)".
fn mention(s: &Sentence, at: usize) -> Option<Subject> {
    let w = s.words;
    // "@anna.k@example.org", as comments have it.
    let address = |i: usize| w.shape(i) == Letters::Address && w.word(i).contains('@');
    let part = |i: usize| w.shape(i) == Letters::Word || address(i);
    if w.word(at) == "@" && w.touches(at) && part(at + 1) {
        let mut to = at + 2;
        while matches!(w.word(to), "." | "-") && w.touches(to - 1) && w.touches(to) && part(to + 1)
        {
            to += 2;
        }
        if address(to - 1) {
            return Some(Subject {
                owner: Owner::Named(person(&spelled(w, at + 1, to))?),
                person: Person::Named,
                sure: true,
                to,
            });
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
    let close = if w.word(at) == "[" { "]" } else { ")" };
    // "TODO(kim)": what is joined to a label is a handle.
    let handle = at > s.from && w.touches(at - 1) && w.shape(at + 1) == Letters::Word;
    if matches!(w.word(at), "(" | "[")
        && (known_person(w, at + 1, s.setting.people) || handle && w.word(at) == "(")
        && w.word(at + 2) == close
    {
        return Some(Subject {
            owner: Owner::Named(w.raw(at + 1).to_owned()),
            person: Person::Named,
            sure: true,
            to: at + 2,
        });
    }
    None
}
