//! "We still lack the receipt. Could you post it to me by Friday?": one item, said in two sentences. And "The floor plan
//! is wrong. Nina updates it today.": a statement, and what is to be done about it.

use super::Run;
use super::matter::content;
use crate::draft::Draft;
use crate::fields::title;
use crate::segment::{Kind, Unit};
use crate::text::{fold_str, one_of};
use sentry_domain::TaskType;
use std::ops::Range;

/// Words by which a sentence says that something is not there yet.
const LACKS: &str = "\
    missing|lacking|outstanding|pending|without|receive|received|waiting|wants|needs|still|yet|haven't|remaining|unsigned|\
    fehlt|fehlen|noch|aussteht|manque|manquent|reste|toujours|encore|attends|attendons|falta|faltan|pendiente|aun|todavia|eksik|hala|bekliyorum|bekliyoruz|bekliyor|henuz";

/// What stands for the thing that is not there.
const IT: &str = "it|them|those|these|that|both|es|ihn|sie|diese|diesen|dieses|dies|le|la|les|l'envoyer|lo|los|las|onu|bunu|onlari|bunlari";

/// As many words the second sentence has, and as many of them name something.
const WORDS: usize = 18;
const NAMING: usize = 4;

/// As many bytes may stand between the two.
const NEAR: usize = 160;

fn any(text: &str, list: &'static str) -> bool {
    let folded = fold_str(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.any(|word| one_of(list, word))
}

/// Whether both are tasks and the later one begins within so many bytes after the earlier.
fn follows(earlier: &Draft, later: &Draft, within: usize) -> bool {
    earlier.task_type == TaskType::Task
        && later.task_type == TaskType::Task
        && later.quote.start >= earlier.quote.end
        && later.quote.start - earlier.quote.end < within
}

/// Whether a later draft only says when and by whom what the earlier one misses is sent.
fn fetches(text: &str, earlier: &Draft, later: &Draft) -> bool {
    let said = |place: &Range<usize>| &text[place.clone()];
    let asks = said(&later.quote);
    follows(earlier, later, NEAR)
        && !earlier.dated()
        && later.dated()
        && asks.split_whitespace().count() <= WORDS
        && content(&later.title) <= NAMING
        && any(asks, IT)
        && any(said(&earlier.quote), LACKS)
}

/// Whether a later draft of the same point only says what is to be done about the earlier one and when: "VGM: two
/// containers are missing. Share same by tomorrow."
fn hangs_on(text: &str, earlier: &Draft, later: &Draft) -> bool {
    const SAME: &str = "same|ones|thing|things|cosas|beides|ikisi|deux";
    /// As many bytes may stand between the two, as much may name something, and as much more where it points back.
    const NEAR: usize = 40;
    const NAMING: usize = 2;
    const POINTING: usize = 3;
    let asks = &text[later.quote.clone()];
    let naming = content(&later.title);
    let points = || any(asks, IT) || any(asks, SAME);
    follows(earlier, later, NEAR)
        && earlier.unit == later.unit
        && !earlier.dated()
        && later.dated()
        && asks.split_whitespace().count() <= WORDS
        && (naming <= NAMING || naming <= POINTING && points())
        && !any(asks, ALSO)
}

/// What begins a wish of its own.
const ALSO: &str = "also|besides|furthermore|additionally|ausserdem|auch|zudem|ferner|tambien|ademas|aussi|egalement|ayrica";

/// Whether a later draft says what is to be done about what the earlier one only states: "Judge Pike's table: she wants
/// 10, not 8. Nina updates the floor plan."
fn mends(text: &str, earlier: &Draft, later: &Draft) -> bool {
    /// As many bytes as a full stop and a break take.
    const TOUCHING: usize = 12;
    /// So many words that name something still point back to the statement.
    const NAMING: usize = 6;
    let asks = &text[later.quote.clone()];
    follows(earlier, later, TOUCHING)
        && earlier.passed_over
        && !earlier.dated()
        && !later.passed_over
        && asks.split_whitespace().count() <= WORDS
        && content(&later.title) <= NAMING
        && !any(asks, ALSO)
}

impl Run<'_, '_> {
    /// Joins what a passage says is missing with the sentence that asks for it by a day, and what it states with what is
    /// to be done about it.
    pub(super) fn settle_fetched(&mut self, before: usize) {
        let text = self.document.text;
        let listed = |unit: &Unit| matches!(unit.kind, Kind::Item { .. } | Kind::Check { .. });
        let point = |draft: &Draft| self.document.units.get(draft.unit).is_some_and(listed);
        let pair = self.drafts.len() == before + 2 && self.drafts.last().is_some_and(point);
        let mut at = before + 1;
        while at < self.drafts.len() {
            if mends(text, &self.drafts[at - 1], &self.drafts[at]) {
                let stated = self.drafts.remove(at - 1);
                let mended = &mut self.drafts[at - 1];
                let title = format!("{}: {}", mended.title, stated.title);
                mended.title = title::clamp(&title);
                mended.owner = mended.owner.take().or(stated.owner);
                mended.also.push(stated.quote);
                continue;
            }
            let (earlier, later) = (&self.drafts[at - 1], &self.drafts[at]);
            let hangs = pair && hangs_on(text, earlier, later);
            if !hangs && !fetches(text, earlier, later) {
                at += 1;
                continue;
            }
            let later = self.drafts.remove(at);
            let earlier = &mut self.drafts[at - 1];
            (earlier.due_on, earlier.due_at) = (later.due_on, later.due_at);
            earlier.owner = earlier.owner.take().or(later.owner);
            earlier.also.push(later.quote);
        }
    }
}
