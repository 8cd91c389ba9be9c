//! One clause of an English sentence: subject and predicate, owner and order, or an order alone.

use crate::acts::english::deadline;
use crate::acts::english::objections::{judge, quoted};
use crate::acts::english::opening::{skip_fillers, skip_marks};
use crate::acts::english::predicate;
use crate::acts::english::request;
use crate::acts::english::subject;
use crate::acts::{Act, Cue, Form, Owner, Sentence, known_person};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape as Letters, one_of};

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
    if !body || !one_of(told, w.word(subject.to)) {
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
    let thing = one_of("the|a|an|your|all|our|this|these", w.word(from));
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
    if one_of("do|be|see", w.word(verb)) {
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
fn shared(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    if at < s.from + 3 || !one_of("and|then|but", w.word(at - 1)) || s.asks() {
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
fn owed(s: &Sentence, at: usize, initial: bool) -> Option<Act> {
    const OWED: &str = "\
        to be|must be|needs to be|need to be|has to be|have to be|should be|both to be|all to be|still to be|needs|need|wants|must|both to|all to";
    let w = s.words;
    let appointed = |d: &crate::dates::Found| {
        d.lead == crate::dates::Lead::Due
            && d.when.as_ref().is_some_and(|x| x.recurrence.is_none())
            && !one_of("within|in", w.word(d.from))
    };
    let jotted = s.setting.item && s.setting.notes && at > s.from;
    if !(initial || jotted) || s.asks() || !(s.dated(appointed) || jotted) {
        return None;
    }
    let verb = at + w.phrase(at, OWED)?;
    let be = w.word(verb - 1) == "be";
    // "By Friday or the return will look silly": what follows threatens.
    let to = (verb + 1..s.to).find(|&i| one_of("or|please|otherwise|else", w.word(i)));
    let rest = || crate::acts::rest(s, verb + 1, to.unwrap_or(s.to), &[]);
    let base = crate::fields::title::base_of_participle(w.word(verb)).filter(|_| be);
    let title = if let Some(base) = base {
        format!("{base} {}", rest())
    } else if be && one_of("complete|completed|finished|done|ready", w.word(verb)) {
        format!("Complete {}", rest())
    } else if be && one_of("in|with|back|here|live|up|out|at|on", w.word(verb)) {
        format!("Get {} {}", w.word(verb), rest())
    } else if !be && w.has(verb, Marks::GERUND) {
        format!(
            "{} {}",
            crate::fields::title::base_of_gerund(w.word(verb))?,
            rest()
        )
    } else if jotted && w.seq(verb, "to go") {
        format!("Take {}", crate::acts::rest(s, verb + 2, s.to, &[]))
    } else if !be && one_of("reach|arrive", w.word(verb)) {
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

/// "Maria: send ..", "Maria - budget", "@maria send ..", "Tom, send ..".
pub(crate) fn prefixed(
    s: &Sentence,
    at: usize,
    initial: bool,
    subject: &subject::Subject,
) -> Option<Act> {
    if !matches!(subject.owner, Owner::Named(_) | Owner::Speaker)
        || subject.person != subject::Person::Named
    {
        return None;
    }
    let w = s.words;
    let mark = w.word(subject.to);
    let mention = matches!(w.word(at), "@" | "(" | "[");
    let divided = matches!(
        mark,
        ":" | "-" | "–" | "—" | "→" | ">" | "," | ")" | "]" | "|" | "/"
    );
    // "Dad please pick up the cake": people who write in a hurry leave the comma out.
    let spoken = subject.sure
        && w.phrase(subject.to, "please|pls|can you|could you|would you|will you|can u|could u|are you able to|you need to")
            .is_some();
    if !(mention || spoken || divided && initial) {
        return None;
    }
    // "(@hannah)" in the middle of an order only says whose it is.
    let asked = s
        .words
        .phrase(
            subject.to,
            "please|can you|could you|pls|will you|would you|can u|could u|are you able to|you need to",
        )
        .is_some();
    if !initial && !asked {
        return None;
    }
    let mut from = subject.to + usize::from(divided);
    from = skip_fillers(s, from);
    // "Marketing: Julia sends the banner texts": the nearer subject counts.
    let nearer = mark == ":"
        && known_person(w, from, s.setting.people)
        && crate::fields::title::base_of_third(w.word(from + 1)).is_some();
    if nearer {
        return None;
    }
    if let Some(length) = w.phrase(from, "would you mind|do you mind|mind")
        && w.has(from + length, Marks::GERUND)
    {
        return Some(owned(s, at, subject, from + length, Form::Gerund, 0.84));
    }
    if let Some(length) = w.phrase(
        from,
        "are you able to|will you|can u|could u|can u pls|pls can you|please|to|pls|can you|could you|can you please|could you please|will|\
                    you need to|would you|please can you|i need you to|kindly|needs to|must|\
                    should",
    ) {
        from += length;
        let verb = w.has(from, Marks::VERB)
            || (subject.sure
                && w.shape(from) == Letters::Word
                && !w.has(from, Marks::FUNCTION.and(Marks::STATE)));
        return verb.then(|| owned(s, at, subject, from, Form::Plain, 0.86));
    }
    let structured =
        s.setting.action || s.setting.item && (s.setting.notes || s.dated(|d| d.when.is_some()));
    let verb = w.has(from, Marks::VERB) && !noun_use(s, from);
    // "Tom, thanks", "Tom: fine with me" say nothing to do.
    let enough = verb
        || (structured
            && mark != ","
            && !told(s, from)
            && !w.has(from, Marks::PAST.and(Marks::FUNCTION).and(Marks::GREETING))
            && from < s.to);
    let question = s.asks() && !verb;
    // "Julia, Omar: your hotel preferences by tomorrow".
    if structured && w.word(from) == "your" && mark == ":" && s.dated(|d| d.when.is_some()) {
        return Some(owned(s, at, subject, from, Form::Noun("Provide"), 0.76));
    }
    let fits = enough && (subject.sure || structured || mention) && !question;
    let strength = if verb { 0.82 } else { 0.66 };
    fits.then(|| owned(s, at, subject, from, Form::Plain, strength))
}

fn owned(
    s: &Sentence,
    begin: usize,
    subject: &subject::Subject,
    from: usize,
    form: Form,
    strength: f64,
) -> Act {
    Act {
        cue: Cue::Owner,
        owner: subject.owner.clone(),
        begin,
        from,
        to: s.to,
        form,
        strength,
    }
}

/// Whether the words from `from` on report: "microscope was down", "model trained over the weekend".
fn told(s: &Sentence, from: usize) -> bool {
    let w = s.words;
    (from..s.to).any(|i| {
        one_of(
            "was|were|is|are|had|has|have|got|went|came|did|been",
            w.word(i),
        ) || i > from
            && w.has(i, Marks::PAST)
            && !w.has(i, Marks::VERB)
            && !one_of("a|an|the|by|be", w.word(i - 1))
            || i > from + 1
                && w.word(i).ends_with("ed")
                && !one_of("a|an|the|be|and|,|to", w.word(i - 1))
                && crate::fields::title::base_of_participle(w.word(i)).is_some()
    })
}

/// A name at the beginning of a labelled passage: "Action: Maria – budget".
pub(crate) fn owner_prefix(s: &Sentence, at: usize) -> Option<(Owner, usize)> {
    let subject = subject::read(s, at)?;
    let divided = one_of(":|-|–|—|)|,", s.words.word(subject.to));
    (divided && matches!(subject.owner, Owner::Named(_)))
        .then(|| (subject.owner, skip_marks(s, subject.to)))
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
            && one_of(
                "up|in|out|off|on|over|by|down|through|back|and",
                w.word(i + 2),
            )
        || w.word(i) == "go" && next == "/"
        || one_of(
            "moves|starts|begins|ends|slips|happens|remains|goes|comes|depends|stays|looks|moved|started|went|slipped",
            next,
        )
        || w.has(i, Marks::ROLE) && w.has(i + 1, Marks::MEETING)
        || (w.has(i, Marks::MEETING) && matches!(next, "with" | "at" | "on" | "between" | "@"))
        || (next == "for"
            && one_of(
                "plan|budget|test|report|design|support|offer|cover|schedule|deadline",
                w.word(i),
            ))
        || (matches!(w.word(i), "update" | "note" | "question" | "report")
            && matches!(next, "on" | "from" | "by"))
}

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
            && !one_of(MAKES, w.word(verb))
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
        one_of("is|are", w.word(i)) && timed(i + 1)
            || w.word(i) == ":"
                && timed(i + 1)
                && (w.has(verb, Marks::MEETING) || one_of(crate::events::GATHERINGS, w.word(verb)))
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
        one_of(
            "just|quickly|either|simply|carefully|double|also|re",
            w.word(at),
        ) && w.has(at + 1, Marks::VERB),
    );
    let verb = at + adverb;
    if !w.has(verb, Marks::VERB) || noun_use(s, verb) || takes_place(s, verb) || s.asks() {
        return Ok(None);
    }
    if sells(s, verb) {
        return Err(Refusal::Advertisement);
    }
    // "Read tax letter, nothing owed": the form of the past, and what came of it.
    let past = one_of(
        "read|put|set|cut|let|shut|hit|split|spread|quit|cast",
        w.word(verb),
    );
    let result = (verb + 1..s.to).any(|i| {
        w.word(i - 1) == "," && one_of("nothing|fine|ok|okay|done|all|no|none", w.word(i))
    });
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
            && (s.from..verb).any(|i| w.phrase(i, "when you have|when you get|if you have|if you get|once you have|once you're|if you could|when you can|if you can").is_some());
    let personal = (verb + 1..s.to.min(verb + 4)).any(|i| matches!(w.word(i), "me" | "us"));
    let strength = match () {
        () if label => 0.85,
        () if s.setting.action => 0.85,
        () if s.setting.item && due => 0.8,
        () if s.setting.orders => 0.66,
        () if due || pleads => 0.72,
        () if personal && s.setting.addressed => 0.68,
        () if dated && (s.setting.item || s.setting.addressed) => 0.64,
        () if dated && one_of(ERRANDS, w.word(verb)) => 0.56,
        () if s.setting.item && w.seq(verb, "follow up") => 0.6,
        () if s.setting.item && s.setting.notes && one_of(JOTTED, w.word(verb)) => 0.62,
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

/// "@marguerite can I get a smoke test by noon?", "Dev i need two more lavs", "@Mo meter readings pls".
fn spoken_to(
    s: &Sentence,
    at: usize,
    initial: bool,
    subject: &subject::Subject,
) -> Result<Option<Act>, Refusal> {
    let w = s.words;
    let aside = at > s.from && one_of("(|[", w.word(at - 1));
    let mention = w.word(at) == "@" && !aside;
    let named =
        matches!(subject.owner, Owner::Named(_)) && subject.person == subject::Person::Named;
    let turned = mention || subject.sure && s.setting.addressed && initial;
    if !named || !turned {
        return Ok(None);
    }
    let from = subject.to + usize::from(matches!(w.word(subject.to), "," | "-" | "–" | "—" | ":"));
    let opens = one_of(
        "i|i'm|i'd|i'll|can|could|would|we|it|if|please|pls|any|do|are|don't|mind|kindly",
        w.word(from),
    );
    let wanting = mention && !opens;
    if wanting
        && let Some(act) = deadline::read(s, from, true)?
        && act.owner == Owner::Nobody
    {
        return Ok(Some(Act {
            owner: subject.owner.clone(),
            begin: at,
            ..act
        }));
    }
    if opens
        && let Some(act) = request::read(s, from, true)?
        && act.owner == Owner::Reader
    {
        return Ok(Some(Act {
            owner: subject.owner.clone(),
            begin: at,
            ..act
        }));
    }
    // "@Becca you still need to rotate the key".
    if w.word(from) == "you"
        && let Some(act) = subject_clause(s, from, true)?
        && act.owner == Owner::Reader
    {
        return Ok(Some(Act {
            owner: subject.owner.clone(),
            begin: at,
            ..act
        }));
    }
    if let Some(length) = w.phrase(
        from,
        "over to you for|over to you on|over to you with|i'll leave you with",
    ) {
        return Ok(Some(owned(
            s,
            at,
            subject,
            from + length,
            Form::Noun("Handle"),
            0.78,
        )));
    }
    let pleads = (from..s.to).any(|i| w.has(i, Marks::PLEASE))
        && !(from..s.to).any(|i| one_of("@|be|there|all", w.word(i)));
    let verbal = (from..s.to)
        .any(|i| w.has(i, Marks::MODAL.and(Marks::QUESTION).and(Marks::VERB)) && i < from + 3);
    Ok(
        (mention && pleads && !verbal && !s.asks() && from + 1 < s.to)
            .then(|| owned(s, at, subject, from, Form::Noun("Send"), 0.7)),
    )
}

/// "Consent forms back to the office by Friday, please": no verb, but a day and a courtesy.
fn bare_plea(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let due = s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let last = (at..s.to).rev().find(|&i| w.shape(i) == Letters::Word)?;
    let thanked = w.has(last, Marks::PLEASE) || w.word(last) == "thanks";
    // "Holiday requests to me by 15 March".
    let handed = s.setting.addressed
        && (at + 1..s.to).any(|i| {
            w.phrase(i, "to me|to us|back to me|back to us|with me")
                .is_some()
        });
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
        ) || one_of("is|are|was|were|be|has|had", w.word(i))
    });
    (due && pleads && !verbal && !s.asks() && w.shape(at) == Letters::Word && last > at + 2)
        .then_some(Act {
            cue: Cue::Request,
            owner: Owner::Nobody,
            begin: at,
            from: at,
            to: if thanked { last } else { s.to },
            form: Form::Noun(if handed { "Send" } else { "Bring" }),
            strength: 0.72,
        })
}

/// "Order before 4 pm and we ship today", "Buy two and save 15 %": said to nobody, with a promise behind it.
fn sells(s: &Sentence, verb: usize) -> bool {
    let w = s.words;
    let told = s.setting.action || s.setting.orders || s.setting.addressed;
    let trade = one_of(
        "order|buy|save|shop|claim|subscribe|discover|treat|upgrade|donate|grab|enjoy|join|try|get|win|pay|add|switch|choose",
        w.word(verb),
    );
    let promise = (verb + 1..s.to).any(|i| {
        w.phrase(
            i,
            "and we|and save|and get|and receive|and win|and you|and enjoy|to win|to save|to receive|and earn|or get|to enjoy|to unlock|for free|and be",
        )
        .is_some()
            || matches!(w.word(i), "%" | "$" | "£" | "€")
    });
    let hawks = one_of(
        "order|buy|save|shop|claim|subscribe|discover|treat|enjoy|donate",
        w.word(verb),
    );
    let gift = (verb + 1..s.to).any(|i| {
        w.phrase(
            i,
            "get a free|receive a free|win a|get % off|a discount|off your|a gift|free gift|to win",
        )
        .is_some()
    });
    let entice = !s.setting.action
        && gift
        && (trade || one_of("sign|register|enter|book|refer", w.word(verb)));
    entice || !told && (trade && promise || hawks && !s.setting.item && verb <= s.from + 1)
}
