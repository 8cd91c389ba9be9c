//! How much a predicate weighs, by its subject.

use crate::acts::english::subject::{Person, Subject};
use crate::acts::{Cue, Sentence};
use crate::dates::Lead;
use crate::language::Marks;
use crate::text::{Shape as Letters, one_of};

/// Whether token `i` can be the verb of an act of this subject.
pub(crate) fn acts(s: &Sentence, i: usize, subject: &Subject) -> bool {
    let w = s.words;
    if w.shape(i) != Letters::Word || i >= s.to {
        return false;
    }
    // "take no longer than 40 minutes", "take about an hour": lengths, not deeds.
    let measured = w.one_of(i, "take|last|run|cost")
        && (w.one_of(
            i + 1,
            "no|up|about|around|between|less|more|longer|under|approximately|over",
        ) || w.number(i + 1).is_some());
    if measured {
        return false;
    }
    // "re-issue", "pre-order".
    if w.one_of(i, "re|pre|co|un") && w.word(i + 1) == "-" && w.touches(i) && w.touches(i + 1) {
        return acts(s, i + 2, subject);
    }
    let personal = subject.sure && !matches!(subject.person, Person::They | Person::Generic);
    if personal && w.phrase(i, PHRASAL).is_some() {
        return true;
    }
    let verb = w.has(i, Marks::VERB);
    let state = w.has(i, Marks::STATE);
    if state {
        // "run the workshop", "work on X", "get X", "look into": work when a person does it to something.
        let object = w.has(i + 1, Marks::FUNCTION)
            && w.one_of(i + 1, "the|a|an|on|into|my|our|your|up|through|back|out|over|some|this|that|for|all|to")
            || w.capital(i + 1)
            || w.has(i + 1, Marks::SECOND)
            || w.one_of(i, "get|run|hold|keep")
                && w.shape(i + 1) == Letters::Word
                && !w.one_of(i + 1, "better|worse|married|tired|sick|home|ready|used|rid|going|in|out|of|at|back|it|to");
        let idle = (w.word(i) == "see" && !matches!(w.word(i + 1), "to" | "if" | "the"))
            || w.one_of(
                i,
                "be|have|love|like|hope|believe|think|expect|know|agree|need|win|lose|arrive|\
            stay|die|live|fall|rise|benefit|enjoy|understand|wonder|want|hear",
            );
        return verb && personal && object && !idle;
    }
    // A verb that no list has, before the thing it is done to.
    let object = w.one_of(
        i + 1,
        "the|a|an|my|our|your|his|her|their|all|this|these|those|that",
    );
    let unknown = |i: usize| {
        !w.has(
            i,
            Marks::FUNCTION
                .and(Marks::NEGATION)
                .and(Marks::PAST)
                .and(Marks::GERUND)
                .and(Marks::HABIT),
        ) && !w.capital(i)
            && w.raw(i).len() > 2
    };
    if object
        && unknown(i)
        && matches!(
            subject.person,
            Person::I | Person::You | Person::We | Person::Named
        )
        && subject.sure
    {
        return true;
    }
    // A name that is only guessed needs a verb that is known.
    verb || (personal && subject.person == Person::Named && unknown(i))
}

/// Verbs of two words that are work although their first is none by itself.
const PHRASAL: &str = "\
    get back to|get in touch|get hold of|get rid of|get on to|get onto|circle back|report back|come back to|come up with|go over|go through|go and|run through|run by|\
    be in touch|have a look|have a think|have a word|have a chat|have a go|take a look|take a stab|take care of|take over|take down|take notes|take minutes|see to|see about|find out|keep an eye|keep track|\
    put together|put in|put up|set up|sort out|stop by|drop off|drop by|swing by|touch base|look at|look into|look after|look over|look up|work on|work out|work with|think about|hand over|hand in|hand out|fill in|fill out";

pub(crate) fn cue(subject: &Subject) -> Cue {
    match subject.person {
        Person::I => Cue::Commitment,
        Person::You => Cue::Request,
        Person::We | Person::Anyone | Person::They | Person::Generic => Cue::Obligation,
        Person::Named => Cue::Assignment,
    }
}

/// A deadline on the calendar, not a period and not a habit.
pub(crate) fn appointed(s: &Sentence) -> bool {
    let period =
        |d: &crate::dates::Found| s.words.one_of(d.from, "within|in|innerhalb|en|dans|sous");
    s.dated(|d| {
        d.lead == Lead::Due
            && !period(d)
            && d.when
                .as_ref()
                .is_some_and(|w| w.recurrence.is_none() && w.day_given)
    })
}

/// Bodies that nobody in the room sends on errands.
const OUTSIDE: &str = "\
    supplier|suppliers|contractor|contractors|vendor|vendors|architect|architects|agency|consultants|lawyers|auditors|landlord|police|council|authority|authorities|ministry|government|company|\
    bank|university|diocese|hospital|insurer|insurers|manufacturer|publisher|client|clients|customer|customers|dean|developers|builders|builder|courier|carrier|airline|railway|court|parliament|senate|city|town|county|board|committee|judges|jury|experts|union|minister|mayor|parish|club|association|federation|league";

/// "The contractor will move to Ferry Road next": another body's plan, in running prose and without a deadline.
fn outside(s: &Sentence, subject: &Subject) -> bool {
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    let head = subject.to.checked_sub(1).map_or("", |i| s.words.word(i));
    let foretold = s.words.one_of(
        subject.to,
        "will|plans|intends|expects|aims|hopes|has|is|have|are|would|wants|shall",
    );
    one_of(OUTSIDE, head) && foretold && !due && !s.setting.action
}

pub(crate) fn weigh(s: &Sentence, subject: &Subject, strength: f64) -> f64 {
    let due = s.dated(|d| d.when.is_some() && matches!(d.lead, Lead::Due | Lead::On | Lead::Plain));
    match subject.person {
        // In running prose "we need to" states aims; among people it hands out work.
        Person::We => {
            strength
                - match () {
                    () if due || s.setting.action => 0.08,
                    () if s.setting.addressed => 0.2,
                    () => 0.4,
                }
        }
        Person::They => strength - if due { 0.15 } else { 0.36 },
        // What all who use a thing must do is a rule, unless it has a date.
        Person::Generic => strength - if appointed(s) { 0.1 } else { 0.5 },
        // "You need to restart within 5 minutes": a period binds whoever reads it.
        Person::You if !appointed(s) && !s.setting.addressed && !s.setting.action => strength - 0.4,
        // "You should watch that show" is an opinion.
        Person::You if !due && !s.setting.action && s.words.word(subject.to) == "should" => {
            strength - 0.3
        }
        Person::You if !due && !s.setting.addressed && !s.setting.action => strength - 0.4,
        Person::Anyone => strength - 0.1,
        // What a firm or an office outside will do is news, not work given out here.
        Person::Named if outside(s, subject) => strength - 0.5,
        // A name nobody knows, in running prose, may be a company or a thing.
        Person::Named
            if !subject.sure && !s.setting.item && !s.setting.action && !s.setting.addressed =>
        {
            strength - 0.2
        }
        _ => strength,
    }
}
