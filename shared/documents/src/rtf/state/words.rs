//! What each control word does.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{State, Target};

impl State<'_, '_> {
    pub(in crate::rtf) fn word(&mut self, word: &str, number: Option<i32>) {
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
            "footnote" => self.aim(Target::Note),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => {
                self.now.unicode_skip = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8);
            }
            "ansicpg" => self.now.encoding = code_page(number.unwrap_or(1252)),
            "red" => self.channel(0, number),
            "green" => self.channel(1, number),
            "blue" => self.channel(2, number),
            "s" => self.now.style = number.unwrap_or(0),
            _ if self.look(word, number, on) || self.paragraph(word, number) => {}
            // Groups that are announced as optional and not known here hold no text of the page.
            _ if starred => self.aim(Target::Nowhere),
            _ => {}
        }
    }

    fn channel(&mut self, channel: usize, number: Option<i32>) {
        let value = u8::try_from(number.unwrap_or(0)).unwrap_or(u8::MAX);
        self.channels.get_or_insert_default()[channel] = value;
    }

    fn look(&mut self, word: &str, number: Option<i32>, on: bool) -> bool {
        match word {
            "plain" => {
                (self.now.bold, self.now.strike, self.now.hidden) = (false, false, false);
                (self.now.size, self.now.width, self.now.colour) = (24, 100, 0);
                self.now.behind[0] = 0;
            }
            "b" => self.now.bold = on,
            "strike" | "striked" => self.now.strike = on,
            "v" => self.now.hidden = on,
            "deleted" => self.now.deleted = on,
            "fs" => self.now.size = number.unwrap_or(24),
            "cf" => self.now.colour = index(number),
            "charscalex" => self.now.width = number.unwrap_or(100),
            "cb" | "chcbpat" | "highlight" => self.now.behind[0] = index(number),
            "cbpat" | "clcbpat" => self.now.behind[1] = index(number),
            _ => return false,
        }
        true
    }

    fn paragraph(&mut self, word: &str, number: Option<i32>) -> bool {
        let inside = [
            "pard",
            "outlinelevel",
            "ilvl",
            "li",
            "intbl",
            "trowd",
            "cell",
            "row",
        ];
        match word {
            // The paragraph around a note is not the note's to change.
            _ if self.now.target == Target::Note && inside.contains(&word) => {}
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
                self.now.behind[1] = 0;
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
    pub(super) fn begin_row(&mut self) {
        if !self.sink.in_table() {
            self.sink.begin_table();
        }
        if !self.row_open {
            self.row_open = true;
            self.sink.begin_row();
            self.sink.begin_cell(1, 1);
        }
    }
}

fn index(number: Option<i32>) -> usize {
    number
        .and_then(|number| usize::try_from(number).ok())
        .unwrap_or(0)
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
