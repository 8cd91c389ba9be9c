//! What stands before a sentence in any language: labels, fillers, an owner with a colon.

use super::{Owner, Sentence, people};
use crate::text::Shape;

fn skip_marks(s: &Sentence, mut i: usize) -> usize {
    while i < s.to && s.words.shape(i) == Shape::Mark && !s.words.one_of(i, "@|\"|“|„|«|$|€|¿|¡")
    {
        i += 1;
    }
    i
}

/// The token after a label such as "Aufgabe:", and whether there was one.
pub(super) fn label(s: &Sentence, labels: &'static str) -> (usize, bool) {
    let w = s.words;
    let open = skip_marks(s, s.from);
    let Some(length) = w
        .phrase(open, labels)
        .max(w.phrase(open, "todo|to do|to - do|action|action item|ai|ap"))
    else {
        return (open, false);
    };
    let mut i = open + length;
    if w.shape(i) == Shape::Number {
        i += 1;
    }
    if !w.one_of(i, ":|]|-|–|—|)") {
        return (open, false);
    }
    i = skip_marks(s, i);
    (i, true)
}

/// The token after leading dates and fillers.
pub(super) fn opening(s: &Sentence, start: usize, fillers: &'static str) -> usize {
    let mut i = start;
    // "TOP 5 Herr Aydin wird gebeten ..".
    if s.words.one_of(i, "top|punkt|punto|point|madde") && s.words.number(i + 1).is_some() {
        i += 2;
    }
    for _ in 0..4 {
        i = skip_marks(s, i);
        while matches!(s.words.word(i), "¿" | "¡") {
            i += 1;
        }
        let filler = s.words.phrase(i, fillers).filter(|n| i + n < s.to);
        match (filler, s.date_at(i)) {
            (Some(length), _) => i += length,
            (None, Some(date)) if date.to < s.to && date.when.is_some() && i == start => {
                i = date.to + usize::from(s.words.word(date.to) == ",");
            }
            _ => break,
        }
    }
    skip_marks(s, i)
}

/// "Anna: ..", "Anna - ..", "@anna ..", "Anna, bitte ..": the owner and where the order begins.
pub(super) fn owner(s: &Sentence, at: usize) -> Option<(Owner, usize)> {
    let w = s.words;
    let mention = w.word(at) == "@" && w.touches(at);
    let (name, to) = people::names(s, at + usize::from(mention))?;
    let to = past_day(s, to);
    let sure = mention || people::known(s, at) || s.setting.action;
    let divided = matches!(w.word(to), ":" | "-" | "–" | "—" | "→")
        || w.word(to) == "," && people::known(s, at);
    let owner = Owner::Named(name);
    ((divided || mention) && sure).then(|| (owner, skip_marks(s, to)))
}

/// Past brackets behind a name that hold a day and before a colon: "Ana (by 27/11): send PO".
pub(super) fn past_day(s: &Sentence, to: usize) -> usize {
    let w = s.words;
    let inside = s
        .dates
        .iter()
        .find(|d| w.word(to) == "(" && d.lead_from == to + 1);
    match inside {
        Some(date) if w.word(date.to) == ")" && w.word(date.to + 1) == ":" => date.to + 1,
        _ => to,
    }
}
