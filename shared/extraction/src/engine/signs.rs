//! Small signs in a sentence that decide what becomes of it.

use crate::acts::{self, Act, Cue, Sentence};
use crate::dates::{Found, Lead};
use crate::draft::Draft;
use crate::engine::Scene;
use crate::events;
use crate::language::Marks;
use crate::text::{Shape, Words, lower_first, one_of};

/// What stands before a colon where a diary says what was done.
const REPORTED: &str = "\
    work done|work done today|works done|work completed|works completed|work carried out|works carried out|done today|done this week|completed today|completed this week|finished today|what we did|erledigt heute|heute erledigt|erledigte arbeiten|ausgefuhrte arbeiten|durchgefuhrte arbeiten|geleistete arbeiten|\
    travaux effectues|travaux realises|travaux termines|fait aujourd'hui|trabajos realizados|trabajo realizado|hecho hoy|yapilan isler|bugun yapilan|bugun yapilanlar";

/// "~~struck~~", "(done)", "- done", "Done: ..": finished, whatever else it says.
pub(crate) fn marked_done(words: &Words) -> bool {
    let len = words.len();
    if words.seq(0, "~ ~") || words.seq(0, "✓") || words.seq(0, "✔") || words.seq(0, "✅") {
        return true;
    }
    let closed = |i: usize| words.has(i, Marks::DONE) && !words.has(i, Marks::FUNCTION);
    // "… - done", "(completed)", "[DONE]", "✅".
    let tail = (0..4)
        .filter_map(|back| len.checked_sub(back + 1))
        .any(|i| {
            let opened = i > 0
                && words.one_of(i - 1, "(|[|-|–|—|:|→|>|✓|✔|✅")
                && i > 1
                // "well-done" is one word.
                && !(words.word(i - 1) == "-" && words.touches(i - 1) && words.touches(i - 2));
            closed(i)
                && opened
                && (i + 1 >= len
                    || words.shape(i + 1) == Shape::Mark
                    || words.word(i + 1) == "on"
                    || i + 2 >= len)
        });
    // "… - done, average is 9 minutes now": behind a dash of its own, and cut off again.
    let cut = (2..len).any(|i| {
        closed(i)
            && words.one_of(i - 1, "-|–|—|→")
            && !words.touches(i - 2)
            && !words.touches(i - 1)
            && matches!(words.word(i + 1), "," | "." | ";" | "!" | "(")
    });
    let shouted = words.raw(0) == "DONE" || words.raw(0) == "ERLEDIGT";
    let ticked = len > 0 && matches!(words.word(len - 1), "✓" | "✔" | "✅" | "☑");
    // "Resolved: the Clerk to .." opens a decision of a council, not a report.
    let resolves = words.word(0) == "resolved" && words.word(1) == ":";
    // "Work done: .., scaffold lift 3 handed over 11:20".
    let reported = words
        .phrase(0, REPORTED)
        .is_some_and(|n| words.word(n) == ":");
    let head = reported
        || closed(0) && !resolves && matches!(words.word(1), ":" | "-" | "–" | "]" | ")")
        || matches!(words.word(0), "[" | "(") && closed(1) && matches!(words.word(2), "]" | ")");
    tail || cut || shouted || ticked || head
}

/// Whether an act only says that a meeting takes place or is to be joined.
pub(crate) fn is_meeting_act(s: &Sentence, act: &Act) -> bool {
    let verb = s.words.word(act.from);
    if act.form == acts::Form::Third && one_of("meets|reconvenes", verb)
        || act.form == acts::Form::Gerund && one_of("meeting|seeing|visiting", verb)
    {
        return true;
    }
    let present = s.words.phrase(
        act.from,
        "be there|all be there|be present|all be present|be on time|join us|dial in|tune in",
    );
    let meeting = (act.from..act.to).any(|i| s.words.has(i, Marks::MEETING));
    let called = act.cue == Cue::Request && meeting && one_of("attend|join", verb);
    let timed = s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()));
    if timed
        && (called || present.is_some() || s.words.phrase(act.from, events::COMPOUNDS).is_some())
    {
        return true;
    }
    let plain = matches!(
        act.cue,
        Cue::Imperative | Cue::Obligation | Cue::Assignment | Cue::Noun
    );
    plain
        && (one_of("meet|join|attend|sync|reconvene|talk|discuss", verb)
            || act.cue == Cue::Assignment && verb == "visit")
        && s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()))
        || matches!(act.cue, Cue::Label | Cue::Noun)
            && !s.words.has(act.from, Marks::VERB)
            && (act.from..act.to).any(|i| s.words.has(i, Marks::MEETING.and(Marks::EXAM)))
            && s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()) && d.lead != Lead::Due)
        || matches!(verb, "meet" | "reconvene") && s.dated(|d| d.when.is_some())
        || (act.cue == Cue::Imperative
            && s.words.has(act.from, Marks::MEETING)
            && s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()))
            && (!s.words.has(act.from + 1, Marks::FUNCTION.and(Marks::GIVEN))
                || s.words.one_of(act.from + 1, "for|of|on|at")))
        // "Vet tomorrow 0830": nothing but the day follows.
        || act.cue == Cue::Imperative
            && s.dates.iter().any(|d| {
                d.lead_from.min(d.from) == act.from + 1
                    && d.lead == Lead::Plain
                    && d.when.as_ref().is_some_and(|w| w.time.is_some() && w.day_given)
            })
}

/// The date an act is due: one with a deadline's lead, else the first that lies in the act.
pub(crate) fn due_date<'s>(s: &'s Sentence, act: &Act) -> Option<&'s Found> {
    // "for weekend work": the day belongs to a noun.
    let attributive = |d: &Found| {
        d.lead == Lead::Of
            && d.to < act.to
            && s.words.shape(d.to) == Shape::Word
            && !s.words.capital(d.to)
            && !s.words.has(d.to, Marks::FUNCTION)
    };
    let inside = |d: &&Found| {
        d.from >= act.begin
            && d.to <= act.to
            && d.when.is_some()
            && !matches!(d.lead, Lead::After)
            && !attributive(d)
    };
    let opening = |d: &&Found| {
        d.from >= s.from
            && d.lead_from <= s.from + 3
            && d.to <= act.begin
            && d.when.is_some()
            && !matches!(d.lead, Lead::After | Lead::From)
    };
    let due = s.dates.iter().filter(inside).find(|d| d.lead == Lead::Due);
    let whole = |d: &&Found| {
        let ahead = !matches!(d.lead, Lead::After | Lead::From);
        d.from >= s.from
            && d.to <= s.to
            && d.when.is_some()
            && (d.lead == Lead::Due || ahead && d.from >= act.to)
    };
    // "Week 4 (Sep 21): lab report due Sep 25".
    let stated = s
        .dates
        .iter()
        .filter(whole)
        .find(|d| act.cue == Cue::Deadline && d.from >= act.from && d.lead == Lead::Due);
    due.or(stated)
        .or_else(|| {
            s.dates
                .iter()
                .filter(inside)
                .find(|d| !matches!(d.lead, Lead::From))
        })
        .or_else(|| s.dates.iter().rfind(opening))
        .or_else(|| {
            let behind = s.dates.iter().filter(whole).find(|d| d.from >= act.from);
            behind
                .or_else(|| s.dates.iter().find(whole))
                .filter(|_| act.cue == Cue::Deadline)
        })
}

/// "send it", "do that", "take care of that": the object stands in an earlier sentence.
pub(crate) fn points_back(s: &Sentence, act: &Act) -> bool {
    let w = s.words;
    let mut at = act.from + 1;
    while at < act.to && w.one_of(at, "care|of|into|on|with|up|out|over|for|at|after") {
        at += 1;
    }
    let shown = w.one_of(at, "that|this|those");
    let ends = at + 1 >= act.to
        || w.shape(at + 1) != Shape::Word
        || w.has(at + 1, Marks::FUNCTION)
        || w.word(at + 1) == "one";
    let dated = s.date_at(at + 1).is_some();
    // "get it approved" says by itself what is to be done.
    let result = crate::fields::title::base_of_participle(w.word(at + 1)).is_some();
    w.one_of(at, "it|them") && !result || shown && (ends || dated)
}

/// Whether the verb says nothing by itself: "do it", "take that one".
pub(crate) fn is_generic(s: &Sentence, act: &Act) -> bool {
    s.words
        .one_of(act.from, "do|take|handle|get|own|pick|cover|finish|manage")
}

/// Short answers by which a speaker takes on what was asked.
pub(crate) const ACCEPTS: &str = "\
    will do|on it|i'm on it|im on it|i'll do it|i'll take it|i can do that|i can do it|i can take that|i can take it|\
    sure , i can|i got it|i've got it|got it|leave it to me|consider it done|mach ich|ich mach das|ich mache das|ich ubernehme das|\
    ich kummere mich darum|yo me encargo|me encargo|lo hago yo|je m' en occupe|je m' en charge|je le fais|ben yaparim|ben hallederim|ben bakarim|\
    yep will do|sure , will do|sure will do|ok will do|i can take that one|i'll take that one|i'll take that|i'll do that";

/// What was spoken of before token `at`: "The runbook is out of date, please fix that" means the runbook.
pub(crate) fn thing_before(s: &Sentence, at: usize) -> Option<String> {
    let w = s.words;
    let start = at.saturating_sub(24);
    let article = |i: usize| w.one_of(i, "the|your|a|an|our|my|this");
    let noun = |i: usize| {
        w.shape(i) == Shape::Word
            && !w.has(
                i,
                Marks::FUNCTION
                    .and(Marks::MODAL)
                    .and(Marks::HABIT)
                    .and(Marks::NEGATION),
            )
            && !w.one_of(i, "still|is|are|was|expires|needs|has|again|now|below")
            && s.date_at(i).is_none()
    };
    // "The client wants the mock-ups, let's finish them": people are not what is finished.
    let person = |i: usize| w.has(i, Marks::ROLE.and(Marks::GENERIC));
    let from = (start..at).find(|&i| article(i) && noun(i + 1) && !person(i + 1))?;
    let joined = |i: usize| w.word(i) == "-" && w.touches(i - 1) && w.touches(i);
    let to = (from + 1..at.min(from + 6))
        .find(|&i| !noun(i) && !joined(i))
        .unwrap_or(at.min(from + 6));
    (to > from + 1).then(|| {
        let thing = acts::spelled(w, from, to);
        lower_first(&thing)
    })
}

/// The title with the thing in place of its pronoun.
pub(crate) fn with_thing(title: &str, thing: &str) -> String {
    let mut found = false;
    let words: Vec<&str> = title
        .split(' ')
        .map(|word| {
            let pronoun = !found && one_of("it|them|that|this|those", &word.to_lowercase());
            found |= pronoun;
            if pronoun { thing } else { word }
        })
        .collect();
    // "please fix that": the pronoun was trimmed off already.
    if !found {
        return format!("{title} {thing}");
    }
    words.join(" ")
}

/// The day that the words before an order name which its title has taken.
pub(crate) fn told_before(s: &Sentence, act: &Act) -> Option<crate::dates::When> {
    let asked = act.cue == Cue::Request;
    spoken_of(s, act).or_else(|| asked.then(|| only_day(s, act)).flatten())
}

/// The deadline in the words before an order that names nothing itself: "The form is due Friday. Tom to chase."
fn spoken_of(s: &Sentence, act: &Act) -> Option<crate::dates::When> {
    let due = |d: &&Found| d.to <= act.begin && d.lead == Lead::Due && d.when.is_some();
    s.dates.iter().rev().find(due)?.when.clone()
}

/// The one day that the words before an order name: "I land on Saturday at 13:40. Could you pick me up?"
fn only_day(s: &Sentence, act: &Act) -> Option<crate::dates::When> {
    const NEAR: usize = 40;
    let mut before = s.dates.iter().filter(|d| {
        let ahead = !matches!(d.lead, Lead::After | Lead::From);
        let when = d.when.as_ref();
        ahead && d.to <= act.begin && act.begin - d.to <= NEAR && when.is_some_and(|w| w.day_given)
    });
    let only = before.next()?;
    before.next().is_none().then(|| only.when.clone())?
}

/// How sure the rules are of a draft.
pub(crate) fn confidence(draft: &Draft, scene: &Scene, act: &Act) -> f64 {
    let mut confidence = act.strength;
    if draft.dated() {
        confidence += 0.05;
    }
    if draft.owner.is_some() {
        confidence += 0.03;
    }
    if scene.structured {
        confidence += 0.05;
    }
    if scene.check {
        confidence = confidence.max(0.85);
    }
    confidence.min(0.98)
}
