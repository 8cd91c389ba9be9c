//! Clauses whose subject is left out or stands before: "need to call Bob", "and will send it", "to be done by Friday".

use crate::acts::english::opening::skip_marks;
use crate::acts::english::subject;
use crate::acts::{Act, Cue, Form, Owner, Sentence, known_person};
use crate::language::Marks;

/// "need to call Bob", "to call Bob", "will send it tomorrow": the subject is left out.
pub(crate) fn elliptic(s: &Sentence, at: usize, initial: bool) -> Option<Act> {
    if !initial {
        return None;
    }
    let w = s.words;
    let length = w.phrase(
        at,
        "need to|needs to|have to|got to|gotta|must|to|remember to|want to|will|\
                    should|going to|supposed to|gonna|gotta go",
    )?;
    let verb = at + length;
    if w.one_of(verb, "do|be|see") {
        return None;
    }
    let strong = s.setting.item || s.setting.addressed || s.dated(|d| d.when.is_some());
    let fits = w.has(verb, Marks::VERB)
        && !s.asks()
        && strong
        && (!w.has(verb, Marks::STATE) || s.setting.action);
    // "To send a parcel, go to ..": a purpose, not a task, when a comma and another verb follow.
    let purpose = w.word(at) == "to" && (verb..s.to).any(|i| w.word(i) == ",") && !s.setting.item;
    let owner = if matches!(w.word(at), "will" | "gonna") && (s.setting.addressed || s.from > 0) {
        Owner::Speaker
    } else {
        Owner::Nobody
    };
    (fits && !purpose).then_some(Act {
        cue: Cue::Obligation,
        owner,
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.66,
    })
}

/// "Amy has a vendor in mind and will get us a price": a second predicate of a person at the head.
pub(crate) fn shared(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    if at < s.from + 3 || !w.one_of(at - 1, "and|then|but") || s.asks() {
        return None;
    }
    let verb = at + w.phrase(
        at,
        "will|will then|will also|is to|has to|needs to|agreed to|has agreed to|must|is going to",
    )?;
    let head = subject::read(s, skip_marks(s, s.from))?;
    let person = head.person == subject::Person::Named && head.sure && head.to < at;
    let listed = person && known_person(w, head.to - 1, s.setting.people);
    (listed && w.has(verb, Marks::VERB) && !w.has(verb, Marks::NEGATION)).then(|| Act {
        cue: Cue::Assignment,
        owner: head.owner.clone(),
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.74,
    })
}

/// "To be completed by Ash Wednesday", "Needs to be in prod before the freeze": the thing stands before.
pub(crate) fn owed(s: &Sentence, at: usize, initial: bool) -> Option<Act> {
    const OWED: &str = "\
        to be|must be|needs to be|need to be|has to be|have to be|should be|both to be|all to be|still to be|needs|need|wants|must|both to|all to";
    let w = s.words;
    let appointed = |d: &crate::dates::Found| {
        d.lead == crate::dates::Lead::Due
            && d.when.as_ref().is_some_and(|x| x.recurrence.is_none())
            && !w.one_of(d.from, "within|in")
    };
    let jotted = s.setting.item && s.setting.notes && at > s.from;
    if !(initial || jotted) || s.asks() || !(s.dated(appointed) || jotted) {
        return None;
    }
    let verb = at + w.phrase(at, OWED)?;
    let be = w.word(verb - 1) == "be";
    // "By Friday or the return will look silly": what follows threatens.
    let to = (verb + 1..s.to).find(|&i| w.one_of(i, "or|please|otherwise|else"));
    let rest = || crate::acts::rest(s, verb + 1, to.unwrap_or(s.to), &[]);
    let base = crate::fields::title::base_of_participle(w.word(verb)).filter(|_| be);
    let title = if let Some(base) = base {
        format!("{base} {}", rest())
    } else if be && w.one_of(verb, "complete|completed|finished|done|ready") {
        format!("Complete {}", rest())
    } else if be && w.one_of(verb, "in|with|back|here|live|up|out|at|on") {
        format!("Get {} {}", w.word(verb), rest())
    } else if !be && w.has(verb, Marks::GERUND) {
        format!(
            "{} {}",
            crate::fields::title::base_of_gerund(w.word(verb))?,
            rest()
        )
    } else if jotted && w.seq(verb, "to go") {
        format!("Take {}", crate::acts::rest(s, verb + 2, s.to, &[]))
    } else if !be && w.one_of(verb, "reach|arrive") {
        format!("Get to {}", rest())
    } else {
        return None;
    };
    Some(Act {
        cue: Cue::Obligation,
        owner: Owner::Nobody,
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Spelled(title),
        strength: 0.7,
    })
}
