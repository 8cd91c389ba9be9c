//! The engine does not fall behind: figures on the labelled documents, with a floor under each.
#![expect(clippy::unwrap_used, reason = "a test ends where its premise does")]

#[expect(
    dead_code,
    reason = "the test asks less of a label than the report does"
)]
#[path = "../src/bin/evaluate/corpus.rs"]
mod corpus;
#[path = "../src/bin/evaluate/score.rs"]
mod score;

use score::Score;
use std::path::Path;

fn total(held_out: bool) -> (usize, Score) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/extraction");
    let documents = corpus::load(&folder).unwrap();
    let mut total = Score::default();
    let part: Vec<_> = documents
        .iter()
        .filter(|d| d.label.held_out == held_out)
        .collect();
    for document in &part {
        total += &score::score(document);
    }
    (part.len(), total)
}

#[test]
fn documents_the_rules_were_made_with() {
    let (count, score) = total(false);
    assert!(count >= 130, "{count}");
    assert!(score.f1() >= 0.95, "{:.3} {:#?}", score.f1(), score.remarks);
    assert!(score.dates.ratio() >= 0.97, "{:#?}", score.remarks);
    assert!(score.owners.ratio() >= 0.96, "{:#?}", score.remarks);
    assert!(score.kinds.ratio() >= 0.96, "{:#?}", score.remarks);
    assert_eq!(score.trapped, 0, "{:#?}", score.remarks);
}

#[test]
fn documents_kept_aside() {
    // No remarks here: whoever reads them would start to tune on them.
    let (count, score) = total(true);
    assert!(count >= 30, "{count}");
    assert!(score.f1() >= 0.90, "F1 {:.3}", score.f1());
    assert!(
        score.dates.ratio() >= 0.94,
        "dates {:.3}",
        score.dates.ratio()
    );
    assert!(score.trapped <= 1, "{} traps", score.trapped);
}
