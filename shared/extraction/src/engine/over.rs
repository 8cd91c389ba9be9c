//! What says that nothing is left to do: "Pump confirmed", "RFI 61 answered. Closed", "balkon camlatma: vazgeçtik", and what
//! only sells.

use super::Run;
use super::prepare::Prepared;
use crate::acts::Sentence;
use crate::draft::Draft;
use crate::fields::title;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape, Words, fold_str};
use sentry_domain::TaskType;

impl Run<'_, '_> {
    /// "Pump confirmed this afternoon", "ordered": takes back what was asked for a few turns before; whether it did.
    pub(super) fn reported(&mut self, item: &Prepared) -> bool {
        const LONGEST: usize = 12;
        /// So many turns before it was asked for, and so far from its beginning the answer says what was done.
        const NEAR: usize = 6;
        const OPENING: usize = 3;
        /// No more items than these are looked at.
        const LAST: usize = 12;
        let w = &item.words;
        let ahead = Marks::MODAL.and(Marks::NEGATION).and(Marks::CONDITION);
        let open = (0..w.len()).any(|i| w.word(i) == "?" || w.has(i, ahead));
        let first = (0..w.len()).find(|&i| w.shape(i) == Shape::Word);
        if let Some(first) = first
            && w.len() <= LONGEST
            && self.spared(item, first)
        {
            return true;
        }
        let Some(first) = first.filter(|_| !open && w.len() <= LONGEST) else {
            return false;
        };
        let told = |&i: &usize| i == 0 || !w.one_of(i - 1, "be|is|are|get|gets|to|need|needs|not");
        let done: Vec<String> = (first..w.len().min(first + OPENING))
            .filter(told)
            .filter_map(|i| match w.word(i) {
                "rang" => Some("ring".to_owned()),
                "took" => Some("take".to_owned()),
                "got" => None,
                word => title::base_of_participle(word),
            })
            .collect();
        let asked = |d: &Draft| {
            let near = d.unit < item.index && item.index - d.unit <= NEAR;
            let verb = fold_str(d.title.split(' ').next().unwrap_or(""));
            near && d.task_type == TaskType::Task && done.contains(&verb)
        };
        let last = self.drafts.len().saturating_sub(LAST);
        let Some(at) = self.drafts[last..].iter().rposition(asked) else {
            return false;
        };
        self.drafts.remove(last + at);
        self.refuse(Refusal::Done);
        true
    }
}

impl Run<'_, '_> {
    /// "No need, I already sent them", "done!": takes back what was asked for or promised in the turn before; whether it did.
    fn spared(&mut self, item: &Prepared, first: usize) -> bool {
        const SPARED: &str = "no need|not needed|not necessary|already done|all done|done|erledigt|schon erledigt|nicht notig|nicht mehr notig|brauchst du nicht|ya esta hecho|no hace falta|c' est fait|c'est fait|deja fait|pas besoin|pas la peine|gerek yok|hallettim|yaptim";
        let w = &item.words;
        let ends = |to: usize| to >= w.len() || w.shape(to) == Shape::Mark && w.word(to) != "?";
        // Of many one says "done" for himself.
        let pair = self.document.speakers.len() == 2;
        let lone = (first + 1..w.len()).all(|i| w.shape(i) == Shape::Mark);
        let spared = w
            .phrase(first, SPARED)
            .is_some_and(|n| ends(first + n) && (n > 1 || lone && pair));
        let asks = (0..w.len()).any(|i| w.word(i) == "?");
        let turn = |index: usize| self.document.units.get(index).and_then(|u| u.speaker);
        let before = |d: &Draft| {
            d.unit < item.index
                && item.index - d.unit == 1
                && d.task_type == TaskType::Task
                && turn(d.unit) != item.unit.speaker
        };
        let last = self.drafts.last().is_some_and(before);
        if spared && !asks && last {
            self.drafts.pop();
            self.refuse(Refusal::Done);
        }
        spared && !asks && last
    }
}

/// "RFI 61 answered 16/1.   Closed", "test accounts cleaned up. DONE (thx Mina)": whether the last column or the last
/// sentence of a line says that it is over.
pub(super) fn closed_behind(words: &Words) -> bool {
    const LONGEST: usize = 40;
    const OVER: &str = "closed|done|completed|complete|resolved|cancelled|canceled|erledigt|abgeschlossen|cerrado|hecho|clos|fait|kapandi|tamam";
    let len = words.len();
    if !(3..=LONGEST).contains(&len) {
        return false;
    }
    let over = |i: usize| words.one_of(i, OVER) && words.capital(i);
    let column = |i: usize| i > 0 && words.bytes(i, i + 1).start >= words.bytes(i - 1, i).end + 2;
    let sentence = |i: usize| i > 1 && words.one_of(i - 1, ".|;");
    let last = len - 1 - usize::from(words.word(len - 1) == ".");
    let thanked = |i: usize| words.word(i + 1) == "(" && words.word(len - 1) == ")";
    over(last) && (column(last) || sentence(last))
        || (2..len).any(|i| over(i) && sentence(i) && thanked(i))
}

/// Why a sentence that ends in a refusal or only sells asks for nothing.
pub(super) fn refused(s: &Sentence) -> Option<Refusal> {
    let sells = offers(s).then_some(Refusal::Advertisement);
    sells.or_else(|| struck(s).then_some(Refusal::Negated))
}

/// "Idea to deliver in two lots -> rejected": whether the end of a sentence says that it is off.
fn struck(s: &Sentence) -> bool {
    const OFF: &str =
        "rejected|declined|abgelehnt|verworfen|descartado|refuse|no|non|nein|nope|nee|hayir";
    let w = s.words;
    let Some(last) = (s.from..s.to).rev().find(|&i| w.shape(i) == Shape::Word) else {
        return false;
    };
    let marked = last > s.from + 1 && w.one_of(last - 1, ":|→|>|⇒");
    w.one_of(last, "vazgectik|vazgecildi")
        || marked && w.one_of(last, OFF)
        || last > s.from + 3 && w.phrase(last - 1, "ni hablar|did it").is_some()
}

/// "Order online today!", "Book a free demo before 31 March and save 10 %": whether a sentence only sells.
fn offers(s: &Sentence) -> bool {
    const SELLS: &str = "order online|buy now|shop now|call today|act now|book online|register today|sign up today|start your free trial|book your discovery session|unsubscribe here|click here to unsubscribe|jetzt bestellen|jetzt buchen|jetzt anmelden|compra ahora|reserva ya|commandez maintenant";
    const ORDERS: &str = "book|order|schedule|register|subscribe|call|join|reserve|buchen|bestellen|reserva|commandez|reservez";
    const GAINS: &str = "and save|and get|for free|free demo|free trial|free quote|no - obligation|months free|half price|% off";
    let w = s.words;
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
    first.is_some_and(|i| {
        w.phrase(i, SELLS).is_some() || w.one_of(i, ORDERS) && w.any_phrase(i..s.to, GAINS)
    })
}

/// Whether a sentence tells what somebody did: "I have already paid the rent", "we sent it on Monday".
pub(super) fn told(s: &Sentence) -> bool {
    const ALREADY: &str = "already|bereits|schon|deja|zaten|coktan";
    let w = s.words;
    let somebody = Marks::FIRST.and(Marks::PLURAL).and(Marks::THIRD);
    let did = |i: usize| w.has(i, Marks::PAST) && !w.has(i, Marks::VERB);
    let asks = s.asks() || (s.from..s.to).any(|i| w.has(i, Marks::PLEASE));
    let opens = w.has(s.from, somebody) && (did(s.from + 1) || did(s.from + 2));
    !asks && (opens || w.any_of(s.from..s.to, ALREADY))
}
