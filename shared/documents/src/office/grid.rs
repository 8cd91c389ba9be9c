//! The cells of a sheet, whichever program filled it: a table per block of rows.

use std::collections::{BTreeMap, HashMap};

use crate::HiddenReason;
use crate::writer::{Writer, one_line};

/// Columns beyond this are not read.
pub(super) const MAX_COLUMNS: usize = 256;
/// Merged areas beyond these, and rows of one, are not filled.
const MAX_MERGED: usize = 10_000;
const MAX_MERGED_ROWS: u64 = 1_000;

/// A column, and the first and last row over which its cell reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) column: usize,
    pub(super) first: u64,
    pub(super) last: u64,
}

/// What stands in a sheet.
#[derive(Debug)]
pub(super) struct Grid {
    /// Rows by number, cells by column.
    rows: BTreeMap<u64, Vec<(usize, String)>>,
    hidden: Vec<(HiddenReason, String)>,
    /// Rows that are folded away or filtered out: the first and the last.
    folded: BTreeMap<u64, u64>,
    merged: Vec<Merged>,
    /// Days that bare numbers may stand for, by row and column.
    days: HashMap<(u64, usize), String>,
    chars: usize,
    max_chars: usize,
}

impl Grid {
    pub(super) fn new(max_chars: usize) -> Self {
        Self {
            rows: BTreeMap::new(),
            hidden: Vec::new(),
            folded: BTreeMap::new(),
            merged: Vec::new(),
            days: HashMap::new(),
            chars: 0,
            max_chars,
        }
    }

    /// True when more is held than is wanted.
    pub(super) const fn is_full(&self) -> bool {
        self.chars > self.max_chars
    }

    /// The column after the last that is filled in a row.
    pub(super) fn next_column(&self, row: u64) -> usize {
        self.rows
            .get(&row)
            .and_then(|row| row.last())
            .map_or(0, |(column, _)| column + 1)
    }

    /// Puts words into a cell. The cells of a row come from left to right.
    pub(super) fn put(
        &mut self,
        row: u64,
        column: usize,
        text: &str,
        hidden: Option<HiddenReason>,
    ) {
        let text = one_line(text);
        if text.is_empty() || column >= MAX_COLUMNS || self.is_full() {
            return;
        }
        self.chars += text.len() + 3;
        if let Some(reason) = hidden {
            self.hidden.push((reason, text));
            return;
        }
        let row = self.rows.entry(row).or_default();
        if row.last().is_none_or(|(last, _)| *last < column) {
            row.push((column, text));
        }
    }

    /// Notes rows that nobody sees: those around them stand together.
    pub(super) fn fold(&mut self, first: u64, last: u64) {
        let known = self.folded.entry(first).or_default();
        *known = last.max(*known);
    }

    /// Whether a row stands right under another, with no empty one between them.
    fn follows(&self, row: u64, above: u64) -> bool {
        let mut next = above.saturating_add(1);
        while next < row {
            match self.folded.range(..=next).next_back() {
                Some((_, &last)) if last >= next => next = last.saturating_add(1),
                _ => return false,
            }
        }
        true
    }

    /// Notes an area that is one cell, where it has more rows than one.
    pub(super) fn merge(&mut self, area: Merged) {
        let last = area.last.min(area.first.saturating_add(MAX_MERGED_ROWS));
        if self.merged.len() < MAX_MERGED && area.first < last {
            self.merged.push(Merged { last, ..area });
        }
    }

    /// Notes the day for which the number in a cell stands if its column is one of days.
    pub(super) fn may_be_day(&mut self, row: u64, column: usize, day: String) {
        if column < MAX_COLUMNS && !self.is_full() {
            self.days.insert((row, column), day);
        }
    }

    /// Writes days for numbers under the head of a column of days, where no other number stands under it.
    fn spell_days(&mut self) {
        let days = std::mem::take(&mut self.days);
        let mut heads: HashMap<usize, bool> = HashMap::new();
        let mut last = 0;
        let mut found: Vec<(u64, usize)> = Vec::new();
        for (&number, cells) in &self.rows {
            // A row without cells ends a table.
            if !self.follows(number, last) {
                heads.clear();
            }
            last = number;
            for (column, text) in cells {
                match (heads.get(column), days.contains_key(&(number, *column))) {
                    (None, false) => drop(heads.insert(*column, is_head_of_days(text))),
                    (Some(true), true) => found.push((number, *column)),
                    // Another number: the column counts something.
                    (Some(true), false) if text.parse::<f64>().is_ok() => {
                        heads.insert(*column, false);
                        found.retain(|(_, other)| other != column);
                    }
                    _ => {}
                }
            }
        }
        for (number, column) in found {
            let cell = self.rows.get_mut(&number).and_then(|row| {
                let at = row.binary_search_by_key(&column, |cell| cell.0).ok()?;
                row.get_mut(at)
            });
            if let (Some(cell), Some(day)) = (cell, days.get(&(number, column))) {
                cell.1.clone_from(day);
            }
        }
    }

    /// All words of the sheet on one line.
    pub(super) fn words(&self) -> String {
        let cells: Vec<&str> = self
            .rows
            .values()
            .flatten()
            .map(|(_, text)| text.as_str())
            .collect();
        cells.join(" ")
    }

    /// Writes the sheet: its name, then a table for every block of rows; lines of one cell are paragraphs.
    pub(super) fn write(mut self, name: &str, writer: &mut Writer<'_>) {
        for (reason, text) in &self.hidden {
            writer.hide(*reason, text);
        }
        if self.rows.is_empty() {
            return;
        }
        self.spell_days();
        self.repeat();
        writer.heading(2, name);
        let mut block: Vec<Vec<String>> = Vec::new();
        let mut last = 0;
        for (number, cells) in std::mem::take(&mut self.rows) {
            if !self.follows(number, last) {
                flush(&mut block, writer);
            }
            last = number;
            // A title over a table is no row of it.
            if cells.len() == 1 && block.is_empty() {
                writer.paragraph(&cells[0].1);
                continue;
            }
            let width = cells.last().map_or(0, |(column, _)| column + 1);
            let mut row = vec![String::new(); width];
            for (column, text) in cells {
                row[column] = text;
            }
            block.push(row);
        }
        flush(&mut block, writer);
    }

    /// Repeats what stands in a cell over several rows in each of them, for it holds for each. Rows with nothing else
    /// in them get none.
    fn repeat(&mut self) {
        for area in std::mem::take(&mut self.merged) {
            let text = self.rows.get(&area.first).and_then(|row| {
                let at = row.binary_search_by_key(&area.column, |cell| cell.0).ok()?;
                row.get(at).map(|cell| cell.1.clone())
            });
            let Some(text) = text else { continue };
            for (_, row) in self.rows.range_mut(area.first + 1..=area.last) {
                if self.chars > self.max_chars {
                    return;
                }
                if let Err(at) = row.binary_search_by_key(&area.column, |cell| cell.0) {
                    self.chars += text.len() + 3;
                    row.insert(at, (area.column, text.clone()));
                }
            }
        }
    }
}

/// True for "Due date", "Fällig am", not for "Amount due".
fn is_head_of_days(text: &str) -> bool {
    const DAYS: [&str; 24] = [
        "date",
        "dates",
        "due",
        "deadline",
        "datum",
        "termin",
        "frist",
        "fällig",
        "fälligkeit",
        "fecha",
        "vencimiento",
        "plazo",
        "límite",
        "échéance",
        "délai",
        "tarih",
        "tarihi",
        "vade",
        "start",
        "beginn",
        "inicio",
        "début",
        "başlangıç",
        "day",
    ];
    /// Words beside which "due" or "start" is no day.
    const OTHERS: [&str; 15] = [
        "amount", "balance", "total", "sum", "price", "cost", "fee", "number", "days", "hours",
        "value", "betrag", "importe", "montant", "tutar",
    ];
    let text = text.to_lowercase();
    let has = |words: &[&str]| {
        let mut all = text.split(|c: char| !c.is_alphanumeric());
        all.any(|word| words.contains(&word))
    };
    has(&DAYS) && !has(&OTHERS) && !text.contains(['$', '€', '£'])
}

fn flush(block: &mut Vec<Vec<String>>, writer: &mut Writer<'_>) {
    let rows = std::mem::take(block);
    match &rows[..] {
        [] => {}
        [one] => {
            let cells: Vec<&str> = one
                .iter()
                .map(String::as_str)
                .filter(|cell| !cell.is_empty())
                .collect();
            writer.paragraph(&cells.join(" "));
        }
        _ => writer.table(&rows),
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, Merged, is_head_of_days};

    #[test]
    fn bare_numbers_are_days_only_under_a_head_of_days() {
        let spelled = |head: &str, others: &[&str]| {
            let mut grid = Grid::new(1_000);
            grid.put(1, 0, head, None);
            grid.may_be_day(2, 0, "2026-03-12".to_owned());
            grid.put(2, 0, "46093", None);
            for (row, other) in (3..).zip(others) {
                grid.put(row, 0, other, None);
            }
            grid.spell_days();
            grid.words()
        };
        assert_eq!(spelled("Due", &["open"]), "Due 2026-03-12 open");
        assert_eq!(spelled("Fällig am", &[]), "Fällig am 2026-03-12");
        assert_eq!(spelled("Amount", &[]), "Amount 46093");
        assert_eq!(spelled("Due", &["120"]), "Due 46093 120");
        assert!(!is_head_of_days("Amount due"));
        assert!(!is_head_of_days("Days due"));
    }

    #[test]
    fn only_areas_of_several_rows_are_repeated() {
        let mut grid = Grid::new(1_000);
        for (first, last) in [(1, 1), (3, 2), (2, 3), (1, u64::MAX)] {
            grid.merge(Merged {
                column: 0,
                first,
                last,
            });
        }
        let rows: Vec<(u64, u64)> = grid
            .merged
            .iter()
            .map(|area| (area.first, area.last))
            .collect();
        assert_eq!(rows, [(2, 3), (1, 1_001)]);
    }
}
