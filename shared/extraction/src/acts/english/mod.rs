//! English sentences.

mod deadline;
mod predicate;
mod request;
mod subject;

use super::{Act, Cue, Form, Owner, Reading, Sentence};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape as Letters, one_of};
pub(super) use predicate::{Found as Predicate, predicate};

/// Words that may stand before the matter itself.
const FILLERS: &str = "\
    if possible|if you can|if you have time|if you get a chance|if you could|when you have a moment|\
    when you get a chance|when you have time|when you can|before i forget|one more|last thing|\
    for tomorrow|hope you're well|hope you are well|quick one|quick question|just|heads up|\
    also|and|but|so|ok|okay|then|next|finally|first|firstly|second|secondly|third|lastly|well|\
    yes|yep|yeah|sure|great|thanks|perfect|alright|right|absolutely|sounds good|no problem|\
    of course|will do|got it|cool|fine|good|hi|hey|hello|dear|all right|one more thing|\
    one last thing|as discussed|as agreed|as mentioned|in addition|additionally|quick reminder|\
    just a reminder|friendly reminder|a reminder|reminder|gentle reminder|reminder that|\
    just a reminder that|fyi|btw|by the way|ps|p . s|p . s .|oh|ah|hmm|um|uh|anyway|meanwhile|\
    in the meantime|for now|after that|afterwards|otherwise|agreed|decision|result|outcome|\
    we agreed that|it was agreed that|agreed that|it was decided that|we decided that|note that|\
    moreover|furthermore|again|action required|done deal|deal|thank you|no worries|cheers|\
    therefore|hence|accordingly|to confirm|just to confirm|on my side|on my end|from my side|\
    for my part|on it|yup|sorry|now|still|urgent|important|asap|high priority|\
    the team agreed that|the group agreed that|the board decided that|\
    the committee decided that|the committee agreed that|it was resolved that|resolved|\
    resolved that";

const LABELS: &str = "\
    action item|action items|action point|action required|action needed|action|actions|todo|\
    to do|to - do|todos|task|ai|ap|next step|next steps|follow - up|follow up|followup|homework|\
    fixme|next action|assigned|assignment|ask|request|reminder|must do|to - dos|deliverable|hw|\
    open item|pending|outstanding|your task|your homework|follow - ups";

/// Reads one sentence.
pub(super) fn read(s: &Sentence) -> Reading {
    let (start, label) = label(s);
    let mut refusal = None;
    let mut acts: Vec<Act> = Vec::new();
    let first = opening(s, start);
    let mut at = first;
    let mut initial = true;
    while at < s.to {
        let clear = acts.last().is_none_or(|a| at > a.from);
        if clear {
            match clause(s, at, initial, label) {
                Ok(Some(act)) => {
                    if let Some(last) = acts.last_mut() {
                        last.to = last.to.min(end_before(s, act.begin));
                    }
                    acts.push(act);
                }
                Ok(None) => {}
                Err(reason) => refusal = refusal.or(Some(reason)),
            }
        }
        initial = false;
        at = next_clause(s, at);
    }
    if acts.is_empty() && label && refusal.is_none() && first < s.to {
        let (owner, from) = owner_prefix(s, first).unwrap_or((Owner::Nobody, first));
        acts.push(Act {
            cue: Cue::Label,
            owner,
            begin: start,
            from,
            to: s.to,
            form: Form::Plain,
            strength: 0.7,
        });
    }
    let acts: Vec<Act> = acts
        .into_iter()
        .flat_map(|a| coordinated(s, a))
        .filter(|a| a.from < a.to)
        .collect();
    match refusal {
        Some(reason) if acts.is_empty() => Err(reason),
        _ => Ok(acts),
    }
}

/// "Return the form by Friday and send £12 by Monday": two orders, when the first is complete.
fn coordinated(s: &Sentence, act: Act) -> Vec<Act> {
    let w = s.words;
    if act.form != super::Form::Plain {
        return vec![act];
    }
    let cut = (act.from + 2..act.to).find(|&i| {
        let joined = w.word(i) == "and"
            && w.has(i + 1, Marks::VERB)
            && !w.has(i + 1, Marks::STATE)
            && !noun_use(s, i + 1)
            && i + 2 < act.to;
        let dated = s
            .dates
            .iter()
            .any(|d| d.from > act.from && d.to <= i && d.when.is_some());
        joined && (dated || w.word(i - 1) == ",")
    });
    let Some(cut) = cut else { return vec![act] };
    let second = Act {
        begin: cut + 1,
        from: cut + 1,
        ..act.clone()
    };
    let first = Act {
        to: end_before(s, cut),
        ..act
    };
    let mut all = vec![first];
    all.extend(coordinated(s, second));
    all
}

/// The end of a clause before `begin`, its conjunction and comma cut off.
fn end_before(s: &Sentence, begin: usize) -> usize {
    let mut end = begin;
    while end > s.from
        && (one_of(
            ",|;|and|but|so|then|while|-|–|—|(|also|.|&|plus",
            s.words.word(end - 1),
        ))
    {
        end -= 1;
    }
    end
}

/// The token after the next mark or conjunction behind which a clause may begin.
fn next_clause(s: &Sentence, at: usize) -> usize {
    let mut i = at;
    while i < s.to {
        let cuts = one_of(
            ",|;|:|–|—|(|and|but|so|then|-|while|that|because|.|!|?|…|&|plus",
            s.words.word(i),
        );
        i += 1;
        if cuts {
            break;
        }
    }
    skip_fillers(s, i)
}

/// Skips bullets, quotation marks and the like.
fn skip_marks(s: &Sentence, mut i: usize) -> usize {
    while i < s.to
        && s.words.shape(i) == Letters::Mark
        && !one_of("@|\"|“|”|«|„|'|$|€|£", s.words.word(i))
    {
        i += 1;
    }
    i
}

fn skip_fillers(s: &Sentence, mut i: usize) -> usize {
    for _ in 0..6 {
        i = skip_marks(s, i);
        let longest = s.words.phrase(i, FILLERS);
        match longest {
            // "Right the ship", "Still life": a filler is followed by a mark, a pronoun, a name or a request.
            Some(length) if i + length < s.to => i += length,
            _ => break,
        }
    }
    i
}

/// A label such as "TODO:" or "[Action]" or "AP 3 -": the token after it, and whether there was one.
fn label(s: &Sentence) -> (usize, bool) {
    let w = s.words;
    let open = skip_marks(s, s.from);
    let Some(length) = w.phrase(open, LABELS) else {
        return (open, false);
    };
    let mut i = open + length;
    if w.word(i) == "#" {
        i += 1;
    }
    if w.shape(i) == Letters::Number {
        i += 1;
    }
    // "TODO(maria): ..", "Action (Tom): ..": the owner stays, the label goes.
    if w.word(i) == "(" {
        return (i, true);
    }
    let marked = one_of(":|]|-|–|—|>|*|)|→", w.word(i));
    let shouted = w.raw(open).len() > 2
        && w.raw(open).chars().all(|c| c.is_uppercase())
        && w.word(open) != "ask";
    if !marked && !shouted {
        return (open, false);
    }
    (skip_marks(s, i), true)
}

/// Skips what stands before the first clause: a date, fillers.
fn opening(s: &Sentence, start: usize) -> usize {
    let mut i = start;
    for _ in 0..3 {
        i = skip_fillers(s, i);
        if s.setting.item || s.setting.action {
            i = topic(s, i);
        }
        match s.date_at(i) {
            Some(date) if date.to < s.to && date.when.is_some() => i = date.to,
            _ => break,
        }
    }
    skip_fillers(s, i)
}

/// Skips a subject before a colon: "history: read ch. 3".
fn topic(s: &Sentence, i: usize) -> usize {
    let w = s.words;
    let colon = (i + 1..s.to.min(i + 4)).find(|&k| w.word(k) == ":");
    let verb = |k: usize| w.has(k + 1, Marks::VERB) && !noun_use(s, k + 1) && !w.touches(k);
    let named =
        crate::acts::known_person(w, i, s.setting.people) || w.capital(i) && s.setting.action;
    colon.filter(|&k| verb(k) && !named).map_or(i, |k| k + 1)
}

/// Whether token `i` stands between quotation marks.
fn quoted(s: &Sentence, i: usize) -> bool {
    let mut open = false;
    for k in s.from..i {
        match s.words.word(k) {
            "\"" => open = !open,
            "“" | "„" | "«" => open = true,
            "”" | "»" => open = false,
            _ => {}
        }
    }
    open
}

/// One clause from token `at`: an act, nothing, or a reason against it.
fn clause(s: &Sentence, at: usize, initial: bool, label: bool) -> Result<Option<Act>, Refusal> {
    let mut found = request::read(s, at, initial)?.or(subject_clause(s, at, initial)?);
    if found.is_none() {
        // "Review the form (due Friday)" is an order, "Review form due Friday" may be a noun.
        let order = imperative(s, at, initial, label)?;
        found = match order {
            Some(order) if order.strength >= 0.6 => Some(order),
            weak => deadline::read(s, at, initial)?.or(weak),
        };
    }
    let Some(act) = found else { return Ok(None) };
    if quoted(s, act.from) {
        return Err(Refusal::Example);
    }
    judge(s, &act)?;
    Ok(Some(act))
}

/// Reasons against an act that lie in the rest of its sentence.
fn judge(s: &Sentence, act: &Act) -> Result<(), Refusal> {
    let w = s.words;
    for i in s.from..s.to {
        match w.word(i) {
            "if" if !polite_condition(s, i)
                && !whether(s, i)
                && !(i >= act.begin && i < act.from) =>
            {
                return Err(Refusal::Hypothetical);
            }
            "unless" | "suppose" | "supposing" | "hypothetically" | "imagine" | "theoretically" => {
                return Err(Refusal::Hypothetical);
            }
            "in" if w.seq(i + 1, "case") || w.seq(i + 1, "the event") || w.seq(i + 1, "theory") => {
                return Err(Refusal::Hypothetical);
            }
            "e" if w.seq(i + 1, ". g") && i < act.begin => return Err(Refusal::Example),
            "example" | "instance" if i < act.begin && i > 0 && w.word(i - 1) == "for" => {
                return Err(Refusal::Example);
            }
            "someday" | "eventually" if i < act.to => return Err(Refusal::Hypothetical),
            "always" | "never" | "whenever" if i < act.from + 2 && act.cue != Cue::Request => {
                return Err(Refusal::Rule);
            }
            "maybe" | "perhaps" | "possibly" if i < act.from => return Err(Refusal::Hypothetical),
            _ => {}
        }
    }
    let doubt = (act.begin..act.from).any(|i| matches!(w.word(i), "might" | "may" | "probably"));
    if doubt {
        return Err(Refusal::Hypothetical);
    }
    Ok(())
}

/// "if possible", "if you have time": politeness, no condition.
fn polite_condition(s: &Sentence, i: usize) -> bool {
    s.words
        .phrase(
            i + 1,
            "possible|you can|you could|you have time|you have a chance|\
                    you have a moment|you have a minute|you get a chance|you get the chance|\
                    you get time|you don't mind|you do not mind|that works|that's ok|that is ok|\
                    that's okay|need be|you would|you haven't already|you have not already|\
                    not already|you haven't|you have not|at all possible|not sooner|not earlier|\
                    you are free|you're free|someone could|anyone could|somebody could|we could",
        )
        .is_some()
}

/// "check if", "let me know if": an indirect question, no condition.
fn whether(s: &Sentence, i: usize) -> bool {
    (s.from..i).rev().take(4).any(|k| {
        one_of(
            "check|see|ask|confirm|verify|determine|test|know|wondering|wonder|decide|\
            clarify|tell|find|evaluate|assess|investigate|appreciate|grateful|great|helpful|\
            good|nice|lovely|ideal|wonderful|help|amazing|awesome",
            s.words.word(k),
        )
    })
}

/// "Maria will ..", "we need to ..", "I'll ..".
fn subject_clause(s: &Sentence, at: usize, initial: bool) -> Result<Option<Act>, Refusal> {
    let Some(subject) = subject::read(s, at) else {
        return Ok(elliptic(s, at, initial));
    };
    // "Maria: send ..", "Maria - send ..", "@maria send .."; "Maria, please ..".
    if let Some(act) = prefixed(s, at, initial, &subject) {
        return Ok(Some(act));
    }
    let Some(Predicate {
        verb,
        form,
        strength,
        cue,
        end,
    }) = predicate(s, subject.to, &subject)?
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

/// "need to call Bob", "to call Bob", "will send it tomorrow": the subject is left out.
fn elliptic(s: &Sentence, at: usize, initial: bool) -> Option<Act> {
    if !initial {
        return None;
    }
    let w = s.words;
    let length = w.phrase(
        at,
        "need to|needs to|have to|got to|gotta|must|to|remember to|want to|will|\
                    should|going to|supposed to",
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
    let owner = if matches!(w.word(at), "will") && s.setting.addressed {
        Owner::Speaker
    } else {
        Owner::Nobody
    };
    (fits && !purpose).then(|| Act {
        cue: Cue::Obligation,
        owner,
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.66,
    })
}

/// "Maria: send ..", "Maria - budget", "@maria send ..", "Tom, send ..".
fn prefixed(s: &Sentence, at: usize, initial: bool, subject: &subject::Subject) -> Option<Act> {
    let Owner::Named(_) = subject.owner else {
        return None;
    };
    let w = s.words;
    let mark = w.word(subject.to);
    let mention = w.word(at) == "@" || w.word(at) == "(";
    let divided = matches!(
        mark,
        ":" | "-" | "–" | "—" | "→" | ">" | "," | ")" | "|" | "/"
    );
    if !(divided || mention) || !(initial || mention) {
        return None;
    }
    // "(@hannah)" in the middle of an order only says whose it is.
    let asked = s
        .words
        .phrase(
            subject.to,
            "please|can you|could you|pls|will you|would you",
        )
        .is_some();
    if !initial && !asked {
        return None;
    }
    let mut from = subject.to + usize::from(divided);
    from = skip_fillers(s, from);
    if let Some(length) = w.phrase(
        from,
        "can u|could u|can u pls|pls can you|please|to|pls|can you|could you|can you please|could you please|will|\
                    you need to|would you|please can you|i need you to|kindly|needs to|must|\
                    should",
    ) {
        from += length;
        let verb = w.has(from, Marks::VERB)
            || (subject.sure
                && w.shape(from) == Letters::Word
                && !w.has(from, Marks::FUNCTION.and(Marks::STATE)));
        return verb.then(|| Act {
            cue: Cue::Owner,
            owner: subject.owner.clone(),
            begin: at,
            from,
            to: s.to,
            form: Form::Plain,
            strength: 0.86,
        });
    }
    let structured = s.setting.action || (s.setting.item && s.dated(|d| d.when.is_some()));
    let verb = w.has(from, Marks::VERB) && !noun_use(s, from);
    // "Tom, thanks", "Tom: fine with me" say nothing to do.
    let enough = verb
        || (structured
            && mark != ","
            && !w.has(from, Marks::PAST.and(Marks::FUNCTION).and(Marks::GREETING))
            && from < s.to);
    let fits = enough && (subject.sure || structured || mention) && !(s.asks() && !verb);
    let strength = if verb { 0.82 } else { 0.66 };
    fits.then(|| Act {
        cue: Cue::Owner,
        owner: subject.owner.clone(),
        begin: at,
        from,
        to: s.to,
        form: Form::Plain,
        strength,
    })
}

/// A name at the beginning of a labelled passage: "Action: Maria – budget".
fn owner_prefix(s: &Sentence, at: usize) -> Option<(Owner, usize)> {
    let subject = subject::read(s, at)?;
    let divided = one_of(":|-|–|—|)|,", s.words.word(subject.to));
    (divided && matches!(subject.owner, Owner::Named(_)))
        .then(|| (subject.owner, skip_marks(s, subject.to)))
}

/// Whether the verb-like word at `i` is a noun here: "review of", "call with", "plan is".
fn noun_use(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let next = w.word(i + 1);
    one_of(
        "of|is|was|are|were|has|will|results|result|:|meeting|session|date|deadline|\
            status|items|item|team|report|due|notes|that|which",
        next,
    ) && !(next == "that" && w.has(i, Marks::VERB))
        || (w.has(i, Marks::MEETING) && matches!(next, "with" | "at" | "on" | "between" | "@"))
        || (next == "for"
            && one_of(
                "plan|budget|test|report|design|support|offer|cover|schedule|deadline",
                w.word(i),
            ))
        || (matches!(w.word(i), "update" | "note" | "question" | "report")
            && matches!(next, "on" | "from" | "by"))
}

/// Verbs that even in prose, with a date, send somebody on an errand.
const ERRANDS: &str = "\
    book|submit|return|send|pay|register|complete|bring|call|sign|email|schedule|renew|order|confirm|\
    collect|apply|reply|respond|rsvp|file|prepare|deliver|finish|finalise|finalize|update|upload";

/// "Send the report by Friday".
fn imperative(s: &Sentence, at: usize, initial: bool, label: bool) -> Result<Option<Act>, Refusal> {
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
    if !w.has(verb, Marks::VERB) || noun_use(s, verb) || s.asks() {
        return Ok(None);
    }
    let due = s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let dated = s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_none()));
    let personal = (verb + 1..s.to.min(verb + 4)).any(|i| matches!(w.word(i), "me" | "us"));
    let strength = match () {
        () if label => 0.85,
        () if s.setting.action => 0.85,
        () if s.setting.item && due => 0.8,
        () if s.setting.orders => 0.66,
        () if due => 0.72,
        () if personal && s.setting.addressed => 0.68,
        () if dated && (s.setting.item || s.setting.addressed) => 0.64,
        () if dated && one_of(ERRANDS, w.word(verb)) => 0.56,
        () if s.setting.item && w.seq(verb, "follow up") => 0.6,
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
