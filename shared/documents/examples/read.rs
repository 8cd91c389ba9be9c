//! Prints what becomes of a file: `cargo run -p sentry-documents --example read -- minutes.pdf`.

use std::process::ExitCode;
use std::time::Instant;

use sentry_documents::{Limits, read_owned, sniff};

fn main() -> ExitCode {
    let mut failed = false;
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        };
        let start = Instant::now();
        let result =
            sniff(&bytes, &path, None).and_then(|kind| read_owned(bytes, kind, &Limits::default()));
        let took = start.elapsed();
        match result {
            Ok(document) => {
                println!("{}", document.text);
                eprintln!(
                    "{path}: {:?}, {} characters, {} pages, title {:?}, {took:.1?}",
                    document.kind,
                    document.text.chars().count(),
                    document.pages.len(),
                    document.title,
                );
                eprintln!("running: {:?}", document.running);
                eprintln!("hidden: {:?}", document.hidden);
                eprintln!("without text: {:?}", document.pages_without_text);
                eprintln!("attachments: {:?}", document.attachments);
            }
            Err(error) => {
                failed = true;
                eprintln!("{path}: {} ({error}), {took:.1?}", error.code());
            }
        }
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
