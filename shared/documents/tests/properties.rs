//! Whatever the bytes: an answer, never a panic, and offsets that fit.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use sentry_documents::{Document, FileKind, Limits, read, sniff};

fn limits() -> Limits {
    Limits {
        max_chars: 20_000,
        ..Limits::default()
    }
}

fn holds(document: &Document) {
    let chars = document.text.chars().count();
    assert!(chars <= 20_000);
    let mut last = 0;
    for page in &document.pages {
        assert!(
            page.start_char >= last && page.end_char >= page.start_char && page.end_char <= chars
        );
        last = page.end_char;
    }
    for (start, end) in document
        .attachments
        .iter()
        .filter_map(|attachment| attachment.span)
    {
        assert!(document.slice(start, end).is_some());
    }
    assert!(!document.text.contains(['\0', '\r', '\u{200b}', '\u{202e}']));
}

fn readable() -> Vec<FileKind> {
    FileKind::all().filter(|kind| kind.is_readable()).collect()
}

/// Small files of the corpus with their kinds.
fn fixtures() -> Vec<(FileKind, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/documents");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let bytes = fs::read(&path).ok().filter(|bytes| bytes.len() < 15_000)?;
            let kind = sniff(&bytes, &path.to_string_lossy(), None).ok()?;
            Some((kind, bytes))
        })
        .collect()
}

/// Found by fuzzing: an attachment without text that shows, at the end of a mail.
#[test]
fn a_span_never_lies_behind_the_text() {
    let mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Offer\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n\
        --x\r\nContent-Type: text/html; name=offer.html\r\nContent-Disposition: attachment; filename=offer.html\r\n\r\n\
        <html><body><p style=\"display:none\">Unseen</p></body></html>\r\n--x--\r\n";
    let document = read(mail.as_bytes(), FileKind::Eml, &limits()).unwrap();
    let attachment = &document.attachments[0];
    let (start, end) = attachment.span.unwrap();
    assert_eq!(document.slice(start, end), Some(""));
    assert_eq!(document.hidden.len(), 1);
    holds(&document);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = sniff(&bytes, "file.pdf", Some("application/pdf"));
        for kind in readable() {
            if let Ok(document) = read(&bytes, kind, &limits()) {
                holds(&document);
            }
        }
    }

    #[test]
    fn arbitrary_text_gets_an_answer(text in "(\\PC|[\n\t|>#*`<&;]|- |\\[ \\]|</?(p|li|td|tr|table|ul|b|s|div|pre)>){0,300}") {
        for kind in [FileKind::Text, FileKind::Markdown, FileKind::Html, FileKind::Csv, FileKind::Eml, FileKind::Rtf] {
            if let Ok(document) = read(text.as_bytes(), kind, &limits()) {
                holds(&document);
            }
        }
    }

    /// Words survive: what is written in plain paragraphs is found again, in order.
    #[test]
    fn words_of_plain_text_survive(words in prop::collection::vec("[a-z]{1,12}", 1..60), width in 1usize..12) {
        let lines: Vec<String> = words.chunks(width).map(|line| line.join(" ")).collect();
        for (kind, text) in [
            (FileKind::Text, lines.join("\n")),
            (FileKind::Markdown, lines.join("\n")),
            (FileKind::Html, format!("<p>{}</p>", lines.join("<br>"))),
            (FileKind::Rtf, format!("{{\\rtf1 {}}}", lines.join("\\line "))),
        ] {
            let document = read(text.as_bytes(), kind, &limits()).unwrap();
            let found: Vec<&str> = document.text.split_whitespace().collect();
            prop_assert_eq!(&found, &words.iter().map(String::as_str).collect::<Vec<_>>(), "{:?}", kind);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn changed_files_get_an_answer(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let fixtures = fixtures();
        let (kind, bytes) = which.get(&fixtures);
        let mut bytes = bytes.clone();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(document) = read(&bytes, *kind, &limits()) {
            holds(&document);
        }
    }
}
