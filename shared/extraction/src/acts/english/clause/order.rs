//! Orders without a subject, and what only looks like one.

use crate::acts::english::clause::noun_use;
use crate::acts::{Act, Cue, Form, Owner, Sentence, known_person};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::Shape as Letters;

/// "Mock papers marked", "order placed": what is done, in the words of a note.
fn reports(s: &Sentence, verb: usize) -> bool {
    const MAKES: &str = "get|have|keep|make|see|want|need|leave|find|take";
    let w = s.words;
    let last = (verb..s.to).rev().find(|&i| w.shape(i) == Letters::Word);
    let undated = !s.dated(|d| d.when.is_some());
    last.is_some_and(|last| {
        last > verb
            && last <= verb + 3
            && undated
            && s.setting.item
            && !w.one_of(verb, MAKES)
            && w.word(last).ends_with("ed")
            && (verb + 1..last).all(|i| !w.has(i, Marks::FUNCTION))
            && crate::fields::title::base_of_participle(w.word(last)).is_some()
    })
}

/// "Walk round with the owners is Wednesday at 11", "Walk round the field: Tuesday, 6pm": what takes place, not an order.
fn takes_place(s: &Sentence, verb: usize) -> bool {
    let w = s.words;
    let timed = |i: usize| {
        let date = s.dates.iter().find(|d| d.lead_from == i || d.from == i);
        date.is_some_and(|d| {
            d.when.as_ref().is_some_and(|x| x.day_given)
                && s.when(d).is_some_and(|x| x.time.is_some())
        })
    };
    (verb + 1..s.to.saturating_sub(1)).any(|i| {
        w.one_of(i, "is|are") && timed(i + 1)
            || w.word(i) == ":"
                && timed(i + 1)
                && (w.has(verb, Marks::MEETING) || w.one_of(verb, crate::events::GATHERINGS))
    })
}

/// Verbs that a jotted line hardly begins with unless it is to be done.
const JOTTED: &str = "\
    ring|phone|call|email|text|ask|tell|remind|chase|buy|order|book|pay|send|print|fix|collect|pick|return|reply|write|find|bring|confirm|renew|cancel|contact|message|invoice|measure|clean|wash|post|arrange|organise|organize|schedule|submit|register";

/// Verbs that even in prose, with a date, send somebody on an errand.
pub(crate) const ERRANDS: &str = "\
    book|submit|return|send|pay|register|complete|bring|call|sign|email|schedule|renew|order|confirm|\
    collect|apply|reply|respond|rsvp|file|prepare|deliver|read|study|revise|finish|finalise|finalize|update|upload";

/// "Send the report by Friday".
pub(crate) fn imperative(
    s: &Sentence,
    at: usize,
    initial: bool,
    label: bool,
) -> Result<Option<Act>, Refusal> {
    let w = s.words;
    if !initial || at >= s.to {
        return Ok(None);
    }
    if w.phrase(at, "do not|don't|dont|never|no|not|avoid|stop")
        .is_some()
        && !w.seq(at, "stop by")
    {
        let remember = w
            .phrase(at, "do not forget|don't forget|dont forget")
            .is_some();
        return if remember {
            Ok(None)
        } else {
            Err(Refusal::Negated)
        };
    }
    let adverb = usize::from(
        w.one_of(at, "just|quickly|either|simply|carefully|double|also|re")
            && w.has(at + 1, Marks::VERB),
    );
    let verb = at + adverb;
    if !w.has(verb, Marks::VERB) || noun_use(s, verb) || takes_place(s, verb) || s.asks() {
        return Ok(None);
    }
    if sells(s, verb) {
        return Err(Refusal::Advertisement);
    }
    // "Read tax letter, nothing owed": the form of the past, and what came of it.
    let past = w.one_of(verb, "read|put|set|cut|let|shut|hit|split|spread|quit|cast");
    let result = (verb + 1..s.to)
        .any(|i| w.word(i - 1) == "," && w.one_of(i, "nothing|fine|ok|okay|done|all|no|none"));
    if past && result {
        return Err(Refusal::Past);
    }
    if reports(s, verb) {
        return Err(Refusal::Past);
    }
    let due = s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let dated = s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_none()));
    // "Call mum later pls".
    let pleads = (verb + 1..s.to).any(|i| w.has(i, Marks::PLEASE))
        || s.setting.addressed
            && w.any_phrase(s.from..verb, "when you have|when you get|if you have|if you get|once you have|once you're|if you could|when you can|if you can");
    let personal = (verb + 1..s.to.min(verb + 4)).any(|i| matches!(w.word(i), "me" | "us"));
    let strength = match () {
        () if label => 0.85,
        () if s.setting.action => 0.85,
        () if s.setting.item && due => 0.8,
        () if s.setting.orders => 0.66,
        () if due || pleads => 0.72,
        () if personal && s.setting.addressed => 0.68,
        () if dated && (s.setting.item || s.setting.addressed) => 0.64,
        () if dated && w.one_of(verb, ERRANDS) => 0.56,
        () if s.setting.item && w.seq(verb, "follow up") => 0.6,
        () if s.setting.item && s.setting.notes && w.one_of(verb, JOTTED) => 0.62,
        () if s.setting.item => 0.45,
        () => 0.3,
    };
    Ok(Some(Act {
        cue: Cue::Imperative,
        owner: Owner::Nobody,
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength,
    }))
}

/// Verbs by which something gets to somebody.
const SENDS: &str = "send|email|mail|post|forward|return|submit|bring|give|hand|deliver|pass|fax|text|upload|get|ship|present";

/// "Consent forms back to the office by Friday, please": no verb, but a day and a courtesy.
pub(crate) fn bare_plea(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let due = s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let last = (at..s.to).rev().find(|&i| w.shape(i) == Letters::Word)?;
    let thanked = w.has(last, Marks::PLEASE) || w.word(last) == "thanks";
    // "Holiday requests to me by 15 March".
    let handed = s.setting.addressed
        && w.any_phrase(at + 1..s.to, "to me|to us|back to me|back to us|with me");
    // "Biogs for the programme to Tamsin by 16 Nov".
    let sent = (at + 1..s.to).any(|i| {
        w.word(i) == "to" && known_person(w, i + 1, s.setting.people) && s.date_at(i + 2).is_some()
    });
    let handed = handed || sent;
    let pleads = thanked || handed;
    let verbal = (at..s.to).any(|i| {
        w.has(
            i,
            Marks::MODAL
                .and(Marks::FIRST)
                .and(Marks::PLURAL)
                .and(Marks::NEGATION),
        ) || w.one_of(i, "is|are|was|were|be|has|had")
    });
    (due && pleads && !verbal && !s.asks() && w.shape(at) == Letters::Word && last > at + 2)
        .then_some(Act {
            cue: Cue::Request,
            owner: Owner::Nobody,
            begin: at,
            from: at,
            to: if thanked { last } else { s.to },
            form: match () {
                // "Email report to Kim by Friday" says by itself how.
                () if w.one_of(at, SENDS) => Form::Plain,
                () if handed => Form::Noun("Send"),
                () => Form::Noun("Bring"),
            },
            strength: 0.72,
        })
}

/// "Order before 4 pm and we ship today", "Buy two and save 15 %": said to nobody, with a promise behind it.
fn sells(s: &Sentence, verb: usize) -> bool {
    let w = s.words;
    let told = s.setting.action || s.setting.orders || s.setting.addressed;
    let trade = w.one_of(verb, "order|buy|save|shop|claim|subscribe|discover|treat|upgrade|donate|grab|enjoy|join|try|get|win|pay|add|switch|choose");
    let promise = (verb + 1..s.to).any(|i| {
        w.phrase(
            i,
            "and we|and save|and get|and receive|and win|and you|and enjoy|to win|to save|to receive|and earn|or get|to enjoy|to unlock|for free|and be",
        )
        .is_some()
            || matches!(w.word(i), "%" | "$" | "£" | "€")
    });
    let hawks = w.one_of(
        verb,
        "order|buy|save|shop|claim|subscribe|discover|treat|enjoy|donate",
    );
    let gift = w.any_phrase(
        verb + 1..s.to,
        "get a free|receive a free|win a|get % off|a discount|off your|a gift|free gift|to win",
    );
    let entice =
        !s.setting.action && gift && (trade || w.one_of(verb, "sign|register|enter|book|refer"));
    entice || !told && (trade && promise || hawks && !s.setting.item && verb <= s.from + 1)
}
