//! Rows to headings, list items and paragraphs.

mod body;

use super::lines::Row;
use super::struck::is_struck;
use super::unruled::Part;
use crate::html::is_heading;
use crate::plain;
use crate::wrap;
use crate::writer::{Block, Marker};
pub(super) use body::{Body, body_size};

/// Longer lines in large letters are still no headings.
const HEADING_CHARS: usize = 160;
/// Lines further apart than this many times the usual distance are two paragraphs.
const PARAGRAPH_GAP: f64 = 1.28;

/// The block being built and its last line.
struct Open {
    block: Block,
    y: f64,
    x0: f64,
    x1: f64,
    size: f64,
    bold: bool,
}

struct Builder<'p> {
    body: &'p Body,
    out: Vec<Block>,
    open: Option<Open>,
    /// Where the marks of the open lists stand.
    indents: Vec<f64>,
    /// Right edge of the region.
    right: f64,
    /// Usual distance between two lines, in letter heights.
    leading: f64,
    last_number: u64,
}

/// Builds the blocks of one region.
pub(super) fn from_parts(parts: Vec<Part>, body: &Body) -> Vec<Block> {
    let rows: Vec<&Row> = parts
        .iter()
        .filter_map(|part| {
            if let Part::Row(row) = part {
                Some(row)
            } else {
                None
            }
        })
        .collect();
    let right = rows.iter().map(|row| row.x1()).fold(0.0, f64::max);
    let mut builder = Builder {
        body,
        out: Vec::new(),
        open: None,
        indents: Vec::new(),
        right,
        leading: leading(&rows),
        last_number: 0,
    };
    for part in parts {
        match part {
            Part::Row(row) => builder.row(&row),
            Part::Table(rows) => {
                builder.close();
                builder.out.push(Block::Table(rows));
            }
        }
    }
    builder.close();
    builder.out
}

/// The usual distance between lines, in letter heights: that of the closer half.
fn leading(rows: &[&Row]) -> f64 {
    let mut gaps: Vec<f64> = rows
        .windows(2)
        .filter(|pair| (pair[0].size() - pair[1].size()).abs() < 0.1 * pair[0].size())
        .map(|pair| (pair[1].y() - pair[0].y()) / pair[1].size().max(1.0))
        .filter(|gap| (0.9..2.2).contains(gap))
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 3).copied().unwrap_or(1.2)
}

impl Builder<'_> {
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.out.push(open.block);
        }
    }

    fn row(&mut self, row: &Row) {
        let text = row.text();
        let bold = row.pieces.iter().all(super::lines::Piece::is_bold);
        let goes_on = self
            .open
            .as_ref()
            .is_some_and(|open| self.is_near(open, row));
        let level = self
            .body
            .level(row.size())
            .filter(|_| text.chars().count() <= HEADING_CHARS);
        if let Some(level) = level.filter(|_| text.chars().any(char::is_alphabetic)) {
            self.heading(level, &text, row, bold);
            return;
        }
        let normal = marked(&text);
        if let Some((marker, rest)) =
            plain::item(&normal).filter(|(marker, _)| self.begins_item(*marker, goes_on))
        {
            self.item(marker, rest, row, bold);
            return;
        }
        if goes_on && self.extend(&text, row, bold) {
            return;
        }
        self.close();
        if self
            .indents
            .first()
            .is_some_and(|&first| row.x0() <= first + 1.0)
        {
            self.indents.clear();
        }
        let block = if bold && is_heading(&text) {
            Block::Heading(self.body.bold_level(), text)
        } else {
            Block::Paragraph(text)
        };
        self.begin(block, row, bold);
    }

    fn begin(&mut self, block: Block, row: &Row, bold: bool) {
        self.open = Some(Open {
            block,
            y: row.y(),
            x0: row.x0(),
            x1: row.x1(),
            size: row.size(),
            bold,
        });
    }

    /// Close enough under the open block to be its next line.
    fn is_near(&self, open: &Open, row: &Row) -> bool {
        let gap = row.y() - open.y;
        (row.size() - open.size).abs() <= 0.12 * open.size
            && gap > 0.0
            && gap <= self.leading * PARAGRAPH_GAP * open.size
    }

    fn heading(&mut self, level: u8, text: &str, row: &Row, bold: bool) {
        if let Some(open) = &mut self.open
            && let Block::Heading(known, heading) = &mut open.block
        {
            let near = row.y() - open.y < 1.7 * row.size() && (row.size() - open.size).abs() < 0.6;
            // A heading that left room for the next word was meant to end there.
            let word = first_word_width(text, row);
            if *known == level && near && open.x1 + word + 0.3 * row.size() > self.right {
                wrap::join(heading, text);
                open.y = row.y();
                open.x1 = row.x1();
                return;
            }
        }
        self.close();
        self.indents.clear();
        self.begin(Block::Heading(level, text.to_owned()), row, bold);
    }

    /// A number at the beginning of a line begins an item when it counts on; otherwise it is one that a broken
    /// line happens to begin with, such as a day.
    fn begins_item(&self, marker: Marker, goes_on: bool) -> bool {
        match marker {
            Marker::Number(number) => !goes_on || number == self.last_number + 1 || number == 1,
            _ => true,
        }
    }

    fn item(&mut self, marker: Marker, text: &str, row: &Row, bold: bool) {
        self.close();
        let x = row.x0();
        if let Marker::Number(number) = marker {
            self.last_number = number;
        }
        while self.indents.last().is_some_and(|&indent| indent > x + 3.0) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&indent| indent < x - 3.0) {
            self.indents.push(x);
        }
        let depth = self.indents.len() - 1;
        self.begin(Block::Item(depth, marker, text.to_owned()), row, bold);
    }

    /// Adds a line to the open block; false when it begins a new one.
    fn extend(&mut self, text: &str, row: &Row, bold: bool) -> bool {
        let right = self.right;
        let Some(open) = &mut self.open else {
            return false;
        };
        // A line of contents ends with its page, however far to the right that stands.
        let is_led = ends_led(&open.block);
        let full =
            !is_led && open.x1 + 1.1 * first_word_width(text, row) + 0.3 * row.size() > right;
        let indent = row.x0() - open.x0;
        match &mut open.block {
            // Under the text of an item, or its next line in a list without indentation.
            Block::Item(_, _, item) if !is_led && (indent > 0.4 * row.size() || full) => {
                wrap::join(item, text);
            }
            Block::Paragraph(paragraph) => {
                let was_short = !full;
                // An indented first line begins a paragraph; so does a bold lead after an ordinary line.
                // What is struck out says nothing of the lines around it.
                let last = paragraph.lines().next_back().unwrap_or_default();
                if is_struck(last) != is_struck(text) {
                    return false;
                }
                if was_short && !is_led && (indent > 1.2 * row.size() || (bold && !open.bold)) {
                    return false;
                }
                if full {
                    wrap::join(paragraph, text);
                } else {
                    paragraph.push('\n');
                    paragraph.push_str(text);
                }
            }
            _ => return false,
        }
        open.y = row.y();
        open.x1 = row.x1();
        if matches!(open.block, Block::Paragraph(_)) {
            open.x0 = row.x0();
        }
        open.bold = bold;
        true
    }
}

/// Whether the words of its last line are joined by dots.
fn ends_led(block: &Block) -> bool {
    let (Block::Paragraph(text) | Block::Item(_, _, text)) = block else {
        return false;
    };
    text.lines().next_back().is_some_and(plain::is_led)
}

fn first_word_width(text: &str, row: &Row) -> f64 {
    let letters = text.chars().count().max(1) as f64;
    let word = text
        .split_whitespace()
        .next()
        .map_or(0, |word| word.chars().count()) as f64;
    word * (row.x1() - row.x0()) / letters
}

/// Marks from symbol fonts as the signs they show.
fn marked(text: &str) -> String {
    let mut chars = text.chars();
    let sign = match chars.next() {
        Some(
            '\u{f0a8}' | '\u{f06f}' | '\u{f071}' | '\u{2751}' | '\u{2750}' | '\u{2752}'
            | '\u{274f}',
        ) => '\u{2610}',
        Some('\u{f0fe}' | '\u{f0fd}') => '\u{2611}',
        Some('\u{f0fc}') => '\u{2713}',
        Some('\u{fffd}' | '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}') => '\u{2022}',
        _ => return text.to_owned(),
    };
    format!("{sign} {}", chars.as_str().trim_start())
}

/// Adds the blocks of the next region or page; a sentence that was cut goes on.
pub(super) fn continue_paragraph(out: &mut Vec<Block>, next: Vec<Block>) {
    let mut next = next.into_iter();
    if let Some(first) = next.next() {
        if let Some(first) = joined(out.last_mut(), first) {
            out.push(first);
        }
        out.extend(next);
    }
}

/// Joins a paragraph to the unfinished one before it; gives it back when it is none.
pub(super) fn joined(last: Option<&mut Block>, first: Block) -> Option<Block> {
    let (Some(Block::Paragraph(before) | Block::Item(_, _, before)), Block::Paragraph(after)) =
        (last, &first)
    else {
        return Some(first);
    };
    let unfinished = !before.trim_end().ends_with(['.', '!', '?', ':', ';']);
    if unfinished && after.chars().next().is_some_and(char::is_lowercase) {
        wrap::join(before, after);
        return None;
    }
    Some(first)
}
