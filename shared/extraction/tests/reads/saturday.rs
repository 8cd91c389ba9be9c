//! Texts read on Saturday, 21 November 2026, at 11:00 in Berlin.

use sentry_extraction::{Context, Item, extract};

pub fn context() -> Context {
    crate::context("Europe/Berlin", "2026-11-21T10:00:00Z")
}

pub fn items(text: &str) -> Vec<Item> {
    extract(text, &context()).items
}

pub fn titles(text: &str) -> Vec<String> {
    items(text).into_iter().map(|item| item.title).collect()
}

/// The day of the first item whose title has the word.
pub fn day(text: &str, word: &str) -> Option<String> {
    let due_on = crate::named(&items(text), word).due_on;
    due_on.map(|day| day.to_string())
}
