//! Who answers that it is done, or that nobody needs it, takes back what was asked for a few turns before.

use super::Run;
use super::prepare::Prepared;
use super::promised::{YES, same_name};
use crate::draft::Draft;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape, Words, fold_str, one_of};
use sentry_domain::TaskType;

/// As many words an answer has at most.
const LONGEST: usize = 14;

/// As many turns before the answer who answers in person was asked.
const FAR: usize = 6;

/// No more items than these are looked at.
const LAST: usize = 12;

/// How an answer begins that says that it is done.
const DONE: &str = "\
    done that|did that|already did|already done|already sorted|already sent|already booked|already paid|already on it yesterday|that's done|that is done|thats done|it's done|it is done|its done|all done|been done|\
    i already did|i already have|already taken care of|i've already|i have already|i've done that|i did that|i did already|sorted that|sorted it|paid it|sent it|sent that|booked it already|hab ich schon|habe ich schon|schon erledigt|schon gemacht|ist erledigt|ist schon|hab ich gestern|\
    c'est fait|c' est fait|deja fait|je l' ai deja|ya esta|ya lo hice|ya lo he|ya la|ya lo|hecho ya|yaptim|hallettim|yapildi|gonderdim";

/// How an answer says that nobody needs it.
const NEEDLESS: &str = "\
    not needed|no need|needn't|not necessary|don't need it|dont need it|don't bother|never mind|nevermind|nvm|forget it|nicht notig|nicht mehr notig|brauchen wir nicht|braucht es nicht|braucht ihr nicht|dann nix|dann nicht|lass mal|\
    no hace falta|no hacia falta|ya no hace falta|dejalo|pas besoin|pas la peine|inutile|laisse tomber|gerek yok|gerek kalmadi|bosver";

impl Run<'_, '_> {
    /// Takes back what the speaker of a turn says is done or needless; whether it did.
    pub(super) fn retracted(&mut self, item: &Prepared) -> bool {
        let w = &item.words;
        let ahead = Marks::MODAL.and(Marks::CONDITION).and(Marks::PLEASE);
        let open = (0..w.len()).any(|i| {
            w.word(i) == "?" || w.one_of(i, "will|tomorrow|soon|not yet|but|aber|pero|mais|ama")
        });
        if open || w.len() == 0 {
            return false;
        }
        let unmeant = (0..w.len()).any(|i| w.has(i, ahead) && !w.one_of(i, "have|has"));
        let brief = w.len() <= LONGEST && !unmeant;
        let told = w.any_phrase(0..w.len().min(3), DONE) && !negated(w);
        let bare = brief && says_done(w);
        let needless = brief && w.any_phrase(0..w.len(), NEEDLESS);
        let speaker = item
            .unit
            .speaker
            .map(|k| self.document.speakers[k].as_str());
        let (units, text) = (&self.document.units, self.document.text);
        let own = |d: &Draft| {
            let named = d.owner.as_deref().zip(speaker);
            named.is_some_and(|(owner, name)| same_name(owner, name))
        };
        let one = |d: &Draft| own(d) || !asks_all(&text[d.quote.clone()]);
        // What was asked last is what is answered.
        let asked = |d: &Draft| {
            let asker = units.get(d.unit).and_then(|u| u.speaker);
            let other = asker.is_some() && asker != item.unit.speaker;
            other && d.task_type == TaskType::Task && (own(d) || d.owner.is_none())
        };
        let back = |d: &Draft| item.index.saturating_sub(d.unit);
        let next = |d: &Draft| back(d) == 1;
        let last = self.drafts.len().saturating_sub(LAST);
        let near = &self.drafts[last..];
        let answered = || {
            let at = near
                .iter()
                .rposition(|d| asked(d) && (1..=FAR).contains(&back(d)))?;
            let d = &near[at];
            (one(d) && (next(d) || own(d) && bare)).then_some(at)
        };
        let at = (bare || needless)
            .then(answered)
            .flatten()
            .or_else(|| near.iter().rposition(|d| told && next(d) && one(d)))
            .or_else(|| {
                near.iter()
                    .rposition(|d| brief && one(d) && back(d) > 0 && ticks(w, d))
            });
        let Some(at) = at else {
            return false;
        };
        self.drafts.remove(last + at);
        self.refuse(Refusal::Done);
        true
    }
}

/// Whether every reader is asked, of whom one that did it says nothing of the others.
fn asks_all(quote: &str) -> bool {
    const ALL: &str = "all|everyone|everybody|each|every|you lot|who|leute|alle|jeder|jede|todos|todas|cada|quien|tous|toutes|chacun|herkes|hepiniz|folks|guys|pay|paid|paypal|bizum|venmo|paynow|twint|iban";
    let folded = fold_str(quote);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    folded.contains(['€', '£', '$', '₹']) || words.any(|word| one_of(ALL, word))
}

fn negated(w: &Words) -> bool {
    (0..w.len()).any(|i| w.word(i) == "not")
}

/// "done", "ja erledigt, kommen zu viert", "hecho, ocho tijeras": whether a turn opens with what closes a matter.
fn says_done(w: &Words) -> bool {
    const OVER: &str = "done|sorted|uploaded|finished|measured|erledigt|gemacht|hecho|hecha|fait|c'est fait|yaptim|aldim|gonderdim|bitti|hallettim|yukledim";
    let skipped = |i: usize| w.shape(i) != Shape::Word || w.one_of(i, YES) && !w.one_of(i, OVER);
    let Some(at) = (0..w.len().min(4)).find(|&i| !skipped(i)) else {
        return false;
    };
    let ends = at + 1 >= w.len()
        || w.shape(at + 1) == Shape::Mark
        || w.one_of(
            at + 1,
            "bile|already|now|today|yesterday|gestern|ayer|hier|schon|ya|this|last|on",
        );
    // "Hecho, lo llevo" agrees to do it.
    let agrees = w.one_of(at, "hecho|hecha")
        && !w.any_of(0..w.len(), "ya|ayer|anoche|antes")
        && (at + 1 >= w.len() || w.len() < at + 4 || w.any_of(at..w.len(), "lo|la|los|las"));
    w.one_of(at, OVER) && ends && !agrees
}

/// "banner ✅ both languages": whether a ticked turn names what an item is about.
fn ticks(w: &Words, draft: &Draft) -> bool {
    const LEAST: usize = 4;
    if !(0..w.len()).any(|i| matches!(w.word(i), "✅" | "✔" | "✓" | "☑")) {
        return false;
    }
    let title = fold_str(&draft.title);
    (0..w.len()).any(|i| {
        let word = w.word(i);
        word.len() >= LEAST
            && w.shape(i) == Shape::Word
            && !w.has(i, Marks::FUNCTION.and(Marks::DONE))
            && title
                .split(|c: char| !c.is_alphanumeric())
                .any(|part| part == word)
    })
}
