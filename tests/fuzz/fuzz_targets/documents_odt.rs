#![no_main]

use libfuzzer_sys::fuzz_target;
use sentry_documents::FileKind;

const PARTS: &[&str] = &["content.xml", "styles.xml", "meta.xml"];

fuzz_target!(init: sentry_fuzz::watch_panics(), |bytes: &[u8]| {
    sentry_fuzz::check(bytes, FileKind::Odt);
    sentry_fuzz::check(&sentry_fuzz::archive(bytes, PARTS), FileKind::Odt);
});
