//! Hours that stand apart from their day: "Monday we'd like to see the team at 10", "mañana te recojo a las 8".

use super::piece::Piece;
use crate::language::Marks;
use crate::text::{Shape, Words};

/// As many tokens a day may stand from its hour.
const FAR: usize = 16;

/// Whether a bare hour of tokens `from..to` follows a word for hours, and its sentence names a day.
pub(super) fn of_a_day(
    words: &Words,
    (from, to): (usize, usize),
    pieces: &[(usize, usize, Piece)],
) -> bool {
    let led = words.one_of(from, "at|@|um|saat|las|between|entre|zwischen")
        || words.word(from) == "a" && words.one_of(from + 1, "la|las");
    // "at one of the tables", "at 9 sites".
    let counts = words.shape(to) == Shape::Word
        && (words.one_of(to, "of|de|st|nd|rd|th") || !words.has(to, Marks::FUNCTION))
        || words.one_of(to, "%|$|€|£|/|-|–|&|°");
    let ends = |i: usize| words.one_of(i, "!|?|;") || words.word(i) == "." && !words.touches(i);
    let near = |&(start, end, ref piece): &(usize, usize, Piece)| {
        let between = end.min(to)..start.max(from);
        matches!(
            piece,
            Piece::Day {
                doubtful: false,
                ..
            }
        ) && between.len() <= FAR
            && !between.clone().any(ends)
    };
    let first = pieces.partition_point(|piece| piece.1 + FAR < from);
    let around = pieces[first..]
        .iter()
        .take_while(|piece| piece.0 < to + FAR);
    led && !counts && around.filter(|piece| near(piece)).count() == 1
}
