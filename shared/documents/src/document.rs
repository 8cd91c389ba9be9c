//! What comes out of a file.

use serde::{Deserialize, Serialize};

use crate::FileKind;

/// A file as text. All offsets count Unicode scalars (`char`s) of `text`, from 0, the end exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What the file was.
    pub kind: FileKind,
    /// The text in the normal form that the README of the crate describes.
    pub text: String,
    /// Pages, slides or sheets in order; empty for formats without them. They cover the text without overlapping.
    pub pages: Vec<Page>,
    /// The title the file states, or the subject of a mail.
    pub title: Option<String>,
    /// The headers of a mail.
    pub mail: Option<Mail>,
    /// The attachments of a mail, with what became of them.
    pub attachments: Vec<Attachment>,
    /// True when the text was cut at the limit.
    pub truncated: bool,
    /// Text a reader of the document would not see. It is not part of `text`.
    pub hidden: Vec<Hidden>,
    /// Running heads and feet of pages, each once. They are not part of `text`.
    pub running: Vec<String>,
    /// Numbers of the pages that show a picture and no text: they need text recognition.
    pub pages_without_text: Vec<u32>,
}

/// One page and the span of `Document::text` it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Number, from 1.
    pub number: u32,
    /// Name of the sheet, when it has one.
    pub name: Option<String>,
    /// First character.
    pub start_char: usize,
    /// One past the last character.
    pub end_char: usize,
}

/// The headers of a mail that matter to a reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Who wrote it.
    pub from: Vec<Address>,
    /// To whom.
    pub to: Vec<Address>,
    /// Copies.
    pub cc: Vec<Address>,
    /// When, in RFC 3339 with the sender's offset.
    pub date: Option<String>,
    /// About what.
    pub subject: Option<String>,
    /// The id of the message, without angle brackets.
    pub message_id: Option<String>,
}

/// A mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Display name.
    pub name: Option<String>,
    /// `local@domain`.
    pub email: Option<String>,
}

/// A file inside a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// File name, or a made up one.
    pub name: String,
    /// Declared media type.
    pub mime: String,
    /// Size in bytes.
    pub size: usize,
    /// What it is, when it was recognised.
    pub kind: Option<FileKind>,
    /// Its span of `Document::text`, when it was read.
    pub span: Option<(usize, usize)>,
    /// Code and sentence of the reason when it was not.
    pub failure: Option<(String, String)>,
}

/// Text that was left out because no reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Page, when the format has pages.
    pub page: Option<u32>,
    /// Why it cannot be seen.
    pub reason: HiddenReason,
    /// The text, cut at 500 characters.
    pub text: String,
}

/// Why a text cannot be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HiddenReason {
    /// The colour of its background.
    SameColour,
    /// Too small to read.
    Tiny,
    /// Outside the page or clipped away.
    OffPage,
    /// Painted in no colour, marked hidden, or not displayed.
    NotDisplayed,
    /// Under a picture or a filled shape.
    Covered,
    /// Turned against the text, such as a watermark.
    Watermark,
    /// A comment or an annotation.
    Comment,
    /// Deleted in a tracked change, or struck out inside a line.
    Deleted,
    /// Hidden sheet, row, column or slide.
    HiddenPart,
}

impl Document {
    /// The page that holds a character offset.
    pub fn page_at(&self, offset: usize) -> Option<u32> {
        let after = self.pages.partition_point(|page| page.start_char <= offset);
        self.pages[..after].last().map(|page| page.number)
    }

    /// The text of a span, or `None` when the span is not within the text.
    pub fn slice(&self, start: usize, end: usize) -> Option<&str> {
        if start > end {
            return None;
        }
        let mut bounds = self
            .text
            .char_indices()
            .map(|(at, _)| at)
            .chain([self.text.len()]);
        let from = bounds.nth(start)?;
        let to = if end == start {
            from
        } else {
            bounds.nth(end - start - 1)?
        };
        self.text.get(from..to)
    }
}
