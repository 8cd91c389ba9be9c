//! What is read out of texts that were written to try one thing each.
#![expect(clippy::unwrap_used, reason = "a test ends where its premise does")]

mod alone;
mod asked;
mod carried;
mod dated;
mod due;
mod exported;
mod invited;
mod jotted;
mod misread;
mod moved;
mod notices;
mod owned;
mod points;
mod quoted;
mod refused;
mod requested;
mod saturday;
mod spoken;
mod tables;

use sentry_extraction::{Context, Extraction, Item, extract};

/// For texts that are read in a place at a time.
fn context(zone: &str, now: &str) -> Context {
    Context::new(now.parse().unwrap(), zone.parse().unwrap())
}

/// What is found in a text that is read in Berlin at a time.
fn read_at(now: &str, text: &str) -> Extraction {
    extract(text, &context("Europe/Berlin", now))
}

/// The first item whose title has the word.
fn named(items: &[Item], word: &str) -> Item {
    let found = items.iter().find(|item| item.title.contains(word));
    let found = found.unwrap_or_else(|| panic!("{word} in {items:#?}"));
    found.clone()
}

/// When a task is due, or when a meeting begins; nothing where neither is said.
fn when(item: &Item) -> String {
    let at = item.due_at.or(item.start_at).map(|at| at.to_rfc3339());
    at.or_else(|| item.due_on.map(|day| day.to_string()))
        .unwrap_or_default()
}
