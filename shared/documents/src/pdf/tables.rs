//! Tables drawn with lines.

mod rulings;

use hayro_interpret::kurbo::{Point, Rect};

use super::lines::{Piece, rows};
use crate::wrap;
use rulings::{components, distinct, merged};

/// Lines meet when they come this close.
pub(super) const TOUCH: f64 = 3.0;
/// Pages with more lines are drawings.
const MAX_LINES: usize = 3_000;
/// A cell with more text is part of a page layout.
const MAX_CELL_CHARS: usize = 1_500;
/// Bands in either direction.
const MAX_BANDS: usize = 400;

/// A horizontal or vertical line: its place across, and from where to where along.
pub(super) type Line = (f64, f64, f64);

/// A table and where it stands.
#[derive(Debug)]
pub(super) struct Ruled {
    pub(super) rect: Rect,
    pub(super) rows: Vec<Vec<String>>,
}

/// Finds tables and takes their words out of `pieces`.
pub(super) fn ruled(pieces: &mut Vec<Piece>, across: &[Line], down: &[Line]) -> Vec<Ruled> {
    if across.len() + down.len() > MAX_LINES {
        return Vec::new();
    }
    let (across, down) = (merged(across), merged(down));
    let mut out = Vec::new();
    for (across, down) in components(&across, &down) {
        let Some(mut grid) = Grid::new(across, down) else {
            continue;
        };
        let (inside, outside): (Vec<Piece>, Vec<Piece>) = std::mem::take(pieces)
            .into_iter()
            .partition(|piece| grid.holds(piece));
        *pieces = outside;
        grid.open(&inside);
        match grid.fill(&inside) {
            Some(rows) => out.push(Ruled {
                rect: grid.rect(),
                rows,
            }),
            None => pieces.extend(inside),
        }
    }
    out
}

/// Where tables with more than so many rows stand.
pub(super) fn extents(across: &[Line], down: &[Line], more_than: usize) -> Vec<Rect> {
    if across.len() + down.len() > MAX_LINES {
        return Vec::new();
    }
    components(&merged(across), &merged(down))
        .into_iter()
        .filter_map(|(across, down)| Grid::new(across, down))
        .filter(|grid| grid.ys.len() > more_than + 1)
        .map(|grid| grid.rect())
        .collect()
}

#[derive(Debug)]
struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    across: Vec<Line>,
    down: Vec<Line>,
    /// Rows without a line between their cells.
    open: Vec<usize>,
}

impl Grid {
    fn new(across: Vec<Line>, down: Vec<Line>) -> Option<Self> {
        if across.len() < 2 || down.is_empty() {
            return None;
        }
        let mut xs: Vec<f64> = down.iter().map(|line| line.0).collect();
        let mut ys: Vec<f64> = across.iter().map(|line| line.0).collect();
        // Tables open at the sides end where their lines end.
        xs.extend(
            across
                .iter()
                .flat_map(|line| [line.1, line.2])
                .reduce(f64::min),
        );
        xs.extend(
            across
                .iter()
                .flat_map(|line| [line.1, line.2])
                .reduce(f64::max),
        );
        ys.extend(
            down.iter()
                .flat_map(|line| [line.1, line.2])
                .reduce(f64::min),
        );
        ys.extend(
            down.iter()
                .flat_map(|line| [line.1, line.2])
                .reduce(f64::max),
        );
        let (xs, ys) = (distinct(xs), distinct(ys));
        let fits = (3..=MAX_BANDS).contains(&xs.len()) && (2..=MAX_BANDS).contains(&ys.len());
        fits.then_some(Self {
            xs,
            ys,
            across,
            down,
            open: Vec::new(),
        })
    }

    /// Finds rows that have no lines between their cells though others do, as in shaded tables: their words stand in
    /// several columns and run over the edge of none.
    fn open(&mut self, pieces: &[Piece]) {
        let inner = 1..self.xs.len() - 1;
        let open = |row: &usize| {
            let inside = |piece: &&Piece| band(&self.ys, middle(piece).y) == *row;
            let column = |piece: &Piece| band(&self.xs, piece.x0 + 2.0);
            let stands = |piece: &Piece| piece.x1 < self.xs[column(piece) + 1] + 1.0;
            let mut words = pieces.iter().filter(inside).peekable();
            let first = words.peek().map(|piece| column(piece));
            !inner
                .clone()
                .any(|column| self.is_parted_left(*row, column))
                && words.clone().all(stands)
                && words.any(|piece| Some(column(piece)) != first)
        };
        self.open = (0..self.ys.len() - 1).filter(open).collect();
    }

    fn rect(&self) -> Rect {
        let first = |places: &[f64]| places.first().copied().unwrap_or(0.0);
        let last = |places: &[f64]| places.last().copied().unwrap_or(0.0);
        Rect::new(
            first(&self.xs),
            first(&self.ys),
            last(&self.xs),
            last(&self.ys),
        )
    }

    fn holds(&self, piece: &Piece) -> bool {
        self.rect().inflate(1.0, 1.0).contains(middle(piece))
    }

    /// The rows of the table, or `None` when the lines frame something else.
    fn fill(&self, pieces: &[Piece]) -> Option<Vec<Vec<String>>> {
        let (height, width) = (self.ys.len() - 1, self.xs.len() - 1);
        let mut cells: Vec<Vec<Vec<Piece>>> = vec![vec![Vec::new(); width]; height];
        for piece in pieces {
            let point = middle(piece);
            let mut row = band(&self.ys, point.y);
            let mut column = band(&self.xs, (piece.x0 + 2.0).min(point.x));
            while column > 0 && !self.is_parted_left(row, column) {
                column -= 1;
            }
            while row > 0 && !self.is_parted_above(row, column) {
                row -= 1;
            }
            cells[row][column].push(piece.clone());
        }
        let mut out: Vec<Vec<String>> = Vec::with_capacity(height);
        for (row, line) in cells.into_iter().enumerate() {
            let mut texts = Vec::with_capacity(width);
            for (column, cell) in line.into_iter().enumerate() {
                let reaches_up = row > 0 && !self.is_parted_above(row, column);
                let text = match out.get(row.wrapping_sub(1)) {
                    // A cell over several rows holds for each of them.
                    Some(above) if reaches_up => above[column].clone(),
                    _ => cell_text(cell, self.xs[column], self.right_edge(row, column)),
                };
                if text.chars().count() > MAX_CELL_CHARS {
                    return None;
                }
                texts.push(text);
            }
            out.push(texts);
        }
        out.dedup_by(|next, kept| {
            next == kept && next.iter().filter(|cell| !cell.is_empty()).count() > 1
        });
        let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
        let many = out.iter().filter(|row| filled(row) >= 2).count() >= 2;
        // One row may be the header of a table that goes on on the next page.
        let header = out.iter().any(|row| filled(row) >= 3);
        (many || header).then_some(out)
    }

    /// A line stands between a cell and the one above.
    fn is_parted_above(&self, row: usize, column: usize) -> bool {
        let x = f64::midpoint(self.xs[column], self.xs[column + 1]);
        let y = self.ys[row];
        self.across
            .iter()
            .any(|line| (line.0 - y).abs() <= TOUCH && line.1 <= x && x <= line.2)
    }

    /// A line stands between a cell and the one to its left.
    fn is_parted_left(&self, row: usize, column: usize) -> bool {
        let y = f64::midpoint(self.ys[row], self.ys[row + 1]);
        let x = self.xs[column];
        self.open.contains(&row)
            || self
                .down
                .iter()
                .any(|line| (line.0 - x).abs() <= TOUCH && line.1 <= y && y <= line.2)
    }

    fn right_edge(&self, row: usize, column: usize) -> f64 {
        let mut next = column + 1;
        while next + 1 < self.xs.len() && !self.is_parted_left(row, next) {
            next += 1;
        }
        self.xs[next]
    }
}

pub(super) fn middle(piece: &Piece) -> Point {
    Point::new(
        f64::midpoint(piece.x0, piece.x1),
        piece.y - piece.size * 0.3,
    )
}

/// The band between two places that holds a value.
fn band(places: &[f64], value: f64) -> usize {
    places
        .partition_point(|&place| place <= value)
        .clamp(1, places.len() - 1)
        - 1
}

/// The words of a cell; lines that were broken to fit it are joined.
fn cell_text(pieces: Vec<Piece>, left: f64, right: f64) -> String {
    // Cells are padded alike on both sides; letters differ in width, so a little room is no room.
    let padding = pieces
        .iter()
        .map(|piece| piece.x0 - left)
        .fold(f64::MAX, f64::min)
        .clamp(0.0, 20.0);
    let right = right - padding - 0.04 * (right - left);
    let mut out = String::new();
    let mut last_end: Option<f64> = None;
    for row in rows(pieces) {
        let text = row.text();
        let letters = text.chars().count().max(1) as f64;
        let first_word = text
            .split_whitespace()
            .next()
            .map_or(0, |word| word.chars().count()) as f64;
        let word = first_word * (row.x1() - row.x0()) / letters;
        let fits = last_end.is_some_and(|end| end + 1.1 * word + 0.3 * row.size() < right);
        if out.is_empty() {
            out.push_str(&text);
        } else if fits {
            out.push('\n');
            out.push_str(&text);
        } else {
            wrap::join(&mut out, &text);
        }
        last_end = Some(row.x1());
    }
    out
}
