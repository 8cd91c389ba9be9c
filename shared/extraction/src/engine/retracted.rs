//! Who answers that it is done, or that nobody needs it, takes back what was asked for a few turns before.

use super::Run;
use super::prepare::Prepared;
use super::promised::{YES, same_name, says_yes};
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

/// What a turn says of what was asked for before.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one answer"
)]
struct Answer {
    /// So few words that it says nothing else.
    brief: bool,
    /// "Did that last week".
    told: bool,
    /// "Done, two boxes of it".
    bare: bool,
    /// "They take the bus, not needed", "they are in my house already".
    settled: bool,
    /// "Perfect, never mind then".
    needless: bool,
}

impl Answer {
    /// Nothing where the turn asks or promises something itself.
    fn read(w: &Words) -> Option<Self> {
        const OPEN: &str = "?|will|tomorrow|soon|but|aber|pero|mais|ama";
        const SINCE: &str = "already|schon|zaten|bile|ago";
        if w.len() == 0 || w.any_of(0..w.len(), OPEN) {
            return None;
        }
        let asks = Marks::CONDITION.and(Marks::PLEASE);
        let plain = w.len() <= LONGEST && !(0..w.len()).any(|i| w.has(i, asks));
        let meant = |i: usize| w.has(i, Marks::MODAL) && !w.one_of(i, "have|has");
        let brief = plain && !(0..w.len()).any(meant);
        let denies = w.any_of(0..w.len(), "not");
        // "No need": the word is one of duty.
        let needless = plain && w.any_phrase(0..w.len(), NEEDLESS);
        // "Yes, moved my standup already" agrees.
        let since = w.any_of(0..w.len(), SINCE) && w.len() < LONGEST;
        let since = brief && !denies && since && !says_yes(w);
        Some(Self {
            brief,
            told: w.any_phrase(0..w.len().min(3), DONE) && !denies,
            bare: brief && says_done(w),
            settled: needless || since,
            needless,
        })
    }
}

impl Run<'_, '_> {
    /// Takes back what the speaker of a turn says is done or needless; whether it did.
    pub(super) fn retracted(&mut self, item: &Prepared) -> bool {
        let answer = Answer::read(&item.words);
        let Some(at) = answer.and_then(|answer| self.answered_by(item, &answer)) else {
            return false;
        };
        self.drafts.remove(at);
        self.refuse(Refusal::Done);
        true
    }

    /// The item that an answer takes back.
    fn answered_by(&self, item: &Prepared, answer: &Answer) -> Option<usize> {
        let (document, w) = (self.document, &item.words);
        let speaker = item.unit.speaker;
        let name = speaker.map(|k| document.speakers[k].as_str());
        let said_by = |d: &Draft| document.units.get(d.unit).and_then(|u| u.speaker);
        let back = |d: &Draft| item.index.saturating_sub(d.unit);
        let own = |d: &Draft| {
            let named = d.owner.as_deref().zip(name);
            named.is_some_and(|(owner, name)| same_name(owner, name))
        };
        let one = |d: &Draft| own(d) || !asks_all(&document.text[d.quote.clone()]);
        let task = |d: &Draft| d.task_type == TaskType::Task;
        let other = |d: &Draft| said_by(d).is_some() && said_by(d) != speaker;
        let asked = |d: &Draft| other(d) && task(d) && (own(d) || d.owner.is_none());
        let last = self.drafts.len().saturating_sub(LAST);
        let near = &self.drafts[last..];
        // What was asked last is what is answered.
        let answered = || {
            let at = near
                .iter()
                .rposition(|d| asked(d) && (1..=FAR).contains(&back(d)))?;
            let d = &near[at];
            let fits = one(d) && (back(d) == 1 || own(d) && answer.bare);
            (fits && (answer.bare || answer.settled)).then_some(at)
        };
        // "Perfekt, dann nix": who asked needs it no more.
        let dropped = || {
            let mine = |d: &Draft| said_by(d).is_some() && said_by(d) == speaker;
            let at = near
                .iter()
                .rposition(|d| mine(d) && (1..=2).contains(&back(d)))?;
            (answer.needless && task(&near[at])).then_some(at)
        };
        // "No need, I have them": nor is it to be done by who promised it. Of many one says "done" for himself.
        let lone = answer.bare && document.speakers.len() == 2 && w.len() <= 2;
        let ends = |to: usize| to >= w.len() || w.shape(to) == Shape::Mark;
        let opens = w.phrase(0, NEEDLESS).is_some_and(ends);
        let spares = lone || answer.needless && opens;
        let needless = |d: &Draft| spares && other(d) && task(d) && back(d) == 1;
        let told = |d: &Draft| answer.told && back(d) == 1 && one(d);
        let ticked = |d: &Draft| answer.brief && back(d) > 0 && one(d) && ticks(w, d);
        answered()
            .or_else(dropped)
            .or_else(|| near.iter().rposition(needless))
            .or_else(|| near.iter().rposition(told))
            .or_else(|| near.iter().rposition(ticked))
            .map(|at| last + at)
    }
}

/// Whether every reader is asked, of whom one that did it says nothing of the others.
fn asks_all(quote: &str) -> bool {
    const ALL: &str = "all|everyone|everybody|each|every|who|leute|alle|jeder|jede|todos|todas|cada|quien|tous|toutes|chacun|herkes|hepiniz|folks|guys|pay|paid|paypal|bizum|venmo|paynow|twint|iban";
    let folded = fold_str(quote);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    folded.contains(['€', '£', '$', '₹']) || words.any(|word| one_of(ALL, word))
}

/// "done", "ja erledigt, kommen zu viert", "hecho, ocho tijeras": whether a turn opens with what closes a matter.
fn says_done(w: &Words) -> bool {
    const OVER: &str = "done|sorted|uploaded|finished|measured|erledigt|gemacht|hecho|hecha|fait|yaptim|aldim|gonderdim|bitti|hallettim|yukledim";
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
        && (at + 1 >= w.len() || w.len() < at + 4 || w.one_of(at + 2, "lo|la|los|las"));
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
