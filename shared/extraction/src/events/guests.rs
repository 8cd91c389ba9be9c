//! Who takes part in an event.

use crate::acts::{Sentence, known_person, name_like, spelled};
use crate::text::Words;
use std::collections::HashSet;

/// As many guests an event has at most.
const MOST: usize = 12;

/// What stands before a name, mostly with a dot behind it.
const TITLES: &str =
    "dr|prof|mr|mrs|ms|mx|fr|hr|hrn|frau|herr|herrn|sr|sra|dra|mme|mlle|m|st|av|doc";
const AND: &str = ",|and|&|und|y|e|et|ve|+";

/// Words before a list of guests, and those that need a colon.
const WITH: &str = "with|mit|con|avec|between|attendees|participants|zwischen|entre";
const LISTS: &str = "\
    attendees|attending|participants|panel|panellists|panelists|speakers|present|guests|invited|who|dabei|mit dabei|teilnehmer|teilnehmende|teilnehmerinnen|eingeladen|\
    presents|invites|intervenants|asistentes|participantes|asisten|ponentes|invitados|katilimcilar|katilanlar|davetliler|konusmacilar";

/// Words behind a list of guests.
const COME: &str = "\
    to attend|to join|to be there|to take part|will attend|will join|attending|are attending|joining|are joining|take part|will be there|nehmen teil|sind dabei|kommen dazu|participent|participeront|seront presents|seront la|\
    asisten|asistiran|participan|participaran|ile|katilacak|katiliyor|katilacaklar";

/// The guests whom a sentence names.
pub(crate) fn attendees(s: &Sentence) -> Vec<String> {
    let w = s.words;
    for i in s.from..s.to {
        let listed = w
            .phrase(i, LISTS)
            .filter(|n| w.word(i + n) == ":")
            .map(|n| n + 1);
        let slashed = w.word(i) == "w" && w.word(i + 1) == "/";
        let with = w.one_of(i, WITH).then_some(1).or(slashed.then_some(2));
        let Some(length) = listed.or(with) else {
            continue;
        };
        let at = i + length + usize::from(listed.is_none() && w.word(i + length) == ":");
        // "con la Sra. García".
        let article = w.one_of(at, "la|el|le|der|dem|den") && w.one_of(at + 1, TITLES);
        let names = from(s, at + usize::from(article));
        if !names.is_empty() {
            return names;
        }
    }
    behind(s)
}

/// "Grace, Ivan and Salma to attend", "Ahmet ve Zeynep ile": the names stand before.
pub(crate) fn behind(s: &Sentence) -> Vec<String> {
    let w = s.words;
    let Some((at, _)) = w.find_phrase(s.from + 1..s.to, COME) else {
        return Vec::new();
    };
    let known = |i: usize| known_person(w, i, s.setting.people);
    let fits = |i: usize| {
        name_like(w, i) && s.dates.iter().all(|d| i < d.from || d.to <= i) || w.one_of(i, AND)
    };
    let Some(mut first) = (s.from..at).rev().take_while(|&i| fits(i)).last() else {
        return Vec::new();
    };
    while first < at && w.one_of(first, AND) {
        first += 1;
    }
    let names = from(s, first);
    // One name of which nothing is known may be a thing: "Zoom ile".
    let sure = (first..at).any(known) || names.len() > 1;
    if sure { names } else { Vec::new() }
}

/// The names from token `at` on.
fn from(s: &Sentence, at: usize) -> Vec<String> {
    let w = s.words;
    let mut names = Vec::new();
    let mut i = at;
    while i < s.to && names.len() < MOST {
        let to = name(w, i, s.to);
        if to == i {
            break;
        }
        names.push(spelled(w, i, to));
        i = to;
        while w.one_of(i, AND) {
            i += 1;
        }
    }
    names
}

/// Where the name ends that begins at token `i`: "Dr. Okafor", "Herrn Dr. Weber".
fn name(w: &Words, i: usize, end: usize) -> usize {
    const LONGEST: usize = 6;
    let mut to = i;
    let mut words = 0;
    while to < end && to < i + LONGEST && words < 3 {
        // The dot belongs to the title.
        let titled = to > i && w.word(to) == "." && w.one_of(to - 1, TITLES) && w.touches(to - 1);
        if titled && name_like(w, to + 1) {
            to += 1;
        } else if name_like(w, to) || known_person(w, to, &HashSet::new()) {
            words += usize::from(!w.one_of(to, TITLES));
            to += 1;
        } else {
            break;
        }
    }
    to
}
