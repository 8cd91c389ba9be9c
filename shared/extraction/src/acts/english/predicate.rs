//! What a clause says its subject will, must or undertakes to do.

use super::subject::{Person, Subject};
use crate::acts::{Cue, Form, Sentence};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape as Letters, one_of};

/// A predicate that makes an act.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub verb: usize,
    pub form: Form,
    pub strength: f64,
    pub cue: Cue,
    pub end: Option<usize>,
}

const ADVERBS: &str = "\
    also|then|just|still|now|kindly|please|both|each|all|therefore|definitely|certainly|\
    immediately|quickly|again|really|only|personally|first|next|instead|either|always|probably|\
    likely|hopefully|try to|try and|go ahead and|make sure to|be sure to|need to|have to|get to|\
    help to|help|start to|continue to|finally|soon|gladly|happily|double|work to|aim to|\
    endeavour to|endeavor to";

/// Phrases between subject and verb, with the strength they lend.
const LINKS: &[(f64, &str)] = &[
    (0.86, "volunteered to|has volunteered to"),
    (
        0.85,
        "is to|is tasked to|agrees to|has agreed to|undertook to|to please",
    ),
    (0.84, "agreed to|is assigned to"),
    (
        0.82,
        "needs to|has to|are to|is going to|i'm going to|promised to|has promised to|\
        still needs to|still has to",
    ),
    (
        0.80,
        "need to|have to|am to|am going to|'m going to|im going to|i'm gonna|im gonna|\
        is asked to|has been asked to|offered to|commits to|has offered to|still need to|\
        still have to|was assigned to|are assigned to|will need to|will have to|has to still",
    ),
    (0.78, "are going to|was asked to|committed to"),
    (
        0.76,
        "'ve got to|i've got to|has got to|am supposed to|i'm supposed to|is instructed to",
    ),
    (
        0.75,
        "is supposed to|are asked to|were asked to|have been asked to|are requested to|\
        is requested to|are kindly requested to|are kindly asked to|is reminded to",
    ),
    (0.74, "will be asked to|are instructed to|was instructed to"),
    (0.72, "we've got to|are reminded to"),
    (
        0.70,
        "we're going to|gonna|are supposed to|is expected to|ought to|got to|gotta|i'd better|\
        you're to|i'm meant to|were instructed to",
    ),
    (0.68, "are expected to|plans to"),
    (
        0.66,
        "is required to|intends to|had better|is scheduled to|am planning to|i'm planning to|\
        is meant to|is due to",
    ),
    (0.64, "are required to|plan to|is planning to"),
    (0.62, "aims to"),
    (0.60, "you're going to"),
    (0.50, "want to|i'd like to"),
    (0.45, "would like to"),
    (0.00, "needs|was going to|proposes to"),
];

/// Phrases that take a gerund or a noun.
const CHARGES: &[(f64, &str)] = &[
    (0.85, "will take care of|i'll take care of"),
    (0.84, "is tasked with|will handle|i'll handle"),
    (0.82, "will be responsible for|has been tasked with"),
    (
        0.80,
        "will be in charge of|was tasked with|takes care of|will take over|will take on|\
        will look after|i'll take on|i'll look after|is on the hook for|is on point for|\
        will own|is charged with",
    ),
    (0.78, "is responsible for|is in charge of|is taking care of"),
    (0.74, "takes over|takes on|is handling"),
    (0.72, "are responsible for|handles"),
    (0.70, "volunteered for|is assigned"),
    (0.66, "owns"),
    (0.00, "i'll take|signed up for"),
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
            && one_of(
                "the|a|an|on|into|my|our|your|up|through|back|out|over|some|this|that|for|all|to",
                w.word(i + 1),
            )
            || w.capital(i + 1)
            || w.has(i + 1, Marks::SECOND);
        let idle = (w.word(i) == "see" && !matches!(w.word(i + 1), "to" | "if" | "the"))
            || one_of(
                "be|have|love|like|hope|believe|think|expect|know|agree|need|win|lose|arrive|\
            stay|die|live|fall|rise|benefit|enjoy|understand|wonder|want|hear",
                w.word(i),
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

/// A deadline on the calendar, not a period and not a habit.
fn appointed(s: &Sentence) -> bool {
    let period =
        |d: &crate::dates::Found| one_of("within|in|innerhalb|en|dans|sous", s.words.word(d.from));
    s.dated(|d| {
        d.lead == Lead::Due
            && !period(d)
            && d.when
                .as_ref()
                .is_some_and(|w| w.recurrence.is_none() && w.day_given)
    })
}

fn weigh(s: &Sentence, subject: &Subject, strength: f64) -> f64 {
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
        Person::They => strength - if due { 0.15 } else { 0.3 },
        // What all who use a thing must do is a rule, unless it has a date.
        Person::Generic => strength - if appointed(s) { 0.1 } else { 0.5 },
        Person::You if !due && !s.setting.addressed && !s.setting.action => strength - 0.4,
        Person::Anyone => strength - 0.1,
        // A name nobody knows, in running prose, may be a company or a thing.
        Person::Named if !subject.sure && !s.setting.item && !s.setting.action && !s.setting.addressed => strength - 0.2,
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
        && one_of(
            "also|then|still|now|just|both|each|therefore|probably|hopefully|personally|\
            kindly|already|,",
            w.word(i),
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
    one_of(
        "won't|don't|doesn't|didn't|can't|cannot|shouldn't|needn't|mustn't|isn't|aren't|\
            not|never|dont|wont|no",
        w.word(i),
    ) || (w.has(i, Marks::MODAL) || one_of("is|are|am|do|does|did|agreed|decided", w.word(i)))
        && (matches!(w.word(i + 1), "not" | "never" | "no") || w.seq(i + 1, "also not"))
}

fn linked(s: &Sentence, i: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let (length, strength) = LINKS
        .iter()
        .filter_map(|(k, list)| w.phrase(i, list).map(|n| (n, *k)))
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
        .filter_map(|(k, list)| w.phrase(i, list).map(|n| (n, *k)))
        .max_by_key(|&(n, _)| n)?;
    let verb = i + length;
    let concrete =
        s.setting.action || s.setting.item || s.dated(|d| d.when.is_some()) || strength >= 0.78;
    if strength == 0.0
        || verb >= s.to
        || !concrete
        || matches!(subject.person, Person::Generic | Person::They)
        || one_of("it|that|this|them|.|your", w.word(verb))
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
        // "Norvik to launch new e-bike" is a headline.
        "to" if matches!(subject.person, Person::Named) && !subject.sure && !s.setting.item && !s.setting.action => 0.6,
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
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if (plan && !dated || promise && !due) && !s.setting.action && !(s.setting.item && plan) {
        return Ok(None);
    }
    let idle = w
        .phrase(verb, "take care of it|take care of that|take care of this|take care of them|take care of the rest")
        .is_some();
    if idle && !s.setting.addressed {
        return Ok(None);
    }
    let offer =
        w.word(i) == "can" && (w.has(verb, Marks::STATE) || !(dated || s.setting.addressed));
    Ok((acts(s, verb, subject) && !offer).then(|| plain(verb, strength)))
}

/// "I'll have the draft ready by Friday".
fn ready(s: &Sentence, have: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let done = (have + 2..s.to.min(have + 12))
        .any(|k| one_of("ready|done|finished|completed|sorted|prepared", w.word(k)));
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
    let be = one_of("is|are|am|i'm|we're|im", w.word(i));
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
    let crowd = matches!(&subject.owner, crate::acts::Owner::Named(n) if one_of("all|everyone|everybody", &n.to_lowercase()));
    let third = subject.person == Person::Named
        && !crowd
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
