//! What two engines found in one text, as one list.

use crate::draft::Draft;
use crate::engine::{MOST_ITEMS, char_positions};
use crate::item::{Dropped, Extraction, Item, Quote, Refusal};
use crate::merge;
use crate::model::Reading;
use std::collections::BTreeMap;
use std::ops::Range;

/// Two engines that do not know of each other found the same.
const AGREED: f64 = 0.92;
/// Items of the built-in engine that stay although the model did not report them: open check boxes, rows with
/// an owner and a date, action items that name somebody, plain orders with a day. Of items said to be so sure, nine in
/// ten were right in documents unseen.
const SURE: f64 = 0.8;

pub(crate) fn union(mut reading: Reading<'_>, built_in: &Extraction) -> Extraction {
    if !reading.answered.contains(&true) {
        return Extraction {
            items: built_in.items.clone(),
            ..with_reasons(&reading, built_in)
        };
    }
    let own = drafts(reading.text, &built_in.items);
    let touches =
        |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
    for draft in &mut reading.drafts {
        if own.iter().any(|known| touches(&known.quote, &draft.quote)) {
            draft.confidence = draft.confidence.max(AGREED);
        }
    }
    let said = std::mem::take(&mut reading.drafts);
    let kept = own.into_iter().filter(|draft| {
        let part = reading
            .chunks
            .iter()
            .position(|chunk| chunk.range.contains(&draft.quote.start));
        let answered = part.is_some_and(|part| reading.answered[part]);
        let spoken_for = said.iter().any(|item| touches(&item.quote, &draft.quote));
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
    Draft {
        title: item.title.clone(),
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
        confidence: item.confidence,
        judged: None,
        certain: false,
        plain: false,
        passed_over: false,
        meets: false,
        quote: range(&item.source),
        also: item.also.iter().map(range).collect(),
        unit,
        pronoun: None,
    }
}
