//! Plain text: mail bodies, notes, transcripts.

mod marks;

use crate::limits::Budget;
use crate::writer::{Block, Marker, Writer};
use crate::{Document, FileKind, ReadError, wrap};
pub(crate) use marks::{is_led, is_mark, item};

/// Lines between two looks at the time.
const LINES_PER_CHECK: usize = 4_096;

pub(crate) fn read(text: &str, budget: &Budget) -> Result<Document, ReadError> {
    let mut writer = Writer::new(budget);
    render(text, &mut writer)?;
    writer.finish(FileKind::Text)
}

/// What one line is.
#[derive(Debug, PartialEq, Eq)]
enum Line<'t> {
    Blank,
    Fence,
    Heading(u8, &'t str),
    Item(usize, Marker, &'t str),
    Row(Vec<String>),
    /// A line drawn under or above something.
    Rule(char),
    Text(&'t str),
}

/// Writes a text: paragraphs with their lines, lists, tables and quotes in normal form.
pub(crate) fn render(text: &str, writer: &mut Writer<'_>) -> Result<(), ReadError> {
    let budget = writer.budget;
    let lines: Vec<&str> = text.lines().collect();
    let bodies: Vec<(usize, &str)> = lines.iter().map(|line| unquote(line)).collect();
    let texts: Vec<&str> = bodies.iter().map(|(_, body)| *body).collect();
    let mut state = State {
        writer,
        pending: None,
        rows: Vec::new(),
        width: wrap::width(&texts),
    };
    let mut index = 0;
    while index < bodies.len() {
        if index % LINES_PER_CHECK == 0 {
            budget.check_time()?;
            if state.writer.is_full() {
                break;
            }
        }
        let (quote, body) = bodies[index];
        state.quote(quote);
        if classify(body) == Line::Fence {
            index = state.fenced(&texts, index);
        } else {
            state.line(body);
        }
        index += 1;
    }
    state.flush();
    state.writer.set_quote(0);
    Ok(())
}

struct State<'w, 'b> {
    writer: &'w mut Writer<'b>,
    /// The block being collected, with its last source line.
    pending: Option<(Block, String)>,
    rows: Vec<Vec<String>>,
    width: Option<usize>,
}

impl State<'_, '_> {
    fn quote(&mut self, depth: usize) {
        // Changing the depth ends the paragraph, for the other side speaks.
        if self.writer.quote() != depth {
            self.flush();
            self.writer.set_quote(depth);
        }
    }

    /// Writes a fenced block; returns the index of its last line.
    fn fenced(&mut self, lines: &[&str], start: usize) -> usize {
        self.flush();
        let fence = lines[start].trim_start().get(..3).unwrap_or("```");
        let end = lines[start + 1..]
            .iter()
            .position(|line| line.trim_start().starts_with(fence))
            .map_or(lines.len() - 1, |offset| start + 1 + offset);
        self.writer.verbatim(&lines[start..=end].join("\n"));
        end
    }

    fn line(&mut self, body: &str) {
        let line = classify(body);
        if !matches!(line, Line::Row(_) | Line::Rule(_)) {
            self.end_table();
        }
        match line {
            Line::Blank | Line::Fence => self.flush(),
            Line::Heading(level, text) => {
                self.flush();
                self.writer.heading(level, text);
            }
            Line::Item(depth, marker, text) => {
                self.flush();
                self.pending = Some((Block::Item(depth, marker, text.to_owned()), body.to_owned()));
            }
            Line::Row(cells) => {
                self.flush_text();
                self.rows.push(cells);
            }
            Line::Rule(mark) => self.rule(mark, body),
            Line::Text(text) => self.text(text, body),
        }
    }

    /// A line of one repeated mark under a single short line makes that a heading.
    fn rule(&mut self, mark: char, body: &str) {
        if !self.rows.is_empty() {
            return;
        }
        let underlined = match &self.pending {
            Some((Block::Paragraph(text), _)) if !text.contains('\n') => {
                let (over, under) = (text.chars().count(), body.trim().chars().count());
                (matches!(mark, '=' | '-' | '~') && over <= under + 12 && over <= 80)
                    .then(|| text.clone())
            }
            _ => None,
        };
        if let Some(text) = underlined {
            self.pending = None;
            self.writer.heading(if mark == '=' { 1 } else { 2 }, &text);
        } else {
            self.flush();
        }
    }

    fn text(&mut self, text: &str, body: &str) {
        let Some((block, last)) = &mut self.pending else {
            self.pending = Some((Block::Paragraph(text.to_owned()), body.to_owned()));
            return;
        };
        let indented = body.starts_with([' ', '\t']);
        // What begins with a capital letter behind an item may as well be the next paragraph.
        let goes_on = text.starts_with(char::is_lowercase)
            && self
                .width
                .is_some_and(|width| wrap::continues(last, text, width));
        match block {
            Block::Item(_, _, item) if indented || goes_on => wrap::join(item, text),
            // The lines of a paragraph stay: whether one goes on, who reads the text can tell better, and the lines of
            // a chat or a log never do.
            Block::Paragraph(paragraph) => {
                paragraph.push('\n');
                paragraph.push_str(text);
            }
            _ => {
                self.flush();
                self.pending = Some((Block::Paragraph(text.to_owned()), body.to_owned()));
                return;
            }
        }
        body.clone_into(last);
    }

    fn flush(&mut self) {
        self.end_table();
        self.flush_text();
    }

    fn flush_text(&mut self) {
        match self.pending.take() {
            Some((Block::Paragraph(text), _)) => self.writer.set_paragraph(&text),
            Some((block, _)) => self.writer.block(&block),
            None => {}
        }
    }

    /// One row alone is a line that happens to have bars or tabs in it.
    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        match rows.len() {
            0 => {}
            1 => self.writer.paragraph(&rows[0].join(" | ")),
            _ => self.writer.table(&rows),
        }
    }
}

/// Takes the marks of quoting off a line: `> > text`.
fn unquote(line: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line;
    while let Some(inner) = rest.trim_start_matches(' ').strip_prefix('>') {
        depth += 1;
        rest = inner;
    }
    if depth > 0 {
        (depth, rest.strip_prefix(' ').unwrap_or(rest))
    } else {
        (0, line)
    }
}

fn classify(body: &str) -> Line<'_> {
    let text = body.trim();
    if text.is_empty() {
        return Line::Blank;
    }
    if text.starts_with("```") || text.starts_with("~~~") {
        return Line::Fence;
    }
    if let Some(mark) = rule_mark(text) {
        return Line::Rule(mark);
    }
    if let Some((level, title)) = hash_heading(text) {
        return Line::Heading(level, title);
    }
    let indent: usize = body
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(|c| if c == '\t' { 4 } else { 1 })
        .sum();
    // A row may begin with a number and a tab; an item has no more than the tab behind its mark.
    match (item(text), row(text)) {
        (Some((marker, rest)), _) if !rest.contains('\t') => Line::Item(indent / 2, marker, rest),
        (_, Some(cells)) => Line::Row(cells),
        (Some((marker, rest)), None) => Line::Item(indent / 2, marker, rest),
        (None, None) => Line::Text(text),
    }
}

fn rule_mark(text: &str) -> Option<char> {
    let first = text.chars().next().filter(|c| "-=_*~+".contains(*c))?;
    let is_rule = text.chars().count() >= 3
        && text
            .chars()
            .all(|c| c == first || (first == '+' && "-=|".contains(c)) || c == ' ');
    is_rule.then_some(first)
}

fn hash_heading(text: &str) -> Option<(u8, &str)> {
    let level = text.bytes().take_while(|&byte| byte == b'#').count();
    let rest = text[level..].strip_prefix(' ')?;
    ((1..=6).contains(&level)).then(|| {
        (
            u8::try_from(level).unwrap_or(6),
            rest.trim_end_matches('#').trim(),
        )
    })
}

/// Cells of a row drawn with bars or parted by tabs.
fn row(text: &str) -> Option<Vec<String>> {
    let cells = |text: &str, by: char| {
        text.split(by)
            .map(|cell| cell.trim().to_owned())
            .collect::<Vec<_>>()
    };
    if let Some(inner) = text.strip_prefix('|') {
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let cells = cells(inner, '|');
        // The line between head and body says nothing.
        let is_line = cells
            .iter()
            .all(|cell| cell.chars().all(|c| "-:= +".contains(c)));
        return (cells.len() > 1).then(|| if is_line { Vec::new() } else { cells });
    }
    let tabs = cells(text, '\t');
    (tabs.len() > 2 || (tabs.len() == 2 && !tabs[0].is_empty() && tabs[0].len() <= 40))
        .then_some(tabs)
}
