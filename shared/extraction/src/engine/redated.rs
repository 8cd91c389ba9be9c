//! A day that is changed in the talk: "Correction: Thursday is fine", "ok, Monday then".

use super::{Run, Scene};
use crate::acts::Sentence;
use crate::dates;
use crate::draft::Draft;
use crate::language::Marks;
use crate::text::Shape;
use sentry_domain::TaskType;

/// As many words such a sentence has at most.
const LONGEST: usize = 12;

/// How a sentence says that what was said before does not hold.
const CORRECTS: &str = "\
    correction|sorry , make that|make that|make it|let's make it|let's make that|let's say|actually|scratch that|i mean|i meant|\
    korrektur|berichtigung|doch lieber|doch erst|doch schon|doch besser|besser|sagen wir|ich meine|\
    rectification|plutot|finalement|disons|correccion|mejor|mas bien|digamos|duzeltme|daha dogrusu|yok";

/// How a speaker agrees to another day, and what stands beside that day.
const AGREES: &str = "ok|okay|fine|sure|alright|right|deal|agreed|good|great|gut|klar|einverstanden|abgemacht|d'accord|entendu|vale|bueno|tamam|peki|olur";
const THEN: &str = "then|it|dann|also|alors|entonces|pues|o zaman";

/// What such a sentence says besides and means nothing by.
const IDLE: &str = "\
    is|will|be|would|works|fine|ok|okay|good|enough|too|still|instead|rather|not|sorry|no|please|end|latest|early|enough|perfect|thanks|\
    reicht|genugt|passt|geht|ist|auch|noch|statt|stattdessen|bitte|danke|spatestens|lieber|\
    suffit|ira|convient|plutot|basta|vale|esta|bien|mejor|yeter|olsun|uygun|lutfen";

/// How a deadline is called that was put off.
const DEADLINES: &str = "\
    deadline|due date|closing date|submission date|frist|abgabefrist|abgabetermin|deadline|date limite|date de remise|delai|echeance|plazo|fecha limite|fecha de entrega|son tarih|teslim tarihi|son teslim tarihi";

/// What follows it where it is not said what it is of.
const PUT_OFF: &str = "has|is|was|wurde|wird|ist|est|a|sera|se|ha|fue|queda|extended|moved";

impl Run<'_, '_> {
    /// "The deadline has been extended to 22 March": gives the task before it the new day; whether there was one.
    pub(super) fn put_off(&mut self, s: &Sentence, scene: &Scene) -> bool {
        const LONGEST: usize = 24;
        /// As many tasks before it are looked at.
        const FAR: usize = 40;
        let w = s.words;
        if s.to - s.from > LONGEST || !dates::extends(w, s.from..s.to) {
            return false;
        }
        let head = s.from..s.to.min(s.from + 4);
        let bare = w.find_phrase(head, DEADLINES).is_some_and(|(at, length)| {
            let next = at + length;
            w.one_of(next, PUT_OFF) || s.in_date(next)
        });
        let inside = |d: &&dates::Found| d.from >= s.from && d.to <= s.to;
        let ahead = |d: &&dates::Found| d.ahead().is_some_and(|when| when.day_given);
        let mut days = s.dates.iter().rev().filter(inside);
        let Some(when) = days
            .find(ahead)
            .and_then(|day| s.when(day))
            .filter(|_| bare)
        else {
            return false;
        };
        let (units, message) = (&self.document.units, scene.item.unit.message);
        let open = |d: &&mut Draft| {
            let same = units
                .get(d.unit)
                .is_some_and(|unit| unit.message == message);
            same && d.task_type == TaskType::Task && d.dated()
        };
        let zone = self.context.zone;
        let Some(draft) = self.drafts.iter_mut().rev().take(FAR).find(open) else {
            return false;
        };
        draft.due(&when, zone);
        draft.also.push(w.bytes(s.from, s.to));
        true
    }

    /// Gives the task spoken of last another day; whether the sentence does nothing else.
    pub(super) fn redated(&mut self, s: &Sentence, scene: &Scene) -> bool {
        /// As many turns lie at most between a task and its new day.
        const NEAR: usize = 2;
        let w = s.words;
        if s.asks() || s.to - s.from > LONGEST {
            return false;
        }
        let spoken = scene.item.unit.speaker.is_some();
        let near = |d: &Draft| {
            let apart = scene.index - d.unit.min(scene.index);
            apart == 0 || spoken && apart <= NEAR
        };
        let open = |d: &&mut Draft| d.task_type == TaskType::Task && d.dated() && near(d);
        let inside = s.dates.iter().filter(|d| d.from >= s.from && d.to <= s.to);
        let mut days = inside.filter(|d| d.ahead().is_some_and(|when| when.day_given));
        let (Some(day), None) = (days.next(), days.next()) else {
            return false;
        };
        let free = |i: &usize| w.shape(*i) == Shape::Word && !(day.lead_from <= *i && *i < day.to);
        let first = (s.from..s.to).find(|i| free(i));
        let corrects = first.and_then(|i| w.phrase(i, CORRECTS).map(|length| i..i + length));
        let agrees = first
            .filter(|&i| w.one_of(i, AGREES) && (i + 1..s.to).any(|k| w.one_of(k, THEN)))
            .map(|i| i..i + 1);
        let Some(cue) = corrects.or(agrees) else {
            return false;
        };
        let idle = |i: usize| {
            cue.contains(&i)
                || w.one_of(i, IDLE)
                || w.one_of(i, THEN)
                || w.has(i, Marks::FUNCTION.and(Marks::PLEASE))
        };
        let only = (s.from..s.to).filter(free).all(idle);
        let Some(when) = s.when(day).filter(|_| only) else {
            return false;
        };
        let zone = self.context.zone;
        let Some(draft) = self.drafts.last_mut().filter(open) else {
            return false;
        };
        draft.due(&when, zone);
        draft.also.push(w.bytes(s.from, s.to));
        true
    }
}
