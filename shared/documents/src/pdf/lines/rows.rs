//! Pieces to rows.

use super::{Piece, WORD_GAP};

/// Pieces on one base line, from left to right.
#[derive(Debug, Clone, Default)]
pub(in crate::pdf) struct Row {
    pub(in crate::pdf) pieces: Vec<Piece>,
}

impl Row {
    pub(in crate::pdf) fn y(&self) -> f64 {
        self.pieces
            .iter()
            .max_by(|a, b| a.size.total_cmp(&b.size))
            .map_or(0.0, |piece| piece.y)
    }

    /// The size of most of its letters.
    pub(in crate::pdf) fn size(&self) -> f64 {
        self.pieces
            .iter()
            .max_by_key(|piece| piece.count)
            .map_or(0.0, |piece| piece.size)
    }

    pub(in crate::pdf) fn x0(&self) -> f64 {
        self.pieces.first().map_or(0.0, |piece| piece.x0)
    }

    pub(in crate::pdf) fn x1(&self) -> f64 {
        self.pieces
            .iter()
            .map(|piece| piece.x1)
            .fold(f64::MIN, f64::max)
    }

    pub(in crate::pdf) fn text(&self) -> String {
        let texts: Vec<&str> = self
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        texts.join(" ")
    }
}

/// Joins pieces whose base lines are the same into rows, from the top.
pub(in crate::pdf) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        // Raised and lowered signs stand a little off the line they belong to.
        let home = rows.iter_mut().rev().take(3).find(|row| {
            let reach = 0.35 * row.size().min(piece.size).max(3.0);
            (row.y() - piece.y).abs() <= reach
                && !row
                    .pieces
                    .iter()
                    .any(|other| other.x0 < piece.x1 - 1.0 && piece.x0 < other.x1 - 1.0)
        });
        match home {
            Some(row) => row.pieces.push(piece),
            None => rows.push(Row {
                pieces: vec![piece],
            }),
        }
    }
    for row in &mut rows {
        row.pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        close_up(row);
    }
    rows.sort_by(|a, b| a.y().total_cmp(&b.y()));
    rows
}

/// Joins raised signs to the word before them, and marks of lists to their text.
fn close_up(row: &mut Row) {
    let mut out: Vec<Piece> = Vec::with_capacity(row.pieces.len());
    for piece in row.pieces.drain(..) {
        match out.last_mut() {
            Some(last)
                if piece.x0 - last.x1 < WORD_GAP * last.size && (piece.y - last.y).abs() > 0.5 =>
            {
                last.append(&piece, "");
            }
            Some(last) if out_is_marker(&last.text) && piece.x0 - last.x1 < 5.0 * piece.size => {
                last.append(&piece, " ");
            }
            _ => out.push(piece),
        }
    }
    row.pieces = out;
}

/// A piece that is nothing but the mark of a list item.
pub(in crate::pdf) fn out_is_marker(text: &str) -> bool {
    let text = text.trim();
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => is_bullet(c),
        (Some(_), Some(_)) => {
            let stem = text.trim_start_matches('(').trim_end_matches(['.', ')']);
            let marked = stem.len() < text.len();
            marked
                && ((stem.len() <= 3 && stem.bytes().all(|byte| byte.is_ascii_digit()))
                    || (stem.len() == 1 && stem.bytes().all(|byte| byte.is_ascii_alphabetic())))
        }
        _ => false,
    }
}

/// Signs that programs print before list items, symbol fonts included.
pub(in crate::pdf) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}'
            | '\u{25cf}'
            | '\u{25e6}'
            | '\u{25aa}'
            | '\u{25ab}'
            | '\u{25a0}'
            | '\u{25a1}'
            | '\u{2023}'
            | '\u{2043}'
            | '\u{2219}'
            | '\u{25cb}'
            | '\u{25ba}'
            | '\u{25b8}'
            | '\u{27a2}'
            | '\u{2794}'
            | '\u{2013}'
            | '\u{2014}'
            | '-'
            | '*'
            | '\u{b7}'
            | '\u{2610}'
            | '\u{2611}'
            | '\u{2612}'
            | '\u{2751}'
            | '\u{274f}'
            | '\u{2750}'
            | '\u{2752}'
            | '\u{2713}'
            | '\u{2714}'
            | '\u{fffd}'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f0d8}'
            | '\u{f0a8}'
            | '\u{f0fe}'
            | '\u{f0fc}'
            | '\u{f06f}'
            | '\u{f071}'
    )
}
