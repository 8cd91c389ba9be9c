//! Learns the weights. The same sentences give the same bytes on every machine.

use crate::examples::Example;
use sentry_extraction::learned::features::BITS;
use sentry_extraction::learned::model::encode;

const EPOCHS: usize = 20;
const RATE: f32 = 0.02;
/// Pull of every weight towards 0.
const SHRINKAGE: f32 = 0.01;

/// How many times as much a trap teaches as another sentence: three give the same F1 with a fifth fewer traps.
const TRAP: f32 = 3.0;

/// A sentence whose answer is known.
struct Known<'a> {
    keys: &'a [u32],
    wanted: f32,
    weight: f32,
}

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
    let known: Vec<Known> = examples
        .iter()
        .filter_map(|e| {
            Some(Known {
                keys: &e.keys,
                wanted: f32::from(u8::from(what(e)?)),
                weight: if e.trap { TRAP } else { 1.0 },
            })
        })
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
fn once(known: &[Known], run: u64) -> Vec<f32> {
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
            let Known {
                keys,
                wanted,
                weight,
            } = known[i];
            let chance = 1.0 / (1.0 + (-margin(&weights, keys)).exp());
            for key in keys {
                let key = *key as usize;
                let slope = (chance - wanted) * weight + SHRINKAGE * weights[key];
                squares[key] += slope * slope;
                weights[key] -= RATE * slope / squares[key].sqrt();
            }
        }
    }
    weights
}
