//! Lists whose lead-in says who does what with each of their points: "Ivan to check the following: - the licences
//! - the backups by Friday".

use super::prepare::Prepared;
use super::signs::marked_done;
use super::spliced::gives_work;
use super::{Run, Scene};
use crate::acts::{self, Cue, Sentence};
use crate::draft::Draft;
use crate::fields::people;
use crate::language::{Language, Marks};
use crate::segment::{Kind, Unit};
use crate::sentences;
use crate::text::{Shape, Words};
use std::collections::BTreeSet;

/// As many words a lead-in has at most, as many points are looked at.
const LONGEST: usize = 30;
const MOST: usize = 60;
/// As many words has a point that only names a thing.
const SHORT: usize = 16;
/// As many words has an order that waits for its object.
const BRIEF: usize = 4;

/// What stands for the points in their lead-in.
const POINTERS: &str = "\
    each of the following|all of the following|the following|the below|these|folgende|folgenden|folgendes|diese|\
    lo siguiente|los siguientes|las siguientes|sunlari|asagidakileri|su konulari|su maddeleri|su isleri";

/// Verbs that say nothing beside a point that has its own.
const IDLE: &str = "do|handle|complete|finish|perform|action|erledigen|machen|tun|erledigt|macht|hacer|hara|faire|fera|yapacak|halledecek";

impl Run<'_, '_> {
    /// Makes items of the points of all such lists; they are not read again.
    pub(super) fn read_led(&mut self, prepared: &[Prepared]) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut read: BTreeSet<usize> = BTreeSet::new();
        for (at, lead) in prepared.iter().enumerate() {
            let Some(from) = opens_list(&lead.words).filter(|_| !read.contains(&at)) else {
                continue;
            };
            let made = self.led(lead, from, points(self.document.text, &prepared[at..]));
            read.extend(made.iter().map(|draft| draft.unit));
            read.extend((!made.is_empty()).then_some(at));
            drafts.extend(made);
        }
        let units = read.into_iter().filter_map(|unit| prepared.get(unit));
        self.taken.extend(units.map(|item| item.unit.bytes.clone()));
        self.taken.sort_by_key(|range| range.start);
        drafts
    }

    /// "Figures - Bob by Wed" below "Prepare slides": a part with its owner; whether it was one.
    pub(super) fn part_of_list(&mut self, s: &Sentence, scene: &Scene) -> bool {
        let (text, units) = (self.document.text, &self.document.units);
        let part = scene.first && is_owned(s) && is_nested(text, units, scene.index);
        if part {
            let made = self.drafts.len();
            self.noun(s, scene);
            self.settle_jotted(made);
        }
        part
    }

    fn led(&self, lead: &Prepared, from: usize, points: Vec<&Prepared>) -> Vec<Draft> {
        // Points that are sentences of their own are read as such.
        let short = |point: &&Prepared| {
            point.words.len() <= SHORT && sentences::split(&point.words).len() == 1
        };
        if !points.iter().all(short) {
            return Vec::new();
        }
        let section = &self.document.sections[lead.unit.section];
        let climate = self.climates[lead.unit.section];
        let crowd = climate.sells() || climate.cooks() || climate.instructs() || climate.rules();
        if section.class.refuses() || crowd || self.is_taken(&lead.unit.bytes) {
            return Vec::new();
        }
        // "- Invite:" over "- Sales": an order that is itself a point of a list.
        let listed =
            marked(self.document.text, lead.unit.bytes.start) && lead.words.len() - from <= BRIEF;
        let mut drafts = Vec::new();
        for point in points {
            let owned = acts::head_name(&point.words, self.people).is_some();
            if owned || marked_done(&point.words) {
                continue;
            }
            let Some(&(_, to)) = sentences::split(&point.words).first() else {
                continue;
            };
            let Some(said) = splice(lead, from, point, to) else {
                continue;
            };
            let quote = point.words.bytes(0, to);
            let made = self.spliced(&said, quote, point, self.people, |words, act| {
                gives_work(words, act, self.people) || listed && act.cue == Cue::Imperative
            });
            drafts.extend(made);
        }
        drafts
    }
}

/// "cake: Lena", "Figures - Bob by Wed": a thing, somebody's name and perhaps a day.
fn is_owned(s: &Sentence) -> bool {
    const LONGEST: usize = 14;
    let w = s.words;
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
    s.to - s.from <= LONGEST
        && first.is_some_and(|i| !w.has(i, Marks::ROLE.and(Marks::GIVEN)))
        && people::trailing(s, s.from).is_some_and(|(_, (at, to))| {
            let marked = w.one_of(at, "-|–|—|:|(");
            at > s.from && marked && (to..s.to).all(|i| w.shape(i) == Shape::Mark || s.in_date(i))
        })
}

/// Where the last sentence of a passage begins that ends in a colon.
fn opens_list(words: &Words) -> Option<usize> {
    let last = words.len().checked_sub(1)?;
    if words.word(last) != ":" {
        return None;
    }
    let ends = |i: usize| words.one_of(i, ".|!|?|;") && !words.touches(i);
    let first = last.saturating_sub(LONGEST);
    let from = (first..last).rev().find(|&i| ends(i)).map_or(0, |i| i + 1);
    (last - from <= LONGEST && last > from).then_some(from)
}

/// The points right below a lead-in, without those below them.
fn points<'p, 'a, 't>(text: &str, below: &'p [Prepared<'a, 't>]) -> Vec<&'p Prepared<'a, 't>> {
    let lead = &below[0];
    let depth = |item: &Prepared| indent(text, item.unit.bytes.start);
    let listed = |item: &&Prepared| {
        matches!(item.unit.kind, Kind::Item { .. }) && item.unit.message == lead.unit.message
    };
    let list = || below[1..].iter().take(MOST).take_while(listed);
    let Some(own) = list().next().map(depth) else {
        return Vec::new();
    };
    if marked(text, lead.unit.bytes.start) && own <= depth(lead) {
        return Vec::new();
    }
    list()
        .take_while(|item| depth(item) >= own)
        .filter(|item| depth(item) == own)
        .collect()
}

/// The line up to a place, as far as it is short.
fn head(text: &str, at: usize) -> &str {
    const WIDEST: usize = 60;
    let line = &text[text.floor_char_boundary(at.saturating_sub(WIDEST))..at];
    line.rsplit('\n').next().unwrap_or(line)
}

fn indent(text: &str, at: usize) -> usize {
    let line = head(text, at);
    let width = |c: char| if c == '\t' { 4 } else { 1 };
    line.chars()
        .take_while(|c| c.is_whitespace())
        .map(width)
        .sum()
}

/// Whether a bullet or a number stands before a place.
fn marked(text: &str, at: usize) -> bool {
    !head(text, at).trim().is_empty()
}

/// Whether a point of a list stands below another.
fn is_nested(text: &str, units: &[Unit], index: usize) -> bool {
    const NEAR: usize = 30;
    let Some(unit) = units.get(index) else {
        return false;
    };
    let own = indent(text, unit.bytes.start);
    let listed = |unit: &&Unit| matches!(unit.kind, Kind::Item { .. });
    let above = units[..index].iter().rev().take(NEAR).take_while(listed);
    own > 0
        && listed(&unit)
        && above
            .map(|unit| indent(text, unit.bytes.start))
            .any(|depth| depth < own)
}

/// The lead-in with a point in the place of what stands for it.
fn splice(lead: &Prepared, from: usize, point: &Prepared, to: usize) -> Option<String> {
    let w = &lead.words;
    let last = w.len() - 1;
    let p = &point.words;
    let mut to = to;
    while to > 0 && p.one_of(to - 1, ".|;|,") {
        to -= 1;
    }
    let mut thing = acts::spelled(p, 0, to);
    if p.has(0, Marks::FUNCTION) && !p.raw(0).chars().all(char::is_uppercase) {
        thing = thing.replacen(p.raw(0), &p.raw(0).to_lowercase(), 1);
    }
    let (begin, end) = match pointer(w, from, last, lead.language) {
        Some(span) => span,
        None if lead.language == Language::Turkish => return None,
        None => (last, last),
    };
    let own = acts::begins_as_order(p, point.language);
    let mut head = begin;
    let mut tail = w.slice(end, last);
    if own && head > from && w.one_of(head - 1, IDLE) {
        head -= 1;
    } else if own && end < last && w.one_of(end, IDLE) {
        tail = "";
    } else if own && w.word(head - 1) != "to" && w.has(head - 1, Marks::VERB) {
        return None;
    }
    while head > from && w.has(head - 1, Marks::PLEASE) {
        head -= 1;
    }
    let head = w.slice(from, head);
    Some(format!("{head} {thing} {tail}"))
}

/// The words that stand for the points: "the following contracts", "les points suivants", "folgende Unterlagen".
fn pointer(w: &Words, from: usize, last: usize, language: Language) -> Option<(usize, usize)> {
    if let Some(i) = (from..last).find(|&i| w.one_of(i, "suivants|suivantes|suivant|suivante")) {
        let article = (from..i).rev().take(4).find(|&k| w.one_of(k, "les|le|la"));
        return article.map(|k| (k, i + 1));
    }
    let found = w.find_phrase(from..last, POINTERS);
    if let Some((i, length)) = found {
        let noun = |k: usize| {
            w.shape(k) == Shape::Word
                && !w.has(k, Marks::FUNCTION.and(Marks::VERB).and(Marks::MODAL))
                && (language != Language::German || w.capital(k))
        };
        let open = i + length;
        let more = (open..last.min(open + 2)).take_while(|&k| noun(k)).count();
        let more = if language == Language::Turkish {
            0
        } else {
            more
        };
        return Some((i, open + more));
    }
    // "Ivan soll prüfen:": what is to be done with them comes last.
    let modal = (from..last).any(|i| w.has(i, Marks::MODAL));
    let infinitive = w.word(last - 1).ends_with('n');
    match language {
        Language::German if modal && infinitive => Some((last - 1, last - 1)),
        _ => None,
    }
}
