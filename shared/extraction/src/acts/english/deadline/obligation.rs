//! Things that are to be done, whoever does them: "the form must be signed", "bloods need repeating".

use super::future;
use crate::acts::{Act, Cue, Form, Owner, Sentence, name_like};
use crate::item::Refusal;
use crate::language::Marks;

const OBLIGED: &str = "\
    must be|needs to be|need to be|has to be|have to be|should be|is to be|are to be|to be|\
    shall be|ought to be|still needs to be|still need to be|still has to be|still have to be|\
    must also be|will need to be|will have to be|should also be|is being";

/// What links a thing to what is to be done with it: its token, its length, and whether a decision opens it.
fn linkage(s: &Sentence, at: usize) -> Option<(usize, usize, bool)> {
    let w = s.words;
    let found = (at + 1..s.to.min(at + 14)).find_map(|i| w.phrase(i, OBLIGED).map(|n| (i, n)));
    // "Resolved that a report be circulated", "we would ask that the cupboard is cleared".
    let that = at > s.from && w.word(at - 1) == "that" && w.any_of(s.from..at, DECIDES);
    let decided = || {
        let be = (at + 1..s.to.min(at + 10)).find(|&i| w.one_of(i, "be|is|are"))?;
        let certain = !w.one_of(be - 1, "would|could|might|may|will");
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
        && !w.one_of(
            at,
            "the|your|our|my|all|these|those|both|this|his|her|their",
        )
        && !(s.setting.item || s.setting.action || s.setting.addressed);
    if !(many && (plain || w.any_of(at..link, ";|is|are"))) {
        return Ok(future(s, at));
    }
    let dated = s.dated(|d| {
        d.from >= at
            && d.when.as_ref().is_some_and(|x| x.recurrence.is_none())
            && !w.one_of(d.from, "within|in")
    });
    if dated { Ok(true) } else { Err(Refusal::Rule) }
}

/// "The contract must be signed (by Tom) by Friday".
pub(crate) fn passive(s: &Sentence, at: usize) -> Result<Option<Act>, Refusal> {
    let w = s.words;
    let Some((link, length, that)) = linkage(s, at) else {
        return Ok(None);
    };
    let mut verb = link + length;
    // "Any errors to be notified within seven days" is said to all.
    if w.one_of(at, "any|every|each") && !s.setting.action {
        return Err(Refusal::Rule);
    }
    if matches!(w.word(verb), "not" | "never") || matches!(w.word(link + 1), "not" | "never") {
        return Err(Refusal::Negated);
    }
    while w.one_of(
        verb,
        "also|fully|properly|carefully|re|-|formally|finally|thoroughly|immediately|\
            urgently",
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
        .and_then(|i| crate::acts::english::subject::read(s, i + 1));
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
            Form::Spelled(format!("Have {} {deed}", lower_article(&thing)))
        },
        strength,
    }))
}

/// The words with a small letter at their head, unless they begin with a name or an abbreviation.
fn lower_article(noun: &str) -> String {
    let article = [
        "The ", "A ", "An ", "Your ", "All ", "This ", "Our ", "These ",
    ];
    if article.iter().any(|a| noun.starts_with(a)) {
        crate::text::lower_first(noun)
    } else {
        noun.to_owned()
    }
}

/// Words after which "that" opens what is to be done.
const DECIDES: &str = "resolved|agreed|decided|requested|request|ask|asks|asked|insist|recommended|recommend|require|requires";

/// "The lead form wants correcting", "bloods need repeating", "the page could do with a refresh".
pub(crate) fn wants_doing(s: &Sentence, at: usize) -> Option<Act> {
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
    // "Bob needs calling": it is done to him.
    let done_to = w.has(at, Marks::GIVEN) && w.word(link + length).ends_with("ing");
    if w.has(at, pronoun) && !done_to
        || link == at
        || !done_to && w.has(link - 1, pronoun.and(Marks::NEGATION))
    {
        return None;
    }
    let told = s.setting.addressed
        || s.setting.item
        || s.setting.action
        || s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due);
    let verb = link + length;
    let object = lower_article(&crate::acts::rest(s, at, link, &[]));
    let begin = |i: usize| crate::acts::rest(s, i, s.to, &[]);
    let title = if w.has(verb, Marks::GERUND) || w.word(verb).ends_with("ing") && length == 1 {
        let base = crate::fields::title::base_of_gerund(w.word(verb))?;
        format!("{base} {object} {}", begin(verb + 1))
    } else if w.phrase(link, "need|needs").is_some()
        && length == 1
        && s.dated(|d| d.when.is_some() && d.lead == crate::dates::Lead::Due && d.from > verb)
        && (w.has(verb, Marks::SECOND)
            || w.one_of(
                verb,
                "a|an|two|three|four|five|six|some|more|one|another|new|final|the",
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
pub(crate) fn unsaid(s: &Sentence, at: usize) -> Option<Act> {
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
            || w.one_of(i, "is|are|was|were|still|remains|remain|not|now|has|have")
    })?;
    let thing = lower_article(&crate::acts::rest(s, start, end, &[]));
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
