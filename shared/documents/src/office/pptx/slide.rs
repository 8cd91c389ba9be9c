//! The shapes of one slide.

use super::super::xml::{Attributes, Handler};
use super::ground::{Ground, Theme};
use crate::colour::{Rgb, same};
use crate::plain;
use crate::sink::Sink;
use crate::writer::{Block, Marker, one_line};
use crate::{HiddenReason, ReadError};

/// Sizes below this, in hundredths of a point, nobody reads.
const TINY: u32 = 250;

/// What a shape is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Plain,
    Title,
    Body,
    /// Date, number, head or foot.
    Running,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "where in the XML the reader stands"
)]
pub(super) struct Slide<'w, 'b> {
    pub(super) sink: Sink<'w, 'b>,
    width: i64,
    is_notes: bool,
    noted: bool,
    role: Role,
    hidden: Option<HiddenReason>,
    line: String,
    level: usize,
    bullet: Option<Marker>,
    /// The paragraph says that it has no mark.
    unmarked: bool,
    counters: [u64; 10],
    in_text: bool,
    struck: bool,
    tiny: bool,
    /// The cell goes on with one to its left or above.
    merged: bool,
    /// The places of the shapes, and which is read next.
    pub(super) grounds: Vec<Ground>,
    next: usize,
    /// The place of the shape that is read.
    ground: Ground,
    pub(super) theme: Theme,
    /// The colour of the run, and whether the XML tells it now.
    ink: Option<Rgb>,
    inks: bool,
}

impl<'w, 'b> Slide<'w, 'b> {
    pub(super) fn new(sink: Sink<'w, 'b>, width: i64, is_notes: bool) -> Self {
        Self {
            sink,
            width,
            is_notes,
            noted: false,
            role: Role::Plain,
            hidden: None,
            line: String::new(),
            level: 0,
            bullet: None,
            unmarked: false,
            counters: [0; 10],
            in_text: false,
            struck: false,
            tiny: false,
            merged: false,
            grounds: Vec::new(),
            next: 0,
            ground: Ground::default(),
            theme: Theme::default(),
            ink: None,
            inks: false,
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.line);
        if one_line(&text).is_empty() || self.role == Role::Running {
            return;
        }
        if let Some(reason) = self.hidden {
            self.sink.writer.hide(reason, &text);
            return;
        }
        if self.is_notes {
            if self.role == Role::Body {
                let lead = if std::mem::replace(&mut self.noted, true) {
                    ""
                } else {
                    "Notes: "
                };
                self.sink.block(Block::Paragraph(format!("{lead}{text}")));
            }
            return;
        }
        let listed = !self.sink.in_table() && self.role == Role::Body && !self.unmarked;
        let marker = self.bullet.or(listed.then_some(Marker::Bullet));
        let own = plain::item(text.trim_start());
        let block = match (self.role, own, marker) {
            (Role::Title, ..) => Block::Heading(2, text),
            (_, Some((own, rest)), _) => Block::Item(self.level, own, rest.to_owned()),
            (_, None, Some(marker)) => Block::Item(self.level, marker, text),
            (_, None, None) => Block::Paragraph(text),
        };
        self.sink.block(block);
    }

    fn begin_shape(&mut self) {
        self.role = Role::Plain;
        self.hidden = None;
        self.counters = [0; 10];
    }

    /// The next shape begins; words under another shape are not seen.
    fn take_ground(&mut self) {
        self.ground = self.grounds.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        self.hidden = self.ground.covered.then_some(HiddenReason::Covered);
    }

    fn is_lost(&self) -> bool {
        let pair = self.ink.zip(self.ground.behind);
        !self.sink.in_table() && pair.is_some_and(|(ink, paper)| same(ink, paper))
    }

    fn numbered(&mut self, attributes: &Attributes<'_>) -> Marker {
        let level = self.level.min(self.counters.len() - 1);
        let start: u64 = attributes.number("startAt").unwrap_or(1);
        self.counters[level + 1..].fill(0);
        self.counters[level] = if self.counters[level] == 0 {
            start
        } else {
            self.counters[level] + 1
        };
        Marker::Number(self.counters[level])
    }

    fn run(&mut self, attributes: &Attributes<'_>) {
        self.struck = attributes
            .get("strike")
            .is_some_and(|strike| strike != "noStrike");
        self.tiny = attributes
            .number::<u32>("sz")
            .is_some_and(|size| size < TINY);
    }
}

impl Handler for Slide<'_, '_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match name {
            "sp" | "graphicFrame" | "cxnSp" | "pic" => {
                self.begin_shape();
                self.take_ground();
            }
            "cNvPr"
                if attributes
                    .get("hidden")
                    .is_some_and(|hidden| hidden == "1" || hidden == "true") =>
            {
                self.hidden = Some(HiddenReason::NotDisplayed);
            }
            "ph" => {
                self.role = match attributes.get("type").as_deref() {
                    Some("title" | "ctrTitle") => Role::Title,
                    Some("dt" | "ftr" | "hdr" | "sldNum" | "sldImg") => Role::Running,
                    Some("subTitle") => Role::Plain,
                    _ => Role::Body,
                };
            }
            "off"
                if self.width > 0
                    && attributes
                        .number::<i64>("x")
                        .is_some_and(|x| x >= self.width) =>
            {
                self.hidden = self.hidden.or(Some(HiddenReason::OffPage));
            }
            "pPr" => {
                self.level = attributes.number("lvl").unwrap_or(0);
            }
            "p" => {
                self.level = 0;
                self.bullet = None;
                self.unmarked = false;
            }
            "buNone" => self.unmarked = true,
            "buChar" => self.bullet = Some(Marker::Bullet),
            "buAutoNum" => self.bullet = Some(self.numbered(attributes)),
            "r" | "fld" => (self.struck, self.tiny, self.ink) = (false, false, None),
            "rPr" => {
                self.inks = true;
                self.run(attributes);
            }
            // The outline of letters and the marker over them are no colours of theirs.
            "ln" | "highlight" | "effectLst" => self.inks = false,
            "srgbClr" | "schemeClr" if self.inks => {
                let name = attributes.get("val").unwrap_or_default();
                self.ink = self.theme.colour(&name);
            }
            "lumMod" | "lumOff" | "tint" | "shade" if self.inks => self.ink = None,
            "t" => self.in_text = true,
            "br" => self.line.push('\n'),
            "tbl" => self.sink.begin_table(),
            "tr" => self.sink.begin_row(),
            "tc" => {
                let on = |name| {
                    attributes
                        .get(name)
                        .is_some_and(|value| value == "1" || value == "true")
                };
                self.merged = on("hMerge") || on("vMerge");
                // The cells a wide one covers are listed as well, empty.
                self.sink.begin_cell(1, 1);
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "t" => self.in_text = false,
            "rPr" => self.inks = false,
            "p" => self.end_paragraph(),
            "tc" => {
                let merged = std::mem::take(&mut self.merged);
                self.sink.end_cell(1, merged);
            }
            "tbl" => self.sink.end_table(),
            "sp" | "graphicFrame" => self.begin_shape(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if !self.in_text {
            return Ok(());
        }
        if self.tiny {
            self.sink.writer.hide(HiddenReason::Tiny, text);
        } else if self.is_lost() {
            self.sink.writer.hide(HiddenReason::SameColour, text);
        } else if self.struck && !text.trim().is_empty() {
            self.line.push_str("~~");
            self.line.push_str(text.trim());
            self.line.push_str("~~");
        } else {
            self.line.push_str(text);
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.sink.writer.is_full()
    }
}
