//! What a mail brings along that must be looked at to be read.

use mail_parser::{MessageParser, MimeHeaders};

use crate::{Family, FileKind, ReadError, sniff};

/// Takes the place of an attachment, what it is, and its bytes. An error ends the search.
type Sink<'s> = dyn FnMut(usize, FileKind, &[u8]) -> Result<(), ReadError> + 's;

/// The pictures and PDFs among the attachments of a mail, each with its place in [`crate::Document::attachments`].
///
/// Errors: `damaged` where it is no mail, and what `sink` says.
pub fn attached_files(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| ReadError::damaged("it has no mail headers"))?;
    for (index, part) in message.attachments().enumerate() {
        if part.message().is_some() {
            continue;
        }
        let name = part.attachment_name().unwrap_or_default();
        let Ok(kind) = sniff(part.contents(), name, None) else {
            continue;
        };
        if kind.family() == Family::Image || kind == FileKind::Pdf {
            sink(index, kind, part.contents())?;
        }
    }
    Ok(())
}
