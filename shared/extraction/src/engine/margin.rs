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
    let end = words.len();
    let set_off = |i: &usize| {
        let (before, at) = (words.bytes(i - 1, *i), words.bytes(*i, i + 1));
        let gap = words.between(before.end, at.start);
        gap.contains(GAP) && !gap.contains('\n')
    };
    let at = (end.saturating_sub(LONGEST).max(3)..end)
        .rev()
        .find(set_off)?;
    let first = words.word(at);
    if at + 1 == end && one_of("-|–|—|note|noted|info|information|n/a|none", first) {
        return Some((Margin::Nobody, at));
    }
    let name = (at..end).all(|i| {
        words.shape(i) == Shape::Mark && one_of("/|+|&|,|.", words.word(i))
            || words.capital(i) && words.shape(i) == Shape::Word && !words.has(i, Marks::FUNCTION)
            || one_of("and|und|y|et|ve|all|alle|todos|tous", words.word(i))
    });
    let day = (at..end)
        .any(|i| crate::dates::is_month(words.word(i)) || crate::dates::is_weekday(words.word(i)));
    (name && !day && words.shape(at) == Shape::Word)
        .then(|| (Margin::Owner(crate::acts::spelled(words, at, end)), at))
}
