#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: sentry_fuzz::watch_panics(), |bytes: &[u8]| {
    sentry_fuzz::check_answer(bytes);
});
