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

fn total(fits: impl Fn(&corpus::Document) -> bool) -> (usize, Score) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/extraction");
    let documents = corpus::load(&folder).unwrap();
    let mut total = Score::default();
    let part: Vec<_> = documents.iter().filter(|d| fits(d)).collect();
    for document in &part {
        total += &score::score(document);
    }
    (part.len(), total)
}

/// Whether one of these hands has written a document.
fn by(document: &corpus::Document, hands: &[&str]) -> bool {
    hands.iter().any(|hand| document.name.starts_with(hand))
}

#[test]
fn documents_the_rules_were_made_with() {
    let (count, score) = total(|d| !d.label.held_out && !late(d) && !latest(d) && !strange(d));
    assert!(count >= 186, "{count}");
    assert!(score.f1() >= 0.98, "{:.3} {:#?}", score.f1(), score.remarks);
    assert!(score.dates().ratio() >= 0.98, "{:#?}", score.remarks);
    assert!(score.owners.ratio() >= 0.98, "{:#?}", score.remarks);
    assert!(score.kinds.ratio() >= 0.98, "{:#?}", score.remarks);
    assert_eq!(score.trapped, 0, "{:#?}", score.remarks);
}

/// Documents of two more hands, from which wide rules were made and not one for each.
fn late(document: &corpus::Document) -> bool {
    by(document, &["fifth_", "sixth_"])
}

#[test]
fn documents_wide_rules_were_made_with() {
    let (count, score) = total(late);
    assert!(count >= 100, "{count}");
    assert!(score.f1() >= 0.93, "{:.3} {:#?}", score.f1(), score.remarks);
    // Of what the judge adds not every day is known.
    assert!(score.dates().ratio() >= 0.90, "{:#?}", score.remarks);
    assert_eq!(score.trapped, 0, "{:#?}", score.remarks);
}

/// Documents of two strangers more, jotted rather than written.
fn latest(document: &corpus::Document) -> bool {
    by(document, &["seventh_", "eighth_"])
}

#[test]
fn jotted_documents_wide_rules_were_made_with() {
    let (count, score) = total(latest);
    assert!(count >= 90, "{count}");
    assert!(score.f1() >= 0.86, "{:.3} {:#?}", score.f1(), score.remarks);
    // 0.88 before the judge, of two thirds as many items.
    assert!(score.dates().ratio() >= 0.82, "{:#?}", score.remarks);
    assert!(score.trapped <= 3, "{:#?}", score.remarks);
}

/// Documents of more hands: the judge learned from them, and few rules were made for them, or none.
fn strange(document: &corpus::Document) -> bool {
    // Hands are numbered: "ninth_", "thirtyfourth_".
    let hand = document.name.split('_').next().unwrap_or_default();
    hand.ends_with("th") && hand != "fourth" && !late(document) && !latest(document)
}

#[test]
fn documents_the_judge_learned_from() {
    let (count, score) = total(strange);
    assert!(count >= 1_899, "{count}");
    assert!(score.f1() >= 0.80, "{:.3} {:#?}", score.f1(), score.remarks);
    assert!(score.dates().ratio() >= 0.81, "{:#?}", score.remarks);
    // 157 of 240 documents fewer, before rows ended in more words.
    assert!(score.trapped <= 130, "{:#?}", score.remarks);
}

// No remarks below: whoever reads them would start to tune on them.

#[test]
fn documents_kept_aside() {
    let (count, score) = total(|d| d.label.held_out && !strangers(d));
    assert!(count >= 36, "{count}");
    assert!(score.f1() >= 0.95, "F1 {:.3}", score.f1());
    // 0.97 before; one more or less from training to training.
    assert!(
        score.dates().ratio() >= 0.96,
        "dates {:.3}",
        score.dates().ratio()
    );
    assert!(score.trapped == 0, "{} traps", score.trapped);
}

fn strangers(document: &corpus::Document) -> bool {
    by(document, &["blind_", "fresh_"])
}

#[test]
fn everyday_documents_that_nobody_has_read() {
    let (count, score) = total(|d| d.name.starts_with("fresh_"));
    assert!(count >= 45, "{count}");
    assert!(score.f1() >= 0.84, "F1 {:.3}", score.f1());
    assert!(
        score.dates().ratio() >= 0.86,
        "dates {:.3}",
        score.dates().ratio()
    );
    assert!(score.trapped <= 6, "{} traps", score.trapped);
}

#[test]
fn documents_of_a_hand_that_knows_none_of_the_rules() {
    let (count, score) = total(|d| d.name.starts_with("blind_"));
    assert!(count >= 50, "{count}");
    assert!(score.f1() >= 0.84, "F1 {:.3}", score.f1());
    // 0.90 of 134 found, before 138 were; one more or less from training to training.
    assert!(
        score.dates().ratio() >= 0.88,
        "dates {:.3}",
        score.dates().ratio()
    );
    // 7 before the judge, with 123 found instead of 134.
    assert!(score.trapped <= 10, "{} traps", score.trapped);
}
