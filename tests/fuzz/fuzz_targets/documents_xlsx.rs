#![no_main]

use libfuzzer_sys::fuzz_target;
use sentry_documents::FileKind;

const PARTS: &[&str] = &[
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
];

fuzz_target!(init: sentry_fuzz::watch_panics(), |bytes: &[u8]| {
    sentry_fuzz::check(bytes, FileKind::Xlsx);
    sentry_fuzz::check(&sentry_fuzz::archive(bytes, PARTS), FileKind::Xlsx);
});
