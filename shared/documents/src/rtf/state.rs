//! What control words do to the text.

mod letters;
mod words;

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::HiddenReason;
use crate::colour::Rgb;
use crate::html::is_heading;
use crate::plain;
use crate::sink::Sink;
use crate::writer::{Block, Marker, Writer, one_line};

/// Smaller letters, in half points, nobody reads.
const TINY: i32 = 5;
/// Letters narrowed to less than this per cent nobody reads.
const NARROW: i32 = 15;

/// Where the letters of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Body,
    /// Tables of fonts, pictures, instructions.
    Nowhere,
    Title,
    Running,
    /// The mark of a list item as other programs show it.
    Mark,
    Comment,
    /// A footnote or endnote.
    Note,
    Colours,
    Styles,
}

/// What holds inside a group.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one group"
)]
struct Group {
    target: Target,
    bold: bool,
    strike: bool,
    hidden: bool,
    deleted: bool,
    size: i32,
    /// How wide its letters are, in per cent.
    width: i32,
    colour: usize,
    /// The colour behind its letters, of the run and of the paragraph; 0 for none.
    behind: [usize; 2],
    /// Bytes that stand in for a letter given as Unicode.
    unicode_skip: usize,
    encoding: &'static Encoding,
    style: i32,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "where in the text the reader stands"
)]
pub(super) struct State<'w, 'b> {
    sink: Sink<'w, 'b>,
    groups: Vec<Group>,
    now: Group,
    /// The group just opened begins with `\*`: unknown ones are skipped.
    starred: bool,
    bytes: Vec<u8>,
    skip: usize,
    high: Option<u16>,
    text: String,
    plain: usize,
    struck: bool,
    mark: String,
    aside: String,
    note: String,
    /// What is written when the text has ended, as readers of a page see it.
    notes: Vec<String>,
    title: String,
    running: Vec<String>,
    outline: Option<u8>,
    level: Option<usize>,
    /// Indentation of the paragraph, and of the items around it, in twentieths of a point.
    indent: i32,
    indents: Vec<i32>,
    in_row: bool,
    row_open: bool,
    /// Colours by their numbers; `None` for what the program chooses.
    colours: Vec<Option<Rgb>>,
    channels: Option<Rgb>,
    headings: HashMap<i32, u8>,
}

impl<'w, 'b> State<'w, 'b> {
    pub(super) fn new(writer: &'w mut Writer<'b>) -> Self {
        let now = Group {
            target: Target::Body,
            bold: false,
            strike: false,
            hidden: false,
            deleted: false,
            size: 24,
            width: 100,
            colour: 0,
            behind: [0; 2],
            unicode_skip: 1,
            encoding: WINDOWS_1252,
            style: 0,
        };
        Self {
            sink: Sink::new(writer),
            groups: Vec::new(),
            now,
            starred: false,
            bytes: Vec::new(),
            skip: 0,
            high: None,
            text: String::new(),
            plain: 0,
            struck: false,
            mark: String::new(),
            aside: String::new(),
            note: String::new(),
            notes: Vec::new(),
            title: String::new(),
            running: Vec::new(),
            outline: None,
            level: None,
            indent: 0,
            indents: Vec::new(),
            in_row: false,
            row_open: false,
            colours: Vec::new(),
            channels: None,
            headings: HashMap::new(),
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.groups.len()
    }

    pub(super) fn is_full(&self) -> bool {
        self.sink.writer.is_full()
    }

    pub(super) fn open(&mut self) {
        self.flush_bytes();
        self.groups.push(self.now.clone());
        self.starred = false;
        self.skip = 0;
    }

    /// Ends a group; true when it was the last.
    pub(super) fn close(&mut self) -> bool {
        self.flush_bytes();
        let ended = self.now.target;
        let Some(around) = self.groups.pop() else {
            return true;
        };
        self.now = around;
        if ended != self.now.target {
            self.end_target(ended);
        }
        self.groups.is_empty()
    }

    fn end_target(&mut self, target: Target) {
        if target == Target::Note {
            let note = one_line(&std::mem::take(&mut self.note));
            self.notes
                .extend(Some(note).filter(|note| !note.is_empty()));
            return;
        }
        let text = one_line(&std::mem::take(&mut self.aside));
        match target {
            Target::Title => self.title = text,
            Target::Running if !text.is_empty() && !self.running.contains(&text) => {
                self.running.push(text);
            }
            Target::Comment => self.sink.writer.hide(HiddenReason::Comment, &text),
            _ => {}
        }
    }

    fn aim(&mut self, target: Target) {
        let fits = match self.now.target {
            Target::Body => true,
            Target::Note => matches!(target, Target::Nowhere | Target::Comment),
            Target::Nowhere => target == Target::Title,
            _ => false,
        };
        if fits {
            self.now.target = target;
        }
    }

    pub(super) fn sign(&mut self, sign: u8) {
        self.flush_bytes();
        match sign {
            b'*' => self.starred = true,
            b'~' => self.letter("\u{a0}"),
            b'_' => self.letter("-"),
            b'\\' | b'{' | b'}' => self.byte(sign),
            b'\n' | b'\r' => self.end_paragraph(),
            _ => {}
        }
    }

    pub(super) fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    fn end_paragraph(&mut self) {
        self.flush_bytes();
        match self.now.target {
            Target::Body => {}
            Target::Note => return self.note.push(' '),
            _ => return self.aside.push(' '),
        }
        if std::mem::take(&mut self.struck) {
            self.text.push_str("~~");
        }
        let text = std::mem::take(&mut self.text);
        let mark = one_line(&std::mem::take(&mut self.mark));
        let plain = std::mem::take(&mut self.plain);
        if self.in_row {
            self.begin_row();
        } else if self.sink.in_table() {
            self.row_open = false;
            self.sink.finish();
        }
        if one_line(&text).is_empty() {
            return;
        }
        let heading = self
            .outline
            .or_else(|| self.headings.get(&self.now.style).copied());
        let block = block(
            text,
            &mark,
            heading.filter(|level| (1..=9).contains(level)),
            plain == 0,
        );
        let block = self.place(block);
        self.sink.block(block);
    }

    /// Writes the depth of an item that states none: by its indentation under the items before it.
    fn place(&mut self, block: Block) -> Block {
        let Block::Item(_, marker, text) = block else {
            self.indents.clear();
            return block;
        };
        let indent = self.indent;
        self.indents.retain(|&around| around < indent);
        self.indents.push(indent);
        Block::Item(self.level.unwrap_or(self.indents.len() - 1), marker, text)
    }

    pub(super) fn finish(mut self) -> (Option<String>, Vec<String>) {
        self.now.target = Target::Body;
        self.end_paragraph();
        self.sink.finish();
        for note in std::mem::take(&mut self.notes) {
            self.sink.block(Block::Paragraph(note));
        }
        (
            Some(self.title).filter(|title| !title.is_empty()),
            self.running,
        )
    }
}

fn block(text: String, mark: &str, heading: Option<u8>, bold: bool) -> Block {
    if let Some(level) = heading {
        return Block::Heading(level.min(6), text);
    }
    let own = plain::item(text.trim_start()).map(|(marker, rest)| (marker, rest.to_owned()));
    match own {
        Some((marker @ Marker::Check(_), rest)) => Block::Item(0, marker, rest),
        _ if !mark.is_empty() => {
            let number = mark.trim_matches(['(', ')', '.', ' ']).parse();
            Block::Item(0, number.map_or(Marker::Bullet, Marker::Number), text)
        }
        Some((marker, rest)) if !text.trim().contains('\n') => Block::Item(0, marker, rest),
        _ if bold && is_heading(&text) => Block::Heading(4, text),
        _ => Block::Paragraph(text),
    }
}
