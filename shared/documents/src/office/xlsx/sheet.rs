//! The cells of one sheet.

use std::collections::BTreeMap;

use super::super::xml::{Attributes, Handler};
use super::format::Formats;
use crate::writer::{Writer, one_line};
use crate::{HiddenReason, ReadError};

/// Columns beyond this are not read.
const MAX_COLUMNS: usize = 256;
/// Merged areas beyond these, and rows of one, are not filled.
const MAX_MERGED: usize = 10_000;
const MAX_MERGED_ROWS: u64 = 1_000;

/// A column, and the first and last row over which its cell reaches.
type Merged = (usize, u64, u64);

#[derive(Debug, Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    value: String,
}

pub(super) struct Sheet<'s> {
    strings: &'s [String],
    formats: &'s Formats,
    /// Rows by number, cells by column.
    rows: BTreeMap<u64, Vec<(usize, String)>>,
    hidden: Vec<String>,
    hidden_columns: Vec<(usize, usize)>,
    merged: Vec<Merged>,
    row: u64,
    row_hidden: bool,
    cell: Option<Cell>,
    in_value: bool,
    chars: usize,
    max_chars: usize,
}

impl<'s> Sheet<'s> {
    pub(super) fn new(strings: &'s [String], formats: &'s Formats, max_chars: usize) -> Self {
        Self {
            strings,
            formats,
            rows: BTreeMap::new(),
            hidden: Vec::new(),
            hidden_columns: Vec::new(),
            merged: Vec::new(),
            row: 0,
            row_hidden: false,
            cell: None,
            in_value: false,
            chars: 0,
            max_chars,
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
        for text in &self.hidden {
            writer.hide(HiddenReason::HiddenPart, text);
        }
        if self.rows.is_empty() {
            return;
        }
        self.repeat();
        writer.heading(2, name);
        let mut block: Vec<Vec<String>> = Vec::new();
        let mut last = 0;
        for (number, cells) in self.rows {
            if number > last + 1 {
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
        for (column, first, last) in std::mem::take(&mut self.merged) {
            let text = self.rows.get(&first).and_then(|row| {
                let at = row.binary_search_by_key(&column, |cell| cell.0).ok()?;
                row.get(at).map(|cell| cell.1.clone())
            });
            let Some(text) = text else { continue };
            for (_, row) in self.rows.range_mut(first + 1..=last) {
                if self.chars > self.max_chars {
                    return;
                }
                if let Err(at) = row.binary_search_by_key(&column, |cell| cell.0) {
                    self.chars += text.len() + 3;
                    row.insert(at, (column, text.clone()));
                }
            }
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let text = match cell.kind.as_str() {
            "s" => cell
                .value
                .trim()
                .parse()
                .ok()
                .and_then(|index: usize| self.strings.get(index))
                .cloned(),
            "b" => Some(if cell.value.trim() == "1" {
                "yes".to_owned()
            } else {
                "no".to_owned()
            }),
            // An error such as #REF! says nothing.
            "e" => None,
            "str" | "inlineStr" => Some(cell.value),
            "d" => Some(cell.value.trim_end_matches("T00:00:00").replace('T', " ")),
            _ => Some(self.formats.number(&cell.value, cell.style)),
        };
        let text = one_line(&text.unwrap_or_default());
        if text.is_empty() || cell.column >= MAX_COLUMNS || self.chars > self.max_chars {
            return;
        }
        self.chars += text.len() + 3;
        let hidden = self.row_hidden
            || self
                .hidden_columns
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&(cell.column + 1)));
        if hidden {
            self.hidden.push(text);
            return;
        }
        let row = self.rows.entry(self.row).or_default();
        if row.last().is_none_or(|(column, _)| *column < cell.column) {
            row.push((cell.column, text));
        }
    }
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

/// The column of a reference such as `AB12`, from 0.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    number.checked_sub(1)
}

/// A merged area such as `A2:B4`, where it has more rows than one.
fn merged(area: &str) -> Option<Merged> {
    let row = |reference: &str| -> Option<u64> {
        let digits = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok()
    };
    let (from, to) = area.split_once(':')?;
    let (first, last) = (row(from)?, row(to)?);
    let last = last.min(first.saturating_add(MAX_MERGED_ROWS));
    (first < last).then_some((column(from)?, first, last))
}

impl Handler for Sheet<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        let on = |name: &str| {
            attributes
                .get(name)
                .is_some_and(|value| value == "1" || value == "true")
        };
        match name {
            "col" if on("hidden") => {
                let from = attributes.number("min").unwrap_or(1);
                self.hidden_columns
                    .push((from, attributes.number("max").unwrap_or(from)));
            }
            "row" => {
                self.row = attributes.number("r").unwrap_or(self.row + 1);
                self.row_hidden = on("hidden");
            }
            "c" => {
                let next = self
                    .rows
                    .get(&self.row)
                    .and_then(|row| row.last())
                    .map_or(0, |(column, _)| column + 1);
                self.cell = Some(Cell {
                    column: attributes
                        .get("r")
                        .and_then(|reference| column(&reference))
                        .unwrap_or(next),
                    kind: attributes.get("t").unwrap_or_default(),
                    style: attributes.number("s").unwrap_or(0),
                    value: String::new(),
                });
            }
            "v" | "t" => self.in_value = true,
            "mergeCell" if self.merged.len() < MAX_MERGED => {
                self.merged
                    .extend(attributes.get("ref").and_then(|area| merged(&area)));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "v" | "t" => self.in_value = false,
            "c" => self.end_cell(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.in_value
            && let Some(cell) = &mut self.cell
        {
            cell.value.push_str(text);
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.chars > self.max_chars
    }
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn only_areas_of_several_rows_are_repeated() {
        assert_eq!(merged("A2:A3"), Some((0, 2, 3)));
        assert_eq!(merged("AB4:AD9"), Some((27, 4, 9)));
        assert_eq!(merged("A1:A1048576"), Some((0, 1, 1_001)));
        for area in [
            "A1:F1",
            "A3:A2",
            "A1",
            "",
            ":",
            "A:B",
            "1:2",
            "A99999999999999999999:A1",
        ] {
            assert_eq!(merged(area), None, "{area}");
        }
    }
}
