//! Learns the weights of the built-in sentiment, and measures it.
//!
//! | command | what it does |
//! | --- | --- |
//! | `cargo run -p sentry-scoring --bin sentiment -- train` | learns from `tests/corpus/sentiment/train`, writes `model.bin` |
//! | `cargo run -p sentry-scoring --bin sentiment -- evaluate [--remarks]` | figures for both parts; remarks on the training part only |
//! | `cargo run -p sentry-scoring --bin sentiment -- measure FOLDER` | figures for the notes of another folder, never remarks |
//! | `cargo run -p sentry-scoring --bin sentiment -- cross [--remarks]` | figures for the training part, each fifth read by what the others taught |
//! | `cargo run -p sentry-scoring --bin sentiment -- authors [--remarks]` | figures for each stranger's notes, read by what all other authors taught |

mod corpus;
mod evaluate;
mod machine;
mod train;

use corpus::Note;
use sentry_scoring::Sentiment;
use sentry_scoring::sentiment::model::Model;
use sentry_scoring::sentiment::{analyze, analyze_with};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join("../../tests/corpus/sentiment");
    let learned = corpus::load(&folder.join("train"))?;
    let remarks = std::env::args().any(|argument| argument == "--remarks");
    match std::env::args().nth(1).as_deref() {
        Some("train") => {
            let bytes = train::train(&learned.iter().collect::<Vec<_>>());
            std::fs::write(here.join("src/sentiment/model.bin"), bytes)?;
        }
        Some("evaluate") => {
            evaluate::evaluate("Learned from", &read(&learned, analyze), remarks);
            let held = corpus::load(&folder.join("held"))?;
            for (author, notes) in by_author(&held) {
                evaluate::evaluate(&format!("Held out, {author}"), &read(notes, analyze), false);
            }
        }
        Some("measure") => {
            let folder = std::env::args().nth(2).ok_or("say which folder")?;
            let notes = corpus::load(Path::new(&folder))?;
            evaluate::evaluate(&folder, &read(&notes, analyze), false);
        }
        Some("cross") => {
            let fold = |fold| learned.iter().skip(fold).step_by(FOLDS).collect();
            let mut all = cross(&learned, (0..FOLDS).map(fold))?;
            evaluate::evaluate("By the other four fifths", &all, false);
            all.retain(|(note, _)| note.by_stranger());
            evaluate::evaluate("Those of strangers among them", &all, remarks);
        }
        Some("authors") => {
            let mut parts: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
            for note in learned.iter().filter(|note| note.by_stranger()) {
                parts.entry(&note.part).or_default().push(note);
            }
            let all = cross(&learned, parts.into_values())?;
            let files: BTreeSet<&str> = all.iter().map(|(note, _)| note.file.as_str()).collect();
            for file in files {
                let read: Vec<_> = all
                    .iter()
                    .filter(|(note, _)| note.file == file)
                    .cloned()
                    .collect();
                evaluate::evaluate(file, &read, remarks);
            }
            evaluate::evaluate("All strangers", &all, false);
        }
        _ => return Err("say train, evaluate, measure, cross or authors".into()),
    }
    Ok(())
}

/// The notes of every stranger under the name of the file, and all of ours together.
fn by_author(notes: &[Note]) -> BTreeMap<&str, Vec<&Note>> {
    let mut authors: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in notes {
        let author = if note.by_stranger() {
            note.file.as_str()
        } else {
            "ours"
        };
        authors.entry(author).or_default().push(note);
    }
    authors
}

fn read<'a>(
    notes: impl IntoIterator<Item = &'a Note>,
    with: impl Fn(&str) -> Sentiment,
) -> Vec<(&'a Note, Sentiment)> {
    let notes = notes.into_iter();
    notes.map(|note| (note, with(&note.text))).collect()
}

/// Reads every part by what the other parts taught.
fn cross<'a>(
    notes: &'a [Note],
    parts: impl Iterator<Item = Vec<&'a Note>>,
) -> Result<Vec<(&'a Note, Sentiment)>, Box<dyn Error>> {
    let mut all = Vec::new();
    for part in parts {
        let inside = |note: &&Note| part.iter().any(|other| std::ptr::eq(*other, *note));
        let others: Vec<&Note> = notes.iter().filter(|note| !inside(note)).collect();
        let bytes = train::train(&others);
        let model = Model::new(&bytes).ok_or("a model of the wrong size")?;
        all.extend(read(part, |text| analyze_with(text, &model)));
    }
    Ok(all)
}
