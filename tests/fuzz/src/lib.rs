//! What the fuzz targets share.

use std::io::{Cursor, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sentry_documents::{Document, FileKind, Limits, read, sniff};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Lets panics of parser crates pass, for `read` turns them into refusals, and ends the run on panics of our own.
pub fn watch_panics() {
    std::panic::set_hook(Box::new(|info| {
        let ours = info.location().is_some_and(|place| place.file().contains("shared/documents"));
        if ours {
            eprintln!("{info}");
            std::process::abort();
        }
    }));
}

/// Small limits, so that a run shows in seconds what would take minutes.
fn limits() -> Limits {
    let checks = Arc::new(AtomicUsize::new(0));
    Limits {
        max_decompressed: 20_000_000,
        max_chars: 100_000,
        // The clock of the run: a parser that asks this often is at work for seconds.
        out_of_time: Some(Arc::new(move || checks.fetch_add(1, Ordering::Relaxed) > 400)),
        ..Limits::default()
    }
}

/// Reads bytes as a kind and checks what must hold for every document.
pub fn check(bytes: &[u8], kind: FileKind) {
    let _ = sniff(bytes, "file", None);
    if let Ok(document) = read(bytes, kind, &limits()) {
        check_document(&document);
    }
}

fn check_document(document: &Document) {
    let chars = document.text.chars().count();
    assert!(chars <= 100_000, "longer than allowed");
    let mut last = 0;
    for page in &document.pages {
        assert!(page.start_char >= last && page.end_char >= page.start_char && page.end_char <= chars);
        last = page.end_char;
    }
    for (start, end) in document.attachments.iter().filter_map(|attachment| attachment.span) {
        assert!(document.slice(start, end).is_some());
    }
}

/// Puts the pieces of the input, parted by bytes of 0xff, into an archive under these names.
pub fn archive(bytes: &[u8], names: &[&str]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut parts = bytes.split(|&byte| byte == 0xff);
    for name in names {
        let part = parts.next().unwrap_or_default();
        let written = writer.start_file(*name, SimpleFileOptions::default()).and_then(|()| Ok(writer.write_all(part)?));
        if written.is_err() {
            return Vec::new();
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}
