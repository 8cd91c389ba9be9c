//! Files of other people's programs, and what becomes of them.
//!
//! Every file of `tests/corpus/documents` has its text beside it; after a change that is meant to alter it,
//! `UPDATE_CORPUS=1 cargo test -p sentry-documents --test corpus` writes it anew, and the difference is reviewed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sentry_documents::{Document, Limits, ReadError, read, sniff};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/documents")
}

fn result(path: &Path) -> Result<Document, ReadError> {
    let bytes = fs::read(path).unwrap();
    let kind = sniff(&bytes, &path.to_string_lossy(), None)?;
    read(&bytes, kind, &Limits::default())
}

/// Everything a document says, in a form to be compared and reviewed.
fn report(path: &Path) -> String {
    let document = match result(path) {
        Ok(document) => document,
        Err(error) => return format!("{}: {error}\n", error.code()),
    };
    let mut out = format!("{}\n", document.text);
    let mut section = |name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            writeln!(out, "\n=== {name}\n{}", lines.join("\n")).unwrap();
        }
    };
    section("title", document.title.iter().cloned().collect());
    let pages = document
        .pages
        .iter()
        .map(|page| format!("{} {}-{}", page.number, page.start_char, page.end_char));
    section("pages", pages.collect());
    section("running", document.running.clone());
    let hidden = document
        .hidden
        .iter()
        .map(|hidden| format!("{:?} {:?}: {}", hidden.page, hidden.reason, hidden.text));
    section("hidden", hidden.collect());
    section(
        "without text",
        document
            .pages_without_text
            .iter()
            .map(ToString::to_string)
            .collect(),
    );
    let attachments = document.attachments.iter().map(|attachment| {
        let failure = attachment.failure.as_ref().map(|(code, _)| code);
        format!(
            "{} {:?} {:?} {failure:?}",
            attachment.name, attachment.kind, attachment.span
        )
    });
    section("attachments", attachments.collect());
    out
}

#[test]
fn every_file_reads_as_before() {
    let update = std::env::var_os("UPDATE_CORPUS").is_some();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.is_file() && path.file_name().is_some_and(|name| name != "README.md"));
    paths.sort();
    assert!(paths.len() > 30, "the corpus is missing");
    let mut differences = String::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = folder().join("expected").join(format!("{name}.txt"));
        let found = report(&path);
        if update {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&found) {
            writeln!(differences, "----- {name}\n{found}").unwrap();
        }
    }
    assert!(
        differences.is_empty(),
        "these read differently now:\n{differences}"
    );
}

/// The same text written by different programs in different formats comes out the same.
#[test]
fn programs_and_formats_agree() {
    let reference = result(&folder().join("pandoc.docx")).unwrap().text;
    for name in [
        "libreoffice.docx",
        "pandoc.odt",
        "libreoffice.odt",
        "pandoc.rtf",
        "libreoffice.rtf",
        "libreoffice.pdf",
    ] {
        assert_eq!(
            result(&folder().join(name)).unwrap().text,
            reference,
            "{name}"
        );
    }
}

/// Tables and slides say the same in the formats of both office programs, shown and hidden parts alike.
#[test]
fn open_document_says_what_the_other_format_says() {
    for (one, other) in [
        ("openpyxl.xlsx", "libreoffice.ods"),
        ("python-pptx.pptx", "libreoffice.odp"),
    ] {
        let (one, other) = (
            result(&folder().join(one)).unwrap(),
            result(&folder().join(other)).unwrap(),
        );
        assert_eq!(other.text, one.text);
        assert_eq!(other.pages.len(), one.pages.len());
        let reasons = |document: &Document| {
            let hidden = document.hidden.iter();
            let mut all: Vec<_> = hidden
                .map(|it| (it.page, format!("{:?}", it.reason)))
                .collect();
            all.sort();
            all.dedup();
            all
        };
        assert_eq!(reasons(&other), reasons(&one));
    }
}

#[test]
fn the_sample_of_the_repository_keeps_its_table_and_sheds_its_margins() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/meeting-minutes.pdf");
    let document = result(&path).unwrap();
    for line in [
        "| No. | Owner | Action | Due | Priority |",
        "| 3 | Tomás Oliveira | Set up the nightly export of bookings for the harbour masters | 24 March 2026 | High |",
        "- [x] Tomás: rotate the signing keys (done on 9 March)",
        "- Luka to order two test tablets for the Kiel harbour office by 25 March.",
        "## 7. Next meeting",
        "Date: Thursday, 12 March 2026, 10:00–11:00",
    ] {
        assert!(
            document.text.lines().any(|found| found == line),
            "{line}\nin\n{}",
            document.text
        );
    }
    assert!(!document.text.contains("Tidewater"), "{}", document.text);
    assert!(!document.text.contains("Page 1"), "{}", document.text);
    assert_eq!(document.pages.len(), 2);
    let at = document.text.find("## 7. Next meeting").unwrap();
    assert_eq!(
        document.page_at(document.text[..at].chars().count()),
        Some(2)
    );
}

#[test]
fn pages_cover_the_text_and_slices_fit() {
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let Some(document) = path.is_file().then(|| result(&path).ok()).flatten() else {
            continue;
        };
        let chars = document.text.chars().count();
        let mut last = 0;
        for page in &document.pages {
            assert!(
                page.start_char >= last
                    && page.end_char >= page.start_char
                    && page.end_char <= chars,
                "{path:?}"
            );
            assert!(document.slice(page.start_char, page.end_char).is_some());
            last = page.end_char;
        }
        for attachment in document
            .attachments
            .iter()
            .filter_map(|attachment| attachment.span)
        {
            assert!(
                document.slice(attachment.0, attachment.1).is_some(),
                "{path:?}"
            );
        }
        assert_eq!(document.slice(0, chars), Some(document.text.as_str()));
        assert_eq!(document.slice(0, chars + 1), None);
    }
}
