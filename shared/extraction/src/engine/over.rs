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
    let thanked = words.word(len - 1) == ")";
    over(last) && (column(last) || sentence(last))
        || thanked && (2..len).any(|i| over(i) && sentence(i) && words.word(i + 1) == "(")
}

/// Why a sentence that ends in a refusal or only sells asks for nothing.
pub(super) fn refused(s: &Sentence) -> Option<Refusal> {
    let sells = offers(s).then_some(Refusal::Advertisement);
    let idea = || (wonders(s) || wants_to_know(s)).then_some(Refusal::Question);
    let away = || is_away(s).then_some(Refusal::Report);
    let ended =
        || (super::ended::is_ended(s) || super::ended::tells_of_end(s)).then_some(Refusal::Done);
    sells
        .or_else(|| struck(s).then_some(Refusal::Negated))
        .or_else(ended)
        .or_else(idea)
        .or_else(away)
}

/// "Consejo: lleva siempre agua", "Il est interdit d'entreposer ..": whether a sentence only advises or forbids, for no day.
pub(super) fn advises(s: &Sentence) -> bool {
    const FORBIDS: &str = "il est interdit|il est strictement interdit|il est formellement interdit|est interdite|sont interdits|interdiction de|defense de|es ist verboten|ist verboten|sind verboten|ist untersagt|ist nicht gestattet|esta prohibido|esta terminantemente prohibido|queda prohibido|queda terminantemente prohibido|se prohibe|is forbidden|is strictly forbidden|is prohibited|is strictly prohibited|are prohibited|yasaktir";
    const ADVICE: &str = "tip|tips|pro tip|top tip|our tip|useful tip|tipp|unser tipp|kleiner tipp|geheimtipp|consejo|consejos|truco|conseil|conseils|astuce|bon a savoir|gut zu wissen|good to know|ipucu|oneri|tavsiye";
    const RULED: &str = "kurallari geregi|kurallar geregi|kurali geregi|yonetmelik geregi|kurallara gore|laut hausordnung|gemass hausordnung|nach der hausordnung|gemass satzung|laut satzung|conformement au reglement|selon le reglement|segun el reglamento|segun las normas|according to our guidelines|according to the rules|according to our rules|according to our policy|under the rules|under our policy|as per our policy|under rule";
    let w = s.words;
    if w.any_phrase(s.from..s.to, RULED) {
        return true;
    }
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
    let labelled = first.is_some_and(|i| w.phrase(i, ADVICE).is_some_and(|n| w.word(i + n) == ":"));
    (labelled || w.any_phrase(s.from..s.to, FORBIDS)) && !s.dated(|d| d.when.is_some())
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

/// "Manuel pregunta por correo si se podría abrir los domingos": whether somebody only asks whether a thing could be.
fn wants_to_know(s: &Sentence) -> bool {
    const ASKS: &str = "asks|asked|wondered|wonders|fragt|fragte|fragten|pregunta|pregunto|preguntan|demande|demandait|soruyor|sordu";
    const WHETHER: &str = "si se podria|si se puede|si podriamos|si podemos|si on pourrait|si on peut|si nous pourrions|si nous pouvons|ob wir|ob man|ob es|if we could|whether we could|if we can|whether we can|if it|whether it|whether there";
    const FAR: usize = 5;
    let w = s.words;
    let asks =
        |i: usize| w.one_of(i, ASKS) && (i + 1..i + FAR).any(|k| w.phrase(k, WHETHER).is_some());
    (s.from..s.to).any(asks)
}

/// "Ask Rev. Tull to say grace??": whether a note only wonders.
fn wonders(s: &Sentence) -> bool {
    let w = s.words;
    let asked = Marks::PLEASE.and(Marks::SECOND);
    let doubled = s.to > s.from + 2 && w.word(s.to - 1) == "?" && w.word(s.to - 2) == "?";
    let dated = s.dated(|d| d.lead == crate::dates::Lead::Due);
    doubled && !s.setting.addressed && !dated && !(s.from..s.to).any(|i| w.has(i, asked))
}

/// "Dr Hussain on leave all week": whether a short sentence only says that somebody is away, or that something is off.
fn is_away(s: &Sentence) -> bool {
    const LONGEST: usize = 14;
    const AWAY: &str = "on leave|on annual leave|on holiday|on vacation|off sick|on maternity leave|out of office|de vacaciones|de baja|im urlaub|en conge|en conges|en vacances|izinli|izinde|is off|is not happening|isn't happening|no exam|no class|no lecture|no training|no practice";
    const ORDERS: &str = "cover|covers|before|ask|send|call|ring|tell|until then|?";
    let w = s.words;
    let marks = Marks::PLEASE.and(Marks::MODAL).and(Marks::CONDITION);
    let order = |i: usize| w.has(i, marks) || w.one_of(i, ORDERS);
    s.to - s.from <= LONGEST
        && w.any_phrase(s.from..s.to, AWAY)
        && !(s.from..s.to).any(order)
        && !s.dated(|d| d.when.as_ref().is_some_and(|when| when.time.is_some()))
}

/// "Order online today!", "Book a free demo before 31 March and save 10 %": whether a sentence only sells.
fn offers(s: &Sentence) -> bool {
    const SELLS: &str = "order online|buy now|shop now|call today|act now|book online|register today|sign up today|start your free trial|book your discovery session|unsubscribe here|click here to unsubscribe|jetzt bestellen|jetzt buchen|jetzt anmelden|compra ahora|reserva ya|commandez maintenant";
    const ORDERS: &str = "book|order|schedule|register|subscribe|call|join|reserve|buchen|bestellen|reserva|commandez|reservez";
    const GAINS: &str = "and save|and get|for free|free demo|free trial|free quote|no - obligation|months free|half price|% off";
    const PROMOTES: &str = "special offer|spring offer|summer offer|autumn offer|winter offer|% off all|% off your|% off any|% off on|half price|two for the price|for the price of";
    let w = s.words;
    let pleads = (s.from..s.to).any(|i| w.has(i, Marks::PLEASE));
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
    !pleads && w.any_phrase(s.from..s.to, PROMOTES)
        || first.is_some_and(|i| {
            w.phrase(i, SELLS).is_some() || w.one_of(i, ORDERS) && w.any_phrase(i..s.to, GAINS)
        })
}

/// "Minutes of the meeting held on 14 May": the title of what tells of a meeting.
pub(super) fn is_head(s: &Sentence) -> bool {
    const HEADS: &str = "minutes of|notes of|note of|notes from|record of|compte rendu|compte - rendu|proces - verbal|proces verbal|protokoll der|protokoll zur|niederschrift|acta de|toplanti tutanagi";
    let w = s.words;
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
    first.is_some_and(|i| (i..s.to.min(i + 3)).any(|i| w.phrase(i, HEADS).is_some()))
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
