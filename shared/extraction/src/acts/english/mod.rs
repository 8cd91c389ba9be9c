//! English sentences.

mod clause;
mod objections;
mod opening;

mod deadline;
mod predicate;
mod request;
mod subject;

use crate::acts::{Act, Cue, Form, Owner, Reading, Sentence};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::one_of;
use clause::{clause, noun_use, owner_prefix};
use opening::{label, opening, skip_fillers};

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
        let arrow = acts.is_empty() && behind_arrow(s, at);
        initial |= arrow || acts.is_empty() && opens_thought(s, first, at);
        // "Please do not send it on Friday, send it on Monday instead": what holds stands behind.
        initial |= refusal == Some(Refusal::Negated) && instead(s, at);
        if clear {
            match clause(s, at, initial, label || arrow) {
                Ok(Some(mut act)) => {
                    if refusal == Some(Refusal::Negated) && instead(s, at) {
                        act.form = named_before(s, at).map_or(act.form, Form::Spelled);
                    }
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
        let named = |i: usize| super::known_person(s.words, i, s.setting.people);
        // "Action: Priya." says only whose the line before is.
        if (first..s.to).all(|i| named(i) || s.words.shape(i) != crate::text::Shape::Word) {
            return Ok(Vec::new());
        }
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
    for act in &mut acts {
        act.to = aside(s, act).map_or(act.to, |i| end_before(s, i));
    }
    // What is labelled as an action is one, however little is known of its owner.
    if label {
        for act in &mut acts {
            act.strength = act.strength.max(0.75);
        }
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
        // "order paint by Friday, call Bob on Monday": the day ends the first.
        let dated = |d: &crate::dates::Found| d.when.as_ref().is_some_and(|when| when.day_given);
        let parted = w.word(i) == ","
            && s.dates.iter().any(|d| d.to == i && dated(d))
            && s.dates
                .iter()
                .any(|d| d.from > i && d.to <= act.to && dated(d));
        let joined = (w.word(i) == "and" || parted)
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

/// "Send the contract", where an order says "it" of what stands behind the same verb before.
fn named_before(s: &Sentence, at: usize) -> Option<String> {
    let w = s.words;
    let same = (s.from..at).find(|&i| w.word(i) == w.word(at))?;
    let object = super::rest(s, same + 1, at - 1, &[]);
    let told = w.one_of(at + 1, "it|them") && !object.is_empty();
    told.then(|| format!("{} {object}", w.raw(at)))
}

/// Whether an order begins at `at` behind a comma that says what to do instead.
fn instead(s: &Sentence, at: usize) -> bool {
    let w = s.words;
    w.word(at - 1) == "," && w.has(at, Marks::VERB) && w.any_of(at..s.to, "instead|rather")
}

/// "Invoice still open -> call Acme".
fn behind_arrow(s: &Sentence, at: usize) -> bool {
    let w = s.words;
    s.setting.item
        && at > 1
        && (w.word(at - 1) == "→" || w.word(at - 1) == ">" && w.word(at - 2) == "-")
}

/// Whether an order may begin at `at` although it is not the head of the sentence.
fn opens_thought(s: &Sentence, first: usize, at: usize) -> bool {
    let w = s.words;
    let Some(before) = at.checked_sub(1).map(|i| w.word(i)) else {
        return false;
    };
    // "Mum's birthday Sunday, get flowers": in a list of things to do each thought may be one.
    let thought = s.setting.orders && s.setting.item && one_of(",|-|–|—|:|.", before);
    // "(1) send me the headcount; (2) book the catering".
    let counted = at > 2 && before == ")" && w.number(at - 2).is_some() && w.word(at - 3) == "(";
    // "To accept this offer, sign below by 13 March".
    let aim = w.word(first) == "to"
        && before == ","
        && s.dated(|d| d.lead == crate::dates::Lead::Due && d.when.is_some());
    thought || s.setting.addressed && (counted || aim)
}

/// Where an act ends in words that ask for nothing: "otherwise a fine may apply", "that would be great".
fn aside(s: &Sentence, act: &Act) -> Option<usize> {
    let w = s.words;
    (act.from + 2..act.to).find(|&i| {
        let comma = w.word(i - 1) == ",";
        comma
            && w.phrase(
                i,
                "otherwise|that would be|it would be|that'd be|that would help",
            )
            .is_some()
            || w.seq(i, "or else")
    })
}

/// The end of a clause before `begin`, its conjunction and comma cut off.
fn end_before(s: &Sentence, begin: usize) -> usize {
    let mut end = begin;
    while end > s.from
        // The dot of "2.15 p.m." belongs to the time.
        && !s.dates.iter().any(|d| d.to == end && s.words.word(end - 1) == ".")
        && (s.words.one_of(end - 1, ",|;|and|but|so|then|while|-|–|—|(|also|.|&|plus"))
    {
        end -= 1;
    }
    end
}

/// The token after the next mark or conjunction behind which a clause may begin.
fn next_clause(s: &Sentence, at: usize) -> usize {
    let mut i = at;
    while i < s.to {
        let cuts = s.words.one_of(
            i,
            ",|;|:|–|—|(|and|but|so|then|-|while|that|because|.|!|?|…|&|plus",
        );
        i += 1;
        if cuts {
            break;
        }
    }
    skip_fillers(s, i)
}
