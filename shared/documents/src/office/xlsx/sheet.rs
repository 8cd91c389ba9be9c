//! The cells of one sheet.

use std::collections::BTreeMap;

use super::super::xml::{Attributes, Handler};
use super::format::Formats;
use crate::writer::{Writer, one_line};
use crate::{HiddenReason, ReadError};

/// Columns beyond this are not read.
const MAX_COLUMNS: usize = 256;

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
    pub(super) fn write(self, name: &str, writer: &mut Writer<'_>) {
        for text in &self.hidden {
            writer.hide(HiddenReason::HiddenPart, text);
        }
        if self.rows.is_empty() {
            return;
        }
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
