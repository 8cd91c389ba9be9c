//! The way in: bounds, isolation, and which parser a kind goes to.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::limits::Budget;
use crate::{Document, FileKind, Limits, ReadError};
use crate::{
    calendar, charset, csv_table, html, mail, markdown, office, pdf, plain, rtf, subtitles,
};

/// Parsers recurse with the nesting of a file. With a stack of known size the bounds on nesting hold on
/// every platform; the pages of it that are never touched cost nothing.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// How often the caller is asked for the time while a parser does not ask itself.
const POLL: Duration = Duration::from_millis(25);

/// Reads a file of a kind that [`crate::sniff`] found.
///
/// Never panics: a parser that does is reported as `damaged`. The parser runs on a thread of its own; one that
/// does not come back before [`Limits::out_of_time`] says so is left behind and the answer is `timed_out`.
pub fn read(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<Document, ReadError> {
    check_size(bytes.len(), limits)?;
    read_owned(bytes.to_vec(), kind, limits)
}

/// [`read`] for a caller who has no use for the bytes afterwards: saves a copy.
pub fn read_owned(bytes: Vec<u8>, kind: FileKind, limits: &Limits) -> Result<Document, ReadError> {
    check_size(bytes.len(), limits)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let inner_limits = limits.clone();
    let parser = thread::Builder::new()
        .name("sentry-documents".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let budget = Budget::new(&inner_limits, bytes.len());
            let result = caught(|| parse(&Arc::new(bytes), kind, &budget, 0));
            // The receiver is gone when the time was up; then nobody wants the result.
            drop(sender.send(result));
        })
        .map_err(|_| {
            ReadError::Unsupported(
                "No thread could be started to read the file; try again.".to_owned(),
            )
        })?;
    loop {
        match receiver.recv_timeout(POLL) {
            Ok(result) => {
                // Joining makes sure its memory is given back before the next file is read.
                drop(parser.join());
                return result;
            }
            Err(RecvTimeoutError::Timeout) => {
                if limits
                    .out_of_time
                    .as_ref()
                    .is_some_and(|out_of_time| out_of_time())
                {
                    return Err(ReadError::TimedOut);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(ReadError::damaged("the parser gave up on it"));
            }
        }
    }
}

fn check_size(len: usize, limits: &Limits) -> Result<(), ReadError> {
    let actual = len as u64;
    if actual > limits.max_bytes {
        return Err(ReadError::TooLarge {
            actual,
            limit: limits.max_bytes,
        });
    }
    if actual == 0 {
        return Err(ReadError::EmptyFile);
    }
    Ok(())
}

/// Runs a parser and turns a panic into a refusal.
fn caught(parser: impl FnOnce() -> Result<Document, ReadError>) -> Result<Document, ReadError> {
    catch_unwind(AssertUnwindSafe(parser))
        .unwrap_or_else(|_| Err(ReadError::damaged("the parser stumbled over it")))
}

/// Reads a file, or one inside another: `depth` counts the mails around it.
pub(crate) fn parse(
    bytes: &Arc<Vec<u8>>,
    kind: FileKind,
    budget: &Budget,
    depth: usize,
) -> Result<Document, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::EmptyFile);
    }
    match kind {
        FileKind::Text => text(bytes, budget, plain::read),
        FileKind::Markdown => text(bytes, budget, markdown::read),
        FileKind::Csv => text(bytes, budget, csv_table::read),
        FileKind::Subtitles => text(bytes, budget, subtitles::read),
        FileKind::Calendar => text(bytes, budget, calendar::read),
        FileKind::Html => {
            let (bytes, cut) = head(bytes, budget, BYTES_PER_CHAR_OF_HTML);
            let document = html::read(bytes, budget)?;
            Ok(Document {
                truncated: document.truncated || cut,
                ..document
            })
        }
        FileKind::Eml => mail::read(bytes, budget, depth),
        FileKind::Pdf => pdf::read(bytes, budget),
        FileKind::Pptx => office::pptx::read(bytes, budget),
        FileKind::Xlsx => office::xlsx::read(bytes, budget),
        FileKind::Odt | FileKind::Odp => office::odt::read(bytes, kind, budget),
        FileKind::Ods => office::ods::read(bytes, budget),
        FileKind::Rtf => rtf::read(bytes, budget),
        FileKind::Docx => office::docx::read(bytes, budget),
        other => Err(ReadError::not_text(other)),
    }
}

/// The most bytes that a character takes in any encoding.
pub(crate) const BYTES_PER_CHAR: usize = 4;
/// With the tags around it; a page with more of them has hardly any text.
pub(crate) const BYTES_PER_CHAR_OF_HTML: usize = 16;

/// The bytes that can hold as many characters as are wanted: of the others nothing would remain, but they would
/// have to be decoded and taken apart first.
fn head<'b>(bytes: &'b [u8], budget: &Budget, per_char: usize) -> (&'b [u8], bool) {
    let most = budget
        .limits
        .max_chars
        .saturating_mul(per_char)
        .saturating_add(8);
    // Units of UTF-16 are not cut in two.
    let most = most.min(bytes.len()) & !1;
    if most + 1 < bytes.len() {
        (&bytes[..most], true)
    } else {
        (bytes, false)
    }
}

/// Reads a text whose characters are its content.
fn text(
    bytes: &[u8],
    budget: &Budget,
    parser: fn(&str, &Budget) -> Result<Document, ReadError>,
) -> Result<Document, ReadError> {
    let (bytes, mut cut) = head(bytes, budget, BYTES_PER_CHAR);
    let mut text = charset::decode(bytes)?;
    // One more than is wanted, so that the parser itself sees that there is more.
    if let Some((at, _)) = text
        .char_indices()
        .nth(budget.limits.max_chars.saturating_add(1))
    {
        text.truncate(at);
        cut = true;
    }
    let document = parser(&text, budget)?;
    Ok(Document {
        truncated: document.truncated || cut,
        ..document
    })
}
