//! Sentences that say when the item before is due, or whose it is, and nothing else.

use crate::acts::{self, Sentence};
use crate::dates::{Found, Lead};
use crate::draft::Draft;
use crate::engine::{Run, Scene};
use crate::events;
use crate::language::Marks;
use crate::segment::{Kind, Unit};
use crate::text::{Shape, one_of};
use sentry_domain::TaskType;

/// How such a sentence begins when it speaks of a day.
const DUE: &str = "\
    deadline|the deadline|due|due date|the due date|needed|required|wanted|expected|target|target date|eta|by|before|no later than|latest|\
    i need it|i need them|i need this|i need that|i'd need it|i would need it|i'll need it|we need it|we need them|we need this|we'll need it|need it|\
    it's due|it is due|this is due|they are due|they're due|it's needed|it is needed|this is needed|it should be|it needs to be|this needs to be|it must be|it has to be|\
    i can have it|i can have that|i can have a draft|i can have something|i'll have it|i'll have them|i'll have that|i will have it|you'll have it|you'll get it|you will have it|you'll have them|you'll have those|you'll have that|you'll have this|you'll get them|you'll get those|you'll get that|you will get it|you will have them|\
    a first version|a first draft|a draft|a rough draft|first draft|first version|a rough version|draft|will be done|will be ready|\
    frist|deadline ist|fallig|bis|spatestens|ich brauche es|ich brauche sie|ich brauche das|ich brauche ihn|brauche ich|ich benotige es|es sollte|das sollte|\
    fecha limite|plazo|vence|para el|antes del|a mas tardar|lo necesito|la necesito|los necesito|las necesito|lo necesitamos|la necesitamos|\
    echeance|date limite|avant|pour le|d'ici|au plus tard|j' en ai besoin|j'en ai besoin|il me le faut|il me la faut|il me les faut|il nous le faut|\
    son tarih|termin|teslim tarihi|en gec";

/// How it begins when it names a person.
const OWNED: &str = "\
    action|actions|ap|owner|responsible|assigned to|assignee|lead|who|action by|verantwortlich|zustandig|wer|responsable|encargado|encargada|quien|qui|sorumlu|sorumlusu|kim";

/// Questions that hand what was just spoken of to the person they turn to.
const HANDS: &str = "\
    can you take that|can you take this|can you take it|could you take that|could you take this|can you do that|can you do it|could you do that|can you handle that|can you handle this|\
    can you own that|will you do that|would you do that|that's you|that's yours|that one's yours|over to you|that's on you|\
    ubernimmst du das|kannst du das ubernehmen|machst du das|kannst du das machen|kummerst du dich darum|\
    could i leave that|can i leave that|could i leave this|can i leave this|can i leave it|could i leave it|i'll leave that|i'll leave this|i'll leave it|can i count on you for that|das ubernimmst du|te encargas|puedes encargarte|lo haces tu|te encargas tu|tu t' en occupes|tu peux t' en occuper|tu t' en charges|tu le fais|\
    sen yapar misin|sen halleder misin|ilgilenir misin|bakar misin";

/// What one does with a thing one waits for, and the pronouns that follow.
const WANTS: &str = "\
    want|need|like|have|get|see|expect|reach|send|post|brauche|brauch|brauchte|braucht|brauchten|benotige|hatte|necesito|necesitaria|quiero|necesitamos|faut|faudrait|voudrais|aimerais|istiyorum|lazim";
const THESE: &str = "it|them|those|these|that|both|sie|ihn|es|das|diese|lo|la|los|las|le|les|ca|cela|onu|onlari|bunu";

/// Longer sentences say more than that.
const LONGEST: usize = 16;

/// "I'd want those on my desk by noon", "deshalb bräuchte ich sie bis morgen": when what was spoken of is wanted.
fn wants_these(s: &Sentence) -> bool {
    let w = s.words;
    let due = s.dated(|d| d.lead == Lead::Due && d.when.is_some())
        || w.any_of(s.from..s.to, "spatestens|latest|tard|tardar");
    let near = |i: usize| (i + 1..s.to.min(i + 4)).any(|k| w.one_of(k, THESE));
    let fronted = |i: usize| i > s.from && w.one_of(i - 1, "lo|la|los|las|le|les");
    due && s.to - s.from <= 2 * LONGEST
        && (s.from..s.to).any(|i| w.one_of(i, WANTS) && (near(i) || fronted(i)))
}

impl Run<'_, '_> {
    /// Dates what was asked for just before by a sentence that says when it is wanted; whether it was one.
    pub(crate) fn dated_later(&mut self, s: &Sentence, scene: &Scene) -> bool {
        if self.dates_list(s, scene) {
            return true;
        }
        let index = scene.index;
        let near = |d: &Draft| {
            d.unit == index
                || scene.first && d.unit + 1 == index && scene.item.unit.speaker.is_none()
        };
        let open = self
            .drafts
            .last()
            .is_some_and(|d| near(d) && !d.dated() && d.task_type == TaskType::Task);
        if !open || s.asks() || !wants_these(s) {
            return false;
        }
        let Some(when) = spoken(s).and_then(|found| s.when(found)) else {
            return false;
        };
        let (zone, end) = (self.context.zone, s.words.bytes(s.from, s.to));
        if let Some(draft) = self.drafts.last_mut() {
            draft.due(&when, zone);
            draft.also.push(end);
        }
        true
    }

    /// "Both to reach my office by 2 March", "Please by Friday": dates the whole list above it.
    fn dates_list(&mut self, s: &Sentence, scene: &Scene) -> bool {
        const ALL: &str = "both|all|all of these|all of them|all of this|these|please|pls|everything|beides|alles|bitte|alle|todo|todos|ambos|por favor|le tout|tout|merci|svp|hepsi|ikisi|lutfen";
        const WHOLE: &str = "all of the above|all the above|all three|all four|all five|all six|both of these|both of them|the whole lot|alle drei|alle vier|beide unterlagen|las tres cosas|las dos cosas|los tres|los dos|les trois|les deux|the above|all of these|all of them|all of this|all of that|all that|all this|everything|das alles|alles davon|diese unterlagen|die unterlagen|todo esto|todo eso|todo lo anterior|estos documentos|tout cela|tout ca|ces documents|ces pieces|l' ensemble|bunlarin hepsini|bunlarin tumunu|bu belgeleri|hepsini";
        let w = s.words;
        let listed = |unit: &Unit| matches!(unit.kind, Kind::Item { .. });
        let units = &self.document.units;
        let below = scene.first
            && !listed(scene.item.unit)
            && scene.index > 0
            && units.get(scene.index - 1).is_some_and(listed);
        let due = || {
            s.dates
                .iter()
                .find(|d| d.lead == Lead::Due && d.from >= s.from && d.to <= s.to)
        };
        let opens = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
        let all = opens.is_some_and(|i| w.phrase(i, ALL).is_some()) && s.to - s.from <= LONGEST;
        // "Please return the signed lease by Friday" asks for something else than the list.
        let all = all && !asks_for_more(s);
        // "We must receive all of the above by Friday", "if I could have all that by the 11th".
        let all = all || w.any_phrase(s.from..s.to, WHOLE) && s.to - s.from <= 2 * LONGEST;
        if !below || !all {
            return false;
        }
        let Some(when) = due().and_then(|found| s.when(found)) else {
            return false;
        };
        let first = (0..scene.index)
            .rev()
            .take_while(|&k| listed(&units[k]))
            .last();
        let zone = self.context.zone;
        let mut any = false;
        for draft in self.drafts.iter_mut().rev() {
            if first.is_none_or(|first| draft.unit < first || draft.unit >= scene.index) {
                break;
            }
            if !draft.dated() && draft.task_type == TaskType::Task {
                draft.due(&when, zone);
                any = true;
            }
        }
        any
    }

    /// Takes from the sentence what the draft before lacks; whether it was such a sentence.
    pub(crate) fn annotates(&mut self, s: &Sentence, index: usize) -> bool {
        let w = s.words;
        let zone = self.context.zone;
        let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word);
        let Some(first) = first.filter(|_| s.to - s.from <= LONGEST) else {
            return false;
        };
        let Some(draft) = self.drafts.last_mut().filter(|d| d.unit == index) else {
            return false;
        };
        let end = w.bytes(s.from, s.to).end;
        if draft.owner.is_none()
            && let Some(length) = w.phrase(first, OWNED)
            && w.word(first + length) == ":"
            && acts::name_like(w, first + length + 1)
        {
            let from = first + length + 1;
            let to = (from..s.to)
                .find(|&i| !acts::name_like(w, i))
                .unwrap_or(s.to);
            draft.owner = Some(acts::spelled(w, from, to));
            draft.quote.end = draft.quote.end.max(end);
            return true;
        }
        // "Das übernimmt Herr Dietz.", "Mr Okafor to action."
        if draft.owner.is_none()
            && let Some(owner) = takes_over(s, first)
        {
            draft.owner = Some(owner);
            if let Some(when) = spoken(s)
                .and_then(|found| s.when(found))
                .filter(|_| !draft.dated())
            {
                draft.due(&when, zone);
            }
            draft.quote.end = draft.quote.end.max(end);
            return true;
        }
        // "Collect quotes; Tom; 27.03."
        let known = |i: usize| acts::known_person(w, i, s.setting.people);
        let bare = (s.from..s.to).all(|i| w.shape(i) == Shape::Mark || s.in_date(i) || known(i));
        if bare && s.setting.item {
            if draft.owner.is_none() && known(first) {
                draft.owner = Some(w.raw(first).to_owned());
            }
            if let Some(when) = spoken(s)
                .and_then(|found| s.when(found))
                .filter(|_| !draft.dated())
            {
                draft.due(&when, zone);
            }
            draft.quote.end = draft.quote.end.max(end);
            return true;
        }
        if draft.dated() || w.phrase(first, DUE).is_none() || s.asks() {
            return false;
        }
        let Some(when) = spoken(s).and_then(|found| s.when(found)) else {
            return false;
        };
        draft.due(&when, zone);
        draft.quote.end = draft.quote.end.max(end);
        true
    }

    /// "Grace, Ivan and Salma to attend.": who comes to the meeting before.
    pub(crate) fn attended(&mut self, s: &Sentence, index: usize) -> bool {
        let open = |d: &&mut Draft| {
            let near = index >= d.unit && index - d.unit <= 1;
            d.task_type == TaskType::Meeting && d.attendees.is_empty() && near
        };
        if s.to - s.from > LONGEST || s.asks() || s.dated(|_| true) {
            return false;
        }
        let Some(last) = self.drafts.last_mut().filter(open) else {
            return false;
        };
        let names = events::guests_behind(s);
        last.attendees.clone_from(&names);
        !names.is_empty()
    }

    /// "Mona, can you take that?" gives the item before an owner.
    pub(crate) fn handed(&mut self, s: &Sentence, index: usize) -> bool {
        let w = s.words;
        let open = |d: &Draft| d.owner.is_none() && d.unit.abs_diff(index) <= 3;
        let near = self.drafts.last().is_some_and(open) && s.to - s.from <= LONGEST;
        if !near || !w.any_phrase(s.from..s.to, HANDS) {
            return false;
        }
        let name = (s.from..s.to).find(|&i| acts::known_person(w, i, s.setting.people));
        let Some(last) = self.drafts.last_mut().filter(|_| name.is_some()) else {
            return false;
        };
        last.owner = name.map(|i| w.raw(i).to_owned());
        true
    }
}

/// Whether a request below a list names what it asks for, or asks for an answer: it is none about the list.
fn asks_for_more(s: &Sentence) -> bool {
    const POINTS: &str = "these|them|it|this|that|those|both|all|everything|above|alles|beides|diese|davon|todo|todos|todas|esto|eso|ambos|tout|ceci|cela|ces|hepsi|hepsini|bunlar|bunlari|bunlarin|ikisini";
    const ANSWERS: &str = "reply|respond|answer|vote|rsvp|register|apply|confirm|enrol|antworten|abstimmen|ruckmelden|bestatigen|anmelden|repondre|voter|confirmer|inscrire|responder|votar|confirmar|yanitlayin|oylayin|onaylayin";
    let w = s.words;
    let word = |i: &usize| w.shape(*i) == Shape::Word && !s.in_date(*i);
    let Some(first) = (s.from..s.to)
        .filter(word)
        .find(|&i| w.has(i, Marks::PLEASE))
    else {
        return false;
    };
    // "Please by Friday, otherwise I cannot file in time": what stands behind a mark says why.
    let ends = |&i: &usize| w.one_of(i, ",|;|(|–|—|otherwise|because|sonst|sinon") && !s.in_date(i);
    let end = (first + 2..s.to).find(ends).unwrap_or(s.to);
    let free = || (s.from..end).filter(word);
    // "Bitte senden Sie mir das": with a small letter "sie" are the points.
    let points = |i: usize| w.one_of(i, POINTS) || w.word(i) == "sie" && w.raw(i).starts_with('s');
    if free().any(points) {
        return false;
    }
    let verb = |&i: &usize| w.has(i, Marks::VERB) && !w.capital(i);
    let thing = |i: usize| {
        let small = Marks::FUNCTION
            .and(Marks::PLEASE)
            .and(Marks::SECOND)
            .and(Marks::FIRST);
        !w.has(i, small) && !acts::name_like(w, i)
    };
    // In Turkish the verb comes last.
    let asks = |&i: &usize| {
        ["in", "un", "iz", "uz"]
            .iter()
            .any(|end| w.word(i).ends_with(end))
    };
    let last = free()
        .next_back()
        .filter(|i| !w.has(*i, Marks::FUNCTION) && asks(i));
    let order = free().filter(|&i| i > first).find(verb).or(last);
    let named = || free().filter(|&i| i > first && Some(i) != order).any(thing);
    free().any(|i| w.one_of(i, ANSWERS)) || order.is_some() && named()
}

/// The one day of the sentence to hold on to.
fn spoken<'s>(s: &'s Sentence) -> Option<&'s Found> {
    let inside = |d: &&Found| d.from >= s.from && d.to <= s.to && d.when.is_some();
    let ahead = |d: &&Found| !matches!(d.lead, Lead::After | Lead::From);
    let due = s.dates.iter().filter(inside).find(|d| d.lead == Lead::Due);
    due.or_else(|| s.dates.iter().filter(inside).find(ahead))
}

/// Whether a word turns to somebody who was named before: "She will ..".
pub(crate) fn stands_for_one(word: &str) -> bool {
    one_of("he|she|he'll|she'll", word)
}

/// Who a sentence says takes on what was just spoken of.
fn takes_over(s: &Sentence, first: usize) -> Option<String> {
    const TAKEN: &str = "das ubernimmt|das macht|das erledigt|dies ubernimmt|darum kummert sich|hierum kummert sich|zustandig ist|verantwortlich ist|se encarga|lo hace|s'en charge|s' en charge|this is with|that is with|that's with|this one is for|this falls to|that falls to|with";
    const DOES: &str = "to action|will action|to do so|to do|to take this on|to follow up|to see to it|to handle|will handle|will do so|will see to it|s' en charge|s'en charge|s' en occupe|se encarga|lo hara|ubernimmt|kummert sich darum|kummert sich|macht das|erledigt das|has this|has it in hand|is on it|to progress|ilgilenecek|halledecek|yapacak";
    let w = s.words;
    let person = |from: usize| -> Option<usize> {
        let titled = w.one_of(from, "mr|mrs|ms|dr|herr|frau|m|mme|sr|sra|cllr|prof");
        let mut to = from + usize::from(titled);
        to += usize::from(titled && w.word(to) == ".");
        let begin = to;
        while to < s.to && to < begin + 2 && acts::name_like(w, to) {
            to += 1;
        }
        let known = titled || acts::known_person(w, begin, s.setting.people);
        (known && to > begin).then_some(to)
    };
    let ends = |to: usize| (to..s.to).all(|i| w.shape(i) == Shape::Mark || s.in_date(i));
    if let Some(length) = w.phrase(first, TAKEN)
        && let Some(to) = person(first + length)
    {
        return ends(to).then(|| acts::spelled(w, first + length, to));
    }
    let to = person(first)?;
    let length = w.phrase(to, DOES)?;
    ends(to + length).then(|| acts::spelled(w, first, to))
}
