//! Paragraphs, lists and tables of a Word document.

mod events;
mod paragraph;

use super::super::xml::Attributes;
use super::run::{Paint, Run, shading};
use super::styles::{Numbering, Styles};
use crate::HiddenReason;
use crate::html::is_heading;
use crate::plain;
use crate::sink::Sink;
use crate::writer::{Block, Marker, Writer, one_line};
use paragraph::{BOX_SIGNS, Cell, Paragraph, TICKED_SIGNS, is_box_or_empty, strike};

/// Reads the body of a document, or of a note, a head or a foot.
#[expect(
    clippy::struct_excessive_bools,
    reason = "where in the XML the reader stands"
)]
pub(super) struct Body<'w, 'b, 's> {
    sink: Sink<'w, 'b>,
    styles: &'s Styles,
    numbering: &'s mut Numbering,
    has_pages: bool,
    page: u32,
    paragraphs: Vec<Paragraph>,
    run: Run,
    /// What the style says that the run names.
    run_style: Run,
    in_run_properties: bool,
    in_paragraph_properties: bool,
    in_text: bool,
    /// Open elements inside one whose content is not text of the page.
    skipped: usize,
    deleted: usize,
    deleted_text: String,
    hidden_text: Option<(HiddenReason, String)>,
    cells: Vec<Cell>,
    /// What the style of the table lays behind some of its cells.
    table_style: Option<Paint>,
}

impl<'w, 'b, 's> Body<'w, 'b, 's> {
    pub(super) fn new(
        writer: &'w mut Writer<'b>,
        styles: &'s Styles,
        numbering: &'s mut Numbering,
        has_pages: bool,
    ) -> Self {
        Self {
            sink: Sink::new(writer),
            styles,
            numbering,
            has_pages,
            page: 1,
            paragraphs: Vec::new(),
            run: Run::default(),
            run_style: Run::default(),
            in_run_properties: false,
            in_paragraph_properties: false,
            in_text: false,
            skipped: 0,
            deleted: 0,
            deleted_text: String::new(),
            hidden_text: None,
            cells: Vec::new(),
            table_style: None,
        }
    }

    pub(super) fn finish(mut self) {
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        self.sink.finish();
        self.tell_hidden();
    }

    fn tell_hidden(&mut self) {
        if let Some((reason, text)) = self.hidden_text.take() {
            self.sink.writer.hide(reason, &text);
        }
        let text = std::mem::take(&mut self.deleted_text);
        self.sink.writer.hide(HiddenReason::Deleted, &text);
    }

    fn paragraph_property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let style = (name == "pStyle").then(|| {
            self.styles
                .resolve(&attributes.get("val").unwrap_or_default())
        });
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        match name {
            "pStyle" => paragraph.style = style.unwrap_or_default(),
            "numId" => paragraph.number = attributes.get("val"),
            "ilvl" => paragraph.level = attributes.number("val"),
            "outlineLvl" => paragraph.outline = attributes.number("val"),
            "shd" => paragraph.shading = shading(attributes),
            "pageBreakBefore" => paragraph.break_before = attributes.is_on(),
            _ => {}
        }
    }

    fn run_property(&mut self, name: &str, attributes: &Attributes<'_>) {
        if name == "rStyle" {
            let style = self
                .styles
                .resolve(&attributes.get("val").unwrap_or_default());
            // Words that are stressed by a style make no heading.
            self.run_style = style.run.unstressed();
        }
        self.run.property(name, attributes);
    }

    fn letters(&mut self, text: &str) {
        if self.deleted > 0 {
            self.deleted_text.push_str(text);
            return;
        }
        let is_sign = matches!(
            text.trim(),
            "\u{2610}" | "\u{2611}" | "\u{2612}" | "\u{2714}"
        );
        // The sign of a form's box repeats its state.
        if is_sign
            && self
                .paragraphs
                .last()
                .is_some_and(|paragraph| paragraph.text.ends_with("] "))
        {
            return;
        }
        let cell = self.cells.iter().rev().find_map(|cell| cell.shading);
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let run = self.run.or(self.run_style).or(paragraph.style.run);
        let behind = paragraph.shading.or(paragraph.style.shading).or(cell);
        if let Some(reason) = run.hidden(behind) {
            match &mut self.hidden_text {
                Some((known, hidden)) if *known == reason => hidden.push_str(text),
                _ => {
                    if let Some((reason, text)) =
                        self.hidden_text.replace((reason, text.to_owned()))
                    {
                        self.sink.writer.hide(reason, &text);
                    }
                }
            }
            return;
        }
        if run.is_struck() != paragraph.struck && !text.trim().is_empty() {
            paragraph.struck = run.is_struck();
            strike(&mut paragraph.text, paragraph.struck);
        }
        if run.bold != Some(true) {
            paragraph.plain += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        paragraph.text.push_str(text);
    }

    fn symbol(&mut self, attributes: &Attributes<'_>) {
        let code = attributes
            .get("char")
            .and_then(|code| u32::from_str_radix(&code, 16).ok())
            .unwrap_or(0);
        if BOX_SIGNS.contains(&code) {
            self.letters("\u{2610}");
        } else if TICKED_SIGNS.contains(&code) {
            self.letters("\u{2611}");
        } else if code == 0xf0fc {
            self.letters("\u{2713}");
        }
    }

    fn page_break(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            if paragraph.text.trim().is_empty() {
                paragraph.break_before = true;
            } else {
                paragraph.break_after = true;
            }
        }
    }

    fn turn_page(&mut self) {
        if self.has_pages && !self.sink.in_table() {
            self.page += 1;
            self.sink.writer.begin_page(self.page, None);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else {
            return;
        };
        if paragraph.struck {
            strike(&mut paragraph.text, false);
        }
        if paragraph.break_before {
            self.turn_page();
        }
        let turns = paragraph.break_after;
        if !one_line(&paragraph.text).is_empty() {
            let quote = paragraph.style.quote;
            if quote {
                self.sink.begin_quote();
            }
            let block = self.block(paragraph);
            self.sink.block(block);
            if quote {
                self.sink.end_quote();
            }
        }
        if turns {
            self.turn_page();
        }
    }

    fn block(&mut self, paragraph: Paragraph) -> Block {
        let heading = paragraph
            .outline
            .filter(|level| *level < 9)
            .map(|level| level + 1)
            .or(paragraph.style.heading);
        let number = paragraph
            .number
            .or(paragraph.style.number)
            .filter(|number| number != "0");
        let level = paragraph.level.or(paragraph.style.level).unwrap_or(0);
        let text = paragraph.text;
        if let Some(heading) = heading {
            return Block::Heading(heading, text);
        }
        if let Some(number) = number {
            let marker = self.marker(&number, level);
            let own = plain::item(text.trim_start())
                .filter(|(marker, _)| matches!(marker, Marker::Check(_)));
            return match own {
                Some((marker, rest)) => Block::Item(level, marker, rest.to_owned()),
                None => Block::Item(level, marker, text),
            };
        }
        if let Some((marker, rest)) =
            plain::item(text.trim_start()).filter(|_| !text.trim().contains('\n'))
        {
            return Block::Item(0, marker, rest.to_owned());
        }
        if paragraph.plain == 0 && !self.sink.in_table() && is_heading(&text) {
            return Block::Heading(4, text);
        }
        Block::Paragraph(text)
    }

    fn marker(&mut self, number: &str, level: usize) -> Marker {
        let count = self.numbering.next(number, level);
        let Some(level) = self.numbering.level(number, level) else {
            return Marker::Bullet;
        };
        let sign = level.text.chars().next().map_or(0, u32::from);
        match level.format.as_str() {
            "bullet" | "none" if BOX_SIGNS.contains(&sign) => Marker::Check(false),
            "bullet" | "none" if TICKED_SIGNS.contains(&sign) => Marker::Check(true),
            "bullet" | "none" | "" => Marker::Bullet,
            _ => Marker::Number(count),
        }
    }

    fn cell(&mut self, change: impl FnOnce(&mut Cell)) {
        if let Some(cell) = self.cells.last_mut() {
            change(cell);
        }
    }

    /// The state of a form's check box; the sign that shows it may be missing or of an unknown font.
    fn checked(&mut self, ticked: bool) {
        if let Some(paragraph) = self
            .paragraphs
            .last_mut()
            .filter(|paragraph| is_box_or_empty(&paragraph.text))
        {
            paragraph.text = if ticked {
                "[x] ".to_owned()
            } else {
                "[ ] ".to_owned()
            };
        }
    }
}
