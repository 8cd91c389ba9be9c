//! An item of a sentence that no rule explains.

use super::APPOINTS;
use crate::acts::{self, Act, Cue, Owner, Sentence};
use crate::engine::{Run, Scene};
use crate::events;
use crate::language::Marks;
use crate::text::{Shape, one_of};

impl Run<'_, '_> {
    /// Makes an item of a sentence by its place and its words, without a rule for it.
    pub(super) fn passed_over(&mut self, s: &Sentence, scene: &Scene, margin: f32, meets: f32) {
        let before = self.drafts.len();
        let event = events::read(s, true, false).ok().flatten();
        let named = || events::appointment(s, true).filter(|_| meets > APPOINTS);
        let event = event.filter(|_| meets > APPOINTS).or_else(named);
        if let Some(event) = event.or_else(|| (meets > 0.0).then(|| events::told(s)).flatten()) {
            self.event(s, scene, event);
        } else {
            let (owner, from) = opening(s, scene);
            let act = Act {
                cue: Cue::Noun,
                owner,
                begin: s.from,
                from,
                to: s.to,
                form: acts::Form::Plain,
                strength: 0.62,
            };
            self.act(s, scene, &act);
        }
        for draft in &mut self.drafts[before..] {
            draft.judged = Some(margin);
            draft.passed_over = true;
            draft.quote = s.words.bytes(s.from, s.to);
        }
    }
}

/// Who a sentence that no rule explains names first, and where the rest begins.
fn opening(s: &Sentence, scene: &Scene) -> (Owner, usize) {
    let w = s.words;
    let people = s.setting.people;
    let mut from = s.from;
    while from < s.to && w.shape(from) == Shape::Mark && w.word(from) != "@" {
        from += 1;
    }
    let first = from + usize::from(w.word(from) == "@");
    let mut to = first;
    while to < first + 3 && acts::name_like(w, to) {
        to += 1;
    }
    let named = to > first && (acts::known_person(w, first, people) || first > from);
    if named && matches!(w.word(to), ":" | "," | "-" | "–" | "—") && to + 1 < s.to {
        return (Owner::Named(acts::spelled(w, first, to)), to + 1);
    }
    if named && first > from && to < s.to {
        return (Owner::Named(acts::spelled(w, first, to)), to);
    }
    if named && w.word(to) == "to" && to + 1 < s.to {
        return (Owner::Named(acts::spelled(w, first, to)), to + 1);
    }
    (mentioned(s, scene), from)
}

/// Who is to do what a sentence tells in words that no rule knows: the one person it names, the one who speaks of
/// himself, or the one it is written to.
fn mentioned(s: &Sentence, scene: &Scene) -> Owner {
    const BEFORE: &str = "to|from|with|for|of|at|by|re|about|de|del|con|para|a|por|pour|avec|chez|du|von|mit|fur|bei|an|zu|der|die|dem|ile|icin|saint|st|san|&|'s";
    const NEEDS: &str = "need|needs|require|want|wants|missing|waiting|like|brauche|brauchen|benotigen|fehlt|fehlen|necesito|necesitamos|falta|faltan|besoin|manque|manquent|attends|lazim|gerek|gerekiyor|eksik|bekliyorum|bekliyoruz";
    let w = s.words;
    let person = |i: usize| acts::known_person(w, i, s.setting.people);
    let mut named: Vec<(usize, usize)> = Vec::new();
    let mut i = s.from;
    while i < s.to {
        if !person(i) {
            i += 1;
            continue;
        }
        let to = (i + 1..s.to.min(i + 3))
            .find(|&k| !acts::name_like(w, k))
            .unwrap_or(s.to.min(i + 3));
        let led = i > s.from && one_of(BEFORE, w.word(i - 1));
        if !led && !w.raw(to - 1).ends_with("'s") {
            named.push((i, to));
        }
        i = to;
    }
    if let [(from, to)] = named[..] {
        return Owner::Named(acts::spelled(w, from, to));
    }
    let any = |marks: Marks| (s.from..s.to).any(|i| w.has(i, marks));
    let needs = (s.from..s.to).any(|i| one_of(NEEDS, w.word(i)));
    let own = (s.from..s.to)
        .any(|i| w.has(i, Marks::FIRST) && !one_of("me|my|mi|mir|mich|moi|mon|ma|mes", w.word(i)));
    if own && !needs && scene.around.speaker.is_some() {
        return Owner::Speaker;
    }
    let asked =
        needs && any(Marks::FIRST.and(Marks::PLURAL)) || any(Marks::SECOND.and(Marks::PLEASE));
    if asked && named.is_empty() {
        return Owner::Reader;
    }
    Owner::Nobody
}
