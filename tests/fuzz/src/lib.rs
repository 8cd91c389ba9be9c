//! What the fuzz targets share.

use std::io::{Cursor, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sentry_documents::{Document, Family, FileKind, Limits, media, page_pictures, pictures, read, sniff};
use sentry_extraction::model::Reading;
use sentry_extraction::{Context, Extraction, extract};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Lets panics of parser crates pass, for `read` turns them into refusals, and ends the run on panics of our own.
pub fn watch_panics() {
    std::panic::set_hook(Box::new(|info| {
        let ours = info.location().is_some_and(|place| {
            ["shared/", "fuzz/src"].iter().any(|room| place.file().contains(room))
        });
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

/// Cuts a recording into small pieces: they hold no more than there is, and are in the order of their time.
pub fn check_recording(bytes: &[u8]) {
    const MOST: usize = 2_000;
    let Ok(kind) = sniff(bytes, "file", None) else { return };
    if !matches!(kind.family(), Family::Audio | Family::Video) {
        return;
    }
    let (mut last, mut pieces) = (0.0, 0_usize);
    let _ = media::cut(&mut Cursor::new(bytes), kind, MOST, &mut |piece| {
        assert!(piece.start >= last, "{} after {last}", piece.start);
        assert!(piece.duration.is_none_or(|seconds| seconds >= 0.0));
        assert!(piece.bytes.len() <= MOST + bytes.len(), "a piece of {} bytes", piece.bytes.len());
        last = piece.start;
        pieces += 1;
        Ok(())
    });
    assert!(pieces <= bytes.len(), "{pieces} pieces of {} bytes", bytes.len());
}

/// Makes a picture one that can be shown: it does not grow beyond what pixels cost.
pub fn check_picture(bytes: &[u8]) {
    let Ok(kind) = sniff(bytes, "file", None) else { return };
    // More pixels are only slower.
    let few = pictures::pixels(bytes, kind).is_some_and(|size| size.count() <= 4_000_000);
    if kind.family() == Family::Image && few {
        let _ = pictures::presentable(bytes.to_vec(), kind);
    }
}

/// Shows the pictures on the first pages of a PDF.
pub fn check_page_pictures(bytes: &[u8]) {
    let _ = page_pictures(bytes.to_vec(), &[1, 2], &limits(), &mut |page| {
        assert!((1..=2).contains(&page.number));
        Ok(())
    });
}

/// A Wednesday in Istanbul.
fn context() -> Context {
    let now = "2026-03-04T09:00:00Z".parse().unwrap_or_default();
    Context::new(now, "Europe/Istanbul".parse().expect("a zone"))
}

/// Reads any text: every quote stands where it is said to stand.
pub fn check_extraction(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check_items(&text, &extract(&text, &context()));
}

/// Takes any JSON after the last byte of 0xff for a model's answer about the text before it.
pub fn check_answer(bytes: &[u8]) {
    let mut halves = bytes.rsplitn(2, |&byte| byte == 0xff);
    let (Some(answer), Some(text)) = (halves.next(), halves.next()) else { return };
    let Ok(answer) = serde_json::from_slice(answer) else { return };
    let text = String::from_utf8_lossy(text);
    let context = context();
    let mut reading = Reading::new(&text, &context);
    for part in 0..reading.parts() {
        let _ = reading.answer(part, &answer);
    }
    check_items(&text, &reading.finish(&extract(&text, &context)));
}

fn check_items(text: &str, found: &Extraction) {
    for item in &found.items {
        let source = &item.source;
        let said: String = text.chars().take(source.end_char).skip(source.start_char).collect();
        assert_eq!(said, source.quote);
        assert!((1..=255).contains(&item.title.chars().count()));
        assert!(item.due_at.is_none() || item.due_on.is_none());
    }
}
