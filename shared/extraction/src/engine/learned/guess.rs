//! An item of a sentence that no rule explains.

use super::{APPOINTS, CONVERTS, SURELY};
use crate::acts::{self, Act, Cue, Owner, Sentence};
use crate::engine::matter::{content, said_before};
use crate::engine::{Run, Scene};
use crate::events;
use crate::fields::title;
use crate::language::Marks;
use crate::text::{Shape, Words, fold_str, one_of};
use sentry_domain::TaskType;

impl Run<'_, '_> {
    /// Makes an item of a sentence by its place and its words, without a rule for it.
    pub(super) fn passed_over(&mut self, s: &Sentence, scene: &Scene, margin: f32, meets: f32) {
        let before = self.drafts.len();
        let event = events::read(s, true, false).ok().flatten();
        let named = || events::appointment(s, true).filter(|_| meets > APPOINTS);
        let event = event.filter(|_| meets > APPOINTS).or_else(named);
        if let Some(event) = event.or_else(|| {
            (meets > 0.0)
                .then(|| events::told(s, meets > SURELY))
                .flatten()
        }) {
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
            self.draft(s, scene, &act);
        }
        self.say_of_what(s, scene, before);
        for draft in &mut self.drafts[before..] {
            draft.judged = Some(margin);
            draft.passed_over = true;
            draft.meets = meets > CONVERTS && !s.dated(|d| d.when.is_some());
            draft.quote = s.words.bytes(s.from, s.to);
        }
    }
}

impl Run<'_, '_> {
    /// "I'd need it by the thirtieth": says when or who of an item before, or is about what was said before.
    fn say_of_what(&mut self, s: &Sentence, scene: &Scene, before: usize) {
        let pointing = |title: &str| content(title) <= 1 || content(title) <= 6 && points(title);
        let Some(draft) = self.drafts.get(before).filter(|d| pointing(&d.title)) else {
            return;
        };
        if draft.task_type == TaskType::Meeting {
            return;
        }
        let Some(matter) = said_before(s).or_else(|| self.turn_before(scene)) else {
            return;
        };
        if !self.known(&matter.place) {
            let title = format!("{}: {}", self.drafts[before].title, matter.text);
            self.drafts[before].title = title::clamp(&title);
            return;
        }
        let Some(said) = self.drafts.pop() else {
            return;
        };
        let place = &matter.place;
        let meant = self.drafts.iter_mut().rev().take(6);
        let mut meant = meant.filter(|d| d.quote.start < place.end && place.start < d.quote.end);
        if let Some(meant) = meant.next()
            && meant.task_type == TaskType::Task
        {
            if !meant.dated() {
                (meant.due_on, meant.due_at) = (said.due_on, said.due_at);
            }
            meant.owner = meant.owner.take().or(said.owner);
        }
    }
}

/// Whether a title has a word for what was named before.
pub(crate) fn points(title: &str) -> bool {
    const WORDS: &str = "it|them|that|those|these|same|es|das|ihn|lo|los|onu|bunu|onlari|bunlari|en|ca|cela|eso|esto";
    const ENDINGS: [&str; 8] = [
        "rlo", "rlos", "rla", "rlas", "melo", "melos", "mela", "melas",
    ];
    fold_str(title)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| {
            one_of(WORDS, word) || word.len() > 5 && ENDINGS.iter().any(|e| word.ends_with(e))
        })
}

/// Who a sentence that no rule explains names first, and where the rest begins.
fn opening(s: &Sentence, scene: &Scene) -> (Owner, usize) {
    let w = s.words;
    let people = s.setting.people;
    let mut from = s.from;
    while from < s.to && w.shape(from) == Shape::Mark && w.word(from) != "@" {
        from += 1;
    }
    if w.word(from) == "@" {
        return called(w, from, s.to);
    }
    let first = from;
    let mut to = first;
    while to < first + 3 && acts::name_like(w, to) {
        to += 1;
    }
    let named = to > first && acts::known_person(w, first, people);
    if named && matches!(w.word(to), ":" | "," | "-" | "–" | "—") && to + 1 < s.to {
        return (Owner::Named(acts::spelled(w, first, to)), to + 1);
    }
    if named && w.word(to) == "to" && to + 1 < s.to {
        return (Owner::Named(acts::spelled(w, first, to)), to + 1);
    }
    (mentioned(s, scene), from)
}

/// "call Bob", "pls email Bob asap": whom an order names right behind its verb is not the one to do it.
fn is_object(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let shouted = i > s.from && !w.raw(i - 1).contains(char::is_lowercase);
    let verb = i > s.from
        && w.has(i - 1, Marks::VERB)
        && !w.one_of(i - 1, "let|have|get|make|need|tell|ask|remind")
        && w.word(i + 1) != ":";
    let opens = i == s.from + 1 || i > s.from + 1 && w.has(i - 2, Marks::PLEASE);
    verb && opens && !shouted
}

/// "@kim @tom pls call Bob": all whom a sentence calls at its head, and where the rest begins.
fn called(w: &Words, at: usize, end: usize) -> (Owner, usize) {
    let (mut names, mut i) = (Vec::new(), at);
    while w.word(i) == "@" && w.shape(i + 1) == Shape::Word && i + 2 < end {
        let to = (i + 2..end.min(i + 4))
            .find(|&k| !w.capital(i + 1) || !acts::name_like(w, k))
            .unwrap_or(i + 2);
        names.push(acts::spelled(w, i + 1, to));
        let joined = w.one_of(to, ",|&|+|and|und|y|et|ve|/") && w.word(to + 1) == "@";
        i = to + usize::from(joined);
    }
    if names.is_empty() {
        return (Owner::Nobody, at);
    }
    i += usize::from(w.one_of(i, ":|,|-|–|—"));
    i += usize::from(w.has(i, Marks::PLEASE));
    (Owner::Named(names.join(", ")), i)
}

/// Who is to do what a sentence tells in words that no rule knows: the one person it names, the one who speaks of
/// himself, or the one it is written to.
fn mentioned(s: &Sentence, scene: &Scene) -> Owner {
    const BEFORE: &str = "to|from|with|for|of|at|by|re|about|de|del|con|para|a|por|pour|avec|chez|du|von|mit|fur|bei|an|zu|der|die|dem|ile|icin|saint|st|san|&|'s|call|calls|email|mail|ring|phone|text|ping|ask|tell|remind|chase|thank|invite|promised";
    const NEEDS: &str = "need|needs|require|want|wants|missing|waiting|like|brauche|brauchen|benotigen|fehlt|fehlen|necesito|necesitamos|falta|faltan|besoin|manque|manquent|attends|lazim|gerek|gerekiyor|eksik|bekliyorum|bekliyoruz";
    const LACKS: &str = "not got|haven't got|haven't had|haven't seen|have not seen|have not had|don't have|do not have|not received|habe ich nicht|hab ich nicht|noch nicht erhalten|no tengo|no he recibido|n' ai pas|n' ai toujours pas";
    const BEGS: &str = "bitten|bitte|bittet|schlagen|ask|beg|request|requested|advised|would|could|please|kindly|prions|prie|priere|demandons|veuillez|rogamos|ruego|ruega|solicitamos|pedimos|rica|ricam|lutfen";
    let w = s.words;
    // "By 16 Jan" names nobody.
    let person = |i: usize| {
        (acts::known_person(w, i, s.setting.people) || titled(w, i).is_some())
            && !s.dates.iter().any(|d| d.from <= i && i < d.to)
            && !is_object(s, i)
    };
    let mut named: Vec<(usize, usize)> = Vec::new();
    let mut i = s.from;
    while i < s.to {
        if !person(i) {
            i += 1;
            continue;
        }
        // "Jean-Luc" is one name.
        let joined = |k: usize| w.word(k) == "-" && w.touches(k) && k > 0 && w.touches(k - 1);
        let to = (i + 1..s.to.min(i + 5))
            .find(|&k| !acts::name_like(w, k) && !joined(k))
            .unwrap_or(s.to.min(i + 5));
        let from = if i >= s.from + 2 && joined(i - 1) && acts::name_like(w, i - 2) {
            i - 2
        } else {
            titled(w, i).unwrap_or(i)
        };
        let led = from > s.from && w.one_of(from - 1, BEFORE);
        if !led && !w.raw(to - 1).ends_with("'s") {
            named.push((from, to));
        }
        i = to;
    }
    if let [(from, to)] = named[..] {
        return Owner::Named(acts::spelled(w, from, to));
    }
    let any = |marks: Marks| (s.from..s.to).any(|i| w.has(i, marks));
    let needs = w.any_of(s.from..s.to, NEEDS) || w.any_phrase(s.from..s.to, LACKS);
    let own = (s.from..s.to)
        .any(|i| w.has(i, Marks::FIRST) && !w.one_of(i, "me|my|mi|mir|mich|moi|mon|ma|mes"));
    let begs = any(Marks::SECOND) && w.any_of(s.from..s.to, BEGS);
    if begs && named.is_empty() && scene.around.reader.is_some() {
        return Owner::Reader;
    }
    if own && !needs && scene.around.speaker.is_some() {
        return Owner::Speaker;
    }
    if offers(s) && !needs && !w.any_of(s.from..s.to, BEGS) {
        return Owner::Nobody;
    }
    let asked =
        needs && any(Marks::FIRST.and(Marks::PLURAL)) || any(Marks::SECOND.and(Marks::PLEASE));
    // What a letter asks for is asked of the one it is written to.
    let letter = scene.letter() && !own;
    if (asked || letter) && named.is_empty() {
        return Owner::Reader;
    }
    Owner::Nobody
}

/// "Nous vous enverrons le devis", "Wir senden Ihnen das Angebot": the writers do something for the reader.
fn offers(s: &Sentence) -> bool {
    let w = s.words;
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
    first.is_some_and(|i| match w.word(i) {
        "nous" => w.one_of(i + 1, "vous|t'|te"),
        "wir" => w.one_of(i + 2, "ihnen|dir|euch"),
        _ => false,
    })
}

/// Where a name begins that a title tells: "Mrs Prosser", "El Sr. Cózar", "Orhan Bey".
fn titled(w: &Words, i: usize) -> Option<usize> {
    const BEFORE: &str =
        "mr|mrs|ms|miss|dr|herr|frau|hr|fr|mme|mlle|m|sr|sra|srta|dona|cllr|prof|rev";
    const BEHIND: &str = "bey|hanim|hoca|hocam|ogretmen|abi|abla";
    if !acts::name_like(w, i) {
        return None;
    }
    let dot = usize::from(i > 1 && w.word(i - 1) == ".");
    let before = i
        .checked_sub(1 + dot)
        .filter(|&k| w.capital(k) && w.one_of(k, BEFORE));
    // "M Tschanz" may be anything.
    let before = before.filter(|&k| dot > 0 || w.word(k).len() > 2 || w.one_of(k, "mr|ms|dr"));
    before.or_else(|| w.one_of(i + 1, BEHIND).then_some(i))
}
