//! A sentence that asks nothing and says when what was just asked for is over: "Tony, can you nudge them? List closes Friday".

use super::Run;
use crate::acts::Sentence;
use crate::dates::Lead;
use crate::draft::Draft;
use crate::language::Marks;
use crate::text::Shape;
use sentry_domain::TaskType;

/// As many words such a sentence has at most.
const LONGEST: usize = 26;

/// Words for the end of something.
pub(super) const ENDS: &str = "\
    close|closes|closing|fine|okay|works|suits|do|ok|reicht|genugt|passt|basta|suffit|yeter|lodged|cutoff|cut|deadline|due|expires|expire|expiring|runs|lapses|latest|wants|want|needs|need|promised|pulls|pull|goes|reach|ready|till|until|last|submission|\
    frist|fallig|spatestens|schluss|ablauf|endet|lauft|braucht|brauchen|bis|abgabe|\
    plazo|cierra|vence|caduca|limite|tope|hasta|urge|necesita|necesito|necesitamos|quiere|\
    echeance|delai|limite|expire|cloture|ferme|avant|besoin|\
    yetissin|yetismeli|gun|sure|doluyor|bitiyor|kapaniyor|kadar|lazim|bekliyor";

impl Run<'_, '_> {
    /// Dates the only item of a sentence by the deadline that stands outside of its deed: "Jonas fordert die Daten an
    /// (bis 18.3.)".
    pub(super) fn rest_dates(&mut self, s: &Sentence, made: usize) {
        let Some([draft]) = self.drafts.get_mut(made..) else {
            return;
        };
        let open = draft.task_type == TaskType::Task && !draft.dated();
        let inside = s.dates.iter().filter(|d| d.from >= s.from && d.to <= s.to);
        let mut due =
            inside.filter(|d| d.lead == Lead::Due && d.ahead().is_some_and(|w| w.day_given));
        let (Some(day), None) = (due.next().filter(|_| open), due.next()) else {
            return;
        };
        if let Some(when) = s.when(day) {
            draft.due(&when, self.context.zone);
        }
    }

    /// Dates the one thing asked for in this passage by a later sentence of it, unless that is `settled` already.
    pub(super) fn closes(&mut self, s: &Sentence, made: usize, before: usize, settled: bool) {
        let w = s.words;
        let silent = self.drafts.len() == made && made > before && s.to - s.from <= LONGEST;
        if settled || !silent || s.asks() {
            return;
        }
        let inside = s.dates.iter().filter(|d| d.from >= s.from && d.to <= s.to);
        let mut ahead = inside.filter(|d| d.ahead().is_some_and(|when| when.day_given));
        let (Some(day), None) = (ahead.next(), ahead.next()) else {
            return;
        };
        // "Nobody starts without it, so by Friday please".
        let told = Marks::CONDITION.and(Marks::DONE);
        let denied = day.lead != Lead::Due && (s.from..s.to).any(|i| w.has(i, Marks::NEGATION));
        if denied || (s.from..s.to).any(|i| w.has(i, told)) {
            return;
        }
        // "Same date."
        let covered = |i: usize| day.lead_from <= i && i < day.to;
        let bare = (s.from..s.to).all(|i| covered(i) || w.shape(i) == Shape::Mark);
        let ends = bare || day.lead == Lead::Due || w.any_of(s.from..s.to, ENDS);
        let zone = self.context.zone;
        let Some(when) = s.when(day).filter(|_| ends) else {
            return;
        };
        // "Eva books the room. Jan needs the hotel by Friday": of somebody else.
        let named = crate::acts::known_person(w, s.from, s.setting.people).then(|| w.raw(s.from));
        let owner = self.drafts.last().and_then(|draft| draft.owner.as_deref());
        if let (Some(named), Some(owner)) = (named, owner)
            && !owner.split(' ').any(|word| word == named)
        {
            return;
        }
        let open = |draft: &&mut Draft| !draft.dated() && draft.task_type == TaskType::Task;
        if let Some(draft) = self.drafts.last_mut().filter(open) {
            draft.due(&when, zone);
            draft.also.push(w.bytes(s.from, s.to));
        }
    }
}
