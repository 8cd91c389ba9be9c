//! A turn that says when: "I'm waiting for the weights from you." - "Weighbridge was down. You'll get them Monday.", "I'll take
//! the store rooms." - "By when?" - "Say the 29th."

use super::Run;
use super::prepare::Prepared;
use super::promised::same_name;
use crate::dates::{Found, When};
use crate::draft::Draft;
use crate::fields::people::Around;
use crate::language::Marks;
use crate::segment::Unit;
use crate::sentences;
use crate::text::{Shape, Words, one_of};
use sentry_domain::TaskType;

/// As many words such a turn has at most.
const LONGEST: usize = 28;

/// As many turns back a task may stand.
const NEAR: usize = 2;

/// How one asks for a day.
const WHEN: &str = "when|by when|by what time|by|for when|until when|how soon|what date|wann|bis wann|cuando|para cuando|quand|pour quand|ne zaman|ne zamana";

/// Words of who promises instead of asking.
const OWES: &str = "owe|will|ll|shall|schulde|debo|dois|borcum";

/// Words of a sentence that promises something.
const PROMISES: &str = "you'll|you|will|'ll|i'll|i|me|we|we'll|shall|can|it's|doing|sending|bringing|ich|wir|mach|mache|schicke|bekommt|bekommst|kommt|yo|te|lo|la|los|las|je|tu|vous|moi|ben|biz";

impl Run<'_, '_> {
    /// Dates what another speaker asked for just before by the day of a turn that asks for nothing itself.
    /// Nothing is dated by a turn that is `settled` otherwise.
    pub(super) fn answered(
        &mut self,
        item: &Prepared,
        around: &Around,
        found: &[Found],
        settled: bool,
    ) {
        let w = &item.words;
        let Some(speaker) = around.speaker.as_deref() else {
            return;
        };
        if item.unit.speaker.is_none() || settled || w.len() > LONGEST {
            return;
        }
        let Some(when) = said(w, found) else {
            return;
        };
        let (units, text) = (&self.document.units, self.document.text);
        let asked_when = asks_when(&self.document.units, item, text);
        let own = (0..w.len()).any(|i| w.has(i, Marks::FIRST)) || w.len() <= 6;
        let theirs = |draft: &Draft| {
            let asker = units.get(draft.unit).and_then(|u| u.speaker);
            let other = asker.is_some() && asker != item.unit.speaker;
            let next = draft.unit + 1 == item.index;
            let named = || next || same_name(&text[draft.quote.clone()], speaker);
            let name = |asker: usize| self.document.speakers[asker].as_str();
            let self_owned = |owner: &str| {
                let owes = crate::text::fold_str(&text[draft.quote.clone()])
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| one_of(OWES, word));
                next && draft.passed_over
                    && !owes
                    && asker.is_some_and(|asker| same_name(name(asker), owner))
            };
            let owned = draft.owner.as_deref().map_or_else(named, |owner| {
                same_name(owner, speaker) || self_owned(owner)
            });
            asked_when || other && owned
        };
        let far = NEAR + usize::from(asked_when);
        let near = |draft: &&mut Draft| draft.unit < item.index && item.index - draft.unit <= far;
        let open = |draft: &Draft| !draft.dated() && draft.task_type == TaskType::Task;
        let mut asked = self.drafts.iter_mut().rev().take_while(near);
        if let Some(last) = asked.find(|draft| open(draft) && theirs(draft)) {
            last.due(when, self.context.zone);
            last.also.push(w.bytes(0, w.len()));
            if own && last.passed_over && !asked_when {
                last.owner = Some(speaker.to_owned());
            }
        }
    }
}

/// The one day of a turn that is no question, and neither denied nor told of.
fn said<'f>(w: &Words, found: &'f [Found]) -> Option<&'f When> {
    let mut ahead = found
        .iter()
        .filter(|d| d.ahead().is_some_and(|when| when.day_given));
    let (day, more) = (ahead.next()?, ahead.next());
    let all = sentences::up_to(w, w.len());
    let of = |d: &Found| {
        all.iter()
            .copied()
            .find(|&(from, to)| from <= d.from && d.from < to)
    };
    // "Governors see it on the eighth, so I'll get you a draft this Friday."
    let day = match more {
        Some(later) if ahead.next().is_none() && w.any_of(day.to..later.from, PROMISES) => later,
        Some(_) => return None,
        None => day,
    };
    let (from, to) = of(day)?;
    let told = Marks::CONDITION.and(Marks::DONE);
    let denied = |i: usize| w.has(i, Marks::NEGATION) && w.word(i + 1) != "yet";
    let words =
        (from..to).filter(|&i| w.shape(i) == Shape::Word && !(day.lead_from <= i && i < day.to));
    // "Er, Monday?" proposes, "can you come Monday?" asks.
    let asks = (from..to).any(|i| w.word(i) == "?") && words.count() > 2 || asks_in_turkish(w);
    let open = asks || (from..to).any(|i| w.has(i, told) || denied(i));
    day.ahead().filter(|_| !open)
}

/// "Cuma vinç var mı": a question that needs no mark.
fn asks_in_turkish(w: &Words) -> bool {
    w.len() > 1 && w.one_of(w.len() - 1, "mi|mu")
}

/// Whether the turn before asks for a day: "By when?"
fn asks_when(units: &[Unit], item: &Prepared, text: &str) -> bool {
    const BRIEF: usize = 9;
    let before = item.index.checked_sub(1).and_then(|i| units.get(i));
    before.is_some_and(|unit| {
        let w = Words::read(text, unit.bytes.start, unit.bytes.end);
        let first = (0..w.len())
            .find(|&i| w.shape(i) == Shape::Word && !w.one_of(i, "and|so|ok|und|y|et|ve"));
        unit.speaker.is_some()
            && unit.speaker != item.unit.speaker
            && w.len() <= BRIEF
            && w.word(w.len() - 1) == "?"
            && first.is_some_and(|i| w.phrase(i, WHEN).is_some())
    })
}
