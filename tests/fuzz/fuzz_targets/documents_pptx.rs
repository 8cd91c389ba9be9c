#![no_main]

use libfuzzer_sys::fuzz_target;
use sentry_documents::FileKind;

const PARTS: &[&str] = &[
    "ppt/presentation.xml",
    "ppt/_rels/presentation.xml.rels",
    "ppt/slides/slide1.xml",
    "ppt/slides/_rels/slide1.xml.rels",
    "ppt/notesSlides/notesSlide1.xml",
    "[Content_Types].xml",
];

fuzz_target!(init: sentry_fuzz::watch_panics(), |bytes: &[u8]| {
    sentry_fuzz::check(bytes, FileKind::Pptx);
    sentry_fuzz::check(&sentry_fuzz::archive(bytes, PARTS), FileKind::Pptx);
});
