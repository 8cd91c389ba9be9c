//! Who "I", "you" and a name in brackets are.

use crate::acts::{Owner, Sentence, known_person, name_like, spelled};
use crate::context::Context;
use crate::dates::Lead;
use crate::language::Marks;
use crate::segment::mail;
use crate::segment::{Document, Message, Unit};
use crate::text::{Shape, one_of};

/// The people around one unit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Around {
    /// "I".
    pub speaker: Option<String>,
    /// "you".
    pub reader: Option<String>,
}

/// Who speaks and who is spoken to in a unit.
pub(crate) fn around(document: &Document, unit: &Unit, context: &Context) -> Around {
    let message = document.messages.get(unit.message);
    in_message(
        message,
        unit.speaker.and_then(|s| document.speakers.get(s)).cloned(),
        document,
        context,
    )
}

fn in_message(
    message: Option<&Message>,
    spoken: Option<String>,
    document: &Document,
    context: &Context,
) -> Around {
    if let Some(name) = spoken {
        // Of two who talk, "you" is the other one.
        let other = (document.speakers.len() == 2)
            .then(|| document.speakers.iter().find(|s| **s != name).cloned())
            .flatten();
        return Around {
            speaker: Some(name),
            reader: other,
        };
    }
    let from = message
        .and_then(|m| m.from.clone())
        .or_else(|| context.sender.clone());
    let to = message.map(|m| m.to.as_slice()).unwrap_or_default();
    let reader = match to {
        [one] if !mail::is_list(one) => Some(one.clone()),
        _ => context.reader.clone().filter(|r| from.as_ref() != Some(r)),
    };
    // A note without sender or addressee is the user's own.
    let own = from.is_none() && to.is_empty();
    Around {
        speaker: from.or_else(|| context.reader.clone().filter(|_| own)),
        reader,
    }
}

/// The names of a list of those who come: "Anna Roth; Ben Cho <ben@example.org> and Carla".
pub(crate) fn guests(list: &str) -> Vec<String> {
    const AND: [&str; 5] = [" and ", " und ", " y ", " et ", " ve "];
    let parts = list.split([',', ';', '\n']);
    let mut names = parts.map(str::to_owned).collect::<Vec<_>>();
    for and in AND {
        names = names
            .iter()
            .flat_map(|n| n.split(and))
            .map(str::to_owned)
            .collect();
    }
    let name = |part: &String| {
        let part = part
            .trim()
            .trim_start_matches("and ")
            .trim_matches(['*', '_', ' ']);
        mail::person(part).or_else(|| mail::person(part.trim_matches(['<', '>'])))
    };
    names.iter().filter_map(name).collect()
}

/// The name an owner stands for.
pub(crate) fn resolve(owner: &Owner, around: &Around) -> Option<String> {
    match owner {
        Owner::Nobody => None,
        Owner::Speaker => around.speaker.clone(),
        Owner::Reader => around.reader.clone(),
        Owner::Named(name) => Some(name.clone()).filter(|name| !is_nobody(name)),
    }
}

/// Whether what stands where an owner belongs says that there is none, or names the kind of a note.
pub(crate) fn is_nobody(name: &str) -> bool {
    const NOBODY: &str = "tbd|tbc|tba|t.b.d|n/a|none|nobody|no one|someone|somebody|anyone|anybody|jemand|alguien|quelqu'un|birisi|open|unassigned|unknown|vacant|?|??|???|-|note|notes|nb|n.b|info|fyi|re|ps|todo|task|tasks|action|actions|reminder|reminders|owner|update|updates|offen|notiz|notizen|hinweis|niemand|keiner|unklar|nota|notas|nadie|por definir|sin asignar|personne|a definir|a determiner|remarque|kimse|belirsiz|notlar|belirlenecek";
    one_of(
        NOBODY,
        crate::text::fold_str(name).trim_matches(['.', ':', ' ', '*']),
    )
}

/// The whole name of an owner of whom only a title or a letter was taken: "Fr. Baumann", "W. Zhang".
pub(crate) fn whole_name(quote: &str, owner: &str) -> Option<String> {
    const LONGEST: usize = 3;
    if owner.chars().count() > LONGEST && !owner.ends_with(" Dr") {
        return None;
    }
    let dotted = format!("{owner}. ");
    let behind = &quote[quote.find(&dotted)? + dotted.len()..];
    let word = |w: &&str| w.starts_with(char::is_uppercase) && w.len() > 1;
    let name = behind.split(' ').next().filter(word)?;
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    Some(format!("{dotted}{name}"))
}

/// An owner given in brackets, after a dash or with "owner:" in an item, and the tokens it takes.
pub(crate) fn trailing(s: &Sentence, from: usize) -> Option<(Owner, (usize, usize))> {
    let w = s.words;
    (from..s.to)
        .find_map(|i| {
            bracketed(s, i)
                .or_else(|| labelled(s, i))
                .or_else(|| dashed(s, i))
                .or_else(|| mentioned(s, i))
        })
        .map(|(name, span)| {
            let owner = if matches!(w.word(span.0 + 1), "me" | "myself") {
                Owner::Speaker
            } else {
                Owner::Named(name)
            };
            (owner, span)
        })
}

/// One or more names from token `i` on, and the token after them.
fn listed(s: &Sentence, i: usize) -> Option<(String, usize)> {
    let w = s.words;
    let mut names: Vec<String> = Vec::new();
    let mut at = i;
    loop {
        let first = at + usize::from(w.word(at) == "@");
        let mut to = first;
        while to < s.to && to < first + 3 && name_like(w, to) {
            to += 1;
        }
        // Handles are written small.
        let handle = first > at && w.touches(at) && w.shape(first) == Shape::Word;
        if to == first && (w.has(first, Marks::ROLE) || handle) {
            to = first + 1;
        }
        if to == first {
            break;
        }
        names.push(spelled(w, first, to));
        at = to;
        let next = at + 1 + usize::from(w.word(at + 1) == "@");
        // "Resp. : Léa / Échéance : 30 mars": the next field begins.
        let joined = w.one_of(at, ",|and|&|/|+|und|y|et|ve")
            && w.word(next + 1) != ":"
            && (name_like(w, next) || w.has(next, Marks::ROLE) && w.word(at) != ",");
        if !joined || names.len() >= 6 {
            break;
        }
        at += 1;
    }
    (!names.is_empty()).then(|| (names.join(", "), at))
}

/// "(Maria)", "[Tom, Friday]", "(owner: Maria)".
fn bracketed(s: &Sentence, i: usize) -> Option<(String, (usize, usize))> {
    let w = s.words;
    let close = match w.word(i) {
        "(" => ")",
        "[" => "]",
        _ => return None,
    };
    let mut at = i + 1;
    if w.has(at, Marks::FIRST) && w.word(at) != "i" && w.word(at + 1) == close {
        return Some((w.raw(at).to_owned(), (i, at + 2)));
    }
    at += w
        .phrase(
            at,
            "owner :|resp :|resp . :|assigned to|assignee :|owner|lead :|by|\
                    verantwortlich :|responsable :|sorumlu :|who :|wer :",
        )
        .unwrap_or(0);
    let (name, to) = listed(s, at)?;
    let sure = known_person(w, at, s.setting.people)
        || w.word(at) == "@"
        || w.has(at, Marks::ROLE)
        || at > i + 1;
    let initials = to == at + 1
        && (2..=3).contains(&w.raw(at).len())
        && w.raw(at).chars().all(char::is_uppercase);
    let ends = w.word(to) == close
        || (matches!(w.word(to), "," | ";" | "-" | "–" | ":" | "|" | "/")
            && (to..s.to.min(to + 12)).any(|k| w.word(k) == close))
        || s.date_at(to).is_some();
    // "Results to be sent by Thursday (Adaeze)." at the end of a deadline.
    let last = w.word(to) == close && to + 2 >= s.to && s.dated(|d| d.lead == Lead::Due);
    let guessed = (s.setting.action || s.setting.item || last)
        && !w.has(
            at,
            Marks::VERB
                .and(Marks::PAST)
                .and(Marks::DONE)
                .and(Marks::THING)
                .and(Marks::MEETING)
                .and(Marks::COURSEWORK)
                .and(Marks::FUNCTION),
        )
        && to <= at + 2
        && w.raw(at).len() > 2
        && w.raw(at).chars().skip(1).all(char::is_lowercase);
    // Only the name goes if more stands in the brackets; the date is cut by itself.
    let span = if w.word(to) == close {
        (i, to + 1)
    } else {
        (
            at.min(i + 1),
            to + usize::from(matches!(
                w.word(to),
                "," | ";" | "-" | "–" | ":" | "|" | "/"
            )),
        )
    };
    let initials =
        initials && (s.setting.action || crate::acts::has_initials(s.setting.people, w.raw(at)));
    (ends && (sure || guessed || initials)).then_some((name, span))
}

/// "Owner: Maria", "assigned to Tom", "resp. Maria".
fn labelled(s: &Sentence, i: usize) -> Option<(String, (usize, usize))> {
    let w = s.words;
    let length = w.phrase(
        i,
        "owner :|owner =|assignee :|assigned to :|assigned to|assigned :|\
                    responsible :|resp . :|resp :|who :|lead :|verantwortlich :|zustandig :|\
                    responsable :|encargado :|responsable de|sorumlu :|resp .|dri :|wer :|qui :|\
                    quien :|kim :|poc :|person responsible :|action owner :|action :|asignado a|\
                    attribue a",
    )?;
    let at = i + length;
    let label_only = w.word(i) == "action" && i == s.from;
    let (name, to) = listed(s, at)?;
    let begin = if i > s.from
        && matches!(
            w.word(i - 1),
            "-" | "–" | "—" | "," | ";" | "|" | "(" | "·" | "→"
        ) {
        i - 1
    } else {
        i
    };
    (!label_only).then_some((name, (begin, to)))
}

/// "Budget draft - Maria", "Budget draft -> Tom - Friday": a known name after a dash, at the end or before another mark.
fn dashed(s: &Sentence, i: usize) -> Option<(String, (usize, usize))> {
    let w = s.words;
    let arrow =
        w.word(i) == "-" && w.word(i + 1) == ">" && w.touches(i) || matches!(w.word(i), "→" | "⇒");
    let mark = matches!(w.word(i), "-" | "–" | "—" | "," | "|" | ":" | "/" | ".");
    if !arrow && (!mark || w.touches(i)) {
        return None;
    }
    let at = i + 1 + usize::from(w.word(i) == "-" && w.word(i + 1) == ">");
    let (name, to) = listed(s, at)?;
    let sure =
        known_person(w, at, s.setting.people) || w.word(at) == "@" || arrow && s.setting.item;
    let ends = to >= s.to
        || matches!(
            w.word(to),
            "," | "-" | "–" | "—" | "(" | "|" | "." | ";" | "/" | "["
        )
        || s.date_at(to).is_some();
    (sure && ends && (s.setting.item || s.setting.action)).then_some((name, (i, to)))
}

/// "@maria" anywhere in an item.
fn mentioned(s: &Sentence, i: usize) -> Option<(String, (usize, usize))> {
    let w = s.words;
    if w.word(i) != "@"
        || !w.touches(i)
        || w.shape(i + 1) != Shape::Word
        || (i > 0 && w.touches(i - 1) && i > s.from && w.shape(i - 1) == crate::text::Shape::Word)
        || i == s.from
    {
        return None;
    }
    let before = i.checked_sub(1).map_or("", |k| w.word(k));
    // "with @maria", "to @tom": part of the deed.
    let inside = one_of("with|to|from|for|and|mit|con|avec|ask|tell|ping", before);
    (!inside && s.setting.item).then(|| (w.raw(i + 1).to_owned(), (i, i + 2)))
}
