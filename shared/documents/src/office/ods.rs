//! `OpenDocument` tables: a page per sheet, a table per block of rows.

use std::collections::HashSet;

use super::grid::{Grid, MAX_COLUMNS, Merged};
use super::package::Package;
use super::xml::{self, Attributes, Handler};
use crate::limits::Budget;
use crate::writer::{Writer, one_line};
use crate::{Document, FileKind, HiddenReason, ReadError};

/// Rows and cells one element may stand for; the far edge of a sheet is not content.
const MAX_REPEATED: u64 = 64;
/// What formulas show that could not be worked out.
const ERRORS: [&str; 7] = [
    "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!",
];
/// The day on which a time stands that has none.
const NO_DAY: &str = "1899-12-30T";

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    let mut package = Package::open_document(bytes, budget)?;
    let text = package.main_text("content.xml")?;
    let mut book = Book::new(Writer::new(budget));
    xml::walk(&text, budget, &mut book)?;
    // Of a sheet larger than is wanted the walk does not see the end.
    book.end_sheet();
    let mut document = book.writer.finish(FileKind::Ods)?;
    document.title = package.title("meta.xml");
    Ok(document)
}

/// Where words go that do not stand in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Hidden(HiddenReason),
    /// A text box over the sheet.
    Drawn,
    /// What is of no sheet: validations, links, forms.
    Nowhere,
}

/// The cell being read.
#[derive(Debug, Default)]
struct Cell {
    value: Option<String>,
    shown: String,
    is_covered: bool,
    columns: u64,
    rows: u64,
}

/// The sheet being read.
struct Sheet {
    name: String,
    hidden: bool,
    grid: Grid,
    drawn: Vec<String>,
    columns: u64,
    hidden_columns: Vec<(u64, u64)>,
    /// The row and column of the next cell, from 1 and from 0.
    row: u64,
    column: u64,
    row_hidden: bool,
    row_repeated: u64,
    cells: Vec<(u64, String)>,
}

struct Book<'b> {
    writer: Writer<'b>,
    /// Styles of sheets that are not shown.
    hidden_styles: HashSet<String>,
    style: String,
    began: bool,
    count: u32,
    sheet: Option<Sheet>,
    cell: Option<Cell>,
    in_paragraph: bool,
    aside: Option<Aside>,
    /// Open elements from the one that is set aside.
    aside_depth: usize,
    aside_text: String,
}

impl<'b> Book<'b> {
    fn new(writer: Writer<'b>) -> Self {
        Self {
            writer,
            hidden_styles: HashSet::new(),
            style: String::new(),
            began: false,
            count: 0,
            sheet: None,
            cell: None,
            in_paragraph: false,
            aside: None,
            aside_depth: 0,
            aside_text: String::new(),
        }
    }

    fn begin_sheet(&mut self, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        self.count += 1;
        let budget = self.writer.budget;
        budget.check_pages(usize::try_from(self.count).unwrap_or(usize::MAX))?;
        let name = one_line(&attributes.get("name").unwrap_or_default());
        self.writer.begin_page(self.count, Some(name.clone()));
        let style = attributes.get("style-name").unwrap_or_default();
        self.sheet = Some(Sheet {
            name,
            hidden: self.hidden_styles.contains(&style),
            grid: Grid::new(budget.limits.max_chars),
            drawn: Vec::new(),
            columns: 0,
            hidden_columns: Vec::new(),
            row: 1,
            column: 0,
            row_hidden: false,
            row_repeated: 1,
            cells: Vec::new(),
        });
        Ok(())
    }

    fn end_sheet(&mut self) {
        let Some(sheet) = self.sheet.take() else {
            return;
        };
        if sheet.hidden {
            let words = [sheet.grid.words(), sheet.drawn.join(" ")].join(" ");
            self.writer.hide(HiddenReason::HiddenPart, &words);
            return;
        }
        sheet.grid.write(&sheet.name, &mut self.writer);
        for text in &sheet.drawn {
            self.writer.paragraph(text);
        }
    }

    fn letters(&mut self, text: &str) {
        if self.aside.is_some() {
            self.aside_text.push_str(text);
        } else if let Some(cell) = &mut self.cell {
            cell.shown.push_str(text);
        }
    }

    fn set_aside(&mut self, aside: Aside) {
        self.aside = Some(aside);
        self.aside_depth = 1;
        self.aside_text.clear();
    }

    fn end_aside(&mut self) {
        let text = std::mem::take(&mut self.aside_text);
        match (self.aside.take(), &mut self.sheet) {
            (Some(Aside::Hidden(reason)), _) => self.writer.hide(reason, &text),
            (Some(Aside::Drawn), Some(sheet)) => sheet.drawn.push(text),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self) {
        self.in_paragraph = true;
        self.letters("\n");
    }
}

impl Sheet {
    fn begin_column(&mut self, attributes: &Attributes<'_>) {
        let first = self.columns;
        let count = attributes.number("number-columns-repeated").unwrap_or(1);
        self.columns = first.saturating_add(count);
        if is_hidden(attributes) {
            self.hidden_columns.push((first, self.columns));
        }
    }

    fn begin_row(&mut self, attributes: &Attributes<'_>) {
        self.column = 0;
        self.row_hidden = is_hidden(attributes);
        self.row_repeated = attributes.number("number-rows-repeated").unwrap_or(1);
    }

    fn end_cell(&mut self, cell: Cell) {
        let first = self.column;
        self.column = first.saturating_add(cell.columns);
        let text = cell.value.unwrap_or(cell.shown);
        let text = truth(one_line(&text));
        let is_error = text.starts_with("Err:") || ERRORS.contains(&text.as_str());
        if text.is_empty() || is_error || cell.is_covered {
            return;
        }
        self.grid.merge(Merged {
            column: usize::try_from(first).unwrap_or(MAX_COLUMNS),
            first: self.row,
            last: self.row.saturating_add(cell.rows.saturating_sub(1)),
        });
        for column in first..self.column.min(first.saturating_add(MAX_REPEATED)) {
            self.cells.push((column, text.clone()));
        }
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let rows = self.row_repeated.clamp(1, MAX_REPEATED);
        if self.row_hidden {
            let after = self.row.saturating_add(self.row_repeated);
            self.grid.fold(self.row, after.saturating_sub(1));
        }
        for row in (0..rows).take_while(|_| !cells.is_empty()) {
            for (column, text) in &cells {
                let hidden = self.row_hidden
                    || self
                        .hidden_columns
                        .iter()
                        .any(|(from, to)| (*from..*to).contains(column));
                let column = usize::try_from(*column).unwrap_or(MAX_COLUMNS);
                let row = self.row.saturating_add(row);
                let hidden = hidden.then_some(HiddenReason::HiddenPart);
                self.grid.put(row, column, text, hidden);
            }
        }
        self.row = self.row.saturating_add(self.row_repeated);
    }
}

/// True for a row or column that is folded away or filtered out.
fn is_hidden(attributes: &Attributes<'_>) -> bool {
    attributes
        .get("visibility")
        .is_some_and(|visibility| visibility != "visible")
}

/// What formulas show that are true or not, in the languages of the product.
fn truth(text: String) -> String {
    match text.as_str() {
        "TRUE" | "WAHR" | "VRAI" | "VERDADERO" | "DOĞRU" => "yes".to_owned(),
        "FALSE" | "FALSCH" | "FAUX" | "FALSO" | "YANLIŞ" => "no".to_owned(),
        _ => text,
    }
}

/// What a cell holds where that says more than what it shows: dates in ISO 8601, times, yes and no.
fn value(attributes: &Attributes<'_>) -> Option<String> {
    if let Some(date) = attributes.get("date-value") {
        let date = date.trim_end_matches("T00:00:00");
        let date = date.strip_prefix(NO_DAY).unwrap_or(date);
        let minutes = date.find(':').and_then(|at| date.get(..at + 3));
        return Some(minutes.unwrap_or(date).replace('T', " "));
    }
    if let Some(time) = attributes.get("time-value") {
        let (hours, rest) = time.strip_prefix("PT")?.split_once('H')?;
        let (minutes, _) = rest.split_once('M')?;
        return Some(format!("{hours:0>2}:{minutes:0>2}"));
    }
    match attributes.get("boolean-value")?.as_str() {
        "true" => Some("yes".to_owned()),
        _ => Some("no".to_owned()),
    }
}

impl Handler for Book<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        if self.aside.is_some() {
            self.aside_depth += 1;
            match name {
                "p" => self.begin_paragraph(),
                "s" | "tab" | "line-break" => self.letters(" "),
                _ => {}
            }
            return Ok(());
        }
        match name {
            "style" => self.style = attributes.get("name").unwrap_or_default(),
            "table-properties" if attributes.get("display").is_some_and(|on| on == "false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "spreadsheet" => self.began = true,
            _ if !self.began => {}
            "annotation" => self.set_aside(Aside::Hidden(HiddenReason::Comment)),
            "tracked-changes" => self.set_aside(Aside::Hidden(HiddenReason::Deleted)),
            "frame" | "custom-shape" | "rect" | "ellipse" | "caption" => {
                self.set_aside(Aside::Drawn);
            }
            "dde-links" | "content-validations" | "forms" | "table-source" => {
                self.set_aside(Aside::Nowhere);
            }
            // A table inside a cell: no program writes one that people see.
            "table" | "sub-table" if self.sheet.is_some() => self.set_aside(Aside::Nowhere),
            "table" => self.begin_sheet(attributes)?,
            "table-cell" | "covered-table-cell" => {
                self.cell = Some(Cell {
                    value: value(attributes),
                    is_covered: name == "covered-table-cell",
                    columns: attributes.number("number-columns-repeated").unwrap_or(1),
                    rows: attributes.number("number-rows-spanned").unwrap_or(1),
                    ..Cell::default()
                });
            }
            "p" => self.begin_paragraph(),
            "s" | "tab" | "line-break" => self.letters(" "),
            _ => {
                if let Some(sheet) = &mut self.sheet {
                    match name {
                        "table-column" => sheet.begin_column(attributes),
                        "table-row" => sheet.begin_row(attributes),
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if name == "p" {
            self.in_paragraph = false;
        }
        if self.aside.is_some() {
            self.aside_depth -= 1;
            if self.aside_depth == 0 {
                self.end_aside();
            }
            return Ok(());
        }
        match (name, &mut self.sheet) {
            ("table-cell" | "covered-table-cell", Some(sheet)) => {
                if let Some(cell) = self.cell.take() {
                    sheet.end_cell(cell);
                }
            }
            ("table-row", Some(sheet)) => sheet.end_row(),
            ("table", _) => self.end_sheet(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.in_paragraph {
            self.letters(text);
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.writer.is_full()
            || self
                .sheet
                .as_ref()
                .is_some_and(|sheet| sheet.grid.is_full())
    }
}
