//! How well a reader of notes agrees with the labels.

use crate::corpus::Note;
use sentry_scoring::Sentiment;
use sentry_scoring::sentiment::{Label, Signals};

/// Right and wrong answers to one question.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    found: f64,
    missed: f64,
    wrong: f64,
}

impl Counts {
    fn add(&mut self, expected: bool, given: bool) {
        match (expected, given) {
            (true, true) => self.found += 1.0,
            (true, false) => self.missed += 1.0,
            (false, true) => self.wrong += 1.0,
            (false, false) => {}
        }
    }

    fn precision(&self) -> f64 {
        self.found / (self.found + self.wrong).max(1.0)
    }

    fn recall(&self) -> f64 {
        self.found / (self.found + self.missed).max(1.0)
    }

    fn f1(&self) -> f64 {
        2.0 * self.found / (2.0 * self.found + self.missed + self.wrong).max(1.0)
    }
}

fn flags(signals: &Signals) -> [bool; 5] {
    [
        !signals.emotional_exhaustion.is_empty(),
        !signals.overwhelm.is_empty(),
        !signals.sleep_concerns.is_empty(),
        !signals.negative_outlook.is_empty(),
        !signals.health_concerns.is_empty(),
    ]
}

/// Prints how well these notes were read; with `remarks`, every note that was read wrongly.
pub fn evaluate(name: &str, read: &[(&Note, Sentiment)], remarks: bool) {
    println!("{name}: {} notes", read.len());
    labels(read);
    signals(read);
    crisis(read, remarks);
    if remarks {
        for (note, sentiment) in read {
            let wrong = note.label().is_some_and(|label| label != sentiment.label);
            if wrong {
                println!(
                    "  label {:?} score {:+.2} for {:+.2}: {}",
                    sentiment.label,
                    sentiment.score,
                    note.score.unwrap_or_default(),
                    note.text
                );
            }
        }
    }
}

fn labels(read: &[(&Note, Sentiment)]) {
    let labels = [
        Label::Positive,
        Label::Neutral,
        Label::Negative,
        Label::Distressed,
    ];
    let mut sum = 0.0;
    for label in labels {
        let mut counts = Counts::default();
        for (note, sentiment) in read {
            if let Some(expected) = note.label() {
                counts.add(expected == label, sentiment.label == label);
            }
        }
        println!("  {label:<12?} F1 {:.2}", counts.f1());
        sum += counts.f1();
    }
    let pairs: Vec<(f64, f64)> = read
        .iter()
        .filter_map(|(note, sentiment)| Some((note.score?, sentiment.score)))
        .collect();
    println!(
        "  labels: macro F1 {:.3}; scores: rank correlation {:.3}",
        sum / labels.len() as f64,
        spearman(&pairs)
    );
}

fn signals(read: &[(&Note, Sentiment)]) {
    let names = ["exhaustion", "overwhelm", "sleep", "outlook", "health"];
    for (place, name) in names.iter().enumerate() {
        let mut counts = Counts::default();
        for (note, sentiment) in read {
            if let Some(expected) = note.signals {
                counts.add(expected[place], flags(&sentiment.signals)[place]);
            }
        }
        println!(
            "  {name:<12} F1 {:.2} (precision {:.2}, recall {:.2})",
            counts.f1(),
            counts.precision(),
            counts.recall()
        );
    }
}

fn crisis(read: &[(&Note, Sentiment)], remarks: bool) {
    let (mut all, mut lookalikes, mut alarms) = (Counts::default(), 0, 0);
    let (mut others, mut needless) = (0, 0);
    for (note, sentiment) in read {
        all.add(note.crisis, sentiment.crisis);
        lookalikes += usize::from(note.lookalike);
        alarms += usize::from(note.lookalike && sentiment.crisis);
        others += usize::from(!note.lookalike && !note.crisis);
        needless += usize::from(!note.lookalike && !note.crisis && sentiment.crisis);
        if remarks && note.crisis != sentiment.crisis {
            let what = if note.crisis { "MISSED" } else { "ALARM " };
            println!("  {what} {}", note.text);
        }
    }
    println!(
        "  crisis: recall {:.3}, precision {:.3}; alarms: {alarms} of {lookalikes} look-alikes, {needless} of {others} other notes",
        all.recall(),
        all.precision()
    );
}

/// Spearman's correlation: that of the ranks, equal values sharing theirs.
fn spearman(pairs: &[(f64, f64)]) -> f64 {
    let first = ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let second = ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    let mean = (pairs.len() as f64 - 1.0) / 2.0;
    let (mut both, mut one, mut other) = (0.0, 0.0, 0.0);
    for (a, b) in first.iter().zip(&second) {
        both += (a - mean) * (b - mean);
        one += (a - mean) * (a - mean);
        other += (b - mean) * (b - mean);
    }
    both / (one * other).sqrt()
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let same = |at: &&usize| (values[**at] - values[order[start]]).abs() < 1e-9;
        let end = start + order[start..].iter().take_while(same).count();
        for at in &order[start..end] {
            ranks[*at] = (start + end - 1) as f64 / 2.0;
        }
        start = end;
    }
    ranks
}
