//! The cells of one sheet.

use super::super::grid::{Grid, Merged};
use super::super::xml::{Attributes, Handler};
use super::format::Formats;
use super::look::Looks;
use crate::{HiddenReason, ReadError, struck};

/// Rows and columns lower or narrower than this, in points and letters, nobody sees.
const FLAT: f64 = 0.2;

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
    looks: &'s Looks,
    /// Some cells stand in tables, whose looks are not known.
    pub(super) has_tables: bool,
    pub(super) grid: Grid,
    hidden_columns: Vec<(usize, usize)>,
    row: u64,
    row_hidden: bool,
    cell: Option<Cell>,
    in_value: bool,
}

impl<'s> Sheet<'s> {
    pub(super) fn new(
        strings: &'s [String],
        formats: &'s Formats,
        looks: &'s Looks,
        max_chars: usize,
    ) -> Self {
        Self {
            strings,
            formats,
            looks,
            has_tables: false,
            grid: Grid::new(max_chars),
            hidden_columns: Vec::new(),
            row: 0,
            row_hidden: false,
            cell: None,
            in_value: false,
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
            "str" | "inlineStr" => Some(cell.value.clone()),
            "d" => Some(cell.value.trim_end_matches("T00:00:00").replace('T', " ")),
            _ => Some(self.formats.number(&cell.value, cell.style)),
        };
        let hidden = self.row_hidden
            || self
                .hidden_columns
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&(cell.column + 1)));
        let hidden = if hidden {
            Some(HiddenReason::HiddenPart)
        } else if self
            .formats
            .shows_nothing(&cell.value, &cell.kind, cell.style)
        {
            Some(HiddenReason::NotDisplayed)
        } else {
            self.looks.hidden(cell.style, self.has_tables)
        };
        if hidden.is_none()
            && matches!(cell.kind.as_str(), "" | "n")
            && let Some(day) = self.formats.bare_day(&cell.value, cell.style)
        {
            self.grid.may_be_day(self.row, cell.column, day);
        }
        let mut text = text.unwrap_or_default();
        if self.looks.is_struck(cell.style) && !text.contains("~~") {
            text = struck::marked(&text);
        }
        self.grid.put(self.row, cell.column, &text, hidden);
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

/// A merged area such as `A2:B4`.
fn merged(area: &str) -> Option<Merged> {
    let row = |reference: &str| -> Option<u64> {
        let digits = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok()
    };
    let (from, to) = area.split_once(':')?;
    Some(Merged {
        column: column(from)?,
        first: row(from)?,
        last: row(to)?,
    })
}

impl Handler for Sheet<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        let on = |name: &str| {
            attributes
                .get(name)
                .is_some_and(|value| value == "1" || value == "true")
        };
        let is_flat = |name: &str| {
            let size: Option<f64> = attributes.number(name);
            size.is_some_and(|size| size < FLAT)
        };
        match name {
            "col" if on("hidden") || is_flat("width") => {
                let from = attributes.number("min").unwrap_or(1);
                self.hidden_columns
                    .push((from, attributes.number("max").unwrap_or(from)));
            }
            "row" => {
                self.row = attributes.number("r").unwrap_or(self.row + 1);
                self.row_hidden = on("hidden") || is_flat("ht");
                if self.row_hidden {
                    self.grid.fold(self.row, self.row);
                }
            }
            "c" => {
                let next = self.grid.next_column(self.row);
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
            "mergeCell" => {
                if let Some(area) = attributes.get("ref").and_then(|area| merged(&area)) {
                    self.grid.merge(area);
                }
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
        self.grid.is_full()
    }
}

#[cfg(test)]
mod tests {
    use super::{Merged, merged};

    #[test]
    fn areas_are_read_or_left() {
        let area = |column, first, last| {
            Some(Merged {
                column,
                first,
                last,
            })
        };
        assert_eq!(merged("A2:A3"), area(0, 2, 3));
        assert_eq!(merged("AB4:AD9"), area(27, 4, 9));
        for none in ["A1", "", ":", "A:B", "1:2", "A99999999999999999999:A1"] {
            assert_eq!(merged(none), None, "{none}");
        }
    }
}
