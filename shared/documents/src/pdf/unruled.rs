//! Tables without lines: rows whose pieces stand in columns.

use super::lines::{Piece, Row};
use crate::wrap;

/// Rows further apart than this many letter heights are no table.
const MAX_GAP: f64 = 3.2;
/// Lines closer than this many letter heights belong to one row of a table.
const TIGHT: f64 = 1.38;

/// What a region consists of.
#[derive(Debug)]
pub(super) enum Part {
    Row(Row),
    Table(Vec<Vec<String>>),
}

/// Finds tables among rows. `across` are the horizontal lines of the page.
pub(super) fn find(rows: Vec<Row>, across: &[(f64, f64, f64)]) -> Vec<Part> {
    let mut out = Vec::new();
    let mut rest = rows.as_slice();
    while let Some(first) = rest.first() {
        let count = if first.pieces.len() > 1 {
            extent(rest)
        } else {
            0
        };
        if count < 2 {
            out.push(Part::Row(first.clone()));
            rest = &rest[1..];
        } else {
            out.push(table(&rest[..count], across));
            rest = &rest[count..];
        }
    }
    out
}

/// Columns as intervals, grown by the pieces of each row.
#[derive(Debug, Clone, Default)]
struct Columns(Vec<(f64, f64)>);

impl Columns {
    fn touched(&self, piece: &Piece) -> impl Iterator<Item = usize> + '_ {
        let (x0, x1) = (piece.x0 - 1.0, piece.x1 + 1.0);
        self.0
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.0 < x1 && x0 < column.1)
            .map(|(index, _)| index)
    }

    /// Grows the columns by a piece; false when it reaches over two of them.
    fn add(&mut self, piece: &Piece) -> bool {
        let touched: Vec<usize> = self.touched(piece).collect();
        match touched[..] {
            [] => self.0.push((piece.x0, piece.x1)),
            [one] => {
                self.0[one].0 = self.0[one].0.min(piece.x0);
                self.0[one].1 = self.0[one].1.max(piece.x1);
            }
            _ => return false,
        }
        true
    }

    fn sort(&mut self) {
        self.0.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
}

/// How many of the first rows are one table; 0 when they are none.
fn extent(rows: &[Row]) -> usize {
    let mut columns = Columns::default();
    let mut many = 0;
    let mut end = 0;
    for (index, row) in rows.iter().enumerate() {
        if index > 0 && row.y() - rows[index - 1].y() > MAX_GAP * row.size() {
            break;
        }
        let mut grown = columns.clone();
        if row.pieces.len() > 1 {
            if !row.pieces.iter().all(|piece| grown.add(piece)) {
                break;
            }
            many += 1;
            end = index + 1;
        } else {
            // A line alone belongs to the table when it stands under one column other than the first, or
            // close under the line before it.
            let Some(piece) = row.pieces.first() else {
                break;
            };
            let touched: Vec<usize> = columns.touched(piece).collect();
            let [column] = touched[..] else { break };
            let first = columns
                .0
                .iter()
                .map(|column| column.0)
                .fold(f64::MAX, f64::min);
            let is_first = (columns.0[column].0 - first).abs() < 1.0;
            let is_tight = row.y() - rows[index - 1].y() < TIGHT * row.size();
            if !grown.add(piece) || (is_first && !is_tight) {
                break;
            }
            if !is_first {
                end = index + 1;
            }
        }
        columns = grown;
    }
    if many >= 2 && columns.0.len() >= 2 {
        end
    } else {
        0
    }
}

fn table(rows: &[Row], across: &[(f64, f64, f64)]) -> Part {
    let mut columns = Columns::default();
    for piece in rows.iter().flat_map(|row| &row.pieces) {
        columns.add(piece);
    }
    columns.sort();
    let mut cells: Vec<Vec<String>> = Vec::new();
    let pitch = pitch(rows);
    for (index, row) in rows.iter().enumerate() {
        let mut line = vec![String::new(); columns.0.len()];
        for piece in &row.pieces {
            let column = columns.touched(piece).next().unwrap_or(0);
            if !line[column].is_empty() {
                line[column].push(' ');
            }
            line[column].push_str(&piece.text);
        }
        let above = index.checked_sub(1).map(|above| &rows[above]);
        match (above, cells.last_mut()) {
            (Some(above), Some(last)) if goes_on(above, row, &line, pitch, across) => {
                for (cell, text) in last
                    .iter_mut()
                    .zip(line)
                    .filter(|(_, text)| !text.is_empty())
                {
                    wrap::join(cell, &text);
                }
            }
            _ => cells.push(line),
        }
    }
    Part::Table(cells)
}

/// The distance that parts lines of one row from lines of two, when the table has both.
fn pitch(rows: &[Row]) -> Option<f64> {
    let gaps: Vec<f64> = rows
        .windows(2)
        .map(|pair| pair[1].y() - pair[0].y())
        .collect();
    let smallest = gaps.iter().copied().fold(f64::MAX, f64::min);
    let largest = gaps.iter().copied().fold(0.0, f64::max);
    let size = rows.iter().map(Row::size).fold(0.0, f64::max);
    (largest > 1.25 * smallest && smallest < TIGHT * size)
        .then_some(f64::midpoint(smallest, largest))
}

/// True when a line goes on with the row of the table above it.
fn goes_on(
    above: &Row,
    row: &Row,
    cells: &[String],
    pitch: Option<f64>,
    across: &[(f64, f64, f64)],
) -> bool {
    let (top, bottom) = (above.y(), row.y());
    let parted = across.iter().any(|line| {
        let low = row.y() - 0.6 * row.size();
        line.0 > top
            && line.0 < low + row.size() * 0.4
            && line.1 < row.x1()
            && row.x0() < line.2
            && line.0 < bottom
    });
    if parted {
        return false;
    }
    let gap = bottom - top;
    match pitch {
        Some(pitch) => gap < pitch,
        None => cells[0].is_empty() && gap < TIGHT * row.size(),
    }
}
