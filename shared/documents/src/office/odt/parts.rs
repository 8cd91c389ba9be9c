//! What is open while an `OpenDocument` text is read.

use crate::HiddenReason;
use crate::colour::Rgb;

/// Where the pages of a file begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pages {
    /// Nowhere: the program that wrote it noted none.
    None,
    /// At the breaks its program noted.
    Breaks,
    /// With each slide.
    Slides,
}

/// What the frame of a slide is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    Title,
    /// What the speaker says; true once some of it is written.
    Notes(bool),
}

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) heading: Option<u8>,
    pub(super) bold: bool,
    pub(super) hidden: Option<HiddenReason>,
    pub(super) ink: Option<Rgb>,
    pub(super) paper: Option<Rgb>,
    pub(super) plain: usize,
    pub(super) turns: bool,
}

/// A list being read: the name of its style and the number of the next item.
#[derive(Debug)]
pub(super) struct List {
    pub(super) style: String,
    pub(super) next: u64,
}

/// What a span of letters looks like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) bold: bool,
    pub(super) strike: bool,
    pub(super) hidden: Option<HiddenReason>,
    pub(super) ink: Option<Rgb>,
    pub(super) paper: Option<Rgb>,
}
