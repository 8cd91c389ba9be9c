//! What two engines found in one text, as one list.

use crate::draft::Draft;
use crate::engine::{self, MOST_ITEMS, Refused, char_positions};
use crate::item::{Dropped, Extraction, Item, Quote, Refusal};
use crate::merge;
use crate::model::Reading;
use crate::model::ground::same;
use crate::model::locate::word_list;
use std::collections::BTreeMap;
use std::ops::Range;

/// Two engines that do not know of each other found the same.
const AGREED: f64 = 0.92;
/// Items of the built-in engine that stay although the model did not report them: open check boxes, rows with
/// an owner and a date, action items that name somebody, plain orders with a day. Of items said to be so sure, nine in
/// ten were right in documents unseen.
const SURE: f64 = 0.8;
/// Letters of words by which two titles are compared.
const LONG: usize = 3;
/// Marks, in bytes, by which a quote may be longer than its sentence.
const SLACK: usize = 4;

pub(crate) fn union(mut reading: Reading<'_>, built_in: &Extraction) -> Extraction {
    if !reading.answered.contains(&true) {
        return Extraction {
            items: built_in.items.clone(),
            ..with_reasons(&reading, built_in)
        };
    }
    let own = drafts(reading.text, &built_in.items);
    let mut said = once(reading.text, std::mem::take(&mut reading.drafts));
    let refused = engine::refused(reading.text, reading.context);
    said.retain(|draft| {
        let known = own.iter().any(|known| touches(&known.quote, &draft.quote));
        let reason = (!known)
            .then(|| called_off(&refused, &draft.quote))
            .flatten();
        if let Some(reason) = reason {
            *reading.refused.entry(reason).or_insert(0) += 1;
        }
        reason.is_none()
    });
    for draft in &mut said {
        if let Some(known) = own.iter().find(|known| is_said(known, draft)) {
            draft.confidence = draft.confidence.max(AGREED);
            complete(draft, known);
        }
    }
    let kept = own.into_iter().filter(|draft| {
        let part = reading
            .chunks
            .iter()
            .position(|chunk| chunk.range.contains(&draft.quote.start));
        let answered = part.is_some_and(|part| reading.answered[part]);
        let spoken_for = said.iter().any(|item| is_said(draft, item));
        !answered || (draft.confidence >= SURE && !spoken_for)
    });
    let mut all: Vec<Draft> = kept.collect();
    all.extend(said);
    all.sort_by_key(|draft| (draft.quote.start, draft.quote.end));
    let mut all = merge::merge(all);
    let over = all.len().saturating_sub(MOST_ITEMS);
    if over > 0 {
        all.truncate(MOST_ITEMS);
        reading.refused.insert(Refusal::TooMany, over);
    }
    let chars = char_positions(reading.text, &all);
    let place = |byte: usize| chars.get(&byte).copied().unwrap_or(0);
    let items = all
        .into_iter()
        .map(|draft| draft.finish(reading.text, &place))
        .collect();
    Extraction {
        items,
        ..with_reasons(&reading, built_in)
    }
}

fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether both engines found the same at one place: their titles share a word.
fn is_said(known: &Draft, said: &Draft) -> bool {
    touches(&known.quote, &said.quote) && shared(&known.title, &said.title) > 0
}

/// How many longer words of one title stand in another.
fn shared(one: &str, other: &str) -> usize {
    let (one, other) = (long_words(one), long_words(other));
    one.iter()
        .filter(|word| other.iter().any(|known| same(word, known)))
        .count()
}

fn long_words(title: &str) -> Vec<String> {
    let mut words = word_list(title);
    words.retain(|word| word.chars().count() >= LONG);
    words
}

/// A model that says the same again is not surer, nor does it mean another deed.
fn once(text: &str, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let again = kept.iter_mut().find(|before| {
            let same_day = !before.dated()
                || !draft.dated()
                || (before.due_on, before.due_at, before.start_at)
                    == (draft.due_on, draft.due_at, draft.start_at);
            touches(&before.quote, &draft.quote) && same_day && rephrased(text, before, &draft)
        });
        match again {
            Some(before) => complete(before, &draft),
            None => kept.push(draft),
        }
    }
    kept
}

/// Whether two titles put one deed into different words. "Sign the lease" and "Return the lease" are two, as the passage
/// has both verbs.
fn rephrased(text: &str, one: &Draft, other: &Draft) -> bool {
    let said = word_list(
        &text[one.quote.start.min(other.quote.start)..one.quote.end.max(other.quote.end)],
    );
    let verb = |draft: &Draft| {
        word_list(&draft.title)
            .into_iter()
            .next()
            .unwrap_or_default()
    };
    let (verb_of_one, verb_of_other) = (verb(one), verb(other));
    let stands = |verb: &String| said.iter().any(|word| same(verb, word));
    let two = !same(&verb_of_one, &verb_of_other) && stands(&verb_of_one) && stands(&verb_of_other);
    let least = long_words(&one.title)
        .len()
        .min(long_words(&other.title).len());
    one.task_type == other.task_type && !two && shared(&one.title, &other.title) * 2 >= least.max(1)
}

/// Takes the day and the owner from what says the same, where they are missing.
fn complete(draft: &mut Draft, known: &Draft) {
    if !draft.dated() && draft.task_type == known.task_type {
        (draft.due_at, draft.due_on) = (known.due_at, known.due_on);
        (draft.start_at, draft.end_at) = (known.start_at, known.end_at);
    }
    draft.recurrence = draft.recurrence.take().or(known.recurrence.clone());
    draft.owner = draft.owner.take().or(known.owner.clone());
    draft.priority = draft.priority.max(known.priority);
}

/// Why a passage is none, where the built-in engine read all of it as done, past, called off or quoted: a model is not
/// believed against that.
fn called_off(refused: &[Refused], quote: &Range<usize>) -> Option<Refusal> {
    let mut touched = refused.iter().filter(|(bytes, _)| touches(bytes, quote));
    let (bytes, reason) = touched.next()?;
    let off = matches!(
        reason,
        Refusal::Done | Refusal::Past | Refusal::Negated | Refusal::Example
    );
    // What of the quote stands beside that passage may say something else.
    let beside = quote.start + SLACK < bytes.start || quote.end > bytes.end + SLACK;
    (off && !beside).then_some(*reason)
}

/// No items yet, and what the model's were refused for; where it was silent, also what the built-in engine refused.
fn with_reasons(reading: &Reading, built_in: &Extraction) -> Extraction {
    let mut counts: BTreeMap<Refusal, usize> = reading.refused.clone();
    if reading.answered.contains(&false) {
        for dropped in &built_in.reasons {
            *counts.entry(dropped.reason).or_insert(0) += dropped.count;
        }
    }
    let dropped = |(reason, count)| Dropped { reason, count };
    Extraction {
        items: Vec::new(),
        dropped: counts.values().sum(),
        reasons: counts.into_iter().map(dropped).collect(),
        language: built_in.language.clone(),
    }
}

/// Finished items as drafts again: characters to bytes, in one pass over the text.
fn drafts(text: &str, items: &[Item]) -> Vec<Draft> {
    let mut wanted: Vec<usize> = items
        .iter()
        .flat_map(|item| std::iter::once(&item.source).chain(&item.also))
        .flat_map(|quote| [quote.start_char, quote.end_char])
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut bytes = BTreeMap::new();
    let mut next = wanted.into_iter().peekable();
    for (index, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
        if next.next_if_eq(&index).is_some() {
            bytes.insert(index, byte);
        }
    }
    let byte = |char: usize| bytes.get(&char).copied().unwrap_or(text.len());
    let range = |quote: &Quote| byte(quote.start_char)..byte(quote.end_char);
    items
        .iter()
        .enumerate()
        .map(|(unit, item)| draft(item, unit, &range))
        .collect()
}

fn draft(item: &Item, unit: usize, range: &dyn Fn(&Quote) -> Range<usize>) -> Draft {
    let quote = range(&item.source);
    Draft {
        description: item.description.clone(),
        task_type: item.task_type,
        due_at: item.due_at,
        due_on: item.due_on,
        start_at: item.start_at,
        end_at: item.end_at,
        attendees: item.attendees.clone(),
        owner: item.assigned_to.clone(),
        priority: item.priority,
        category: item.category,
        estimated_hours: item.estimated_hours,
        recurrence: item.recurrence.clone(),
        also: item.also.iter().map(range).collect(),
        ..Draft::task(item.title.clone(), quote, item.confidence, unit)
    }
}
