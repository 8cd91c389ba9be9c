//! Which lines of a table without a grid are one row of it, where cells wrap.

use super::{Columns, LOOSE, NEARER};
use crate::pdf::lines::Row;
use crate::pdf::tables::Line;

/// Lines this much further apart than the closest of their column are of two cells.
const FURTHER: f64 = 1.06;
/// The same in points, lest rounding count.
const LEAST: f64 = 0.6;
/// A line or shade that parts rows runs along so much of the table.
const ALONG: f64 = 0.6;
/// A line that goes on in the next fills so much of its column.
const FULL: f64 = 0.55;
/// As far, in letter heights, the first lines of cells set at the top may stand apart.
const LEVEL: f64 = 0.35;

/// Where the lines of a row stand that some cells have more of than others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Top,
    Middle,
    Bottom,
}

/// The first and the last line of a cell.
#[derive(Debug, Clone, Copy)]
struct Cell {
    top: f64,
    bottom: f64,
    lines: usize,
}

/// Words of a line in one column.
#[derive(Debug, Clone, Copy)]
struct Words {
    /// They begin in lower case.
    low: bool,
    width: f64,
}

/// The lines of a table, by the columns they have words in.
struct Lines<'a> {
    rows: &'a [Row],
    filled: Vec<Vec<bool>>,
    /// What the widest column has in each line.
    widest: Vec<Option<Words>>,
}

/// Of every line whether it begins a row, or `None` when that cannot be told. `edges` are lines and the edges of shades.
pub(super) fn begins(rows: &[Row], columns: &Columns, edges: &[Line]) -> Option<Vec<bool>> {
    let filled: Vec<Vec<bool>> = rows.iter().map(|row| filled(row, columns)).collect();
    let count = |line: &Vec<bool>| line.iter().filter(|filled| **filled).count();
    let widest = widest(rows, columns);
    let flows = widest.iter().flatten().any(|words| words.low);
    // Where no line leaves out a cell nothing wraps.
    let most = filled.iter().map(count).max()?;
    if filled.iter().all(|line| count(line) == most) && !flows {
        return None;
    }
    let lines = Lines {
        rows,
        filled,
        widest,
    };
    let parted: Vec<bool> = (0..rows.len())
        .map(|index| index == 0 || is_parted(rows, index, edges))
        .collect();
    drawn(&lines, &parted).or_else(|| spaced(&lines, &parted))
}

fn filled(row: &Row, columns: &Columns) -> Vec<bool> {
    let mut filled = vec![false; columns.0.len()];
    for piece in &row.pieces {
        filled[columns.touched(piece).next().unwrap_or(0)] = true;
    }
    filled
}

/// What the column with most words has in each line.
fn widest(rows: &[Row], columns: &Columns) -> Vec<Option<Words>> {
    let piece = |row: &Row, column: usize| {
        let mut inside = row.pieces.iter();
        inside
            .find(|piece| columns.touched(piece).next() == Some(column))
            .cloned()
    };
    let length = |column: &usize| {
        let pieces = rows.iter().filter_map(|row| piece(row, *column));
        pieces.map(|piece| piece.count).sum::<usize>()
    };
    let widest = (0..columns.0.len()).max_by_key(length).unwrap_or(0);
    let words = |row: &Row| {
        piece(row, widest).map(|piece| Words {
            low: piece.text.starts_with(char::is_lowercase),
            width: piece.x1 - piece.x0,
        })
    };
    rows.iter().map(words).collect()
}

/// Whether lines or edges of shades run between a row and the one above, along most of the table.
fn is_parted(rows: &[Row], index: usize, edges: &[Line]) -> bool {
    let (above, row) = (&rows[index - 1], &rows[index]);
    let x0 = rows.iter().map(Row::x0).fold(f64::MAX, f64::min);
    let x1 = rows.iter().map(Row::x1).fold(f64::MIN, f64::max);
    let mut between: Vec<(f64, f64)> = edges
        .iter()
        .filter(|edge| edge.0 > above.y() && edge.0 < row.y() - 0.2 * row.size())
        .map(|edge| (edge.1.max(x0), edge.2.min(x1)))
        .filter(|(from, to)| from < to)
        .collect();
    between.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut covered = 0.0;
    let mut end = f64::MIN;
    for (from, to) in between {
        covered += (to - from.max(end)).max(0.0);
        end = end.max(to);
    }
    covered > ALONG * (x1 - x0)
}

/// Rows that lines or shades part, when each of them is one.
fn drawn(lines: &Lines, parted: &[bool]) -> Option<Vec<bool>> {
    let groups = groups(parted);
    // Another line each: a frame around a head and a body parts no rows.
    let single = |group: &(usize, usize)| {
        let mut cells = lines.cells(*group).into_iter().flatten();
        group.1 - group.0 == 1 || lines.flows(*group, 0.0) || cells.any(|cell| cell.lines == 1)
    };
    (groups.len() >= 3 && groups.iter().all(single) && lines.setting(&groups).is_some())
        .then(|| parted.to_vec())
}

/// Rows that stand further apart than the lines of their cells.
fn spaced(lines: &Lines, parted: &[bool]) -> Option<Vec<bool>> {
    let limit = lines.limit()?;
    let mut begins = vec![true; lines.rows.len()];
    for column in 0..lines.filled[0].len() {
        for (above, below) in lines.neighbours(column) {
            let gap = lines.rows[below].y() - lines.rows[above].y();
            let is_cell = gap < limit && !parted[above + 1..=below].contains(&true);
            // The head is no part of the row under it.
            let is_head = above == 0 && lines.width(0) > 1 && lines.width(below) >= lines.width(0);
            if is_cell && !is_head {
                begins[above + 1..=below].fill(false);
            }
        }
    }
    let groups = groups(&begins);
    let is_one = |group: &(usize, usize)| {
        let width = lines.cells(*group).iter().flatten().count();
        let full = (group.0..group.1).filter(|&index| lines.width(index) == width);
        group.1 - group.0 == 1
            || (full.count() <= 1 || lines.flows(*group, FULL))
                && (0..lines.filled[0].len()).all(|column| {
                    let gap = |(above, below): (usize, usize)| {
                        lines.rows[below].y() - lines.rows[above].y()
                    };
                    let mut inside = lines
                        .neighbours(column)
                        .filter(|pair| group.0 <= pair.0 && pair.1 < group.1);
                    inside.all(|pair| gap(pair) < limit)
                })
    };
    (groups.len() >= 2 && groups.iter().all(is_one) && lines.setting(&groups).is_some())
        .then_some(begins)
}

/// From where to where the rows run that begin so.
fn groups(begins: &[bool]) -> Vec<(usize, usize)> {
    let starts: Vec<usize> = (0..begins.len()).filter(|&index| begins[index]).collect();
    let ends = starts.iter().skip(1).copied().chain([begins.len()]);
    starts.iter().copied().zip(ends).collect()
}

impl Lines<'_> {
    /// Whether one sentence runs through the lines of a row: all go on in lower case, and all but the last fill
    /// such a share of the column.
    fn flows(&self, (from, to): (usize, usize), share: f64) -> bool {
        let widths = self.widest.iter().flatten().map(|words| words.width);
        let full = share * widths.fold(0.0, f64::max);
        let inside: Vec<Words> = self.widest[from..to].iter().flatten().copied().collect();
        inside.first().is_some_and(|words| !words.low)
            && inside[1..].iter().all(|words| words.low)
            && inside[..inside.len() - 1]
                .iter()
                .all(|words| words.width > full)
    }

    /// In how many columns a line has words.
    fn width(&self, index: usize) -> usize {
        self.filled[index].iter().filter(|filled| **filled).count()
    }

    /// Lines that follow each other in a column.
    fn neighbours(&self, column: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let lines = (0..self.rows.len()).filter(move |&index| self.filled[index][column]);
        lines.clone().zip(lines.skip(1))
    }

    /// The distance that parts lines of one cell from lines of two; the head does not count.
    fn limit(&self) -> Option<f64> {
        let mut gaps: Vec<f64> = (0..self.filled[0].len())
            .flat_map(|column| self.neighbours(column))
            .filter(|(above, _)| *above > 0)
            .map(|(above, below)| self.rows[below].y() - self.rows[above].y())
            .collect();
        gaps.sort_by(f64::total_cmp);
        let size = self.rows.iter().map(Row::size).fold(0.0, f64::max);
        // Raised and lowered signs are on no line of their own.
        gaps.retain(|gap| *gap >= NEARER * size);
        let closest = gaps.first().filter(|gap| **gap < LOOSE * size)?;
        let further = |gap: &&f64| **gap > FURTHER * closest && **gap > closest + LEAST;
        let next = gaps.iter().find(further)?;
        Some(f64::midpoint(*closest, *next))
    }

    /// The cells of a row.
    fn cells(&self, (from, to): (usize, usize)) -> Vec<Option<Cell>> {
        let mut cells: Vec<Option<Cell>> = vec![None; self.filled[0].len()];
        for index in from..to {
            let y = self.rows[index].y();
            let filled = cells.iter_mut().zip(&self.filled[index]);
            for (cell, _) in filled.filter(|(_, filled)| **filled) {
                let cell = cell.get_or_insert(Cell {
                    top: y,
                    bottom: y,
                    lines: 0,
                });
                cell.bottom = y;
                cell.lines += 1;
            }
        }
        cells
    }

    /// How the cells of all rows are set; rows put together from parts of others are not set alike.
    fn setting(&self, groups: &[(usize, usize)]) -> Option<Setting> {
        let fits = |setting: &Setting| {
            groups.iter().all(|group| {
                let places = self
                    .cells(*group)
                    .into_iter()
                    .flatten()
                    .map(|cell| match setting {
                        Setting::Top => cell.top,
                        Setting::Middle => f64::midpoint(cell.top, cell.bottom),
                        Setting::Bottom => cell.bottom,
                    });
                let (least, most) = places.fold((f64::MAX, f64::MIN), |(least, most), y| {
                    (least.min(y), most.max(y))
                });
                most - least <= LEVEL * self.rows[group.0].size()
            })
        };
        [Setting::Top, Setting::Middle, Setting::Bottom]
            .into_iter()
            .find(fits)
    }
}
