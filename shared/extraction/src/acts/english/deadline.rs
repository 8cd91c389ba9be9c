//! "The report is due Friday", "deadline for abstracts: 3 May", "the form must be signed by Monday".

use crate::acts::{Act, Cue, Form, Owner, Sentence, name_like};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::Shape as Letters;
use crate::text::one_of;

/// Nouns that are paid, and nouns that are brought back.
const PAID: &str = "\
    rent|invoice|invoices|fee|fees|bill|payment|payments|tuition|deposit|premium|dues|tax|taxes|\
    instalment|installment|balance|mortgage|fine|contribution";
const RETURNED: &str = "book|books|loan|loans";
const TAKEN: &str = "vaccination|renewal";

/// The verb that makes a due noun an order.
pub(crate) fn verb_for(words: &crate::text::Words, from: usize, to: usize) -> &'static str {
    let any = |list| (from..to).any(|i| one_of(list, words.word(i)));
    if words.word(to).starts_with("expire") {
        "Renew"
    } else if any(PAID) {
        "Pay"
    } else if any("library") && any(RETURNED) {
        "Return"
    } else if any("reading|readings|chapter|chapters") || any(TAKEN) {
        "Complete"
    } else {
        "Submit"
    }
}

const DUE: &str = "\
    is due|are due|due|is now due|are now due|will be due|is still due|needs to be in|is needed|\
    are needed|must be in|is expected|has to be in|is required|are required|should be in|\
    needs to be ready|must be ready|should be ready|need to be ready|has to be ready|expires|\
    expire|should be with me|should be with us|must be with me|must be with us|needs to be with me|needs to be with us|has to be with me|should reach me|should reach us|must reach me|must reach us|need to reach me|need to reach us|needs to reach us|\
    must arrive|should arrive|has to arrive|is wanted back|must be back|should be back|needs to be back|close on|closes on|needs to be done|must be done|is wanted|to be in|shall be in|are expected|deadline|deadline is|deadline :|submission is|submissions are|registration is|entries are|renewal is";
const OBLIGED: &str = "\
    must be|needs to be|need to be|has to be|have to be|should be|is to be|are to be|to be|\
    shall be|ought to be|still needs to be|still need to be|still has to be|still have to be|\
    must also be|will need to be|will have to be|should also be|is being";

/// A deadline or an obligation in the passive that begins at token `at`.
pub(crate) fn read(s: &Sentence, at: usize, initial: bool) -> Result<Option<Act>, Refusal> {
    if s.asks() {
        return Ok(None);
    }
    if let Some(act) = named_deadline(s, at) {
        return Ok(Some(act));
    }
    let opens = one_of("the|your|all|this|that|these|both", s.words.word(at))
        || s.words.has(at, Marks::COURSEWORK)
        || one_of("a|an", s.words.word(at)) && at > s.from && s.words.word(at - 1) == "that";
    if !initial && !opens {
        return Ok(None);
    }
    let told = due_noun(s, at)
        .or_else(|| wants_doing(s, at))
        .or_else(|| unsaid(s, at));
    Ok(told.or(passive(s, at)?).or(moves(s, at)))
}

fn future(s: &Sentence, from: usize) -> bool {
    s.dates
        .iter()
        .any(|d| d.from >= from && d.to <= s.to && d.when.is_some())
}

/// "Deadline for abstracts: 3 May", "the deadline to register is Friday", "deadline: Friday – expense reports".
fn named_deadline(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(
        at,
        "the deadline for|deadline for|the deadline to|deadline to|due date for|\
                    the due date for|the last day to|last day to|the last day for|\
                    the cut - off for|cutoff for|the cutoff for|your deadline for|\
                    the submission deadline for|submission deadline for|final deadline for|\
                    the final deadline for|last date for|the final date for|closing date for|\
                    the closing date for",
    )?;
    let from = at + length;
    let date = s
        .dates
        .iter()
        .find(|d| d.from >= from && d.to <= s.to && d.when.is_some())?;
    let mut to = date.lead_from.min(date.from);
    while to > from
        && (w.shape(to - 1) == Letters::Mark
            || one_of(
                "is|has|been|was|set|extended|moved|to|now|remains|will|be",
                w.word(to - 1),
            ))
    {
        to -= 1;
    }
    let verb = w.word(from - 1) == "to";
    if to <= from || (verb && !w.has(from, Marks::VERB)) {
        return None;
    }
    let gerund = w.has(from, Marks::GERUND);
    let form = if verb {
        Form::Plain
    } else if gerund {
        Form::Gerund
    } else {
        Form::Noun(verb_for(w, from, to))
    };
    Some(Act {
        cue: Cue::Deadline,
        owner: Owner::Nobody,
        begin: at,
        from,
        to,
        form,
        strength: 0.78,
    })
}

/// "The report is due Friday", "Homework 3 (due 5 May)".
fn due_noun(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let (at_due, length) =
        (at + 1..s.to.min(at + 16)).find_map(|i| w.phrase(i, DUE).map(|n| (i, n)))?;
    let exact = s.dates.iter().any(|d| {
        d.when.is_some()
            && d.to <= s.to
            && (d.from == at_due + length
                || one_of("to|in|with|back|at", w.word(at_due + length))
                    && d.lead == crate::dates::Lead::Due
                    && d.from > at_due
                    && d.lead_from <= at_due + length + 4
                || d.lead_from <= at_due + length
                    && d.from > at_due
                    && d.from <= at_due + length + 4)
    });
    // "May 5: Final paper due", "April 14: bibliography due by 5 pm".
    let opened = s
        .dates
        .iter()
        .any(|d| d.when.is_some() && d.from >= s.from && d.to <= at);
    let ends = at_due + length >= s.to
        || w.shape(at_due + length) == Letters::Mark
        || w.word(at_due + length) == "by";
    let exact = exact || opened && ends;
    let exact = exact || opened && w.word(at_due + length) == "at";
    let mut to = at_due;
    while to > at
        && matches!(
            w.word(to - 1),
            "(" | ","
                | "-"
                | "–"
                | "—"
                | ":"
                | "|"
                | "["
                | "are"
                | "is"
                | "which"
                | "that"
                | "•"
                | "·"
        )
    {
        to -= 1;
    }
    let topic = (at..to).rev().find(|&i| w.word(i) == ":" && i + 1 < to);
    let mut from = topic.map_or(at, |i| i + 1);
    if one_of("the|a|your|our|my|all", w.word(from)) && to > from + 1 && w.word(from) == "a" {
        from += 1;
    }
    let noun = to > from
        && to - from <= 14
        && !w.has(from, Marks::QUESTION)
        && !matches!(w.word(to - 1), "train" | "flight" | "bus" | "baby" | "the")
        && !w.has(
            from,
            Marks::FIRST
                .and(Marks::PLURAL)
                .and(Marks::SECOND)
                .and(Marks::THIRD),
        )
        || matches!(w.word(from), "this" | "these" | "that") && to > from + 1;
    let verbal = w.has(from, Marks::VERB)
        && !super::noun_use(s, from)
        && w.has(from + 1, Marks::FUNCTION.and(Marks::COURSEWORK));
    let past = (from..to).any(|i| matches!(w.word(i), "was" | "were" | "had"));
    if !exact || !noun || past {
        return None;
    }
    let form = if verbal {
        Form::Plain
    } else {
        Form::Noun(verb_for(w, from, to))
    };
    Some(Act {
        cue: Cue::Deadline,
        owner: Owner::Nobody,
        begin: at,
        from,
        to,
        form,
        strength: 0.8,
    })
}

/// "Posters need to go up by 3/14": a thing that is to be somewhere by a day.
fn moves(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let (link, length) = (at + 1..s.to.min(at + 8)).find_map(|i| {
        w.phrase(
            i,
            "need to|needs to|have to|has to|must|should|will|is to|are to",
        )
        .map(|n| (i, n))
    })?;
    let verb = link + length;
    let phrase = "go up|go out|go live|go to print|be up|be out|be live|be online|be ready|be in place|be available|arrive|ship";
    w.phrase(verb, phrase)?;
    let person = w.has(
        at,
        Marks::FIRST
            .and(Marks::SECOND)
            .and(Marks::PLURAL)
            .and(Marks::THIRD)
            .and(Marks::QUESTION),
    ) || crate::acts::known_person(w, at, s.setting.people);
    let due = s.dated(|d| d.when.as_ref().is_some_and(|x| x.recurrence.is_none()))
        && (w.word(link) != "will" || s.setting.item);
    let subject = crate::acts::rest(s, at, link, &[]);
    let whole = crate::acts::rest(s, verb, s.to, &[]);
    (due && !person && !subject.is_empty()).then(|| Act {
        cue: Cue::Deadline,
        owner: Owner::Nobody,
        begin: at,
        from: at,
        to: s.to,
        form: Form::Spelled(format!("Make sure {} can {whole}", subject.to_lowercase())),
        strength: 0.72,
    })
}

/// What links a thing to what is to be done with it: its token, its length, and whether a decision opens it.
fn linkage(s: &Sentence, at: usize) -> Option<(usize, usize, bool)> {
    let w = s.words;
    let found = (at + 1..s.to.min(at + 14)).find_map(|i| w.phrase(i, OBLIGED).map(|n| (i, n)));
    // "Resolved that a report be circulated", "we would ask that the cupboard is cleared".
    let that =
        at > s.from && w.word(at - 1) == "that" && (s.from..at).any(|i| one_of(DECIDES, w.word(i)));
    let decided = || {
        let be = (at + 1..s.to.min(at + 10)).find(|&i| one_of("be|is|are", w.word(i)))?;
        let certain = !one_of("would|could|might|may|will", w.word(be - 1));
        (that && certain).then_some((be, 1))
    };
    found.or_else(decided).map(|(i, n)| (i, n, that))
}

/// Whether the passive of the thing at `at` has a day, or why it is a rule.
fn appointed(s: &Sentence, at: usize, link: usize) -> Result<bool, Refusal> {
    let w = s.words;
    // "Complaints should be sent within 28 days": things in the plural that all may have, and a period.
    let many = w.word(link - 1).ends_with('s');
    let plain = link <= at + 3
        && !one_of(
            "the|your|our|my|all|these|those|both|this|his|her|their",
            w.word(at),
        )
        && !(s.setting.item || s.setting.action || s.setting.addressed);
    if !(many && (plain || (at..link).any(|i| one_of(";|is|are", w.word(i))))) {
        return Ok(future(s, at));
    }
    let dated = s.dated(|d| {
        d.from >= at
            && d.when.as_ref().is_some_and(|x| x.recurrence.is_none())
            && !one_of("within|in", w.word(d.from))
    });
    if dated { Ok(true) } else { Err(Refusal::Rule) }
}

/// "The contract must be signed (by Tom) by Friday".
fn passive(s: &Sentence, at: usize) -> Result<Option<Act>, Refusal> {
    let w = s.words;
    let Some((link, length, that)) = linkage(s, at) else {
        return Ok(None);
    };
    let mut verb = link + length;
    // "Any errors to be notified within seven days" is said to all.
    if one_of("any|every|each", w.word(at)) && !s.setting.action {
        return Err(Refusal::Rule);
    }
    if matches!(w.word(verb), "not" | "never") || matches!(w.word(link + 1), "not" | "never") {
        return Err(Refusal::Negated);
    }
    while one_of(
        "also|fully|properly|carefully|re|-|formally|finally|thoroughly|immediately|\
            urgently",
        w.word(verb),
    ) {
        verb += 1;
    }
    let base = crate::fields::title::base_of_participle(w.word(verb));
    let known = base.as_ref().is_some_and(|base| {
        crate::language::Language::English
            .lexicon()
            .marks(base)
            .any(Marks::VERB)
    });
    let object = (at, link);
    // "has to be countersigned by Friday": a participle that no list has, told by its ending and its day.
    let unlisted = w.word(verb).ends_with("ed")
        && w.word(verb).len() > 5
        && s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let subjectless = w.has(
        at,
        Marks::FIRST
            .and(Marks::PLURAL)
            .and(Marks::SECOND)
            .and(Marks::QUESTION),
    ) || (w.has(at, Marks::THIRD) && link == at + 1)
        || link <= at;
    // "Tokens expire after 90 days and need to be refreshed": a second predicate, told of whoever it may be.
    let told = w.word(link - 1) == "and";
    if !(known || unlisted) || subjectless || told || link - at > 12 {
        return Ok(None);
    }
    let agent = (verb..s.to)
        .find(|&i| {
            w.word(i) == "by"
                && (crate::acts::known_person(w, i + 1, s.setting.people)
                    || w.has(i + 1, Marks::ROLE)
                    || name_like(w, i + 1) && s.date_at(i).is_none())
        })
        .and_then(|i| super::subject::read(s, i + 1));
    let due = appointed(s, at, link)?;
    // What must be done by nobody at no time is a rule, unless it stands among tasks.
    let handed =
        s.setting.item && (verb..s.to).any(|i| crate::acts::known_person(w, i, s.setting.people));
    if !due && agent.is_none() && !s.setting.action && !that && !handed {
        let loose =
            matches!(w.word(link), "needs" | "need" | "still") && !w.has(at, Marks::GENERIC);
        if !loose {
            return Err(Refusal::Rule);
        }
    }
    let strength = certainty(s, (at, link), due, that);
    let owner = agent.map_or(Owner::Nobody, |a| a.owner);
    Ok(Some(Act {
        cue: Cue::Deadline,
        owner,
        begin: at,
        from: at,
        to: s.to,
        form: if known {
            Form::Passive { object, verb }
        } else {
            let thing = crate::acts::rest(s, at, link, &[]);
            let deed = crate::acts::rest(s, verb, s.to, &[]);
            Form::Spelled(format!("Have {} {deed}", lower_first(&thing)))
        },
        strength,
    }))
}

/// The words with a small letter at their head, unless they begin with a name or an abbreviation.
fn lower_first(noun: &str) -> String {
    let article = [
        "The ", "A ", "An ", "Your ", "All ", "This ", "Our ", "These ",
    ];
    if article.iter().any(|a| noun.starts_with(a)) {
        noun[..1].to_lowercase() + &noun[1..]
    } else {
        noun.to_owned()
    }
}

/// Words after which "that" opens what is to be done.
const DECIDES: &str = "resolved|agreed|decided|requested|request|ask|asks|asked|insist|recommended|recommend|require|requires";

/// "The lead form wants correcting", "bloods need repeating", "the page could do with a refresh".
fn wants_doing(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let (link, length) = (at + 1..s.to.min(at + 12)).find_map(|i| {
        w.phrase(i, "needs|need|wants|want|still needs|still need|could do with|needs some|need some|could use")
            .map(|n| (i, n))
    })?;
    let pronoun = Marks::FIRST
        .and(Marks::SECOND)
        .and(Marks::PLURAL)
        .and(Marks::QUESTION)
        .and(Marks::GIVEN);
    if w.has(at, pronoun) || link == at || w.has(link - 1, pronoun.and(Marks::NEGATION)) {
        return None;
    }
    let told = s.setting.addressed
        || s.setting.item
        || s.setting.action
        || s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let verb = link + length;
    let object = lower_first(&crate::acts::rest(s, at, link, &[]));
    let begin = |i: usize| crate::acts::rest(s, i, s.to, &[]);
    let title = if w.has(verb, Marks::GERUND) || w.word(verb).ends_with("ing") && length == 1 {
        let base = crate::fields::title::base_of_gerund(w.word(verb))?;
        format!("{base} {object} {}", begin(verb + 1))
    } else if w.phrase(link, "need|needs").is_some()
        && length == 1
        && s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due && d.from > verb)
        && (w.has(verb, Marks::SECOND)
            || one_of(
                "a|an|two|three|four|five|six|some|more|one|another|new|final|the",
                w.word(verb),
            ))
        && !w.has(link - 1, Marks::GENERIC.and(Marks::ROLE))
        && !w.has(at, Marks::THIRD)
        && !crate::acts::known_person(w, link - 1, s.setting.people)
    {
        format!("Provide {} for {object}", begin(verb))
    } else if w.phrase(link, "could do with|could use").is_some() {
        format!("Give {object} {}", begin(verb))
    } else {
        return None;
    };
    (told && !object.is_empty()).then_some(Act {
        cue: Cue::Deadline,
        owner: Owner::Nobody,
        begin: at,
        from: at,
        to: s.to,
        form: Form::Spelled(title),
        strength: 0.66,
    })
}

/// "Window schedule is awaited. To be issued by 16.09.": the thing stands in the sentence before.
fn unsaid(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(
        at,
        "to be|still to be|needs to be|must be|should be|has to be",
    )?;
    let verb = at + length;
    let base = crate::fields::title::base_of_participle(w.word(verb))?;
    let due = s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let before = s.from.checked_sub(1).filter(|_| due && at <= s.from + 1)?;
    let start = (0..before)
        .rev()
        .find(|&i| matches!(w.word(i), "." | "!" | "?" | ":"));
    let start = start.map_or(0, |i| i + 1);
    let end = (start + 1..before).find(|&i| {
        w.has(i, Marks::MODAL.and(Marks::STATE))
            || one_of(
                "is|are|was|were|still|remains|remain|not|now|has|have",
                w.word(i),
            )
    })?;
    let thing = lower_first(&crate::acts::rest(s, start, end, &[]));
    let tail = crate::acts::rest(s, verb + 1, s.to, &[]);
    (!thing.is_empty() && end - start <= 7).then(|| Act {
        cue: Cue::Deadline,
        owner: Owner::Nobody,
        begin: at,
        from: at,
        to: s.to,
        form: Form::Spelled(format!("{base} {thing} {tail}")),
        strength: 0.72,
    })
}

/// How sure an obligation in the passive is.
fn certainty(s: &Sentence, (at, link): (usize, usize), due: bool, that: bool) -> f64 {
    let w = s.words;
    let generic = (at..link)
        .any(|i| w.has(i, Marks::GENERIC) || matches!(w.word(i), "each" | "every" | "any" | "no"));
    match () {
        () if generic => 0.45,
        () if due => 0.78,
        () if s.setting.action => 0.74,
        () if that => 0.68,
        () => 0.6,
    }
}
