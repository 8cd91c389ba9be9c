//! Markdown, as people write it in notes.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::limits::Budget;
use crate::sink::Sink;
use crate::writer::{Block, Marker, Writer, one_line};
use crate::{Document, FileKind, HiddenReason, ReadError, html, wrap};

/// Events between two looks at the time.
const EVENTS_PER_CHECK: usize = 4_096;

pub(crate) fn read(text: &str, budget: &Budget) -> Result<Document, ReadError> {
    let mut writer = Writer::new(budget);
    let title = render(text, &mut writer)?;
    let mut document = writer.finish(FileKind::Markdown)?;
    document.title = title;
    Ok(document)
}

fn render(text: &str, writer: &mut Writer<'_>) -> Result<Option<String>, ReadError> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let lines: Vec<&str> = text.lines().collect();
    let budget = writer.budget;
    let mut state = State::new(writer, wrap::width(&lines));
    for (index, event) in Parser::new_ext(text, options).enumerate() {
        if index % EVENTS_PER_CHECK == 0 {
            budget.check_time()?;
            if state.sink.writer.is_full() {
                break;
            }
        }
        state.event(event)?;
    }
    state.flush();
    state.sink.finish();
    Ok(state.title)
}

struct State<'w, 'b> {
    sink: Sink<'w, 'b>,
    inline: String,

    heading: Option<u8>,
    lists: Vec<Option<u64>>,
    item: Option<(usize, Marker)>,
    width: Option<usize>,
    html: String,
    verbatim: bool,
    metadata: bool,
    title: Option<String>,
}

impl<'w, 'b> State<'w, 'b> {
    fn new(writer: &'w mut Writer<'b>, width: Option<usize>) -> Self {
        Self {
            sink: Sink::new(writer),
            inline: String::new(),
            heading: None,
            lists: Vec::new(),
            item: None,
            width,
            html: String::new(),
            verbatim: false,
            metadata: false,
            title: None,
        }
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), ReadError> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline.push_str(&text);
            }
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(text) => self.inline_html(&text),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            Event::TaskListMarker(done) => {
                if let Some((_, marker)) = &mut self.item {
                    *marker = Marker::Check(done);
                }
            }
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level_number(*level));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.sink.begin_quote();
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.verbatim = true;
                self.inline.push_str("```\n");
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.flush();
                let depth = self.lists.len().saturating_sub(1);
                let marker = match self.lists.last_mut() {
                    Some(Some(next)) => {
                        *next += 1;
                        Marker::Number(*next - 1)
                    }
                    _ => Marker::Bullet,
                };
                self.item = Some((depth, marker));
            }
            Tag::Table(_) => {
                self.flush();
                self.sink.begin_table();
            }
            Tag::TableHead | Tag::TableRow => self.sink.begin_row(),
            Tag::TableCell => self.sink.begin_cell(1, 1),
            Tag::Strikethrough => self.inline.push_str("~~"),
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::Paragraph if self.item.is_none() => self.flush(),
            // A second paragraph of an item is part of its line.
            Tag::Paragraph if !self.inline.is_empty() => self.inline.push(' '),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), ReadError> {
        match tag {
            TagEnd::Paragraph if self.item.is_none() => self.flush(),
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.sink.end_quote();
            }
            TagEnd::CodeBlock => {
                self.inline.push_str("```");
                let text = std::mem::take(&mut self.inline);
                self.sink.block(Block::Verbatim(text));
                self.verbatim = false;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Table => self.sink.end_table(),
            TagEnd::Strikethrough => self.inline.push_str("~~"),
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::HtmlBlock => {
                self.flush();
                let block = std::mem::take(&mut self.html);
                html::render(&block, self.sink.writer)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if !self.metadata {
            self.inline.push_str(text);
            return;
        }
        // Front matter: its words (title, date, attendees) are part of what the author wrote.
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("title:") {
                self.title = Some(one_line(title.trim().trim_matches(['"', '\''])))
                    .filter(|t| !t.is_empty());
            }
            self.sink.writer.line(line);
        }
    }

    fn inline_html(&mut self, tag: &str) {
        if tag.starts_with("<br") {
            self.inline.push('\n');
        } else if let Some(comment) = tag.strip_prefix("<!--") {
            self.sink
                .writer
                .hide(HiddenReason::Comment, comment.trim_end_matches("-->"));
        }
    }

    /// Markdown takes a line break for a blank; in notes it usually parts two remarks.
    fn line_break(&mut self) {
        self.inline.push('\n');
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.inline);
        let heading = self.heading.take();
        let item = self.item.take();
        if one_line(&text).is_empty() {
            self.item = item;
            return;
        }
        let block = match (heading, item) {
            (Some(level), _) => {
                if self.title.is_none() && level == 1 {
                    self.title = Some(one_line(&text));
                }
                Block::Heading(level, text)
            }
            (None, Some((depth, marker))) => Block::Item(depth, marker, text),
            (None, None) => Block::Paragraph(self.unwrapped(&text)),
        };
        self.sink.block(block);
    }

    fn unwrapped(&self, text: &str) -> String {
        let Some(width) = self.width else {
            return text.to_owned();
        };
        let mut out = String::with_capacity(text.len());
        let mut last = "";
        for line in text.lines() {
            if out.is_empty() {
                out.push_str(line);
            } else if wrap::continues(last, line, width) {
                wrap::join(&mut out, line);
            } else {
                out.push('\n');
                out.push_str(line);
            }
            last = line;
        }
        out
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
