//! What is asked for so plainly that the judge, who sees little in a few words, is not asked.

use super::{Run, Scene};
use crate::acts::{Act, Cue, Owner, Sentence};
use crate::dates::Lead;
use crate::language::Marks;
use crate::text::Shape;
use sentry_domain::TaskType;

/// As many words has a request at most of which the judge knows too little.
const SHORT: usize = 12;

impl Run<'_, '_> {
    /// "Please approve them by Wednesday", and "Tom will print the list" behind the concert it is for.
    pub(super) fn plainly_asked(&self, s: &Sentence, scene: &Scene, act: &Act) -> bool {
        names_more(s, act) && (self.pleads(s, act) || self.prepares(s, scene, act))
    }

    /// Whether a short sentence opens with a courtesy, and says by when.
    fn pleads(&self, s: &Sentence, act: &Act) -> bool {
        let w = s.words;
        let due = s.dated(|d| d.lead == Lead::Due && d.ahead().is_some_and(|when| when.day_given));
        let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
        act.cue == Cue::Request
            && due
            && s.to - s.from <= SHORT
            && first.is_some_and(|i| w.has(i, Marks::PLEASE))
            && !self.whole.addresses_crowds()
    }

    /// Whether the sentence before names a meeting, and this one gives somebody work.
    fn prepares(&self, s: &Sentence, scene: &Scene, act: &Act) -> bool {
        let event = |d: &crate::draft::Draft| {
            d.unit == scene.index && d.task_type == TaskType::Meeting && !d.passed_over
        };
        let pleads = (s.from..s.to).any(|i| s.words.has(i, Marks::PLEASE));
        let handed = match act.cue {
            Cue::Assignment => matches!(act.owner, Owner::Named(_)),
            Cue::Request | Cue::Owner => pleads,
            _ => false,
        };
        handed
            && s.to - s.from <= SHORT
            && self.drafts.last().is_some_and(event)
            && !self.whole.addresses_crowds()
    }
}

/// Whether an act has an object, or a verb that needs none; those who attend or let somebody in have nothing to do.
fn names_more(s: &Sentence, act: &Act) -> bool {
    const ALONE: &str = "vote|respond|reply|answer|rsvp|register|apply|confirm|enrol|pay|antworten|abstimmen|repondre|voter|responder|votar|yanitlayin";
    const COMES: &str = "attend|join|come|be|arrive|let|plan|accompany|look|reach|note|remember|teilnehmen|kommen|kommt|assister|venir|asistir|venir|katilacak";
    const EMPTY: &str = "me|us|mir|uns|m|nous|moi|latest|same|bana|bize|kindly|there|then|asap";
    let w = s.words;
    let named = |i: usize| w.shape(i) == Shape::Word && !s.in_date(i) && !w.one_of(i, EMPTY);
    let pronoun = |i: usize| w.one_of(i, "it|them|these|those|this|that");
    let object = (act.from + 1..act.to)
        .any(|i| named(i) && (pronoun(i) || !w.has(i, Marks::FUNCTION.and(Marks::PLEASE))));
    let verb = act.from;
    !w.any_of(verb..act.to.min(verb + 1), COMES) && (object || w.one_of(verb, ALONE))
}
