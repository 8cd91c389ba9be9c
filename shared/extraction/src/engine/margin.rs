//! The right margin of minutes, where the owner of each point stands: "Standpipes to be drained.      Wes".

use crate::engine::prepare::Prepared;
use crate::language::Marks;
use crate::text::{Shape, Words, one_of};

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
    let gap = |i: usize| {
        let (before, at) = (words.bytes(i - 1, i), words.bytes(i, i + 1));
        words.between(before.end, at.start)
    };
    // A column of days behind it, or the end of a sentence before it, sets the margin off, too.
    let narrow = |i: usize| end < words.len() || one_of(".|!|?", words.word(i - 1));
    let set_off = |i: &usize| {
        let gap = gap(*i);
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
        words.shape(i) == Shape::Mark && one_of("/|+|&|,|.|'|’", words.word(i))
            || words.capital(i) && words.shape(i) == Shape::Word && !words.has(i, Marks::FUNCTION)
            || one_of("and|und|y|et|ve|all|alle|todos|tous", words.word(i))
            || i > at && one_of("'|’", words.word(i - 1))
    });
    let day = (at..end)
        .any(|i| crate::dates::is_month(words.word(i)) || crate::dates::is_weekday(words.word(i)));
    (name && !day && words.shape(at) == Shape::Word)
        .then(|| (Margin::Owner(crate::acts::spelled(words, at, end)), at))
}

/// Where the column of days begins that stands behind the owners: "BET Strukta   15/10".
fn day_column(words: &Words) -> Option<usize> {
    const SOON: &str = "asap|urgent|sofort|umgehend|immediately|open|offen|sans delai|inmediato|hemen|acil|ongoing|laufend";
    let end = words.len();
    let set_off = |i: &usize| {
        let (before, at) = (words.bytes(i - 1, *i), words.bytes(*i, i + 1));
        let gap = words.between(before.end, at.start);
        gap.contains("  ") && !gap.contains('\n')
    };
    let at = (end.saturating_sub(7).max(4)..end).rev().find(set_off)?;
    let numbered = (at..end).any(|i| words.number(i).is_some());
    let named = (at..end).all(|i| {
        words.shape(i) != Shape::Word
            || crate::dates::is_month(words.word(i))
            || crate::dates::is_weekday(words.word(i))
            || one_of("st|nd|rd|th|kw|cw|wk|by|bis", words.word(i))
    });
    (numbered && named || words.phrase(at, SOON).is_some_and(|n| at + n == end)).then_some(at)
}
