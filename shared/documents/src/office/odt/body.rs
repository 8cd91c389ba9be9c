//! Paragraphs, lists and tables of an `OpenDocument` text.

use super::super::xml::{Attributes, Handler};
use super::parts::{List, Pages, Paragraph, Role, Span};
use super::styles::Styles;
use crate::colour::Rgb;
use crate::html::is_heading;
use crate::plain;
use crate::sink::Sink;
use crate::writer::{Block, Marker, Writer, one_line};
use crate::{HiddenReason, ReadError};

/// Blanks that one element may stand for.
const MAX_BLANKS: usize = 100;

/// Columns or rows one element may stand for; the far edge of a sheet is not content.
const MAX_REPEATED: usize = 64;

pub(super) struct Body<'w, 'b, 's> {
    pub(super) sink: Sink<'w, 'b>,
    styles: &'s Styles,
    pages: Pages,
    page: u32,
    role: Role,
    paragraphs: Vec<Paragraph>,
    lists: Vec<List>,
    /// The next paragraph is the first of an item with this marker.
    item: Option<Marker>,
    spans: Vec<Span>,
    /// Open elements inside one whose words are set aside, and why.
    aside: usize,
    /// Why; `None` for what is to be read nowhere.
    reason: Option<HiddenReason>,
    aside_text: String,
    began: bool,
    repeated: usize,
    /// The colours of the cells that are open.
    cells: Vec<Option<Rgb>>,
}

impl<'w, 'b, 's> Body<'w, 'b, 's> {
    pub(super) fn new(writer: &'w mut Writer<'b>, styles: &'s Styles, pages: Pages) -> Self {
        Self {
            sink: Sink::new(writer),
            styles,
            pages,
            page: u32::from(pages == Pages::Breaks),
            role: Role::Plain,
            paragraphs: Vec::new(),
            lists: Vec::new(),
            item: None,
            spans: Vec::new(),
            aside: 0,
            reason: None,
            aside_text: String::new(),
            began: false,
            repeated: 1,
            cells: Vec::new(),
        }
    }

    fn begin_paragraph(&mut self, name: &str, attributes: &Attributes<'_>) {
        let style = self
            .styles
            .look(&attributes.get("style-name").unwrap_or_default());
        let outline: Option<u8> = attributes.number("outline-level");
        let heading = (name == "h")
            .then(|| outline.unwrap_or(1))
            .or(style.heading);
        self.paragraphs.push(Paragraph {
            heading,
            bold: style.bold,
            hidden: style.hidden,
            ink: style.ink,
            paper: style.paper,
            ..Paragraph::default()
        });
    }

    fn begin_item(&mut self) {
        let depth = self.lists.len();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let marker = if self.styles.is_numbered(&list.style, depth) {
            list.next += 1;
            Marker::Number(list.next - 1)
        } else {
            Marker::Bullet
        };
        self.item = Some(marker);
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let turns = paragraph.turns;
        if !one_line(&paragraph.text).is_empty() {
            let block = self.block(paragraph);
            self.sink.block(block);
        }
        if turns {
            self.turn();
        }
    }

    /// A page begins where the program that wrote the file broke it.
    fn turn(&mut self) {
        if self.pages == Pages::Breaks && !self.sink.in_table() {
            self.begin_page();
        }
    }

    fn begin_page(&mut self) {
        self.page += 1;
        self.sink.writer.begin_page(self.page, None);
    }

    fn begin_slide(&mut self, attributes: &Attributes<'_>) {
        self.begin_page();
        self.role = Role::Plain;
        let style = attributes.get("style-name").unwrap_or_default();
        if self.styles.is_left_out(&style) {
            self.set_aside(Some(HiddenReason::HiddenPart));
        }
    }

    /// A frame of a slide; numbers, dates, heads and feet belong to no slide.
    fn begin_frame(&mut self, class: &str) {
        match class {
            "page-number" | "date-time" | "header" | "footer" => self.set_aside(None),
            "title" => self.role = Role::Title,
            _ => {}
        }
    }

    fn block(&mut self, paragraph: Paragraph) -> Block {
        let mut text = paragraph.text;
        if let Role::Notes(said) = &mut self.role {
            if !std::mem::replace(said, true) {
                text.insert_str(0, "Notes: ");
            }
            return Block::Paragraph(text);
        }
        if self.role == Role::Title && !self.sink.in_table() {
            return Block::Heading(2, text);
        }
        if let Some(level) = paragraph.heading {
            return Block::Heading(level.min(6), text);
        }
        let own = plain::item(text.trim_start());
        let depth = self.lists.len().saturating_sub(1);
        match (self.item.take(), own) {
            (Some(_), Some((marker @ Marker::Check(_), rest))) => {
                Block::Item(depth, marker, rest.to_owned())
            }
            (Some(marker), _) => Block::Item(depth, marker, text),
            (None, Some((marker, rest)))
                if self.lists.is_empty() && !text.trim().contains('\n') =>
            {
                Block::Item(0, marker, rest.to_owned())
            }
            _ if paragraph.plain == 0
                && !self.sink.in_table()
                && self.lists.is_empty()
                && is_heading(&text) =>
            {
                Block::Heading(4, text)
            }
            _ => Block::Paragraph(text),
        }
    }

    fn letters(&mut self, text: &str) {
        let span = self.spans.last().copied().unwrap_or_default();
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let cell = self.cells.iter().rev().find_map(|paper| *paper);
        let ink = span.ink.or(paragraph.ink);
        let paper = span.paper.or(paragraph.paper).or(cell);
        let lost = self.styles.is_lost(ink, paper);
        let hidden = span
            .hidden
            .or(paragraph.hidden)
            .or(lost.then_some(HiddenReason::SameColour));
        if let Some(reason) = hidden {
            self.sink.writer.hide(reason, text);
            return;
        }
        if !(span.bold || paragraph.bold) {
            paragraph.plain += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        if span.strike && !text.trim().is_empty() {
            paragraph.text.extend(["~~", text.trim(), "~~"]);
        } else {
            paragraph.text.push_str(text);
        }
    }

    fn hide_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        paragraph.hidden = Some(HiddenReason::NotDisplayed);
        let text = std::mem::take(&mut paragraph.text);
        self.sink.writer.hide(HiddenReason::NotDisplayed, &text);
    }

    fn set_aside(&mut self, reason: Option<HiddenReason>) {
        self.aside = 1;
        self.reason = reason;
    }

    fn begin(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "h" | "p" => self.begin_paragraph(name, attributes),
            "span" => {
                let look = self
                    .styles
                    .look(&attributes.get("style-name").unwrap_or_default());
                let around = self.spans.last().copied().unwrap_or_default();
                self.spans.push(Span {
                    bold: look.bold || around.bold,
                    strike: look.strike || around.strike,
                    hidden: look.hidden.or(around.hidden),
                    ink: look.ink.or(around.ink),
                    paper: look.paper.or(around.paper),
                });
            }
            "s" => {
                let count = attributes.number("c").unwrap_or(1).min(MAX_BLANKS);
                self.letters(&" ".repeat(count));
            }
            "tab" => self.letters("\t"),
            "line-break" => self.letters("\n"),
            "soft-page-break" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.turns = true;
                } else {
                    self.turn();
                }
            }
            "list" => {
                // An inner list has the style of the outer one unless it names its own.
                let outer = self
                    .lists
                    .last()
                    .map(|list| list.style.clone())
                    .unwrap_or_default();
                let style = attributes.get("style-name").unwrap_or(outer);
                self.lists.push(List { style, next: 1 });
            }
            "list-item" => self.begin_item(),
            "page" if self.pages == Pages::Slides => self.begin_slide(attributes),
            "frame" | "custom-shape" if self.pages == Pages::Slides => {
                self.begin_frame(&attributes.get("class").unwrap_or_default());
            }
            "notes" if self.pages == Pages::Slides => self.role = Role::Notes(false),
            "table" => self.sink.begin_table(),
            "table-row" => self.sink.begin_row(),
            "table-cell" => {
                let span = |name| attributes.number(name).unwrap_or(1);
                let style = attributes.get("style-name").unwrap_or_default();
                self.cells.push(self.styles.look(&style).paper);
                self.sink.begin_cell(1, span("number-rows-spanned"));
                self.repeated = attributes
                    .number("number-columns-repeated")
                    .unwrap_or(1)
                    .clamp(1, MAX_REPEATED);
            }
            _ => {}
        }
    }
}

impl Handler for Body<'_, '_, '_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        if self.aside > 0 {
            self.aside += 1;
            return Ok(());
        }
        match name {
            "body" => self.began = true,
            "annotation" => self.set_aside(Some(HiddenReason::Comment)),
            "tracked-changes" => self.set_aside(Some(HiddenReason::Deleted)),
            "hidden-text" => self.set_aside(Some(HiddenReason::NotDisplayed)),
            "section" if attributes.get("display").as_deref() == Some("none") => {
                self.set_aside(Some(HiddenReason::NotDisplayed));
            }
            // The field hides the paragraph it stands in.
            "hidden-paragraph" => {
                if attributes.get("is-hidden").as_deref() == Some("true") {
                    self.hide_paragraph();
                }
                self.set_aside(None);
            }
            // Contents, indexes: the headings again.
            "table-of-content" | "note-citation" => self.set_aside(None),
            _ if self.began => self.begin(name, attributes),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if self.aside > 0 {
            self.aside -= 1;
            if self.aside == 0 {
                let text = std::mem::take(&mut self.aside_text);
                if let Some(reason) = self.reason {
                    self.sink.writer.hide(reason, &text);
                }
            }
            return Ok(());
        }
        match name {
            "h" | "p" => self.end_paragraph(),
            "span" => {
                self.spans.pop();
            }
            "list" => {
                self.lists.pop();
            }
            "list-item" => self.item = None,
            "frame" | "custom-shape" if self.role == Role::Title => self.role = Role::Plain,
            "notes" => self.role = Role::Plain,
            "table-cell" => {
                self.cells.pop();
                let repeated = std::mem::replace(&mut self.repeated, 1);
                self.sink.end_cell(repeated, false);
            }
            "table" => self.sink.end_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.aside > 0 {
            self.aside_text.push_str(text);
            self.aside_text.push(' ');
        } else if !self.paragraphs.is_empty() {
            // Line breaks inside the XML are blanks.
            self.letters(&text.replace('\n', " "));
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.sink.writer.is_full()
    }
}
