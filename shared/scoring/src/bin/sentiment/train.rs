//! Learns the weights. The same notes give the same bytes on every machine.

use crate::corpus::Note;
use crate::machine;
use sentry_scoring::sentiment::Label;
use sentry_scoring::sentiment::features::{DENSE, Gram, LAST_MOOD, MOOD};
use sentry_scoring::sentiment::model::{CRISIS_AT, Learned, OUTPUTS, SIGNALS_AT, encode};
use std::collections::{BTreeMap, BTreeSet};

const EPOCHS: usize = 20;
const RATE: f32 = 0.1;
/// Pull of every n-gram's weight towards 0.
const SHRINKAGE: f32 = 0.1;
/// What the lists say counts this much more than an n-gram.
const LISTS_WEIGHT: f32 = 3.0;
/// Notes of strangers are nearest to what will be read.
const STRANGERS_WEIGHT: f32 = 1.5;
/// N-grams of fewer notes than this teach nothing of the next one.
const MIN_NOTES: usize = 3;
/// Of thresholds that are nearly as good as the best, the one that misses least is taken.
const NEAR_BEST: f32 = 0.99;
/// Share of the signs of crisis in strangers' notes held back that the model alone must find.
const CRISIS_RECALL: f32 = 0.98;

/// An n-gram of a note, with its place among the known ones.
pub struct Known {
    pub place: usize,
    pub gram: Gram,
}

/// A note as the model sees it.
pub struct Example<'a> {
    pub dense: [f32; DENSE],
    pub grams: Vec<Known>,
    pub wanted: [Option<bool>; OUTPUTS.len()],
    pub weight: f32,
    /// One of ours that were made to try the word lists.
    pub first: bool,
    stranger: bool,
    file: &'a str,
    part: &'a str,
}

/// What a note says of an output; `None` where nobody has labelled it.
fn wanted(note: &Note, output: usize) -> Option<bool> {
    if output == CRISIS_AT {
        return Some(note.crisis);
    }
    if output >= SIGNALS_AT {
        let signals = note.signals.filter(|_| !note.loosely_labelled());
        return signals.map(|signals| signals[output - SIGNALS_AT]);
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
pub fn train(notes: &[&Note]) -> Vec<u8> {
    let mut examples = Vec::new();
    let mut found = Vec::new();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for note in notes {
        let features = sentry_scoring::sentiment::features(&note.text);
        let stranger = note.by_stranger();
        examples.push(Example {
            dense: features.dense,
            grams: Vec::new(),
            wanted: std::array::from_fn(|output| wanted(note, output)),
            weight: if stranger { STRANGERS_WEIGHT } else { 1.0 },
            first: !stranger && !note.in_contrast(),
            stranger,
            file: &note.file,
            part: &note.part,
        });
        for gram in &features.grams {
            *counts.entry(gram.key).or_default() += 1;
        }
        found.push(features.grams);
    }
    counts.retain(|_, count| *count >= MIN_NOTES);
    let keys: Vec<u32> = counts.into_keys().collect();
    for (example, found) in examples.iter_mut().zip(&found) {
        let known = found.iter().filter_map(|gram| {
            let place = keys.binary_search(&gram.key).ok()?;
            Some(Known { place, gram: *gram })
        });
        example.grams = known.collect();
    }
    println!("{} n-grams", keys.len());
    let learned: Vec<Learned> = (0..OUTPUTS.len())
        .map(|output| {
            let threshold = threshold(&examples, keys.len(), output);
            println!("{:<11} threshold {threshold:+.2}", OUTPUTS[output]);
            let mut learned = learn(&examples, keys.len(), output, |_| true);
            learned.dense[0] -= threshold;
            learned
        })
        .collect();
    encode(&learned, &keys)
}

/// The margin from which on the answer is yes: the best for notes of strangers, each part read by what
/// all others taught, as a new author will be, and each file counting alike. The four labels compete
/// with each other, so theirs stays at 0.
fn threshold(examples: &[Example<'_>], keys: usize, output: usize) -> f32 {
    if output < SIGNALS_AT {
        return 0.0;
    }
    let mut margins = Vec::new();
    let strangers = || examples.iter().filter(|example| example.stranger);
    let mut files: BTreeMap<&str, f32> = BTreeMap::new();
    for example in strangers() {
        *files.entry(example.file).or_default() += 1.0;
    }
    for part in strangers()
        .map(|example| example.part)
        .collect::<BTreeSet<_>>()
    {
        let inside = |index: usize| examples[index].part == part;
        let learned = learn(examples, keys, output, |index| !inside(index));
        for example in examples.iter().filter(|example| example.part == part) {
            if let Some(yes) = example.wanted[output] {
                let weight = 1.0 / files.get(example.file).copied().unwrap_or(1.0);
                margins.push((margin(&learned, example, output), yes, weight));
            }
        }
    }
    margins.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives: f32 = margins.iter().filter(|(_, yes, _)| *yes).map(|m| m.2).sum();
    if output == CRISIS_AT {
        curve(&margins, positives);
    }
    let (mut found, mut read, mut best, mut at) = (0.0, 0.0, 0.0, 0.0);
    for (margin, yes, weight) in margins {
        let missing = found < CRISIS_RECALL * positives;
        found += if yes { weight } else { 0.0 };
        read += weight;
        let f1 = 2.0 * found / (read + positives);
        if output == CRISIS_AT {
            if missing {
                at = margin;
            }
        } else if f1 > best {
            (best, at) = (f1, margin);
        } else if f1 > NEAR_BEST * best {
            at = margin;
        }
    }
    at - 1e-4
}

/// Prints at which precision and margin shares of the signs are found.
fn curve(margins: &[(f32, bool, f32)], positives: f32) {
    let (mut found, mut read) = (0.0, 0.0);
    let mut recalls = [0.9, 0.95, 0.97, 0.98, 0.99].into_iter().peekable();
    for (margin, yes, weight) in margins {
        found += if *yes { *weight } else { 0.0 };
        read += weight;
        while let Some(recall) = recalls.next_if(|recall| found >= recall * positives) {
            let precision = found / read;
            println!("  recall {recall:.2} at precision {precision:.2}, margin {margin:+.2}");
        }
    }
}

fn margin(learned: &Learned, example: &Example<'_>, output: usize) -> f32 {
    let dense = learned.dense.iter().zip(&example.dense).enumerate();
    let lists: f32 = dense
        .filter(|(place, _)| given(output, *place))
        .map(|(_, (weight, value))| weight * value)
        .sum();
    let grams = example.grams.iter();
    lists
        + grams
            .map(|known| learned.grams[known.place] * known.gram.value_for(output))
            .sum::<f32>()
}

/// What an output learns from these notes.
fn learn(
    examples: &[Example<'_>],
    keys: usize,
    output: usize,
    of: impl Fn(usize) -> bool,
) -> Learned {
    if output == CRISIS_AT {
        machine::learn(examples, keys, of)
    } else {
        regress(examples, keys, output, of)
    }
}

/// Logistic regression by stochastic gradient descent with a step per weight (Duchi et al. 2011).
fn regress(
    examples: &[Example<'_>],
    keys: usize,
    output: usize,
    of: impl Fn(usize) -> bool,
) -> Learned {
    let mut order: Vec<(&Example<'_>, bool)> = examples
        .iter()
        .enumerate()
        .filter(|(index, _)| of(*index))
        .filter_map(|(_, example)| Some((example, example.wanted[output]?)))
        .collect();
    let yes = order.iter().filter(|(_, yes)| *yes).count().max(1) as f32;
    let balance = ((order.len() as f32 - yes) / yes).max(1.0).sqrt().sqrt();
    let mut learned = Learned {
        dense: [0.0; DENSE],
        grams: vec![0.0; keys],
    };
    let (mut dense_steps, mut steps) = ([1e-3_f32; DENSE], vec![1e-3_f32; keys]);
    let mut state = 0x9e37_79b9_u32;
    for _ in 0..EPOCHS {
        shuffle(&mut order, &mut state);
        for (example, yes) in &order {
            let weight = example.weight * if *yes { balance } else { 1.0 };
            let chance = 1.0 / (1.0 + (-margin(&learned, example, output)).exp());
            let error = weight * (f32::from(u8::from(*yes)) - chance);
            for (at, value) in example.dense.iter().enumerate() {
                if *value != 0.0 && given(output, at) {
                    let slope = error * value * LISTS_WEIGHT;
                    step(
                        &mut learned.dense[at],
                        &mut dense_steps[at],
                        slope,
                        RATE * LISTS_WEIGHT,
                    );
                }
            }
            for Known { place, gram } in &example.grams {
                let value = gram.value;
                let pull = SHRINKAGE * value * learned.grams[*place];
                let slope = error * value - pull;
                step(&mut learned.grams[*place], &mut steps[*place], slope, RATE);
            }
        }
    }
    learned
}

fn step(weight: &mut f32, seen: &mut f32, slope: f32, rate: f32) {
    *seen += slope * slope;
    *weight += rate * slope / seen.sqrt();
}

/// Whether a dense number counts for an output. The lists say too much about crisis in the notes they
/// were written with: there the model is asked to find it in the words themselves.
pub fn given(output: usize, place: usize) -> bool {
    let lists = MOOD.contains(&place) || place == LAST_MOOD;
    !(lists && output == CRISIS_AT)
}

/// Fisher and Yates, with a small generator of its own: chance must not differ between releases.
pub fn shuffle<T>(order: &mut [T], state: &mut u32) {
    for last in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        order.swap(last, *state as usize % (last + 1));
    }
}
