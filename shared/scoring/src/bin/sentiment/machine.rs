//! A support vector machine, for the one output where what is missed weighs most: it learns from the
//! notes near the border alone, which are the signs in everyday words and the hard days without any.

use super::train::{Example, given, shuffle};
use sentry_scoring::sentiment::features::DENSE;
use sentry_scoring::sentiment::model::{CRISIS_AT, Learned};

const EPOCHS: usize = 40;
/// What an error costs, against the length of the weights.
const COST: f64 = 0.7;
/// What a missed sign costs more than a false alarm.
const MISSED: f64 = 2.0;
/// What our first notes count: they name what strangers tell in everyday words.
const FIRST: f64 = 0.6;
/// The dense numbers count little beside the n-grams of a text.
const DENSE_WEIGHT: f64 = 0.15;
/// How much the n-grams' shares of notes with and without a sign decide how easily they get weight, and
/// what both counts begin with (Wang and Manning 2012).
const RATIO: f64 = 0.6;
const BEGIN: f64 = 0.25;

/// A note with what it counts and the side it lies on.
struct Row<'a> {
    example: &'a Example<'a>,
    side: f64,
    cost: f64,
    pull: f64,
}

/// Weights by dual coordinate descent on the squared hinge loss (Hsieh et al. 2008).
pub fn learn(examples: &[Example<'_>], keys: usize, of: impl Fn(usize) -> bool) -> Learned {
    let scales = ratios(examples, keys, &of);
    let wanted = examples
        .iter()
        .enumerate()
        .filter(|(index, _)| of(*index))
        .filter_map(|(_, example)| Some((example, example.wanted[CRISIS_AT]?)));
    let mut rows: Vec<Row<'_>> = wanted
        .map(|(example, yes)| Row {
            example,
            side: if yes { 1.0 } else { -1.0 },
            cost: COST
                * f64::from(example.weight)
                * if yes { MISSED } else { 1.0 }
                * if example.first { FIRST } else { 1.0 },
            pull: 0.0,
        })
        .collect();
    let (mut dense, mut grams) = ([0.0_f64; DENSE], vec![0.0_f64; keys]);
    let mut state = 0x9e37_79b9_u32;
    for _ in 0..EPOCHS {
        shuffle(&mut rows, &mut state);
        for row in &mut rows {
            let (mut sum, mut length) = (0.0, 0.0);
            for (place, value) in numbers(row.example) {
                sum += dense[place] * value;
                length += value * value;
            }
            for (place, value) in values(row.example, &scales) {
                sum += grams[place] * value;
                length += value * value;
            }
            let soft = 0.5 / row.cost;
            let slope = row.side * sum - 1.0 + soft * row.pull;
            let pull = (row.pull - slope / (length + soft)).max(0.0);
            let change = (pull - row.pull) * row.side;
            row.pull = pull;
            if change == 0.0 {
                continue;
            }
            for (place, value) in numbers(row.example) {
                dense[place] += change * value;
            }
            for (place, value) in values(row.example, &scales) {
                grams[place] += change * value;
            }
        }
    }
    finished(&dense, &grams, &scales)
}

/// The weights for values that were not scaled.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the file holds a byte of it"
)]
fn finished(dense: &[f64; DENSE], grams: &[f64], scales: &[f64]) -> Learned {
    Learned {
        dense: std::array::from_fn(|place| (dense[place] * weight(place)) as f32),
        grams: grams
            .iter()
            .zip(scales)
            .map(|(gram, scale)| (gram * scale) as f32)
            .collect(),
    }
}

fn weight(place: usize) -> f64 {
    if place == 0 { 1.0 } else { DENSE_WEIGHT }
}

fn numbers<'a>(example: &'a Example<'_>) -> impl Iterator<Item = (usize, f64)> + 'a {
    let dense = example.dense.iter().enumerate();
    dense
        .filter(|(place, value)| **value != 0.0 && given(CRISIS_AT, *place))
        .map(|(place, value)| (place, f64::from(*value) * weight(place)))
}

fn values<'a>(
    example: &'a Example<'_>,
    scales: &'a [f64],
) -> impl Iterator<Item = (usize, f64)> + 'a {
    let grams = example.grams.iter();
    grams.map(|known| {
        (
            known.place,
            f64::from(known.gram.danger) * scales[known.place],
        )
    })
}

/// For every n-gram how far its shares of both sides differ.
fn ratios(examples: &[Example<'_>], keys: usize, of: &impl Fn(usize) -> bool) -> Vec<f64> {
    let mut sides = [vec![BEGIN; keys], vec![BEGIN; keys]];
    for (_, example) in examples.iter().enumerate().filter(|(index, _)| of(*index)) {
        let side = usize::from(example.wanted[CRISIS_AT] == Some(true));
        for gram in &example.grams {
            sides[side][gram.place] += 1.0;
        }
    }
    let [no, yes] = sides;
    let (all_no, all_yes): (f64, f64) = (no.iter().sum(), yes.iter().sum());
    let ratio = |(no, yes): (&f64, &f64)| {
        let ratio = ((yes / all_yes) / (no / all_no)).ln().abs();
        1.0 - RATIO + RATIO * ratio
    };
    no.iter().zip(&yes).map(ratio).collect()
}
