//! Names that no list gives: who "Merv to get the pest man out" or "Dani opens the channel" speak of.

use super::prepare::Prepared;
use crate::acts::name_like;
use crate::language::Marks;
use crate::segment::{Document, Kind};
use crate::text::{Shape, Words, one_of};
use std::collections::HashSet;

/// What a person does whom a point of minutes names first.
const DOES: &str = "\
    opens|pulls|meets|sends|brings|gets|takes|orders|calls|checks|writes|asks|books|makes|buys|fixes|prints|drafts|handles|owns|picks|sorts|runs|reports|chases|organises|organizes|arranges|updates|prepares|collects|reviews|follows|walks|drives|rings";
const CHARGED: &str = "se encarga|se ocupa|se charge|s' en charge|s'en charge|s' occupe|s'occupe|s' en occupe|s'en occupe|est charge|est chargee|queda encargado|kummert sich|macht das|is bringing|is getting|is doing|is chasing|is taking|is organising|is sorting|undertook to|offered to|agreed to|volunteered to|promised to";
/// Verbs that things are said to do, too.
const NEUTER: &str = "be|follow|come|go|begin|start|end|close|open|take|include|remain|continue|run|happen|arrive|stay|become|appear";

/// The names a document lists, and those it hands out work by.
pub(super) fn people(document: &Document, prepared: &[Prepared]) -> HashSet<String> {
    let mut people = document.people.clone();
    let mut found: Vec<String> = Vec::new();
    // "Norvik to launch new e-bike" heads a press release.
    let told = |item: &&Prepared| {
        let w = &item.words;
        let sentences = (0..w.len()).any(|i| matches!(w.word(i), "." | ":" | ";"));
        let boxed = w.one_of(1, ":|-|–|—|(");
        (item.index > 0 || boxed)
            && (matches!(item.unit.kind, Kind::Item { .. }) || sentences || boxed)
    };
    for item in prepared.iter().filter(told) {
        let w = &item.words;
        let ends =
            |i: usize| i == 0 || w.one_of(i - 1, ".|:|;|!|?|,|-|–|—|*|•|>|and|&|und|y|et|ve");
        found.extend(
            (0..w.len())
                .filter(|&i| w.capital(i) && ends(i) && unknown(w, i) && charged(w, i + 1))
                .map(|i| w.word(i).to_owned()),
        );
    }
    if found.is_empty() {
        return people;
    }
    // A name is never written small.
    let candidates: HashSet<String> = found.into_iter().collect();
    let mut small: HashSet<&str> = HashSet::new();
    for item in prepared {
        let w = &item.words;
        small.extend(
            (0..w.len())
                .filter(|&i| !w.capital(i))
                .map(|i| w.word(i))
                .filter(|word| candidates.contains(*word)),
        );
    }
    let named = candidates
        .iter()
        .filter(|word| !small.contains(word.as_str()));
    people.extend(named.cloned());
    people
}

/// A capitalised word of which nothing is known.
fn unknown(w: &Words, i: usize) -> bool {
    let raw = w.raw(i);
    let shouted = raw.chars().count() > 3 && raw.chars().all(char::is_uppercase);
    raw.len() > 1
        && !shouted
        && name_like(w, i)
        && !w.has(
            i,
            Marks::GIVEN
                .and(Marks::VERB)
                .and(Marks::ROLE)
                .and(Marks::THING)
                .and(Marks::GENERIC)
                .and(Marks::MEETING)
                .and(Marks::EXAM)
                .and(Marks::PAST)
                .and(Marks::MODAL)
                .and(Marks::GREETING)
                .and(Marks::PLEASE)
                .and(Marks::DONE)
                .and(Marks::NEGATION),
        )
}

/// Whether the words from token `i` on say what somebody is to do or does.
fn charged(w: &Words, i: usize) -> bool {
    let labour =
        |k: usize| w.has(k, Marks::VERB) && w.shape(k) == Shape::Word && !w.one_of(k, NEUTER);
    let dashed = !w.touches(i) && !w.touches(i.saturating_sub(1));
    match w.word(i) {
        // "Bo: ☐ update slides".
        ":" | "-" | "–" | "—" if w.one_of(i + 1, "☐|□|◻|⬜|▢|❏|❑") || w.seq(i + 1, "[ ]") => {
            true
        }
        // "Bo - confirm delivery date - 30/11", "Ana (by 27/11): send PO".
        "-" | "–" | "—" if i == 1 && dashed => {
            labour(i + 1) && (i + 2..w.len()).any(|k| w.number(k).is_some())
        }
        "(" if i == 1 => bracketed(w, i).is_some_and(|close| w.word(close + 1) == ":"),
        "to" => labour(i + 1),
        word => one_of(DOES, word) || w.phrase(i, CHARGED).is_some(),
    }
}

/// Where brackets close that hold a day: "(by 27/11)".
fn bracketed(w: &Words, open: usize) -> Option<usize> {
    const WIDEST: usize = 8;
    let close = (open + 2..w.len().min(open + WIDEST)).find(|&i| w.word(i) == ")")?;
    let due = w.one_of(open + 1, "by|due|until|bis|avant|antes|hasta|d'ici");
    due.then_some(close)
}
