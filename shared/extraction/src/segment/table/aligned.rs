//! Rows set with spaces under their header: a cell belongs to the column under whose beginning it stands.

use super::Column;
use std::ops::Range;

/// As far, in characters, a number may stand beside the beginning of its column.
pub(super) const NEAR: usize = 2;

/// Longer lines, in bytes, are set under no header.
const LONGEST: usize = 600;

/// How many characters stand before `at` in the line that begins at `start`.
pub(super) fn place(text: &str, start: usize, at: usize) -> usize {
    text[start..at].chars().count()
}

/// Where the columns of a header begin, in characters.
pub(super) fn starts(text: &str, start: usize, head: &[Range<usize>]) -> Vec<usize> {
    head.iter().map(|c| place(text, start, c.start)).collect()
}

/// Whether a row without its first cell begins under the column of its day: its number or week is that above.
pub(super) fn dated(
    text: &str,
    start: usize,
    row: &[Range<usize>],
    (starts, columns): (&[usize], &[Column]),
) -> bool {
    let [first, _, ..] = row else { return false };
    let here = place(text, start, first.start);
    let column = starts.iter().position(|&s| s == here);
    let days = column.and_then(|k| columns.get(k)) == Some(&Column::Date);
    days && text[first.clone()].contains(|c: char| c.is_ascii_digit())
}

/// The cells of a row by columns: one that ran into the next is cut, an empty one is filled in, and what stands
/// behind the last belongs to it.
pub(super) fn aligned(
    text: &str,
    start: usize,
    mut row: Vec<Range<usize>>,
    starts: &[usize],
) -> Vec<Range<usize>> {
    if row.last().is_none_or(|cell| cell.end - start > LONGEST) {
        return row;
    }
    if row.len() == starts.len() + 1 {
        let end = row.pop().map_or(0, |cell| cell.end);
        if let Some(last) = row.last_mut() {
            last.end = end;
        }
    }
    if row.len() < starts.len() {
        row = parted(text, start, row, starts);
    }
    filled(text, start, &row, starts).unwrap_or(row)
}

/// Cuts the cell in which another column begins.
fn parted(text: &str, start: usize, row: Vec<Range<usize>>, starts: &[usize]) -> Vec<Range<usize>> {
    let mut all = Vec::with_capacity(starts.len());
    for cell in row {
        let cut = (all.len() < starts.len())
            .then(|| begins(text, start, &cell, starts))
            .flatten();
        match cut {
            Some(at) => {
                let head = text[cell.start..at].trim_end();
                all.push(cell.start..cell.start + head.len());
                all.push(at..cell.end);
            }
            None => all.push(cell),
        }
    }
    all
}

/// Where another column begins within a cell: exactly at a word, or near a number.
fn begins(text: &str, start: usize, cell: &Range<usize>, starts: &[usize]) -> Option<usize> {
    let words = text[cell.clone()].match_indices(' ');
    let mut ahead = words.map(|(at, _)| cell.start + at + 1);
    ahead.find(|&at| {
        let here = place(text, start, at);
        let number = text[at..].starts_with(|c: char| c.is_ascii_digit());
        starts
            .iter()
            .any(|&column| column == here || number && column.abs_diff(here) <= NEAR)
    })
}

/// Each cell in its column, where every one stands under the beginning of another.
fn filled(
    text: &str,
    start: usize,
    row: &[Range<usize>],
    starts: &[usize],
) -> Option<Vec<Range<usize>>> {
    if row.len() >= starts.len() {
        return None;
    }
    let mut all: Vec<Range<usize>> = Vec::with_capacity(starts.len());
    for cell in row {
        let here = place(text, start, cell.start);
        let column = starts.iter().rposition(|&s| s <= here + NEAR)?;
        if column < all.len() {
            return None;
        }
        all.resize(column, cell.start..cell.start);
        all.push(cell.clone());
    }
    let end = row.last()?.end;
    all.resize(starts.len(), end..end);
    Some(all)
}
