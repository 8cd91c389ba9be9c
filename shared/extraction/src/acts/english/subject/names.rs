//! Names and groups at the head of an English clause.

use crate::acts::english::subject::{Person, Subject};
use crate::acts::{Owner, Sentence, known_person, name_like, spelled};
use crate::language::Marks;
use crate::text::{Shape as Letters, one_of};

/// "the marketing team", "everyone", "all students", "someone".
pub(crate) fn group(s: &Sentence, at: usize) -> Option<Subject> {
    let w = s.words;
    let determined = w.one_of(at, "the|our|all|each|every|both|your|any|my|a|an|this");
    let mut i = at + usize::from(determined);
    if matches!(w.word(i), "the" | "our" | "of") {
        i += 1;
    }
    let first = i;
    if known_person(w, i, s.setting.people) && !determined {
        return None;
    }
    while i < s.to
        && i < first + 4
        && (w.has(i, Marks::ROLE)
            || (w.shape(i) == Letters::Word
                && w.has(i + 1, Marks::ROLE)
                && !w.has(i, Marks::FUNCTION.and(Marks::VERB).and(Marks::PAST))
                && !w.word(i).ends_with("ed")))
    {
        i += 1;
    }
    if i > first && w.has(i - 1, Marks::ROLE) {
        // "Product", "Design", "Office": a role only when it stands for people, not before a noun.
        let owner = spelled(w, if w.word(at) == "all" { at } else { first }, i);
        // "Each department must name a safety officer" is a rule.
        let every = w.one_of(at, "each|every|any");
        let crowd = every
            || w.word(i - 1) == "staff" && !s.setting.action
            || !determined
                && w.word(i - 1).ends_with('s')
                && !w.one_of(i - 1, "sales|ops|logistics|operations|comms|communications|analytics|facilities|tas|devs");
        if crowd {
            return Some(Subject {
                owner: Owner::Named(owner),
                person: Person::Generic,
                sure: true,
                to: i,
            });
        }
        // "A working group (Maria, Tom) will ..".
        let aside = (w.word(i) == "(")
            .then(|| (i + 1..s.to.min(i + 9)).find(|&k| w.word(k) == ")"))
            .flatten();
        return Some(Subject {
            owner: Owner::Named(owner),
            person: Person::Named,
            sure: true,
            to: aside.map_or(i, |close| close + 1),
        });
    }
    if w.has(first, Marks::GENERIC) && first < s.to {
        return Some(Subject {
            owner: Owner::Named(spelled(w, at, first + 1)),
            person: Person::Generic,
            sure: true,
            to: first + 1,
        });
    }
    anyone(s, at)
}

/// "someone", "everyone attending", "both of them".
fn anyone(s: &Sentence, at: usize) -> Option<Subject> {
    const CALLED: &str = "attending|coming|involved|concerned|present|joining|else|here|participating|travelling|traveling|affected";
    let w = s.words;
    let (owner, person, more) = match w.word(at) {
        "someone" | "somebody" | "anyone" | "anybody" => (
            Owner::Nobody,
            Person::Anyone,
            w.phrase(at + 1, "from").map(|n| n + 1),
        ),
        "everyone" | "everybody" | "all" => (
            Owner::Named(w.raw(at).to_owned()),
            Person::Named,
            w.phrase(at + 1, "of you")
                .or_else(|| w.one_of(at + 1, CALLED).then_some(1)),
        ),
        "both" => (
            Owner::Nobody,
            Person::They,
            w.phrase(at + 1, "of them|of you"),
        ),
        _ => return None,
    };
    Some(Subject {
        owner,
        person,
        sure: true,
        to: at + 1 + more.unwrap_or(0),
    })
}

pub(crate) fn title(word: &str) -> bool {
    one_of(
        "mr|mrs|ms|dr|prof|professor|miss|sir|mx|cllr|councillor|rev|capt|judge|lord|lady",
        word,
    )
}

/// One name of up to three words: the token after it, and whether it is known.
pub(crate) fn name(s: &Sentence, at: usize) -> Option<(usize, bool)> {
    let w = s.words;
    let mut i = at;
    let titled = title(w.word(i));
    if titled {
        i += 1 + usize::from(w.word(i + 1) == ".");
    }
    if !name_like(w, i) || w.has(i, Marks::GREETING) {
        return None;
    }
    let mut sure = titled || known_person(w, i, s.setting.people);
    // A verb, a thing or a rule-bound crowd at the head of a sentence is no name.
    if !sure
        && w.has(
            i,
            Marks::THING
                .and(Marks::STATE)
                .and(Marks::PAST)
                .and(Marks::PLEASE)
                .and(Marks::DONE)
                .and(Marks::COURSEWORK)
                .and(Marks::GENERIC),
        )
    {
        return None;
    }
    if !sure && w.has(i, Marks::VERB) {
        return None;
    }
    // "Carriers", "Analysts": a plural at the head of a sentence, not a name.
    let word = w.word(i);
    let plural = word.len() > 4
        && word.ends_with('s')
        && !["ss", "us", "is", "as", "os"]
            .iter()
            .any(|e| word.ends_with(e));
    if !sure && plural && !s.setting.action && !name_like(w, i + 1) {
        return None;
    }
    i += 1;
    // "Min-ji", "Jean-Luc", "marlowe-k".
    while w.word(i) == "-" && w.touches(i - 1) && w.touches(i) && w.shape(i + 1) == Letters::Word {
        i += 2;
    }
    if w.word(i) == "." && w.touches(i - 1) && w.raw(i - 1).len() == 1 && name_like(w, i + 1) {
        i += 2;
    }
    while i < at + 4 && name_like(w, i) && !w.has(i, Marks::VERB.and(Marks::GREETING)) {
        sure |= known_person(w, i, s.setting.people);
        i += 1;
        if w.word(i) == "." && w.touches(i - 1) && w.raw(i - 1).len() == 1 && i + 1 < s.to {
            i += 1;
        }
    }
    Some((i, sure))
}

/// "Maria", "Maria Lopez", "Maria and Tom", "Maria, Tom & Ben", "Maria (finance)".
pub(crate) fn names(s: &Sentence, at: usize) -> Option<Subject> {
    let w = s.words;
    let (mut to, mut sure) = name(s, at)?;
    let mut all = vec![spelled(w, at, to)];
    while all.len() < 6 {
        let joins = matches!(w.word(to), "and" | "&" | "," | "/" | "+");
        let gap = to + 1 + usize::from(w.word(to) == "," && matches!(w.word(to + 1), "and" | "&"));
        if !joins {
            break;
        }
        let listed = w.word(to) != "," || closes_list(s, gap);
        let group =
            group(s, gap).filter(|g| matches!(g.owner, Owner::Named(_)) && w.word(to) != ",");
        if let Some(group) = group {
            all.push(spelled(w, gap, group.to));
            to = group.to;
            break;
        }
        let Some((next, known)) = name(s, gap).filter(|_| listed) else {
            break;
        };
        all.push(spelled(w, gap, next));
        sure |= known;
        to = next;
    }
    if w.word(to) == "(" && w.word(to + 2) == ")" {
        to += 3;
    }
    Some(Subject {
        owner: Owner::Named(all.join(", ")),
        person: Person::Named,
        sure,
        to,
    })
}

/// After a comma another name belongs to the list only if "and" and a name follow: not in "Tom, Maria will ..".
pub(crate) fn closes_list(s: &Sentence, at: usize) -> bool {
    let Some((to, _)) = name(s, at) else {
        return false;
    };
    let w = s.words;
    // "Tom, Maria: flyer".
    w.word(to) == ":"
        && known_person(w, at, s.setting.people)
        && at > 1
        && known_person(w, at - 2, s.setting.people)
        || matches!(w.word(to), "and" | "&") && name_like(w, to + 1)
        || w.word(to) == "," && name_like(w, to + 1)
        || matches!(w.word(at - 1), "and" | "&")
}
