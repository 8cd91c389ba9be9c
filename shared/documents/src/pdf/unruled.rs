//! Tables without lines: rows whose pieces stand in columns.

mod wrapped;

use super::lines::{Piece, Row};
use super::tables::Line;
use crate::{plain, wrap};

/// Rows further apart than this many letter heights are no table.
const MAX_GAP: f64 = 3.2;
/// Lines closer than this many letter heights belong to one row of a table.
const TIGHT: f64 = 1.38;

/// Lines further apart than this are two rows, whatever the others do.
const LOOSE: f64 = 1.9;

/// Lines that follow each other in one column stand further apart than so many letter heights.
const NEARER: f64 = 0.8;

/// Lines that stand closer than this share of the usual distance, under other columns, are of cells set in the middle.
const OFFSET: f64 = 0.75;

/// What a region consists of.
#[derive(Debug)]
pub(super) enum Part {
    Row(Row),
    Table(Vec<Vec<String>>),
}

/// Finds tables among rows. `across` are the horizontal lines of the page, `edges` these and the edges of shades.
pub(super) fn find(rows: &[Row], across: &[Line], edges: &[Line]) -> Vec<Part> {
    let mut out = Vec::new();
    let mut rest = rows;
    while let Some(first) = rest.first() {
        if plain::is_led(&first.text()) {
            out.push(Part::Row(joined(first)));
            rest = &rest[1..];
            continue;
        }
        let (count, begins) = if first.pieces.len() > 1 || is_beside(rest) {
            measured(rest, edges)
        } else {
            (0, None)
        };
        if count < 2 {
            out.push(Part::Row(first.clone()));
            rest = &rest[1..];
        } else {
            if is_list(&rest[..count]) {
                out.extend(rest[..count].iter().map(|row| Part::Row(joined(row))));
            } else {
                out.push(table(&rest[..count], across, begins.as_deref()));
            }
            rest = &rest[count..];
        }
    }
    out
}

/// True for items whose marks stand far before their words.
fn is_list(rows: &[Row]) -> bool {
    let mut wide = rows.iter().filter(|row| row.pieces.len() > 1);
    wide.all(|row| row.pieces.len() == 2 && plain::is_mark(&row.pieces[0].text))
}

/// A row whose pieces are one.
fn joined(row: &Row) -> Row {
    let mut pieces = row.pieces.iter().cloned();
    let first = pieces.next().map(|mut first| {
        pieces.for_each(|piece| first.append(&piece, " "));
        first
    });
    Row {
        pieces: first.into_iter().collect(),
    }
}

/// Whether the first row heads columns: at least three, and in each of so many rows below a piece under every one of it.
pub(super) fn is_head(rows: &[Row], count: usize) -> bool {
    let Some((head, below)) = rows.split_first() else {
        return false;
    };
    let near = |pair: &[Row]| pair[1].y() - pair[0].y() <= MAX_GAP * pair[1].size();
    let under = |piece: &Piece, head: &Piece| piece.x0 < head.x1 && head.x0 < piece.x1;
    let stands = |row: &Row| {
        let mut both = row.pieces.iter().zip(&head.pieces);
        row.pieces.len() == head.pieces.len() && both.all(|(piece, head)| under(piece, head))
    };
    head.pieces.len() >= 3
        && below.len() >= count
        && below[..count].iter().all(stands)
        && rows[..=count].windows(2).all(near)
}

/// Columns as intervals, grown by the pieces of each row.
#[derive(Debug, Clone, Default)]
struct Columns(Vec<(f64, f64)>);

impl Columns {
    /// The columns of a table, from the left.
    fn of(rows: &[Row]) -> Self {
        let mut columns = Self::default();
        for piece in rows.iter().flat_map(|row| &row.pieces) {
            columns.add(piece);
        }
        columns.sort();
        columns
    }

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

/// How many of the first rows are one table, and which of them begin a row where that can be told.
fn measured(rows: &[Row], edges: &[Line]) -> (usize, Option<Vec<bool>>) {
    let told = |count: usize| wrapped::begins(&rows[..count], &Columns::of(&rows[..count]), edges);
    let wide = extent(rows, true);
    if let Some(mut begins) = told(wide) {
        // A line alone at the end is part of a cell or none of the table.
        while begins.last() == Some(&true) && rows[begins.len() - 1].pieces.len() == 1 {
            begins.pop();
        }
        return (begins.len(), Some(begins));
    }
    let count = extent(rows, false);
    (count, told(count))
}

/// How many of the first rows are one table; 0 when they are none. `wide` takes lines alone for parts of wrapped cells.
fn extent(rows: &[Row], wide: bool) -> usize {
    let mut columns = Columns::default();
    let (mut many, mut beside) = (0, 0);
    let mut end = 0;
    for (index, row) in rows.iter().enumerate() {
        let is_far = index > 0 && row.y() - rows[index - 1].y() > MAX_GAP * row.size();
        if is_far || plain::is_led(&row.text()) {
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
            if index == 0 && wide {
                columns.add(piece);
                continue;
            }
            let touched: Vec<usize> = columns.touched(piece).collect();
            let [column] = touched[..] else { break };
            let first = columns
                .0
                .iter()
                .map(|column| column.0)
                .fold(f64::MAX, f64::min);
            let is_first = (columns.0[column].0 - first).abs() < 1.0;
            let is_tight = row.y() - rows[index - 1].y() < TIGHT * row.size();
            let is_led = is_first && !is_tight;
            if !grown.add(piece) || (is_led && !(wide && leads(&rows[index..], &grown))) {
                break;
            }
            beside += usize::from(!is_first);
            if !is_first || wide && !is_led {
                end = index + 1;
            }
        }
        columns = grown;
    }
    // Of two columns, one set in the middle, no line may hold both but the head.
    let is_many = many >= 2 || wide && many == 1 && beside >= 2;
    if is_many && columns.0.len() >= 2 {
        end
    } else {
        0
    }
}

/// Whether the first row is a line alone and cells beside it stand lower by less than a line: those of a row are set in
/// the middle.
fn is_beside(rows: &[Row]) -> bool {
    let [first, second, ..] = rows else {
        return false;
    };
    first.pieces.len() == 1
        && second.y() - first.y() < NEARER * second.size()
        && leads(rows, &Columns::of(&rows[..1]))
}

/// Whether the first row, a line alone, begins a cell: its lines follow closely, and beside one of them others stand.
fn leads(rows: &[Row], columns: &Columns) -> bool {
    for pair in rows.windows(2) {
        let [above, row] = pair else { break };
        if row.y() - above.y() >= TIGHT * row.size() || plain::is_led(&row.text()) {
            return false;
        }
        let place = |row: &Row| columns.touched(row.pieces.first()?).next();
        if row.pieces.len() > 1 || place(row) != place(&rows[0]) {
            let mut grown = columns.clone();
            return row.pieces.iter().all(|piece| grown.add(piece));
        }
    }
    false
}

fn table(rows: &[Row], across: &[Line], begins: Option<&[bool]>) -> Part {
    let columns = Columns::of(rows);
    let spacing = Spacing::of(rows, &columns);
    let mut cells: Vec<Vec<String>> = Vec::new();
    // Where the last line of each cell of the row stands that is being put together.
    let mut lowest: Vec<Option<f64>> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut line = vec![String::new(); columns.0.len()];
        for piece in &row.pieces {
            let column = columns.touched(piece).next().unwrap_or(0);
            if !line[column].is_empty() {
                line[column].push(' ');
            }
            line[column].push_str(&piece.text);
        }
        let filled: Vec<bool> = line.iter().map(|cell| !cell.is_empty()).collect();
        let is_next = match begins {
            Some(begins) => !begins[index],
            None => {
                index > 0
                    && spacing.is_next(rows, index, &filled, &lowest)
                    && !is_parted(&rows[index - 1], row, across)
                    && goes_on(rows, index, &cells, &line, &spacing)
            }
        };
        match cells.last_mut() {
            Some(last) if is_next => {
                let texts = last.iter_mut().zip(line);
                for (cell, text) in texts.filter(|(_, text)| !text.is_empty()) {
                    wrap::join(cell, &text);
                }
            }
            _ => {
                cells.push(line);
                lowest = vec![None; filled.len()];
            }
        }
        for (place, _) in lowest.iter_mut().zip(filled).filter(|(_, filled)| *filled) {
            *place = Some(row.y());
        }
    }
    join_headers(&mut cells);
    Part::Table(cells)
}

/// How far the lines of a table stand apart.
struct Spacing {
    /// The distance that parts lines of one row from lines of two, when the table has both.
    pitch: Option<f64>,
    /// Lines of other columns that stand closer than this are of one row, where cells are set in the middle.
    offset: Option<f64>,
}

impl Spacing {
    fn of(rows: &[Row], columns: &Columns) -> Self {
        let gaps = |ys: &mut dyn Iterator<Item = f64>| {
            let ys: Vec<f64> = ys.collect();
            let gaps = ys.windows(2).map(|pair| pair[1] - pair[0]);
            gaps.fold((f64::MAX, 0.0_f64), |(least, most), gap| {
                (least.min(gap), most.max(gap))
            })
        };
        let (closest, largest) = gaps(&mut rows.iter().map(Row::y));
        // Cells that are set in the middle stand between the lines of the cells beside them.
        let in_column = |column: usize| {
            let stands = |piece: &Piece| columns.touched(piece).next() == Some(column);
            let rows = rows.iter().filter(|row| row.pieces.iter().any(stands));
            gaps(&mut rows.map(Row::y)).0
        };
        let smallest = (0..columns.0.len()).map(in_column).fold(f64::MAX, f64::min);
        let size = rows.iter().map(Row::size).fold(0.0, f64::max);
        let is_wrapped = largest > 1.2 * smallest && smallest < LOOSE * size;
        let limit = OFFSET * smallest;
        Self {
            pitch: is_wrapped.then_some(f64::midpoint(smallest, largest)),
            offset: (is_wrapped && closest < limit).then_some(limit),
        }
    }

    /// Whether a line stands close enough under the row before it. It is known which cells it has, and where the last
    /// lines of the cells before it are.
    fn is_next(&self, rows: &[Row], index: usize, filled: &[bool], lowest: &[Option<f64>]) -> bool {
        let row = &rows[index];
        let under = lowest.iter().zip(filled).filter(|(_, filled)| **filled);
        let nearest = under.filter_map(|(y, _)| *y).reduce(f64::max);
        let gap = row.y() - nearest.unwrap_or_else(|| rows[index - 1].y());
        match (self.offset, nearest) {
            (Some(offset), None) => gap < offset,
            _ => self
                .pitch
                .map_or(gap < TIGHT * row.size(), |pitch| gap < pitch),
        }
    }
}

/// Whether a line is drawn between two rows.
fn is_parted(above: &Row, row: &Row, across: &[Line]) -> bool {
    across.iter().any(|line| {
        line.0 > above.y()
            && line.0 < row.y() - 0.2 * row.size()
            && line.1 < row.x1()
            && row.x0() < line.2
    })
}

/// True when a line goes on with the row of the table above it, which is close.
fn goes_on(
    rows: &[Row],
    index: usize,
    cells: &[Vec<String>],
    line: &[String],
    spacing: &Spacing,
) -> bool {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let Some(last) = cells.last() else {
        return false;
    };
    if last[0].is_empty() && filled(line) == line.len() {
        // The middle of a row, unless it is the first under a header whose corner is empty.
        return spacing.pitch.is_some() && (cells.len() > 1 || filled(last) + 1 < line.len());
    }
    if line[0].is_empty() || last[0].is_empty() {
        // Part of a row: the lines of a wrapped cell, the other cells beside one of them.
        return true;
    }
    // Every cell wrapped: only when rows are clearly parted elsewhere, the header not counted.
    let rows_parted = rows.windows(2).skip(1).filter(|pair| {
        let pitch = spacing.pitch;
        pitch.is_some_and(|pitch| pair[1].y() - pair[0].y() >= pitch)
    });
    let gap = rows[index].y() - rows[index - 1].y();
    rows_parted.count() >= 2 && gap < TIGHT * rows[index].size()
}

/// Joins columns of which one holds nothing but a header and the next everything else: a header that is set
/// in the middle of its column may not stand over any of its cells.
fn join_headers(cells: &mut [Vec<String>]) {
    let Some(width) = cells.first().map(Vec::len) else {
        return;
    };
    let head = |cells: &[Vec<String>], column: usize| !cells[0][column].is_empty();
    let rest =
        |cells: &[Vec<String>], column: usize| cells[1..].iter().any(|row| !row[column].is_empty());
    for column in 0..width {
        if !head(cells, column) || rest(cells, column) {
            continue;
        }
        let next = [column.checked_sub(1), Some(column + 1)]
            .into_iter()
            .flatten()
            .find(|&next| next < width && !head(cells, next) && rest(cells, next));
        if let Some(next) = next {
            cells[0][next] = std::mem::take(&mut cells[0][column]);
        }
    }
}
