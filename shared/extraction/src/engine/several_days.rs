//! One deed for several days: "Kim will call Bob on Friday and Tom on Monday", "Tom: paint by Friday, floor by Monday".

use crate::acts::{self, Act, Cue, Sentence};
use crate::dates::Found;
use crate::draft::Draft;
use crate::engine::{Run, Scene};
use crate::language::{Language, Marks};
use crate::text::{Shape, Words};

/// Longer sentences say more than that.
const LONGEST: usize = 40;

/// What stands between two such deeds.
const JOINS: &str = ",|and|;";

impl Run<'_, '_> {
    /// Reads each part with the head of the first; whether the sentence was such a one.
    pub(super) fn several_days(&mut self, s: &Sentence, scene: &Scene) -> bool {
        if s.to - s.from > LONGEST || scene.item.language != Language::English || s.asks() {
            return false;
        }
        let Some(parts) = parts(s) else { return false };
        let w = s.words;
        // "First draft due 15 March, final version due 22 March": each part says all of it.
        let whole = said_due(s, &parts);
        let head = if whole {
            Some(s.from)
        } else {
            head(s, parts[0].1, parts[1].0)
        };
        let Some(head) = head else { return false };
        let mut drafts = Vec::new();
        for (k, &(from, to)) in parts.iter().enumerate() {
            let said = w.slice(from, to);
            let said = if k == 0 {
                said.to_owned()
            } else {
                format!("{} {said}", w.slice(s.from, head))
            };
            let fits = |_: &Words, act: &Act| act.cue != Cue::Noun;
            let read = self.spliced(&said, w.bytes(from, to), scene.item, self.people, fits);
            let Some(draft) = read.filter(Draft::dated) else {
                return false;
            };
            drafts.push(draft);
        }
        self.drafts.extend(drafts);
        true
    }
}

/// The parts of a sentence that each end in a day of their own, said in the same way.
fn parts(s: &Sentence) -> Option<Vec<(usize, usize)>> {
    let w = s.words;
    let inside = |d: &&Found| {
        let day = d
            .when
            .as_ref()
            .is_some_and(|when| when.day_given && when.recurrence.is_none());
        d.lead_from >= s.from && d.to <= s.to && day
    };
    let dates: Vec<&Found> = s.dates.iter().filter(inside).collect();
    let first = dates
        .first()
        .filter(|d| dates.len() > 1 && d.lead_from < d.from)?;
    let lead = |d: &Found| w.word(d.lead_from).to_owned();
    let mut parts = Vec::new();
    let mut from = s.from;
    for date in &dates {
        // A part of one day names a thing, and not who did what besides.
        if lead(date) != lead(first) || date.lead_from <= from {
            return None;
        }
        parts.push((from, date.to));
        from = date.to;
        while from < s.to && w.one_of(from, JOINS) {
            from += 1;
        }
        if from == date.to && from < s.to && w.shape(from) == Shape::Word {
            return None;
        }
    }
    let over = (from..s.to).all(|i| w.shape(i) == Shape::Mark);
    let thing = |&(from, to): &(usize, usize)| {
        let bare = to - from <= 8 && w.shape(from) == Shape::Word;
        let other = Marks::MEETING.and(Marks::MODAL);
        let verb = (from..to).any(|i| w.has(i, Marks::VERB) && i == from && !w.capital(i));
        let exam = |i: usize| w.has(i, Marks::EXAM) && w.word(i) != "final";
        bare && !verb
            && !(from..to).any(|i| w.has(i, other) || exam(i))
            && !w.one_of(from, "i|we|you|then")
    };
    (over && parts[1..].iter().all(thing)).then_some(parts)
}

/// Whether each part says of a thing that it is due.
fn said_due(s: &Sentence, parts: &[(usize, usize)]) -> bool {
    let due = |&(from, to): &(usize, usize)| {
        (from + 1..to).any(|i| s.words.word(i) == "due") && !s.words.one_of(from, "it|they|this")
    };
    parts.iter().all(due)
}

/// The end of what the parts share: "Kim will call", "Please send", "Tom:".
fn head(s: &Sentence, end: usize, next: usize) -> Option<usize> {
    let w = s.words;
    let deed = |i: usize| w.has(i, Marks::VERB) && (i == s.from || !w.capital(i));
    let verb = (s.from..end.min(s.from + 6)).find(|&i| deed(i));
    if w.word(s.from + 1) == ":" && acts::known_person(w, s.from, s.setting.people) {
        let thing = w.one_of(next, "the|a|an|his|her|our|my|your");
        return Some(verb.filter(|_| thing).map_or(s.from + 2, |verb| verb + 1));
    }
    let verb = verb.filter(|&verb| verb + 1 < end && !s.in_date(verb + 1))?;
    Some(verb + 1)
}
