#![no_main]

use libfuzzer_sys::fuzz_target;
use sentry_documents::FileKind;

const PARTS: &[&str] = &[
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/numbering.xml",
    "word/comments.xml",
    "[Content_Types].xml",
];

fuzz_target!(init: sentry_fuzz::watch_panics(), |bytes: &[u8]| {
    sentry_fuzz::check(bytes, FileKind::Docx);
    sentry_fuzz::check(&sentry_fuzz::archive(bytes, PARTS), FileKind::Docx);
});
