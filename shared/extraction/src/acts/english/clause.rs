//! One clause of an English sentence: subject and predicate, owner and order, or an order alone.

mod elliptic;
mod order;
mod prefixed;

use crate::acts::english::deadline;
use crate::acts::english::objections::judge;
use crate::acts::english::predicate;
use crate::acts::english::request;
use crate::acts::english::subject;
use crate::acts::quotes::quoted;
use crate::acts::{Act, Cue, Form, Owner, Sentence};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::one_of;
use elliptic::{elliptic, owed, shared};
use order::bare_plea;
pub(crate) use order::imperative;
pub(crate) use prefixed::owner_prefix;
use prefixed::{prefixed, spoken_to};

/// One clause from token `at`: an act, nothing, or a reason against it.
pub(crate) fn clause(
    s: &Sentence,
    at: usize,
    initial: bool,
    label: bool,
) -> Result<Option<Act>, Refusal> {
    let mut found = request::read(s, at, initial)?.or(subject_clause(s, at, initial)?);
    if found.is_none() {
        // "Review the form (due Friday)" is an order, "Review form due Friday" may be a noun.
        let order = imperative(s, at, initial, label)?;
        found = match order {
            Some(order) if order.strength >= 0.6 => Some(order),
            weak => deadline::read(s, at, initial)?
                .or_else(|| bare_plea(s, at).filter(|_| initial))
                .or(weak),
        };
    }
    let Some(act) = found else { return Ok(None) };
    if quoted(s, act.from) {
        return Err(Refusal::Example);
    }
    judge(s, &act)?;
    Ok(Some(act))
}

/// "Maria will ..", "we need to ..", "I'll ..".
pub(crate) fn subject_clause(
    s: &Sentence,
    at: usize,
    initial: bool,
) -> Result<Option<Act>, Refusal> {
    let Some(subject) = subject::read(s, at) else {
        return Ok(elliptic(s, at, initial)
            .or_else(|| owed(s, at, initial))
            .or_else(|| shared(s, at)));
    };
    if let Some(act) = spoken_to(s, at, initial, &subject)? {
        return Ok(Some(act));
    }
    // "Maria: send ..", "Maria - send ..", "@maria send .."; "Maria, please ..".
    if let Some(act) = prefixed(s, at, initial, &subject) {
        return Ok(Some(act));
    }
    if let Some(act) = lacking(s, at, &subject).or_else(|| instructed(s, at, &subject)) {
        return Ok(Some(act));
    }
    // "Bob needs calling": it is done to him.
    let w = s.words;
    if w.one_of(subject.to, "needs|need") && w.has(subject.to + 1, Marks::GERUND) {
        return Ok(None);
    }
    let Some(predicate::Found {
        verb,
        form,
        strength,
        cue,
        end,
    }) = predicate::predicate(s, subject.to, &subject)?
    else {
        return Ok(None);
    };
    Ok(Some(Act {
        cue,
        owner: subject.owner,
        begin: at,
        from: verb,
        to: end.unwrap_or(s.to),
        form,
        strength,
    }))
}

/// "The Board instructed management to present a budget": whom a body tells owns it.
fn instructed(s: &Sentence, at: usize, subject: &subject::Subject) -> Option<Act> {
    let w = s.words;
    let told = "reminded|urged|invited|encouraged|told|asked|instructed|tasked|requested|directed|authorised|authorized|mandated|commissioned|charged";
    let body = subject.to > at && w.has(subject.to - 1, Marks::ROLE);
    if !body || !w.one_of(subject.to, told) {
        return None;
    }
    let whom = subject::read(s, subject.to + 1).filter(|x| matches!(x.owner, Owner::Named(_)))?;
    let verb = whom.to + 1;
    (w.word(whom.to) == "to" && w.has(verb, Marks::VERB) && !s.asks()).then(|| Act {
        cue: Cue::Assignment,
        owner: whom.owner.clone(),
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.76,
    })
}

/// "Priya needs the logo files by tomorrow": whoever is spoken to is to provide them.
fn lacking(s: &Sentence, at: usize, subject: &subject::Subject) -> Option<Act> {
    let w = s.words;
    let named = matches!(subject.owner, Owner::Named(_)) && subject.sure;
    let needs = w.phrase(subject.to, "needs|need|is waiting for|are waiting for")?;
    let from = subject.to + needs;
    let thing = w.one_of(from, "the|a|an|your|all|our|this|these");
    let due = s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due && d.from > from);
    (named && thing && due && !s.asks()).then_some(Act {
        cue: Cue::Request,
        owner: Owner::Reader,
        begin: at,
        from,
        to: s.to,
        form: Form::Noun("Provide"),
        strength: 0.68,
    })
}

/// Whether the verb-like word at `i` is a noun here: "review of", "call with", "plan is".
pub(crate) fn noun_use(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let next = w.word(i + 1);
    one_of(
        "club|of|is|was|are|were|has|will|must|should|shall|can|cannot|may|needs|have|had|results|result|:|meeting|session|date|deadline|\
            status|items|item|team|report|due|notes|that|which",
        next,
    ) && !(next == "that" && w.has(i, Marks::VERB))
        || w.number(i + 1).is_some()
            && crate::fields::title::base_of_third(w.word(i + 2)).is_some()
            && w.word(i + 2).ends_with('s')
            && w.has(i + 3, Marks::FUNCTION.and(Marks::STATE))
        || next == "-"
            && w.touches(i)
            && w.touches(i + 1)
            && w.one_of(i + 2, "up|in|out|off|on|over|by|down|through|back|and")
        || w.word(i) == "go" && next == "/"
        || one_of(
            "moves|starts|begins|ends|slips|happens|remains|goes|comes|depends|stays|looks|moved|started|went|slipped",
            next,
        )
        || w.has(i, Marks::ROLE) && w.has(i + 1, Marks::MEETING)
        || (w.has(i, Marks::MEETING) && matches!(next, "with" | "at" | "on" | "between" | "@"))
        || (next == "for"
            && w.one_of(
                i,
                "plan|budget|test|report|design|support|offer|cover|schedule|deadline",
            ))
        || (matches!(w.word(i), "update" | "note" | "question" | "report")
            && matches!(next, "on" | "from" | "by"))
}
