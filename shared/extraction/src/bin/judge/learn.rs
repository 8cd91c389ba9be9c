//! Learns the weights. The same sentences give the same bytes on every machine.

use crate::examples::Example;
use sentry_extraction::learned::features::BITS;
use sentry_extraction::learned::model::encode;

const EPOCHS: usize = 20;
const RATE: f32 = 0.02;
/// Pull of every weight towards 0.
const SHRINKAGE: f32 = 0.01;

/// The bytes of a model that has learned from these sentences.
pub fn model(examples: &[&Example]) -> Vec<u8> {
    let item = learn(examples, |e| e.wanted);
    let meeting = learn(examples, |e| e.meeting);
    encode([&item, &meeting])
}

fn margin(weights: &[f32], keys: &[u32]) -> f32 {
    keys.iter().map(|key| weights[*key as usize]).sum()
}

/// The mean of several runs: what hangs on the order of the sentences evens out.
const RUNS: u64 = 4;

/// Logistic regression by steps that grow smaller for what was seen often, in an order that only looks like chance.
fn learn(examples: &[&Example], what: impl Fn(&Example) -> Option<bool>) -> Vec<f32> {
    let known: Vec<(&[u32], f32)> = examples
        .iter()
        .filter_map(|e| Some((e.keys.as_slice(), f32::from(u8::from(what(e)?)))))
        .collect();
    let mut mean = vec![0.0_f32; 1 << BITS];
    for run in 1..=RUNS {
        let weights = once(&known, run);
        for (mean, weight) in mean.iter_mut().zip(weights) {
            *mean += weight / RUNS as f32;
        }
    }
    mean
}

/// One run over all sentences, in an order of its own.
fn once(known: &[(&[u32], f32)], run: u64) -> Vec<f32> {
    let mut weights = vec![0.0_f32; 1 << BITS];
    let mut squares = vec![1e-3_f32; 1 << BITS];
    let mut order: Vec<usize> = (0..known.len()).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(run);
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(i, usize::try_from(state % (i as u64 + 1)).unwrap_or(i));
        }
        for &i in &order {
            let (keys, wanted) = known[i];
            let chance = 1.0 / (1.0 + (-margin(&weights, keys)).exp());
            for key in keys {
                let key = *key as usize;
                let slope = chance - wanted + SHRINKAGE * weights[key];
                squares[key] += slope * slope;
                weights[key] -= RATE * slope / squares[key].sqrt();
            }
        }
    }
    weights
}
