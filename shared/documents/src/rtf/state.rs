//! What control words do to the text.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::HiddenReason;
use crate::html::is_heading;
use crate::plain;
use crate::sink::Sink;
use crate::writer::{Block, Marker, Writer, one_line};

/// Smaller letters, in half points, nobody reads.
const TINY: i32 = 5;

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
    colour: usize,
    shaded: bool,
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
    title: String,
    running: Vec<String>,
    outline: Option<u8>,
    level: Option<usize>,
    /// Indentation of the paragraph, and of the items around it, in twentieths of a point.
    indent: i32,
    indents: Vec<i32>,
    in_row: bool,
    row_open: bool,
    colours: Vec<bool>,
    channels: [i32; 3],
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
            colour: 0,
            shaded: false,
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
            title: String::new(),
            running: Vec::new(),
            outline: None,
            level: None,
            indent: 0,
            indents: Vec::new(),
            in_row: false,
            row_open: false,
            colours: Vec::new(),
            channels: [0; 3],
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
        if self.now.target == Target::Body
            || self.now.target == Target::Nowhere && target == Target::Title
        {
            self.now.target = target;
        }
    }

    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        self.flush_bytes();
        let starred = std::mem::take(&mut self.starred);
        let on = number != Some(0);
        match word {
            "fonttbl" | "pict" | "object" | "fldinst" | "themedata" | "datastore" | "generator"
            | "listtable" | "listoverridetable" | "rsidtbl" | "xmlnstbl" | "info"
            | "latentstyles" | "bkmkstart" | "bkmkend" | "shppict" | "nonshppict" | "pgdsctbl"
            | "filetbl" | "mmathPr" | "atnid" | "atnauthor" | "atntime" | "atndate" | "atnref"
            | "atnparent" | "colorschememapping" | "userprops" | "revtbl" | "sp" => {
                self.aim(Target::Nowhere);
            }
            "colortbl" => self.aim(Target::Colours),
            "stylesheet" => self.aim(Target::Styles),
            "title" if self.now.target == Target::Nowhere => self.now.target = Target::Title,
            "header" | "footer" | "headerl" | "headerr" | "headerf" | "footerl" | "footerr"
            | "footerf" => {
                self.aim(Target::Running);
            }
            "listtext" | "pntext" => self.aim(Target::Mark),
            "annotation" => self.aim(Target::Comment),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => {
                self.now.unicode_skip = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8);
            }
            "ansicpg" => self.now.encoding = code_page(number.unwrap_or(1252)),
            "red" => self.channels[0] = number.unwrap_or(0),
            "green" => self.channels[1] = number.unwrap_or(0),
            "blue" => self.channels[2] = number.unwrap_or(0),
            "s" => self.now.style = number.unwrap_or(0),
            _ if self.look(word, number, on) || self.paragraph(word, number) => {}
            // Groups that are announced as optional and not known here hold no text of the page.
            _ if starred => self.aim(Target::Nowhere),
            _ => {}
        }
    }

    fn look(&mut self, word: &str, number: Option<i32>, on: bool) -> bool {
        match word {
            "plain" => {
                (self.now.bold, self.now.strike, self.now.hidden) = (false, false, false);
                (self.now.size, self.now.colour, self.now.shaded) = (24, 0, false);
            }
            "b" => self.now.bold = on,
            "strike" | "striked" => self.now.strike = on,
            "v" => self.now.hidden = on,
            "deleted" => self.now.deleted = on,
            "fs" => self.now.size = number.unwrap_or(24),
            "cf" => self.now.colour = usize::try_from(number.unwrap_or(0)).unwrap_or(0),
            "cb" | "chcbpat" | "cbpat" | "highlight" => self.now.shaded = on,
            _ => return false,
        }
        true
    }

    fn paragraph(&mut self, word: &str, number: Option<i32>) -> bool {
        match word {
            "par" | "sect" | "page" => self.end_paragraph(),
            "line" => self.letter("\n"),
            "tab" => self.letter("\t"),
            "emdash" => self.letter("\u{2014}"),
            "endash" => self.letter("\u{2013}"),
            "bullet" => self.letter("\u{2022}"),
            "lquote" => self.letter("\u{2018}"),
            "rquote" => self.letter("\u{2019}"),
            "ldblquote" => self.letter("\u{201c}"),
            "rdblquote" => self.letter("\u{201d}"),
            "pard" => {
                self.outline = None;
                self.level = None;
                self.indent = 0;
                self.in_row = false;
                self.now.style = 0;
                self.now.shaded = false;
            }
            "outlinelevel" => self.outline = number.and_then(|level| u8::try_from(level + 1).ok()),
            "ilvl" => self.level = usize::try_from(number.unwrap_or(0)).ok(),
            "li" => self.indent = number.unwrap_or(0),
            "intbl" | "trowd" => self.in_row = true,
            "cell" => {
                self.begin_row();
                self.end_paragraph();
                self.sink.end_cell(1, false);
                self.sink.begin_cell(1, 1);
            }
            "row" => self.row_open = false,
            _ => return false,
        }
        true
    }

    /// RTF has no tables, only rows: the first cell of the first one begins a table.
    fn begin_row(&mut self) {
        if !self.sink.in_table() {
            self.sink.begin_table();
        }
        if !self.row_open {
            self.row_open = true;
            self.sink.begin_row();
            self.sink.begin_cell(1, 1);
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

    fn unicode(&mut self, number: i32) {
        self.skip = self.now.unicode_skip;
        // Numbers above 32767 are written as negative ones.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "16 bits by definition"
        )]
        let unit = number as u16;
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        let text: String = char::decode_utf16(units).flatten().collect();
        self.letter(&text);
    }

    fn flush_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self
            .now
            .encoding
            .decode_without_bom_handling(&bytes)
            .0
            .into_owned();
        self.letter(&text);
    }

    fn letter(&mut self, text: &str) {
        match self.now.target {
            Target::Body => self.body(text),
            Target::Nowhere => {}
            Target::Mark => self.mark.push_str(text),
            Target::Title | Target::Running | Target::Comment => self.aside.push_str(text),
            Target::Colours => {
                for _ in text.matches(';') {
                    self.colours
                        .push(self.channels.iter().all(|&channel| channel >= 0xf3));
                    self.channels = [0; 3];
                }
            }
            Target::Styles => {
                let name = text.trim().trim_end_matches(';').to_lowercase();
                let level = name
                    .strip_prefix("heading ")
                    .and_then(|level| level.parse().ok());
                let level = level.or((name == "title").then_some(1));
                if let Some(level) = level {
                    self.headings.insert(self.now.style, level);
                }
            }
        }
    }

    fn body(&mut self, text: &str) {
        let white = self.colours.get(self.now.colour).copied().unwrap_or(false);
        let reason = if self.now.deleted {
            Some(HiddenReason::Deleted)
        } else if self.now.hidden {
            Some(HiddenReason::NotDisplayed)
        } else if self.now.size < TINY {
            Some(HiddenReason::Tiny)
        } else if white && !self.now.shaded {
            Some(HiddenReason::SameColour)
        } else {
            None
        };
        if let Some(reason) = reason {
            self.sink.writer.hide(reason, text);
            return;
        }
        if self.now.strike != self.struck && !text.trim().is_empty() {
            self.struck = self.now.strike;
            self.text.push_str("~~");
        }
        if !self.now.bold {
            self.plain += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        self.text.push_str(text);
    }

    fn end_paragraph(&mut self) {
        self.flush_bytes();
        if self.now.target != Target::Body {
            self.aside.push(' ');
            return;
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

fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}
