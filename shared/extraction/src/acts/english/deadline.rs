//! "The report is due Friday", "deadline for abstracts: 3 May", "the form must be signed by Monday".

mod obligation;

use crate::acts::{Act, Cue, Form, Owner, Sentence};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::Shape as Letters;
use obligation::{passive, unsaid, wants_doing};

/// Nouns that are paid, and nouns that are brought back.
const PAID: &str = "\
    rent|invoice|invoices|fee|fees|bill|payment|payments|tuition|deposit|premium|dues|tax|taxes|\
    instalment|installment|balance|mortgage|fine|contribution";
const RETURNED: &str = "book|books|loan|loans";
const TAKEN: &str = "vaccination|renewal|mot|service|inspection|checkup|jab|booster|training";
const RENEWED: &str =
    "licence|license|passport|insurance|subscription|visa|permit|membership|registration";

/// The verb that makes a due noun an order.
pub(crate) fn verb_for(words: &crate::text::Words, from: usize, to: usize) -> &'static str {
    let any = |list| words.any_of(from..to, list);
    let back =
        (to..to + 4).any(|i| words.word(i) == "back" && words.one_of(i - 1, "due|be|wanted"));
    if words.word(to).starts_with("expire") {
        "Renew"
    } else if back {
        "Return"
    } else if any(PAID) {
        "Pay"
    } else if any(RENEWED) && !any("form|application|forms|renewal") {
        "Renew"
    } else if any("library") && any(RETURNED) {
        "Return"
    } else if any("reading|readings|chapter|chapters") || any(TAKEN) {
        "Complete"
    } else {
        "Submit"
    }
}

/// Who comes, and is not brought.
const PEOPLE: &str = "children|child|kids|pupils|boys|girls|teams|team|everyone|everybody|players|riders|runners|swimmers|singers|helpers|guests|visitors|speakers|entrants|staff|crew|drivers|contractors|delegates|families|group|groups|class|we|you|they";

const DUE: &str = "\
    is due back|are due back|due back|is due|are due|due|is now due|are now due|will be due|is still due|needs to be in|is needed|\
    are needed|must be in|is expected|has to be in|is required|are required|should be in|\
    needs to be ready|must be ready|should be ready|need to be ready|has to be ready|expires|\
    expire|should be with me|should be with us|must be with me|must be with us|needs to be with me|needs to be with us|has to be with me|should reach me|should reach us|must reach me|must reach us|need to reach me|need to reach us|needs to reach us|\
    must arrive|should arrive|has to arrive|is wanted back|must be back|should be back|needs to be back|close on|closes on|needs to be done|must be done|is wanted|to be in|shall be in|are expected|deadline|deadline is|deadline :|submission is|submissions are|registration is|entries are|renewal is";

/// A deadline or an obligation in the passive that begins at token `at`.
pub(crate) fn read(s: &Sentence, at: usize, initial: bool) -> Result<Option<Act>, Refusal> {
    if s.asks() {
        return Ok(None);
    }
    if let Some(act) = named_deadline(s, at) {
        return Ok(Some(act));
    }
    let opens = s.words.one_of(at, "the|your|all|this|that|these|both")
        || s.words.has(at, Marks::COURSEWORK)
        || s.words.one_of(at, "a|an") && at > s.from && s.words.word(at - 1) == "that";
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
            || w.one_of(
                to - 1,
                "is|has|been|was|set|extended|moved|to|now|remains|will|be",
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

/// Whether a day belongs to "due" and the like at `at_due`: behind it, or at the head of the line.
fn dated(s: &Sentence, at: usize, (at_due, length): (usize, usize)) -> bool {
    let w = s.words;
    let exact = s.dates.iter().any(|d| {
        d.when.is_some()
            && d.to <= s.to
            && (d.from == at_due + length
                || w.one_of(at_due + length, "to|in|with|back|at")
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
        || w.one_of(at_due + length, "by|at");
    exact || opened && ends
}

/// "The report is due Friday", "Homework 3 (due 5 May)".
fn due_noun(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let (at_due, length) =
        (at + 1..s.to.min(at + 16)).find_map(|i| w.phrase(i, DUE).map(|n| (i, n)))?;
    let exact = dated(s, at, (at_due, length));
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
                | "was"
                | "were"
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
    if w.one_of(from, "the|a|your|our|my|all") && to > from + 1 && w.word(from) == "a" {
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
    // "Reminder: the form was due on Monday": it is not there yet.
    let lapsed = w.one_of(at_due - 1, "was|were");
    let wanted = w.any_of(s.from..s.to, "reminder|reminding|overdue|still|outstanding");
    let past = lapsed && !wanted || w.any_of(from..to, "was|were|had");
    // "Children should arrive by 8.15": people are not handed in.
    let people = w.one_of(at_due, "must|should|has|needs|are|is")
        && to > from
        && (w.has(to - 1, Marks::ROLE.and(Marks::GENERIC).and(Marks::GIVEN))
            || w.one_of(to - 1, PEOPLE));
    if !exact || !noun || past || people {
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
    let person = person || w.one_of(link - 1, PEOPLE) || w.has(link - 1, Marks::GENERIC);
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
