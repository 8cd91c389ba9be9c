//! The right margin of minutes, where the owner of each point stands: "Standpipes to be drained.      Wes".

use crate::dates::{self, Reference};
use crate::engine::Run;
use crate::engine::prepare::Prepared;
use crate::language::Marks;
use crate::text::{Shape, Words, one_of};
use sentry_domain::TaskType;

/// Spaces that set the margin off.
const GAP: &str = "    ";

/// So many points of a document have it at least.
const FEWEST: usize = 3;

/// What the margin of a point says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Margin {
    Owner(String),
    /// "-", "Note", "Info": nobody has anything to do.
    Nobody,
}

impl Run<'_, '_> {
    /// Gives what a point asks for the owner in its margin, and the day behind him.
    pub(super) fn settle_margin(
        &mut self,
        before: usize,
        name: &str,
        (item, at, reference): (&Prepared, usize, &Reference),
    ) {
        let place = item.words.bytes(at, item.words.len());
        let words = Words::read(self.document.text, place.start, place.end);
        let found = dates::scan(&words, reference, true);
        let day = found.iter().find(|d| d.when.is_some());
        let zone = self.context.zone;
        let drafts = self.drafts[before..].iter_mut();
        for draft in drafts.filter(|draft| draft.task_type == TaskType::Task) {
            if draft.owner.is_none() {
                draft.owner = Some(name.to_owned());
            }
            if let (Some(when), false) = (day.and_then(|d| d.when.as_ref()), draft.dated()) {
                draft.due(when, zone);
            }
        }
    }
}

/// What stands in the margin of each unit, and the token it begins at; nothing where too few have one.
pub(crate) fn margins(prepared: &[Prepared]) -> Vec<Option<(Margin, usize)>> {
    let all: Vec<_> = prepared.iter().map(|item| margin(&item.words)).collect();
    let owned = |found: &&Option<(Margin, usize)>| matches!(found, Some((Margin::Owner(_), _)));
    if all.iter().filter(owned).count() < FEWEST {
        return vec![None; prepared.len()];
    }
    all
}

fn margin(words: &Words) -> Option<(Margin, usize)> {
    const LONGEST: usize = 4;
    let end = day_column(words).unwrap_or(words.len());
    // A column of days behind it, or the end of a sentence before it, sets the margin off, too.
    let narrow = |i: usize| end < words.len() || words.one_of(i - 1, ".|!|?");
    let set_off = |i: &usize| {
        let gap = gap(words, *i);
        (gap.contains(GAP) || narrow(*i) && gap.contains("   ")) && !gap.contains('\n')
    };
    let at = (end.saturating_sub(LONGEST).max(3)..end)
        .rev()
        .find(set_off)?;
    let first = words.word(at);
    if at + 1 == end && one_of("-|–|—|note|noted|info|information|n/a|none", first) {
        return Some((Margin::Nobody, at));
    }
    let name = (at..end).all(|i| {
        words.shape(i) == Shape::Mark && words.one_of(i, "/|+|&|,|.|'|’")
            || words.capital(i) && words.shape(i) == Shape::Word && !words.has(i, Marks::FUNCTION)
            || words.one_of(i, "and|und|y|et|ve|all|alle|todos|tous")
            || i > at && words.one_of(i - 1, "'|’")
    });
    let day = (at..end)
        .any(|i| crate::dates::is_month(words.word(i)) || crate::dates::is_weekday(words.word(i)));
    (name && !day && words.shape(at) == Shape::Word)
        .then(|| (Margin::Owner(crate::acts::spelled(words, at, end)), at))
}

/// What stands between token `i` and the one before it.
fn gap<'t>(words: &Words<'t>, i: usize) -> &'t str {
    let (before, at) = (words.bytes(i - 1, i), words.bytes(i, i + 1));
    words.between(before.end, at.start)
}

/// Where the column of days begins that stands behind the owners: "BET Strukta   15/10".
fn day_column(words: &Words) -> Option<usize> {
    const SOON: &str = "asap|urgent|sofort|umgehend|immediately|open|offen|sans delai|inmediato|hemen|acil|ongoing|laufend";
    let end = words.len();
    let set_off = |i: &usize| {
        let gap = gap(words, *i);
        gap.contains("  ") && !gap.contains('\n')
    };
    let at = (end.saturating_sub(7).max(4)..end).rev().find(set_off)?;
    let numbered = (at..end).any(|i| words.number(i).is_some());
    let named = (at..end).all(|i| {
        words.shape(i) != Shape::Word
            || crate::dates::is_month(words.word(i))
            || crate::dates::is_weekday(words.word(i))
            || words.one_of(i, "st|nd|rd|th|kw|cw|wk|by|bis")
    });
    (numbered && named || words.phrase(at, SOON).is_some_and(|n| at + n == end)).then_some(at)
}
