//! What a finished piece of text is.

use crate::writer::{Block, Marker};

/// A line of bold words up to this long, and no sentence, is a heading.
const HEADING_CHARS: usize = 60;

/// A paragraph that begins with a box is an item.
pub(super) fn paragraph(text: String) -> Block {
    let (marker, rest) = checked(Marker::Bullet, &text);
    match marker {
        Marker::Check(_) if !text.trim().contains('\n') => Block::Item(0, marker, rest),
        _ => Block::Paragraph(text),
    }
}

pub(super) fn checked(marker: Marker, text: &str) -> (Marker, String) {
    let start = text.trim_start();
    for (mark, done) in [
        ("[ ]", false),
        ("[x]", true),
        ("[X]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
    ] {
        if let Some(rest) = start.strip_prefix(mark) {
            return (Marker::Check(done), rest.to_owned());
        }
    }
    (marker, text.to_owned())
}

/// A short bold line that is no sentence and gives no value: "Action items", "Next steps:".
pub(crate) fn is_heading(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= HEADING_CHARS
        && !text.contains('\n')
        && !text.ends_with(['.', ',', ';', '!', '?'])
        && !text.trim_end_matches(':').contains(": ")
        && text.chars().any(char::is_alphabetic)
}
