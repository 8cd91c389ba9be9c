//! A paragraph and a cell while they are read.

use super::super::run::Paint;
use super::super::styles::Resolved;

/// Signs of symbol fonts that Word stores by their places in the font.
pub(super) const BOX_SIGNS: &[u32] = &[0xf0a8, 0xf06f, 0xf071, 0x2610, 0x25a1, 0xf0a3];

pub(super) const TICKED_SIGNS: &[u32] = &[0xf0fe, 0xf0fd, 0xf052, 0xf053, 0x2611, 0x2612];

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) style: Resolved,
    pub(super) number: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) outline: Option<u8>,
    pub(super) shading: Option<Paint>,
    /// Letters that are not bold.
    pub(super) plain: usize,
    pub(super) struck: bool,
    pub(super) break_before: bool,
    pub(super) break_after: bool,
}

#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) columns: usize,
    /// Goes on with the cell above.
    pub(super) continued: bool,
    pub(super) shading: Option<Paint>,
}

pub(super) fn is_box_or_empty(text: &str) -> bool {
    matches!(text.trim(), "" | "[ ]" | "[x]")
}

/// Opens or closes a struck part.
pub(super) fn strike(text: &mut String, opens: bool) {
    if opens {
        text.push_str("~~");
    } else {
        let kept = text.trim_end().len();
        let space = text[kept..].to_owned();
        text.truncate(kept);
        text.push_str("~~");
        text.push_str(&space);
    }
}
