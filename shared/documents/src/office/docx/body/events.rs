//! What each element of the XML does.

use super::super::super::xml::{Attributes, Handler};
use super::super::run::{Paint, shading};
use super::{Body, Cell, Paragraph};
use crate::ReadError;

/// Elements without text of the page: what a fallback says the choice before it says too, field codes are
/// instructions, and former properties are former.
const SKIPPED: &[&str] = &[
    "Fallback",
    "instrText",
    "delInstrText",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "numberingChange",
    "tblGridChange",
];

impl Body<'_, '_, '_> {
    fn begin(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_paragraph_properties = true,
            "r" => (self.run, self.run_style) = Default::default(),
            "rPr" => self.in_run_properties = true,
            "t" | "delText" => self.in_text = true,
            "tab" if !self.in_paragraph_properties => self.letters("\t"),
            "br" if attributes.get("type").as_deref() == Some("page") => self.page_break(),
            "lastRenderedPageBreak" => self.page_break(),
            "br" | "cr" => self.letters("\n"),
            "noBreakHyphen" => self.letters("-"),
            "sym" => self.symbol(attributes),
            "del" | "moveFrom" if !self.in_run_properties => self.deleted += 1,
            // The box of an old form is empty until it says otherwise.
            "checkBox" => self.checked(false),
            "checked" if !self.in_run_properties => {
                let ticked = attributes.is_on();
                self.checked(ticked);
            }
            "tbl" => {
                self.table_style = None;
                self.sink.begin_table();
            }
            "tblStyle" => {
                let style = self
                    .styles
                    .resolve(&attributes.get("val").unwrap_or_default());
                // It holds for some of the cells only.
                self.table_style = style.shading.map(|_| Paint::Unknown);
            }
            "tr" => self.sink.begin_row(),
            "tc" => {
                self.cells.push(Cell {
                    columns: 1,
                    shading: self.table_style,
                    ..Cell::default()
                });
                self.sink.begin_cell(1, 1);
            }
            "gridSpan" => self.cell(|cell| cell.columns = attributes.number("val").unwrap_or(1)),
            "vMerge" => self
                .cell(|cell| cell.continued = attributes.get("val").as_deref() != Some("restart")),
            _ => {}
        }
    }
}

impl Handler for Body<'_, '_, '_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        if self.skipped > 0 || SKIPPED.contains(&name) {
            self.skipped += 1;
            return Ok(());
        }
        if self.in_run_properties && name != "rPr" {
            // The properties of the paragraph mark are not those of the letters.
            if !self.in_paragraph_properties {
                self.run_property(name, attributes);
            }
            return Ok(());
        }
        if self.in_paragraph_properties && !matches!(name, "pPr" | "rPr") {
            self.paragraph_property(name, attributes);
            return Ok(());
        }
        if name == "shd" {
            let shading = shading(attributes);
            self.cell(|cell| cell.shading = shading);
        }
        self.begin(name, attributes);
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        match name {
            "pPr" => self.in_paragraph_properties = false,
            "rPr" => self.in_run_properties = false,
            "t" | "delText" => self.in_text = false,
            "del" | "moveFrom" if !self.in_run_properties && !self.in_paragraph_properties => {
                self.deleted = self.deleted.saturating_sub(1);
            }
            "p" => self.end_paragraph(),
            "tc" => {
                let cell = self.cells.pop().unwrap_or_default();
                self.sink.end_cell(cell.columns, cell.continued);
            }
            "tbl" => self.sink.end_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.in_text && self.skipped == 0 {
            self.letters(text);
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.sink.writer.is_full()
    }
}
