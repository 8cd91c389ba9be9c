#![no_main]

use libfuzzer_sys::fuzz_target;
use sentry_documents::FileKind;

fuzz_target!(init: sentry_fuzz::watch_panics(), |bytes: &[u8]| {
    for kind in [FileKind::Text, FileKind::Markdown, FileKind::Csv, FileKind::Subtitles, FileKind::Calendar] {
        sentry_fuzz::check(bytes, kind);
    }
});
