//! Sentences with what they are: from labelled documents, and from documents marked by hand.

use crate::Result;
use crate::corpus::{Document, Expected};
use crate::score::{holds, is_trap};
use sentry_extraction::{Candidate, Context, Item, candidates};
use std::path::Path;

/// A sentence as the judge sees it, and what it is.
pub struct Example {
    /// Who wrote its document.
    pub author: String,
    /// Its features.
    pub keys: Vec<u32>,
    /// An item or none; `None` where it says again what another sentence says.
    pub wanted: Option<bool>,
    /// Whether it says what the label names as a trap.
    pub trap: bool,
    /// Of items: whether it is a meeting.
    pub meeting: Option<bool>,
}

/// The hand that wrote a document, by the beginning of its name.
pub fn author(name: &str) -> &str {
    let prefix = name.split('_').next().unwrap_or("");
    let counted = prefix.ends_with("th") || matches!(prefix, "second" | "third");
    if counted { prefix } else { "first" }
}

/// Whether a text holds the words that a label asks of a title.
fn fits(expected: &Expected, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    holds(expected, &words.join(" "))
}

/// The sentences of a labelled document.
pub fn of(document: &Document) -> Vec<Example> {
    let (found, all) = candidates(&document.text, &document.context());
    let mut wanted = vec![Some(false); all.len()];
    let mut meeting = vec![None; all.len()];
    for expected in &document.label.items {
        let fitting: Vec<usize> = (0..all.len())
            .filter(|&i| fits(expected, &document.text[all[i].bytes.clone()]))
            .collect();
        let best = best(document, expected, &fitting, &all, &found.items, &wanted);
        for &i in &fitting {
            if wanted[i] == Some(false) {
                wanted[i] = None;
            }
        }
        if let Some(i) = best {
            wanted[i] = (!expected.optional).then_some(true);
            let sure = expected.types.len() == 1;
            meeting[i] = sure.then(|| expected.types[0] == "meeting");
        }
    }
    let given = all.into_iter().zip(wanted).zip(meeting);
    given
        .map(|((candidate, wanted), meeting)| Example {
            author: author(&document.name).to_owned(),
            trap: wanted == Some(false)
                && is_trap(document, &document.text[candidate.bytes.clone()]),
            keys: candidate.keys,
            wanted,
            meeting,
        })
        .collect()
}

/// Of the sentences that hold a label's words the one that is meant: where the item found for it stands, where the
/// rules found something, where a day is named, or the first.
fn best(
    document: &Document,
    expected: &Expected,
    fitting: &[usize],
    all: &[Candidate],
    items: &[Item],
    wanted: &[Option<bool>],
) -> Option<usize> {
    let item = items.iter().find(|item| fits(expected, &item.title));
    let quoted = |i: usize| {
        let text = &document.text[all[i].bytes.clone()];
        item.is_some_and(|item| {
            text.contains(&item.source.quote) || item.source.quote.contains(text)
        })
    };
    let due = expected.due.is_some() || expected.start.is_some();
    fitting.iter().copied().max_by_key(|&i| {
        let free = all[i].drafted && wanted[i] == Some(false);
        (quoted(i), free, due && all[i].dated, all.len() - i)
    })
}

/// The sentences of documents in which ⊕ stands before each item, ⊗ before each meeting and ◌ before what may be either.
/// Lines of equals signs part the documents.
pub fn marked(folder: &Path) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    let files = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> = files
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let context = Context::new("2026-05-11T08:00:00Z".parse()?, "Europe/London".parse()?);
    for file in files {
        for part in std::fs::read_to_string(&file)?.split("\n=====\n") {
            let (mut text, mut marks) = (String::new(), Vec::new());
            for c in part.chars() {
                match c {
                    '⊕' | '⊗' | '◌' => marks.push((text.len(), c)),
                    _ => text.push(c),
                }
            }
            for candidate in candidates(&text, &context).1 {
                let inside = marks.iter().filter(|m| candidate.bytes.contains(&m.0));
                let mark = inside.map(|m| m.1).max();
                let sure = mark.filter(|m| *m != '◌');
                examples.push(Example {
                    author: "marked".to_owned(),
                    trap: false,
                    wanted: (mark == sure).then_some(mark.is_some()),
                    meeting: sure.map(|m| m == '⊗'),
                    keys: candidate.keys,
                });
            }
        }
    }
    Ok(examples)
}
