//! Learns the weights. The same notes give the same bytes on every machine.

use crate::corpus::Note;
use sentry_scoring::sentiment::Label;
use sentry_scoring::sentiment::features::{BUCKETS, DENSE, Features};
use sentry_scoring::sentiment::model::{CRISIS_AT, OUTPUTS, SIGNALS_AT, encode};

const EPOCHS: usize = 20;
const RATE: f32 = 0.1;
/// Pull of every n-gram's weight towards 0.
const SHRINKAGE: f32 = 0.05;
/// What the lists say counts this much more than an n-gram.
const LISTS_WEIGHT: f32 = 3.0;
/// Notes are parted by this for the choice of thresholds.
const FOLDS: usize = 5;
/// Share of the signs of crisis in notes held back that the model alone must find: the lists find
/// most of the others.
const CRISIS_RECALL: f32 = 0.965;

/// What a note says of an output; `None` where nobody has labelled it.
fn wanted(note: &Note, output: usize) -> Option<bool> {
    if output == CRISIS_AT {
        return Some(note.crisis);
    }
    if output >= SIGNALS_AT {
        return note.signals.map(|signals| signals[output - SIGNALS_AT]);
    }
    let labels = [
        Label::Positive,
        Label::Neutral,
        Label::Negative,
        Label::Distressed,
    ];
    note.label().map(|label| label == labels[output])
}

/// The bytes of a model that has learned from these notes.
pub fn train(notes: &[Note]) -> Vec<u8> {
    let features: Vec<Features> = notes
        .iter()
        .map(|note| sentry_scoring::sentiment::features(&note.text))
        .collect();
    let mut bytes = Vec::new();
    for (output, name) in OUTPUTS.iter().enumerate() {
        let examples: Vec<(&Features, bool)> = notes
            .iter()
            .zip(&features)
            .filter_map(|(note, features)| Some((features, wanted(note, output)?)))
            .collect();
        let threshold = threshold(&examples, output);
        let (mut dense, grams) = learn(&examples, output);
        dense[0] -= threshold;
        println!(
            "{:<11} {:>5} notes, threshold {threshold:+.2}",
            name,
            examples.len()
        );
        bytes.extend(encode(&dense, &grams));
    }
    bytes
}

/// The margin from which on the answer is yes: the best for notes that were not learned from. The
/// four labels compete with each other, so theirs stays at 0.
fn threshold(examples: &[(&Features, bool)], output: usize) -> f32 {
    if output < SIGNALS_AT {
        return 0.0;
    }
    let mut margins = Vec::new();
    for fold in 0..FOLDS {
        let inside = |index: &usize| index % FOLDS == fold;
        let others: Vec<_> = pick(examples, |index| !inside(index));
        let (dense, grams) = learn(&others, output);
        for (features, yes) in pick(examples, inside) {
            let given = given(output, features).map(|value| value / LISTS_WEIGHT);
            margins.push((margin(&dense, &grams, &given, features), yes));
        }
    }
    margins.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = margins.iter().filter(|(_, yes)| *yes).count() as f32;
    let (mut found, mut best, mut at) = (0.0, 0.0, 0.0);
    for (index, (margin, yes)) in margins.iter().enumerate() {
        found += f32::from(u8::from(*yes));
        let f1 = 2.0 * found / (index as f32 + 1.0 + positives);
        if output == CRISIS_AT {
            if found < CRISIS_RECALL * positives {
                at = *margin;
            }
        } else if f1 > best {
            (best, at) = (f1, *margin);
        }
    }
    at - 1e-4
}

fn pick<'a>(
    examples: &[(&'a Features, bool)],
    of: impl Fn(&usize) -> bool,
) -> Vec<(&'a Features, bool)> {
    let chosen = examples.iter().enumerate().filter(|(index, _)| of(index));
    chosen.map(|(_, example)| *example).collect()
}

fn margin(dense: &[f32; DENSE], grams: &[f32], given: &[f32; DENSE], features: &Features) -> f32 {
    let lists: f32 = dense.iter().zip(given).map(|(w, x)| w * x).sum();
    let found = features
        .grams
        .iter()
        .map(|gram| grams[gram.bucket] * gram.value);
    lists + found.sum::<f32>()
}

/// Logistic regression by stochastic gradient descent with a step per weight (Duchi et al. 2011).
fn learn(examples: &[(&Features, bool)], output: usize) -> ([f32; DENSE], Vec<f32>) {
    let yes = examples.iter().filter(|(_, yes)| *yes).count().max(1) as f32;
    let balance = ((examples.len() as f32 - yes) / yes).max(1.0).sqrt();
    let (mut dense, mut dense_steps) = ([0.0_f32; DENSE], [1e-3_f32; DENSE]);
    let (mut grams, mut steps) = (vec![0.0_f32; BUCKETS], vec![1e-3_f32; BUCKETS]);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x9e37_79b9_u32;
    for _ in 0..EPOCHS {
        shuffle(&mut order, &mut state);
        for index in &order {
            let (features, yes) = examples[*index];
            let given = given(output, features);
            let margin = margin(&dense, &grams, &given, features);
            let weight = if yes { balance } else { 1.0 };
            let error = weight * (f32::from(u8::from(yes)) - 1.0 / (1.0 + (-margin).exp()));
            for (place, value) in given.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                step(&mut dense[place], &mut dense_steps[place], error * value);
            }
            for gram in &features.grams {
                let pull = SHRINKAGE * gram.value * grams[gram.bucket];
                let slope = error * gram.value - pull;
                step(&mut grams[gram.bucket], &mut steps[gram.bucket], slope);
            }
        }
    }
    (dense.map(|weight| weight * LISTS_WEIGHT), grams)
}

fn step(weight: &mut f32, seen: &mut f32, slope: f32) {
    *seen += slope * slope;
    *weight += RATE * slope / seen.sqrt();
}

/// The dense numbers as they count for an output. The lists say too much about crisis in the notes
/// they were written with: there the model is asked to find it in the words themselves.
fn given(output: usize, features: &Features) -> [f32; DENSE] {
    std::array::from_fn(|place| {
        let lists = (1..9).contains(&place);
        if lists && output == CRISIS_AT {
            0.0
        } else {
            LISTS_WEIGHT * features.dense[place]
        }
    })
}

/// Fisher and Yates, with a small generator of its own: chance must not differ between releases.
fn shuffle(order: &mut [usize], state: &mut u32) {
    for last in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        order.swap(last, *state as usize % (last + 1));
    }
}
