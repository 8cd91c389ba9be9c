//! Writes blocks in the normal form and keeps count of characters, pages and limits.

mod table;

pub(crate) use crate::block::{Block, Marker};
pub(crate) use crate::clean::one_line;
use crate::clean::{keep, lines, set_lines};
use crate::limits::Budget;
use crate::{Document, FileKind, Hidden, HiddenReason, Page, ReadError, struck};

/// Characters kept of one hidden text.
const HIDDEN_CHARS: usize = 500;
/// Hidden texts kept of one document.
const HIDDEN_ITEMS: usize = 1_000;
/// Deeper levels of lists and quotes are written as this one: nobody reads further indentation.
const MAX_INDENT: usize = 12;

/// What the last block was, to know whether a blank line must follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Item,
    Line,
    Other,
}

/// Builds `Document::text`.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    pub(crate) budget: &'a Budget,
    text: String,
    chars: usize,
    last: Last,
    quote: usize,
    pages: Vec<Page>,
    hidden: Vec<Hidden>,
    truncated: bool,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(budget: &'a Budget) -> Self {
        Self {
            budget,
            text: String::new(),
            chars: 0,
            last: Last::Nothing,
            quote: 0,
            pages: Vec::new(),
            hidden: Vec::new(),
            truncated: false,
        }
    }

    /// True when nothing more fits; a parser may stop then.
    pub(crate) fn is_full(&self) -> bool {
        self.truncated
    }

    /// How deep lines are quoted.
    pub(crate) fn quote(&self) -> usize {
        self.quote
    }

    /// Lines written from here on are quoted this deep.
    pub(crate) fn set_quote(&mut self, depth: usize) {
        let depth = depth.min(MAX_INDENT);
        if depth != self.quote {
            self.quote = depth;
            if self.last != Last::Nothing {
                self.last = Last::Other;
            }
        }
    }

    /// Ends the current page and begins the next.
    pub(crate) fn begin_page(&mut self, number: u32, name: Option<String>) {
        self.end_page();
        if self.last != Last::Nothing {
            self.last = Last::Other;
        }
        self.separate(Last::Other);
        self.pages.push(Page {
            number,
            name,
            start_char: self.chars,
            end_char: self.chars,
        });
    }

    fn end_page(&mut self) {
        let end = self.chars;
        if let Some(page) = self.pages.last_mut() {
            page.end_char = end;
        }
    }

    /// The number of the page being written.
    pub(crate) fn page(&self) -> Option<u32> {
        self.pages.last().map(|page| page.number)
    }

    /// Notes a text that readers do not see.
    pub(crate) fn hide(&mut self, reason: HiddenReason, text: &str) {
        let text = one_line(text);
        if text.is_empty() || self.hidden.len() >= HIDDEN_ITEMS {
            return;
        }
        let page = self.page();
        let text = text.chars().take(HIDDEN_CHARS).collect();
        self.hidden.push(Hidden { page, reason, text });
    }

    pub(crate) fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => self.paragraph(text),
            Block::Item(depth, marker, text) => self.item(*depth, *marker, text),
            Block::Table(rows) => self.table(rows),
            Block::Verbatim(text) => self.verbatim(text),
            Block::Quoted(depth, block) => {
                let around = self.quote;
                self.set_quote(around + depth);
                self.block(block);
                self.set_quote(around);
            }
        }
    }

    /// Leaves out the struck words inside a line and tells that they were there.
    fn unstruck(&mut self, text: String) -> String {
        let Some((kept, struck)) = struck::without(&text) else {
            return text;
        };
        for words in struck {
            self.hide(HiddenReason::Deleted, &words);
        }
        kept
    }

    pub(crate) fn heading(&mut self, level: u8, text: &str) {
        let text = self.unstruck(one_line(text));
        if text.is_empty() {
            return;
        }
        let marks = "#".repeat(usize::from(level.clamp(1, 6)));
        self.put(Last::Other, &format!("{marks} {text}"));
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        let text = self.unstruck(lines(text));
        if !text.is_empty() {
            self.put(Last::Other, &text);
        }
    }

    /// A paragraph of plain text, whose blanks may part columns.
    pub(crate) fn set_paragraph(&mut self, text: &str) {
        let text = set_lines(text);
        if !text.is_empty() {
            self.put(Last::Other, &text);
        }
    }

    /// One line that keeps together with the one before, such as a mail header.
    pub(crate) fn line(&mut self, text: &str) {
        let text = one_line(text);
        if !text.is_empty() {
            self.put(Last::Line, &text);
        }
    }

    pub(crate) fn item(&mut self, depth: usize, marker: Marker, text: &str) {
        let indent = "  ".repeat(depth.min(MAX_INDENT));
        let mark = match marker {
            Marker::Bullet => "-".to_owned(),
            Marker::Number(number) => format!("{number}."),
            Marker::Check(true) => "- [x]".to_owned(),
            Marker::Check(false) => "- [ ]".to_owned(),
        };
        let text = self.unstruck(one_line(text));
        if !text.is_empty() {
            self.put(Last::Item, &format!("{indent}{mark} {text}"));
        }
    }

    pub(crate) fn verbatim(&mut self, text: &str) {
        let text: String = text.chars().filter(|&c| keep(c) || c == '\t').collect();
        let text = text.trim_matches('\n').trim_end();
        if !text.trim().is_empty() {
            self.put(Last::Other, text);
        }
    }

    /// Takes over a text that is in normal form already; returns its span. Of an empty one nothing is written, not even
    /// what would part it from the text before: at the end that goes again, and the span would lie behind the text.
    pub(crate) fn raw(&mut self, text: &str) -> (usize, usize) {
        if text.is_empty() {
            return (self.chars, self.chars);
        }
        self.separate(Last::Other);
        let start = self.chars;
        self.push(text);
        self.last = Last::Other;
        (start, self.chars)
    }

    fn put(&mut self, kind: Last, text: &str) {
        if self.truncated {
            return;
        }
        self.separate(kind);
        let prefix = quote_prefix(self.quote);
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.push("\n");
            }
            self.push(&prefix);
            self.push(line);
        }
        self.last = kind;
    }

    /// Ends the line before, with a blank line unless both belong together.
    fn separate(&mut self, next: Last) {
        match self.last {
            Last::Nothing => {}
            last if last == next && matches!(next, Last::Item | Last::Line) => self.push("\n"),
            _ => {
                self.push("\n\n");
                self.last = Last::Nothing;
            }
        }
    }

    fn push(&mut self, text: &str) {
        let room = self.budget.limits.max_chars.saturating_sub(self.chars);
        let count = text.chars().count();
        if count <= room {
            self.text.push_str(text);
            self.chars += count;
        } else {
            self.text.extend(text.chars().take(room));
            self.chars += room;
            self.truncated = true;
        }
    }

    /// Hands the document over.
    pub(crate) fn finish(mut self, kind: FileKind) -> Result<Document, ReadError> {
        // A trailing separator of an empty last page would be text that stands for nothing.
        while self.text.ends_with('\n') {
            self.text.pop();
            self.chars -= 1;
        }
        let chars = self.chars;
        self.end_page();
        for page in &mut self.pages {
            page.start_char = page.start_char.min(chars);
            page.end_char = page.end_char.min(chars);
        }
        if self.chars == 0 && self.hidden.is_empty() {
            return Err(ReadError::EmptyFile);
        }
        Ok(Document {
            kind,
            text: self.text,
            pages: self.pages,
            title: None,
            mail: None,
            attachments: Vec::new(),
            truncated: self.truncated,
            hidden: self.hidden,
            running: Vec::new(),
            pages_without_text: Vec::new(),
        })
    }
}

fn quote_prefix(depth: usize) -> String {
    match depth {
        0 => String::new(),
        depth => ">".repeat(depth) + " ",
    }
}
