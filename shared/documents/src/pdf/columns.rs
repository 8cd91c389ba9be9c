//! Reading order: which parts of a page are columns of prose, to be read one after the other.

use super::lines::{Piece, Row, rows};

/// Rows a column of prose has at least.
const MIN_ROWS: usize = 4;
/// Share of the rows of a column that must fill most of its width.
const FILLED_SHARE: f64 = 0.5;
/// The gap between two columns is at least this many letter heights wide.
const GUTTER: f64 = 0.7;
/// A column of prose has at least this share of the lines it has room for, and of the share the other has.
const SPARSE: f64 = 0.62;
const SPARSER: f64 = 0.75;
/// Pages with more pieces are not searched for columns.
const MAX_PIECES: usize = 6_000;
/// Columns inside columns.
const MAX_DEPTH: usize = 4;
/// Edges tried as the left edge of a column.
const MAX_EDGES: usize = 12;

/// Parts pieces into groups of rows in reading order.
pub(super) fn regions(pieces: Vec<Piece>) -> Vec<Vec<Row>> {
    let mut out = Vec::new();
    if pieces.len() > MAX_PIECES {
        out.push(rows(pieces));
    } else {
        cut(pieces, 0, &mut out);
    }
    out.retain(|region| !region.is_empty());
    out
}

/// Rows `from..to` have a gutter left of `edge`.
struct Gutter {
    edge: f64,
    from: usize,
    to: usize,
}

fn cut(pieces: Vec<Piece>, depth: usize, out: &mut Vec<Vec<Row>>) {
    let all = rows(pieces);
    let gutter = if depth < MAX_DEPTH {
        gutter(&all)
    } else {
        None
    };
    let Some(gutter) = gutter else {
        out.push(all);
        return;
    };
    let mut before = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut after = Vec::new();
    for (index, row) in all.into_iter().enumerate() {
        for piece in row.pieces {
            if index < gutter.from {
                before.push(piece);
            } else if index >= gutter.to {
                after.push(piece);
            } else if piece.x0 < gutter.edge - 1.0 {
                left.push(piece);
            } else {
                right.push(piece);
            }
        }
    }
    for part in [before, left, right, after] {
        if !part.is_empty() {
            cut(part, depth + 1, out);
        }
    }
}

/// The gutter that parts the most rows into two columns of prose.
fn gutter(rows: &[Row]) -> Option<Gutter> {
    if rows.len() < MIN_ROWS {
        return None;
    }
    edges(rows)
        .into_iter()
        .flat_map(|edge| runs(rows, edge))
        .filter(|gutter| is_prose(rows, gutter))
        .max_by_key(|gutter| gutter.to - gutter.from)
}

/// Left edges shared by several pieces that are not the first of the page.
fn edges(rows: &[Row]) -> Vec<f64> {
    let leftmost = rows.iter().map(Row::x0).fold(f64::MAX, f64::min);
    let mut starts: Vec<f64> = rows
        .iter()
        .flat_map(|row| row.pieces.iter().map(|piece| piece.x0))
        .filter(|&x| x > leftmost + 40.0)
        .collect();
    starts.sort_by(f64::total_cmp);
    let mut clusters: Vec<(f64, usize)> = Vec::new();
    for x in starts {
        match clusters.last_mut() {
            Some((first, count)) if x - *first < 3.0 => *count += 1,
            _ => clusters.push((x, 1)),
        }
    }
    clusters.retain(|(_, count)| *count >= MIN_ROWS);
    clusters.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    clusters.truncate(MAX_EDGES);
    clusters.into_iter().map(|(x, _)| x).collect()
}

/// Runs of rows that no piece crosses at the edge.
fn runs(rows: &[Row], edge: f64) -> Vec<Gutter> {
    let mut out = Vec::new();
    let mut from = 0;
    for (index, row) in rows.iter().enumerate() {
        let gutter = GUTTER * row.size();
        let crosses = row
            .pieces
            .iter()
            .any(|piece| piece.x0 < edge - 1.0 && piece.x1 > edge - gutter);
        if crosses {
            out.push(Gutter {
                edge,
                from,
                to: index,
            });
            from = index + 1;
        }
    }
    out.push(Gutter {
        edge,
        from,
        to: rows.len(),
    });
    for gutter in &mut out {
        trim(rows, gutter);
    }
    out.retain(|gutter| gutter.to >= gutter.from + MIN_ROWS);
    out
}

/// Rows above and below the columns that stand on one side only, such as a heading, stay outside when a gap
/// parts them from the columns.
fn trim(rows: &[Row], gutter: &mut Gutter) {
    let edge = gutter.edge;
    let is_right = |row: &Row| row.pieces.iter().any(|piece| piece.x0 >= edge - 1.0);
    while gutter.from < gutter.to && !is_right(&rows[gutter.from]) {
        let next = rows.get(gutter.from + 1).map_or(f64::MAX, Row::y);
        let right = rows[gutter.from..gutter.to]
            .iter()
            .find(|row| is_right(row))
            .map_or(f64::MAX, Row::y);
        // A left column may begin a little higher than the right one.
        if right - rows[gutter.from].y() < 1.2 * rows[gutter.from].size() && next < f64::MAX {
            break;
        }
        gutter.from += 1;
    }
}

/// Both sides are prose: enough rows, most of them as wide as the column; in a table cells are short, and rows
/// stand side by side.
fn is_prose(rows: &[Row], gutter: &Gutter) -> bool {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut gaps = [0, 0];
    for row in &rows[gutter.from..gutter.to] {
        let side = |is_left: bool| {
            let mut pieces = row
                .pieces
                .iter()
                .filter(|piece| (piece.x0 < gutter.edge - 1.0) == is_left)
                .peekable();
            let x0 = pieces.peek()?.x0;
            let count = pieces.clone().count();
            pieces
                .map(|piece| piece.x1)
                .reduce(f64::max)
                .map(|x1| (x0, x1, count))
        };
        for (index, lines) in [&mut left, &mut right].into_iter().enumerate() {
            let line = side(index == 0);
            if let Some((x0, x1, count)) = line {
                lines.push((x0, x1, row.y()));
                gaps[index] += usize::from(count > 1);
            }
        }
    }
    let total = left.len() + right.len();
    // In a table one cell wraps, and the one beside it has its next line where the next row begins.
    let pitch = pitch(&left).min(pitch(&right));
    let (one, other) = (density(&left, pitch), density(&right, pitch));
    if one.min(other) < SPARSE.min(SPARSER * one.max(other)) {
        return false;
    }
    left.len() >= MIN_ROWS
        && right.len() >= MIN_ROWS
        && (gaps[0] + gaps[1]) * 4 < total
        && gaps[0] * 2 < left.len()
        && gaps[1] * 2 < right.len()
        && is_filled(&left)
        && is_filled(&right)
}

/// How far lines stand apart that follow each other closely.
fn pitch(lines: &[(f64, f64, f64)]) -> f64 {
    let mut gaps: Vec<f64> = lines.windows(2).map(|pair| pair[1].2 - pair[0].2).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 4).copied().unwrap_or(0.0)
}

/// The share of the lines that stand where there is room for one at this distance.
fn density(lines: &[(f64, f64, f64)], pitch: f64) -> f64 {
    match lines {
        [first, .., last] => (lines.len() - 1) as f64 * pitch / (last.2 - first.2).max(1.0),
        _ => 1.0,
    }
}

fn is_filled(lines: &[(f64, f64, f64)]) -> bool {
    let x0 = lines.iter().map(|line| line.0).fold(f64::MAX, f64::min);
    let x1 = lines.iter().map(|line| line.1).fold(f64::MIN, f64::max);
    let width = x1 - x0;
    let full = lines
        .iter()
        .filter(|line| line.1 - line.0 > 0.7 * width)
        .count();
    width > 90.0 && full as f64 >= FILLED_SHARE * lines.len() as f64
}
