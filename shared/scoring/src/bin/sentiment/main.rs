//! Learns the weights of the built-in sentiment, and measures it.
//!
//! | command | what it does |
//! | --- | --- |
//! | `cargo run -p sentry-scoring --bin sentiment -- train` | learns from `tests/corpus/sentiment/train`, writes `model.bin` |
//! | `cargo run -p sentry-scoring --bin sentiment -- evaluate [--remarks]` | figures for both parts; remarks on the training part only |
//! | `cargo run -p sentry-scoring --bin sentiment -- measure FOLDER` | figures for the notes of another folder, never remarks |
//! | `cargo run -p sentry-scoring --bin sentiment -- cross [--remarks]` | figures for the training part, each fifth read by what the others taught |

mod corpus;
mod evaluate;
mod train;

use corpus::{Note, STRANGERS};
use sentry_scoring::Sentiment;
use sentry_scoring::sentiment::model::Model;
use sentry_scoring::sentiment::{analyze, analyze_with};
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
            let bytes = train::train(&learned);
            std::fs::write(here.join("src/sentiment/model.bin"), bytes)?;
        }
        Some("evaluate") => {
            evaluate::evaluate("Learned from", &read(&learned, analyze), remarks);
            let held = corpus::load(&folder.join("held"))?;
            let (strangers, ours): (Vec<_>, Vec<_>) =
                held.into_iter().partition(|note| note.file == STRANGERS);
            evaluate::evaluate("Held out, ours", &read(&ours, analyze), false);
            evaluate::evaluate("Held out, of strangers", &read(&strangers, analyze), false);
        }
        Some("measure") => {
            let folder = std::env::args().nth(2).ok_or("say which folder")?;
            let notes = corpus::load(Path::new(&folder))?;
            evaluate::evaluate(&folder, &read(&notes, analyze), false);
        }
        Some("cross") => cross(&learned, remarks)?,
        _ => return Err("say train, evaluate, measure or cross".into()),
    }
    Ok(())
}

fn read(notes: &[Note], with: impl Fn(&str) -> Sentiment) -> Vec<(&Note, Sentiment)> {
    notes.iter().map(|note| (note, with(&note.text))).collect()
}

fn cross(notes: &[Note], remarks: bool) -> Result<(), Box<dyn Error>> {
    let mut all = Vec::new();
    for fold in 0..FOLDS {
        let inside = |index: &usize| index % FOLDS == fold;
        let others = notes.iter().enumerate().filter(|(index, _)| !inside(index));
        let others: Vec<Note> = others.map(|(_, note)| note.clone()).collect();
        let bytes = train::train(&others);
        let model = Model::new(&bytes).ok_or("a model of the wrong size")?;
        for (index, note) in notes.iter().enumerate() {
            if inside(&index) {
                all.push((note, analyze_with(&note.text, &model)));
            }
        }
    }
    evaluate::evaluate("By the other four fifths", &all, false);
    all.retain(|(note, _)| note.file == STRANGERS);
    evaluate::evaluate("Those of strangers among them", &all, remarks);
    Ok(())
}
