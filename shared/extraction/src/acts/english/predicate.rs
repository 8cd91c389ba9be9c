//! What a clause says its subject will, must or undertakes to do.

mod links;
mod weight;

use crate::acts::english::subject::{Person, Subject};
use crate::acts::{Cue, Form, Sentence};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::one_of;
use links::{CHARGES, LINKS, skip_adverbs};
use weight::{acts, cue, weigh};

/// A predicate that makes an act.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub verb: usize,
    pub form: Form,
    pub strength: f64,
    pub cue: Cue,
    pub end: Option<usize>,
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
        && w.one_of(
            i,
            "also|then|still|now|just|both|each|therefore|probably|hopefully|personally|\
            kindly|already|,",
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
    if let Some(found) = vowed(s, i, subject) {
        return Ok(Some(found));
    }
    if let Some(found) = linked(s, i, subject) {
        return Ok(Some(found));
    }
    modal(s, i, subject)
}

fn negated(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    // "I must not forget to ..".
    if (i + 1..i + 5).any(|k| w.seq(k, "forget to")) {
        return false;
    }
    w.one_of(
        i,
        "won't|don't|doesn't|didn't|can't|cannot|shouldn't|needn't|mustn't|isn't|aren't|\
            not|never|dont|wont|no",
    ) || (w.has(i, Marks::MODAL) || w.one_of(i, "is|are|am|do|does|did|agreed|decided"))
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
    let plans = w.phrase(i, "intends to|intend to|plans to|plan to|aims to|aim to|is planning to|are planning to|hopes to");
    // "The Dean plans to merge the offices" reports what others have in mind.
    let reported = plans.is_some()
        && matches!(&subject.owner, crate::acts::Owner::Named(_))
        && !crate::acts::known_person(w, i.saturating_sub(1), s.setting.people)
        && !s.setting.action
        && !s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if reported {
        return None;
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
        || w.one_of(verb, "it|that|this|them|.|your")
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
        "to" if headline(s, subject) => 0.6,
        "to" if matches!(subject.person, Person::Named) => 0.9,
        "will" | "shall" | "i'll" | "we'll" | "you'll" | "he'll" | "she'll" | "they'll" | "ill" => {
            0.85
        }
        "must" => 0.84,
        // "You should really rewrite this" is an opinion.
        "should"
            if subject.person == Person::You
                && w.one_of(i + 1, "really|totally|definitely|just|all|seriously")
                && !s.dated(|d| d.when.is_some()) =>
        {
            return Err(Refusal::Hypothetical);
        }
        "should" => 0.76,
        // "so I can call Trent" says what for.
        "can" if subject.person == Person::I && !s.asks() && !purpose(s, at_subject(s, i)) => 0.6,
        // "It was agreed that Maria would contact the council".
        "would" if decided(s, i) && matches!(subject.person, Person::Named) => 0.84,
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
    let planned = matches!(
        (w.word(i), subject.person),
        ("will" | "we'll" | "shall", Person::We)
    );
    let promise = matches!(
        (w.word(i), subject.person),
        ("will" | "you'll", Person::You)
    );
    let dated = s.dated(|d| d.when.is_some());
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if (planned && !dated || promise && !due) && !s.setting.action && !(s.setting.item && planned) {
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

/// Whether the clause hangs on "agreed that", "resolved that" and the like.
fn decided(s: &Sentence, i: usize) -> bool {
    // "In 2019 the team decided that Tom would write the report".
    let history = (s.from..i).any(|k| {
        s.words.one_of(k, "in|since|during") && s.words.number(k + 1).is_some_and(|y| (1900..2100).contains(&y))
            || s.words.phrase(k, "last year|years ago|at the time|back then|last month|last spring|last summer|last autumn|last winter").is_some()
    });
    !history && (s.from..i).any(|k| {
        s.words.one_of(k, "agreed|decided|resolved|confirmed|promised|requested|recommended|asked|proposed|approved") && (k..i).any(|j| s.words.word(j) == "that" || j + 4 > i && j == k)
    })
}

/// The token of the subject before the modal at `i`.
fn at_subject(s: &Sentence, i: usize) -> usize {
    i.saturating_sub(1).max(s.from)
}

/// Whether "so" or "so that" opens the clause at `i`.
fn purpose(s: &Sentence, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).map_or("", |j| s.words.word(j));
    before(1) == "so" || before(2) == "so" && before(1) == "that"
}

/// "I'll have the draft ready by Friday".
fn ready(s: &Sentence, have: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let done = (have + 2..s.to.min(have + 12))
        .any(|k| w.one_of(k, "ready|done|finished|completed|sorted|prepared"));
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

/// What people in the list of a recap are about to do.
const ERRANDS: &str = "\
    checks|sends|writes|prepares|drafts|calls|contacts|asks|books|orders|reviews|updates|fixes|creates|organises|organizes|collects|finishes|clarifies|confirms|schedules|shares|submits|talks|speaks|arranges|investigates|chases|follows";

/// What somebody is at who has taken a thing on.
const CHASING: &str = "\
    chasing|sorting|handling|organising|organizing|arranging|checking|drafting|preparing|booking|ordering|fixing|finding|asking|contacting|calling|emailing|following|dealing|circulating|updating|getting|sourcing";

/// "Maria sends the slides by Friday", "I'm sending the draft tomorrow".
fn present(s: &Sentence, i: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let due = s.dated(|d| d.when.is_some() && matches!(d.lead, Lead::Due | Lead::On | Lead::Plain));
    // "Zdenka sends the contract by Friday": a name that no list has, a verb of work and a deadline.
    let guessed = i == s.from + 1
        && w.one_of(i, ERRANDS)
        && s.dated(|d| d.when.as_ref().is_some_and(|x| x.day_given) && d.lead == Lead::Due)
        && w.one_of(i + 1, "the|a|an|our|his|her|their|all");
    if !(subject.sure || guessed)
        || matches!(
            subject.person,
            Person::They | Person::Generic | Person::You | Person::Anyone
        )
    {
        return None;
    }
    let be = w.one_of(i, "is|are|am|i'm|we're|im");
    let verb = skip_adverbs(s, i + usize::from(be));
    // "We are writing to let you know", "I'm looking forward to Friday".
    let phrase = "writing to|writing with|looking forward|hoping|getting married|running late|looking at|thinking";
    // "Sheila chasing", "Carol is sorting": at work on it.
    let busy = w.one_of(verb, CHASING)
        && subject.person == Person::Named
        && crate::acts::known_person(w, subject.to - 1, s.setting.people);
    if (be && due || busy) && w.has(verb, Marks::GERUND) && w.phrase(verb, phrase).is_none() {
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
    // "Resolved that the Clerk write to the council".
    if subject.person == Person::Named
        && decided(s, i)
        && !be
        && w.has(i, Marks::VERB)
        && !w.has(i, Marks::PAST)
    {
        return Some(Found {
            verb: i,
            form: Form::Plain,
            strength: weigh(s, subject, 0.72),
            cue: cue(subject),
            end: None,
        });
    }
    // "Omar checks whether the redirect works" in the list of a recap.
    let errand = s.setting.item && subject.sure && w.one_of(i, ERRANDS);
    let enough = due || errand || (s.setting.action && s.setting.item);
    let several = matches!(&subject.owner, crate::acts::Owner::Named(n) if n.contains(", "));
    if several && enough && !be && w.has(i, Marks::VERB) && !w.has(i, Marks::PAST) {
        return Some(Found {
            verb: i,
            form: Form::Plain,
            strength: weigh(s, subject, 0.68),
            cue: cue(subject),
            end: None,
        });
    }
    // "Accounts closes at five" tells of hours.
    let hours = w.one_of(i, "closes|opens|reopens|shuts|starts|begins|ends")
        && (w.one_of(i + 1, "at|around|early|late|soon|today|tonight|tomorrow")
            || s.dated(|d| d.when.is_some() && d.lead_from == i + 1));
    (third && enough && !hours && !w.has(i + 1, Marks::MODAL)).then(|| Found {
        verb: i,
        form: Form::Third,
        strength: weigh(s, subject, 0.68),
        cue: cue(subject),
        end: None,
    })
}

/// "Marcus said he'd get three quotes": a person's word, told by another.
fn vowed(s: &Sentence, i: usize, subject: &Subject) -> Option<Found> {
    let w = s.words;
    let said = w.phrase(i, "said|says|promised|confirmed|reckons|offered that|has said|has promised|confirms|promises|told us|told me|assured us|assured me|mentioned")?;
    let that = i + said + usize::from(w.word(i + said) == "that");
    let own = w.phrase(that, "he'd|she'd|they'd|he would|she would|they would|he'll|she'll|they'll|he will|she will|they will|he can|she can")?;
    let verb = skip_adverbs(s, that + own);
    let person = subject.sure
        && subject.person == Person::Named
        && !w.has(i - 1, Marks::ROLE.and(Marks::GENERIC));
    (person && acts(s, verb, subject) && !w.has(verb, Marks::STATE.and(Marks::NEGATION))
        || person && w.word(verb) == "get")
        .then(|| Found {
            verb,
            form: Form::Plain,
            strength: weigh(s, subject, 0.72),
            cue: cue(subject),
            end: None,
        })
}

/// "Norvik to launch new e-bike": a name that nobody knows, outside of any list, and no deadline.
fn headline(s: &Sentence, subject: &Subject) -> bool {
    let due =
        s.dated(|d| d.lead == Lead::Due && d.when.as_ref().is_some_and(|x| x.recurrence.is_none()));
    let labelled = subject.to >= 2 && s.words.word(subject.to - 2) == ":";
    let listed = s.setting.item || s.setting.action || labelled;
    matches!(subject.person, Person::Named) && !subject.sure && !listed && !due
}
