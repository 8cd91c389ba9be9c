//! What a clause says its subject will, must or undertakes to do.

use super::subject::{Person, Subject};
use crate::acts::{Cue, Form, Sentence};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::Shape as Letters;

/// A predicate that makes an act.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub verb: usize,
    pub form: Form,
    pub strength: f64,
    pub cue: Cue,
    pub end: Option<usize>,
}

const ADVERBS: &[&str] = &[
    "also",
    "then",
    "just",
    "still",
    "now",
    "kindly",
    "please",
    "both",
    "each",
    "all",
    "therefore",
    "definitely",
    "certainly",
    "immediately",
    "quickly",
    "again",
    "really",
    "only",
    "personally",
    "first",
    "next",
    "instead",
    "either",
    "always",
    "probably",
    "likely",
    "hopefully",
    "try to",
    "try and",
    "go ahead and",
    "make sure to",
    "be sure to",
    "need to",
    "have to",
    "get to",
    "help to",
    "help",
    "start to",
    "continue to",
    "finally",
    "soon",
    "gladly",
    "happily",
    "double",
    "work to",
    "aim to",
    "endeavour to",
    "endeavor to",
];

/// Phrases between subject and verb, with the strength they lend.
const LINKS: &[(&str, f64)] = &[
    ("needs to", 0.82),
    ("need to", 0.8),
    ("has to", 0.82),
    ("have to", 0.8),
    ("is to", 0.85),
    ("are to", 0.82),
    ("am to", 0.8),
    ("is going to", 0.82),
    ("are going to", 0.78),
    ("am going to", 0.8),
    ("'m going to", 0.8),
    ("i'm going to", 0.82),
    ("we're going to", 0.7),
    ("you're going to", 0.6),
    ("gonna", 0.7),
    ("im going to", 0.8),
    ("i'm gonna", 0.8),
    ("im gonna", 0.8),
    ("is supposed to", 0.75),
    ("are supposed to", 0.7),
    ("is expected to", 0.7),
    ("are expected to", 0.68),
    ("is required to", 0.66),
    ("are required to", 0.64),
    ("is asked to", 0.8),
    ("are asked to", 0.75),
    ("was asked to", 0.78),
    ("were asked to", 0.75),
    ("has been asked to", 0.8),
    ("have been asked to", 0.75),
    ("is tasked to", 0.85),
    ("agreed to", 0.84),
    ("agrees to", 0.85),
    ("has agreed to", 0.85),
    ("promised to", 0.82),
    ("volunteered to", 0.86),
    ("offered to", 0.8),
    ("undertook to", 0.85),
    ("committed to", 0.78),
    ("commits to", 0.8),
    ("has volunteered to", 0.86),
    ("has offered to", 0.8),
    ("has promised to", 0.82),
    ("plans to", 0.68),
    ("plan to", 0.64),
    ("intends to", 0.66),
    ("ought to", 0.7),
    ("got to", 0.7),
    ("'ve got to", 0.76),
    ("i've got to", 0.76),
    ("we've got to", 0.72),
    ("gotta", 0.7),
    ("has got to", 0.76),
    ("am supposed to", 0.76),
    ("i'm supposed to", 0.76),
    ("i'd better", 0.7),
    ("had better", 0.66),
    ("still needs to", 0.82),
    ("still need to", 0.8),
    ("still has to", 0.82),
    ("still have to", 0.8),
    ("is scheduled to", 0.66),
    ("are requested to", 0.75),
    ("is requested to", 0.75),
    ("are kindly requested to", 0.75),
    ("are kindly asked to", 0.75),
    ("are reminded to", 0.72),
    ("is reminded to", 0.75),
    ("is assigned to", 0.84),
    ("was assigned to", 0.8),
    ("are assigned to", 0.8),
    ("will need to", 0.8),
    ("will have to", 0.8),
    ("needs", 0.0),
    ("you're to", 0.7),
    ("am planning to", 0.66),
    ("i'm planning to", 0.66),
    ("is planning to", 0.64),
    ("aims to", 0.62),
    ("i'm meant to", 0.7),
    ("is meant to", 0.66),
    ("was going to", 0.0),
    ("will be asked to", 0.74),
    ("proposes to", 0.0),
    ("has to still", 0.8),
    ("want to", 0.5),
    ("i'd like to", 0.5),
    ("would like to", 0.45),
    ("is due to", 0.66),
    ("are instructed to", 0.74),
    ("is instructed to", 0.76),
    ("to please", 0.85),
    ("were instructed to", 0.7),
    ("was instructed to", 0.74),
];

/// Phrases that take a gerund or a noun.
const CHARGES: &[(&str, f64)] = &[
    ("is responsible for", 0.78),
    ("are responsible for", 0.72),
    ("will be responsible for", 0.82),
    ("is in charge of", 0.78),
    ("will be in charge of", 0.8),
    ("is tasked with", 0.84),
    ("was tasked with", 0.8),
    ("takes care of", 0.8),
    ("will take care of", 0.85),
    ("takes over", 0.74),
    ("will take over", 0.8),
    ("takes on", 0.74),
    ("will take on", 0.8),
    ("will handle", 0.84),
    ("handles", 0.72),
    ("will look after", 0.8),
    ("i'll take care of", 0.85),
    ("i'll handle", 0.84),
    ("i'll take on", 0.8),
    ("i'll look after", 0.8),
    ("is on the hook for", 0.8),
    ("is on point for", 0.8),
    ("will own", 0.8),
    ("owns", 0.66),
    ("i'll take", 0.0),
    ("is taking care of", 0.78),
    ("is handling", 0.74),
    ("has been tasked with", 0.82),
    ("is charged with", 0.8),
    ("volunteered for", 0.7),
    ("signed up for", 0.0),
    ("is assigned", 0.7),
];

/// Skips adverbs from token `i`.
fn skip_adverbs(s: &Sentence, mut i: usize) -> usize {
    for _ in 0..4 {
        match s.words.phrase(i, ADVERBS) {
            Some(length)
                if i + length < s.to
                    && !(length == 1
                        && s.words.word(i) == "help"
                        && !s.words.has(i + 1, Marks::VERB)) =>
            {
                i += length
            }
            _ => break,
        }
    }
    i
}

/// Whether token `i` can be the verb of an act of this subject.
fn acts(s: &Sentence, i: usize, subject: &Subject) -> bool {
    let w = s.words;
    if w.shape(i) != Letters::Word || i >= s.to {
        return false;
    }
    let verb = w.has(i, Marks::VERB);
    let state = w.has(i, Marks::STATE);
    let personal = subject.sure && !matches!(subject.person, Person::They | Person::Generic);
    if state {
        // "run the workshop", "work on X", "get X", "look into": work when a person does it to something.
        let object = w.has(i + 1, Marks::FUNCTION)
            && matches!(
                w.word(i + 1),
                "the"
                    | "a"
                    | "an"
                    | "on"
                    | "into"
                    | "my"
                    | "our"
                    | "your"
                    | "up"
                    | "through"
                    | "back"
                    | "out"
                    | "over"
                    | "some"
                    | "this"
                    | "that"
                    | "for"
                    | "all"
                    | "to"
            )
            || w.capital(i + 1)
            || w.has(i + 1, Marks::SECOND);
        let idle = (w.word(i) == "see" && !matches!(w.word(i + 1), "to" | "if" | "the"))
            || matches!(
                w.word(i),
                "be" | "have"
                    | "love"
                    | "like"
                    | "hope"
                    | "believe"
                    | "think"
                    | "expect"
                    | "know"
                    | "agree"
                    | "need"
                    | "win"
                    | "lose"
                    | "arrive"
                    | "stay"
                    | "die"
                    | "live"
                    | "fall"
                    | "rise"
                    | "benefit"
                    | "enjoy"
                    | "understand"
                    | "wonder"
                    | "want"
                    | "hear"
            );
        return verb && personal && object && !idle;
    }
    // A name that is only guessed needs a verb that is known.
    verb || (personal
        && subject.person == Person::Named
        && !w.has(
            i,
            Marks::FUNCTION
                .and(Marks::NEGATION)
                .and(Marks::PAST)
                .and(Marks::GERUND),
        )
        && !w.capital(i)
        && w.raw(i).len() > 2)
}

fn cue(subject: &Subject) -> Cue {
    match subject.person {
        Person::I => Cue::Commitment,
        Person::You => Cue::Request,
        Person::We | Person::Anyone | Person::They | Person::Generic => Cue::Obligation,
        Person::Named => Cue::Assignment,
    }
}

fn weigh(s: &Sentence, subject: &Subject, strength: f64) -> f64 {
    let due = s.dated(|d| d.when.is_some() && matches!(d.lead, Lead::Due | Lead::On | Lead::Plain));
    match subject.person {
        Person::We => strength - if due || s.setting.action { 0.08 } else { 0.2 },
        Person::They => strength - if due { 0.15 } else { 0.3 },
        // What all who use a thing must do is a rule, unless it has a date.
        Person::Generic => strength - if due { 0.1 } else { 0.5 },
        Person::Anyone => strength - 0.1,
        _ => strength,
    }
}

/// The predicate from token `at` on.
pub(crate) fn predicate(
    s: &Sentence,
    at: usize,
    subject: &Subject,
) -> Result<Option<Found>, Refusal> {
    let w = s.words;
    let mut i = at;
    while i < s.to
        && matches!(
            w.word(i),
            "also"
                | "then"
                | "still"
                | "now"
                | "just"
                | "both"
                | "each"
                | "therefore"
                | "probably"
                | "hopefully"
                | "personally"
                | "kindly"
                | "already"
                | ","
        )
        && i < at + 2
        && !(w.word(i) == "," && i > at)
    {
        if w.word(i) == "already" {
            return Err(Refusal::Past);
        }
        if matches!(w.word(i), "probably" | "hopefully") {
            return Err(Refusal::Hypothetical);
        }
        i += 1;
    }
    if s.asks() && !matches!(subject.person, Person::I) {
        return Ok(None);
    }
    if negated(s, i) {
        return Err(Refusal::Negated);
    }
    if let Some(found) = charged(s, i, subject) {
        return Ok(Some(found));
    }
    if let Some(found) = linked(s, i, subject) {
        return Ok(Some(found));
    }
    modal(s, i, subject)
}

fn negated(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    matches!(
        w.word(i),
        "won't"
            | "don't"
            | "doesn't"
            | "didn't"
            | "can't"
            | "cannot"
            | "shouldn't"
            | "needn't"
            | "mustn't"
            | "isn't"
            | "aren't"
            | "not"
            | "never"
            | "dont"
            | "wont"
            | "no"
    ) || (w.has(i, Marks::MODAL)
        || matches!(
            w.word(i),
            "is" | "are" | "am" | "do" | "does" | "did" | "agreed" | "decided"
        ))
        && (matches!(w.word(i + 1), "not" | "never" | "no") || w.seq(i + 1, &["also", "not"]))
}

fn linked(s: &Sentence, i: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let (length, strength) = LINKS
        .iter()
        .filter_map(|(p, k)| w.phrase(i, &[p]).map(|n| (n, *k)))
        .max_by_key(|&(n, _)| n)?;
    let verb = skip_adverbs(s, i + length);
    if w.word(verb) == "be" {
        return gerund_after_be(s, verb, subject, strength);
    }
    let wish = strength <= 0.5 && !s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    (strength > 0.0 && !wish && acts(s, verb, subject)).then(|| Found {
        verb,
        form: Form::Plain,
        strength: weigh(s, subject, strength),
        cue: cue(subject),
        end: None,
    })
}

fn gerund_after_be(s: &Sentence, be: usize, subject: &Subject, strength: f64) -> Option<Found> {
    let w = s.words;
    let verb = skip_adverbs(s, be + 1);
    (w.has(verb, Marks::GERUND) && !matches!(subject.person, Person::We)).then(|| Found {
        verb,
        form: Form::Gerund,
        strength: weigh(s, subject, strength),
        cue: cue(subject),
        end: None,
    })
}

fn charged(s: &Sentence, i: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let (length, strength) = CHARGES
        .iter()
        .filter_map(|(p, k)| w.phrase(i, &[p]).map(|n| (n, *k)))
        .max_by_key(|&(n, _)| n)?;
    let verb = i + length;
    let concrete =
        s.setting.action || s.setting.item || s.dated(|d| d.when.is_some()) || strength >= 0.78;
    if strength == 0.0
        || verb >= s.to
        || !concrete
        || matches!(subject.person, Person::Generic | Person::They)
        || matches!(w.word(verb), "it" | "that" | "this" | "them" | "." | "your")
    {
        return None;
    }
    let form = if w.has(verb, Marks::GERUND) {
        Form::Gerund
    } else {
        Form::Noun("Handle")
    };
    Some(Found {
        verb,
        form,
        strength: weigh(s, subject, strength),
        cue: cue(subject),
        end: None,
    })
}

/// "will send", "to send", "must send", "sends .. by Friday", "I'm sending .. tomorrow".
fn modal(s: &Sentence, i: usize, subject: &Subject) -> Result<Option<Found>, Refusal> {
    let w = s.words;
    let plain = |verb, strength| Found {
        verb,
        form: Form::Plain,
        strength: weigh(s, subject, strength),
        cue: cue(subject),
        end: None,
    };
    let strength = match w.word(i) {
        "to" if matches!(subject.person, Person::Named) => 0.9,
        "will" | "shall" | "i'll" | "we'll" | "you'll" | "he'll" | "she'll" | "they'll" | "ill" => {
            0.85
        }
        "must" => 0.84,
        "should" => 0.76,
        "can" if subject.person == Person::I && !s.asks() => 0.6,
        "could" | "would" | "might" | "may" | "i'd" => {
            return if w.has(i + 1, Marks::VERB) {
                Err(Refusal::Hypothetical)
            } else {
                Ok(None)
            };
        }
        _ => return Ok(present(s, i, subject)),
    };
    let verb = skip_adverbs(s, i + 1);
    if matches!(w.word(verb), "not" | "never" | "no") {
        return Err(Refusal::Negated);
    }
    if w.word(verb) == "be" {
        return Ok(gerund_after_be(s, verb, subject, strength - 0.05));
    }
    if w.word(verb) == "have" {
        return Ok(ready(s, verb, subject));
    }
    // "we will" tells a plan, "you will" a promise; both need more to be tasks.
    let plan = matches!(
        (w.word(i), subject.person),
        ("will" | "we'll" | "shall", Person::We)
    );
    let promise = matches!(
        (w.word(i), subject.person),
        ("will" | "you'll", Person::You)
    );
    let dated = s.dated(|d| d.when.is_some());
    if (plan || promise) && !dated && !s.setting.action && !s.setting.item {
        return Ok(None);
    }
    let offer =
        w.word(i) == "can" && (w.has(verb, Marks::STATE) || !(dated || s.setting.addressed));
    Ok((acts(s, verb, subject) && !offer).then(|| plain(verb, strength)))
}

/// "I'll have the draft ready by Friday".
fn ready(s: &Sentence, have: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let done = (have + 2..s.to.min(have + 12)).any(|k| {
        matches!(
            w.word(k),
            "ready" | "done" | "finished" | "completed" | "sorted" | "prepared"
        )
    });
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    ((done || due) && w.has(have + 1, Marks::FUNCTION) && subject.person != Person::They).then(
        || Found {
            verb: have + 1,
            form: Form::Noun("Have"),
            strength: weigh(s, subject, 0.74),
            cue: cue(subject),
            end: None,
        },
    )
}

/// "Maria sends the slides by Friday", "I'm sending the draft tomorrow".
fn present(s: &Sentence, i: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let due = s.dated(|d| d.when.is_some() && matches!(d.lead, Lead::Due | Lead::On | Lead::Plain));
    if !subject.sure
        || matches!(
            subject.person,
            Person::They | Person::Generic | Person::You | Person::Anyone
        )
    {
        return None;
    }
    let be = matches!(w.word(i), "is" | "are" | "am" | "i'm" | "we're" | "im");
    let verb = skip_adverbs(s, i + usize::from(be));
    if be && w.has(verb, Marks::GERUND) && due {
        return Some(Found {
            verb,
            form: Form::Gerund,
            strength: weigh(s, subject, 0.66),
            cue: cue(subject),
            end: None,
        });
    }
    let third = subject.person == Person::Named
        && !be
        && crate::fields::title::base_of_third(w.word(i)).is_some_and(|base| {
            crate::language::Language::English
                .lexicon()
                .marks(&base)
                .any(Marks::VERB)
        });
    let enough = due || (s.setting.action && s.setting.item);
    (third && enough && !w.has(i + 1, Marks::MODAL)).then(|| Found {
        verb: i,
        form: Form::Third,
        strength: weigh(s, subject, 0.68),
        cue: cue(subject),
        end: None,
    })
}
