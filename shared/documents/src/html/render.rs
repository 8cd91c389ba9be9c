//! Tags to blocks.

mod element;
mod ending;
mod text;

use html5gum::StartTag;

use super::style::Sheet;
use crate::HiddenReason;
use crate::colour::same;
use crate::sink::Sink;
use crate::writer::{Block, Marker, Writer, one_line};
use element::{BLOCKS, Open, UNSEEN, VOID, attribute, is_ticked};
pub(crate) use text::is_heading;
use text::{checked, paragraph};

/// Open elements remembered; deeper ones count as part of the last.
const MAX_OPEN: usize = 512;

#[derive(Debug)]
struct List {
    ordered: bool,
    next: u64,
}

pub(super) struct Renderer<'w, 'b> {
    sink: Sink<'w, 'b>,
    sheet: Sheet,
    open: Vec<Open>,
    lists: Vec<List>,
    /// The list item being written: its depth and marker.
    item: Option<(usize, Marker)>,
    inline: String,
    /// Characters of `inline` that are not bold.
    plain: usize,
    hidden_text: String,
    heading: Option<u8>,
    title: Option<String>,
    css: String,
}

impl<'w, 'b> Renderer<'w, 'b> {
    pub(super) fn new(writer: &'w mut Writer<'b>) -> Self {
        Self {
            sink: Sink::new(writer),
            sheet: Sheet::default(),
            open: Vec::new(),
            lists: Vec::new(),
            item: None,
            inline: String::new(),
            plain: 0,
            hidden_text: String::new(),
            heading: None,
            title: None,
            css: String::new(),
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.sink.writer.is_full()
    }

    pub(super) fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let void = VOID.contains(&name.as_str()) || (tag.self_closing && name.contains(':'));
        // Paragraphs, items and cells end where the next one begins.
        self.close_implied(&name);
        let open = Open::new(&name, tag, &self.sheet, self.open.last());
        if open.hidden.is_none() {
            self.structure(&name, tag);
            if open.strike && !self.strikes() {
                self.inline.push_str("~~");
            }
        }
        if !void && self.open.len() < MAX_OPEN {
            self.open.push(open);
        }
    }

    fn strikes(&self) -> bool {
        self.open.last().is_some_and(|open| open.strike)
    }

    /// What the beginning of a visible element does to the text.
    fn structure(&mut self, name: &str, tag: &StartTag<()>) {
        match name {
            "br" => self.inline.push('\n'),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = name.as_bytes().get(1).copied().map(|digit| digit - b'0');
            }
            "ul" | "ol" | "menu" => {
                self.flush();
                let next = attribute(tag, "start")
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1);
                self.lists.push(List {
                    ordered: name == "ol",
                    next,
                });
            }
            "li" => {
                self.begin_item();
                if is_ticked(tag) {
                    self.inline.push_str("[x] ");
                }
            }
            "table" => {
                self.flush();
                self.sink.begin_table();
            }
            "tr" => {
                self.flush();
                self.sink.begin_row();
            }
            "td" | "th" => {
                self.flush();
                let span = |key| {
                    attribute(tag, key)
                        .and_then(|n| n.parse().ok())
                        .unwrap_or(1)
                };
                self.sink.begin_cell(span("colspan"), span("rowspan"));
            }
            "blockquote" => {
                self.flush();
                self.sink.begin_quote();
            }
            "pre" => self.flush(),
            "input" => self.input(tag),
            "q" => self.inline.push('"'),
            _ if BLOCKS.contains(&name) => {
                self.soft_flush();
                // Outlook and its like put the mail that is answered behind this mark, not into it.
                let id = attribute(tag, "id").unwrap_or_default();
                if id.eq_ignore_ascii_case("divRplyFwdMsg") {
                    self.flush();
                    self.sink.begin_quote();
                }
            }
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        self.flush();
        let depth = self.lists.len().saturating_sub(1);
        let marker = match self.lists.last_mut() {
            Some(list) if list.ordered => {
                list.next += 1;
                Marker::Number(list.next - 1)
            }
            _ => Marker::Bullet,
        };
        self.item = Some((depth, marker));
    }

    fn input(&mut self, tag: &StartTag<()>) {
        let kind = attribute(tag, "type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let checked = attribute(tag, "checked").is_some();
        match kind.as_str() {
            "checkbox" => self.inline.push_str(if checked { "[x] " } else { "[ ] " }),
            "text" | "" | "date" | "time" | "datetime-local" | "email" | "number" | "search"
            | "tel" | "url" => {
                let value = attribute(tag, "value").unwrap_or_default();
                self.inline.push_str(&value);
                self.plain += value.len();
            }
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else {
            self.visible(text, false, false);
            return;
        };
        if open.name == "style" {
            if self.css.len() < 1_000_000 {
                self.css.push_str(text);
            }
            return;
        }
        let unseen = self
            .open
            .iter()
            .any(|open| UNSEEN.contains(&open.name.as_str()));
        if unseen || open.unchosen {
            return;
        }
        let same_colour = match (open.colour, open.background) {
            (Some(ink), Some(paper)) => same(ink, paper),
            _ => false,
        };
        if open.hidden.is_some() {
            self.hidden_text.push_str(text);
            self.hidden_text.push(' ');
        } else if same_colour {
            self.sink.writer.hide(HiddenReason::SameColour, text);
        } else if open.unpainted || open.flat {
            self.sink.writer.hide(HiddenReason::NotDisplayed, text);
        } else {
            let (bold, keeps_lines) = (open.bold, open.keeps_lines);
            self.visible(text, bold, keeps_lines);
        }
    }

    fn visible(&mut self, text: &str, bold: bool, keeps_lines: bool) {
        if !bold {
            self.plain += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        if keeps_lines {
            self.inline.push_str(text);
        } else {
            self.inline
                .extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        }
    }

    pub(super) fn comment(&mut self, text: &str) {
        // Conditional comments are instructions to one mail program, not remarks.
        if !text.trim_start().starts_with("[if") && !text.trim_start().starts_with("[endif") {
            self.sink.writer.hide(HiddenReason::Comment, text);
        }
    }

    fn hide(&mut self, reason: HiddenReason) {
        let text = std::mem::take(&mut self.hidden_text);
        self.sink.writer.hide(reason, &text);
    }

    /// A block inside a list item is part of the item's line, as long as nothing else came between.
    fn soft_flush(&mut self) {
        if self.item.is_some() && !self.sink.in_table() {
            self.inline.push('\n');
        } else {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.flush_as(false);
    }

    fn flush_as(&mut self, verbatim: bool) {
        let text = std::mem::take(&mut self.inline);
        let all_bold = std::mem::take(&mut self.plain) == 0;
        let heading = self.heading.take();
        let item = self.item.take();
        if one_line(&text).is_empty() {
            // An item may begin with a paragraph of its own.
            self.item = item;
            return;
        }
        let block = match (heading, item) {
            (Some(level), _) => Block::Heading(level, text),
            (None, Some((depth, marker))) => {
                let (marker, text) = checked(marker, &text);
                Block::Item(depth, marker, text)
            }
            (None, None) if verbatim => Block::Verbatim(text),
            (None, None) if all_bold && !self.sink.in_table() && is_heading(&text) => {
                Block::Heading(4, text)
            }
            (None, None) => paragraph(text),
        };
        self.sink.block(block);
    }

    pub(super) fn finish(mut self) -> Option<String> {
        self.flush();
        self.sink.finish();
        if !self.hidden_text.is_empty() {
            self.hide(HiddenReason::NotDisplayed);
        }
        self.title
    }
}
