//! Measures the built-in engine on labelled documents: `cargo run -p sentry-extraction --bin evaluate -- FOLDER [--remarks] [--only=PREFIX,PREFIX]`.

mod corpus;
mod score;

use score::{Score, Share};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut folder = PathBuf::from("tests/corpus/extraction");
    let (mut remarks, mut held_remarks) = (false, false);
    let mut only = String::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--remarks" => remarks = true,
            "--held-out-remarks" => held_remarks = true,
            other if other.starts_with("--only=") => other["--only=".len()..].clone_into(&mut only),
            other => folder = PathBuf::from(other),
        }
    }
    let documents = corpus::load(&folder)?;
    for held_out in [false, true] {
        let part: Vec<_> = documents
            .iter()
            .filter(|d| d.label.held_out == held_out)
            .filter(|d| only.split(',').any(|prefix| d.name.starts_with(prefix)))
            .collect();
        let mut kinds: BTreeMap<&str, Score> = BTreeMap::new();
        let mut total = Score::default();
        for document in &part {
            let score = score::score(document);
            *kinds.entry(&document.label.kind).or_default() += &score;
            total += &score;
        }
        println!(
            "{}: {} documents",
            if held_out { "Held out" } else { "Development" },
            part.len()
        );
        print(&kinds, &total);
        if (remarks && !held_out) || (held_remarks && held_out) {
            total.remarks.iter().for_each(|r| println!("  {r}"));
        }
        println!();
    }
    Ok(())
}

/// A table of kinds, worst first, and the total.
fn print(kinds: &BTreeMap<&str, Score>, total: &Score) {
    println!(
        "{:<12} {:>5} {:>5} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "kind",
        "found",
        "miss",
        "wrong",
        "traps",
        "prec",
        "recall",
        "F1",
        "dates",
        "dues",
        "starts",
        "owner",
        "kind",
        "prio"
    );
    let mut order: Vec<(&&str, &Score)> = kinds.iter().collect();
    order.sort_by(|a, b| a.1.f1().total_cmp(&b.1.f1()));
    for (name, score) in order
        .into_iter()
        .map(|(n, s)| (*n, s))
        .chain(std::iter::once(("all", total)))
    {
        let ratio = |s: Share| {
            if s.all == 0 {
                "-".to_owned()
            } else {
                format!("{:.2}", s.ratio())
            }
        };
        println!(
            "{:<12} {:>5} {:>5} {:>5} {:>6} {:>6.2} {:>6.2} {:>6.2} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
            name,
            score.found,
            score.missed,
            score.wrong,
            score.trapped,
            score.precision(),
            score.recall(),
            score.f1(),
            ratio(score.dates()),
            ratio(score.dues),
            ratio(score.starts),
            ratio(score.owners),
            ratio(score.kinds),
            ratio(score.priorities)
        );
    }
    for (tenth, share) in total
        .calibration
        .iter()
        .enumerate()
        .filter(|(_, s)| s.all > 0)
    {
        println!(
            "said 0.{tenth}: {:.2} right of {}",
            share.ratio(),
            share.all
        );
    }
}
