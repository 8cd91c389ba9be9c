//! Teaches the judge and measures it: `cargo run -p sentry-extraction --bin judge -- train|cross [FOLDER..] [--adds=1.0] [--show=AUTHOR]`.
//!
//! `cross` reads the documents of each author by what all others taught; `train` learns from all and writes the file.

#[expect(
    dead_code,
    reason = "the judge asks less of a label than the report does"
)]
#[path = "../evaluate/corpus.rs"]
mod corpus;
mod examples;
mod learn;
#[expect(
    dead_code,
    reason = "the judge asks less of a score than the report does"
)]
#[path = "../evaluate/score.rs"]
mod score;

use corpus::Document;
use examples::Example;
use score::Score;
use sentry_extraction::extract_with;
use sentry_extraction::learned::model::{Model, Thresholds};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Sentences marked by hand, beside the labelled documents.
const MARKED: &str = "tests/corpus/extraction_judge";
const WEIGHTS: &str = "shared/extraction/src/learned/model.bin";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let (mut folders, mut show) = (Vec::new(), String::new());
    let mut thresholds = Thresholds::default();
    for argument in arguments {
        match argument.split_once('=') {
            Some(("--adds", value)) => thresholds.adds = value.parse()?,
            Some(("--adds-refused", value)) => thresholds.adds_refused = value.parse()?,
            Some(("--doubts", value)) => thresholds.doubts = value.parse()?,
            Some(("--doubts-weak", value)) => thresholds.doubts_weak = value.parse()?,
            Some(("--show", author)) => author.clone_into(&mut show),
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    if folders.is_empty() {
        folders.push(PathBuf::from("tests/corpus/extraction"));
    }
    let mut documents = Vec::new();
    for folder in &folders {
        documents.extend(corpus::load(folder)?);
    }
    documents.retain(|d| !d.label.held_out && !d.name.starts_with("blind_"));
    let mut examples: Vec<Example> = documents.iter().flat_map(examples::of).collect();
    examples.extend(examples::marked(Path::new(MARKED))?);
    match what.as_str() {
        "train" => {
            let all: Vec<&Example> = examples.iter().collect();
            std::fs::write(WEIGHTS, learn::model(&all))?;
            println!("{} sentences of {} documents", all.len(), documents.len());
        }
        "cross" => cross(&documents, &examples, thresholds, &show)?,
        _ => return Err("say train or cross".into()),
    }
    Ok(())
}

/// Reads the documents of each author by what all others taught.
fn cross(
    documents: &[Document],
    examples: &[Example],
    thresholds: Thresholds,
    show: &str,
) -> Result<()> {
    let authors: BTreeSet<&str> = examples.iter().map(|e| e.author.as_str()).collect();
    let mut margins = Vec::new();
    let (mut rules, mut total) = (Score::default(), Score::default());
    let nothing = learn::model(&[]);
    let mut nothing = Model::new(&nothing).ok_or("weights")?;
    nothing.thresholds = Thresholds::DEAF;
    for author in authors {
        let others: Vec<&Example> = examples.iter().filter(|e| e.author != author).collect();
        let bytes = learn::model(&others);
        let mut model = Model::new(&bytes).ok_or("weights")?;
        model.thresholds = thresholds;
        let theirs = examples.iter().filter(|e| e.author == author);
        margins.extend(theirs.filter_map(|e| Some((model.item(&e.keys), e.wanted?))));
        let (mut alone, mut both) = (Score::default(), Score::default());
        for document in documents
            .iter()
            .filter(|d| examples::author(&d.name) == author)
        {
            let read = |model| extract_with(&document.text, &document.context(), model);
            alone += &score::compared(document, &read(nothing));
            both += &score::compared(document, &read(model));
        }
        line(author, "rules", &alone);
        line(author, "both", &both);
        if show == author || show == "all" {
            both.remarks
                .iter()
                .for_each(|remark| println!("  {remark}"));
        }
        rules += &alone;
        total += &both;
    }
    line("all", "rules", &rules);
    line("all", "both", &total);
    for (tenth, share) in total.calibration.iter().enumerate() {
        println!(
            "said 0.{tenth}: {:.2} right of {}",
            share.ratio(),
            share.all
        );
    }
    judge_alone(&mut margins);
    Ok(())
}

fn line(author: &str, what: &str, s: &Score) {
    println!(
        "{author:<9} {what:<6} found {:>4} missed {:>4} wrong {:>4} traps {:>3}  precision {:.3} recall {:.3} F1 {:.3}  dates {:.3} owners {:.3} kinds {:.3}",
        s.found,
        s.missed,
        s.wrong,
        s.trapped,
        s.precision(),
        s.recall(),
        s.f1(),
        s.dates().ratio(),
        s.owners.ratio(),
        s.kinds.ratio()
    );
}

/// How well the judge tells sentences apart without the rules.
fn judge_alone(margins: &mut [(f32, bool)]) {
    margins.sort_by(|a, b| b.0.total_cmp(&a.0));
    let wanted = margins.iter().filter(|m| m.1).count();
    let (mut right, mut best) = (0, (0.0, 0.0));
    let mut loss = 0.0;
    for (number, &(margin, yes)) in margins.iter().enumerate() {
        right += usize::from(yes);
        loss += (1.0 + (if yes { -margin } else { margin }).exp()).ln();
        let f1 = 2.0 * right as f64 / (number + 1 + wanted) as f64;
        if f1 > best.0 {
            best = (f1, margin);
        }
    }
    println!(
        "the judge alone: {} sentences, F1 {:.3} above {:+.2}, loss {:.3}",
        margins.len(),
        best.0,
        best.1,
        loss / margins.len().max(1) as f32
    );
}
