//! The linear model over n-grams: weights that were learned from `tests/corpus/sentiment/train`.
//!
//! Logistic regression over hashed n-grams, ideas and what the word lists say, in one file that the
//! program `sentiment train` writes. It is read where it lies: nothing is parsed at the start. Its
//! parts, all little-endian: for every output a scale and the weights of the dense numbers; the keys
//! of the n-grams in rising order; for every key one signed byte per output.

use super::features::{DENSE, Features};

/// What the model tells, in the order of its file: four labels, five signals, crisis.
pub const OUTPUTS: [&str; 10] = [
    "positive",
    "neutral",
    "negative",
    "distressed",
    "exhaustion",
    "overwhelm",
    "sleep",
    "outlook",
    "health",
    "crisis",
];

/// The place of the first signal among [`OUTPUTS`].
pub const SIGNALS_AT: usize = 4;
/// The place of `crisis` among [`OUTPUTS`].
pub const CRISIS_AT: usize = 9;

const WORD: usize = 4;
/// Bytes of an output's scale and its dense weights.
const HEAD: usize = WORD * (1 + DENSE);
/// Bytes of an n-gram's weights.
const ROW: usize = OUTPUTS.len();

static SHIPPED: &[u8] = include_bytes!("model.bin");

/// Learned weights.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    heads: &'a [u8],
    keys: &'a [u8],
    rows: &'a [u8],
}

impl Model<'static> {
    /// The one that comes with the product.
    pub fn shipped() -> Self {
        // A file that cannot be read knows nothing, and fails the test below.
        Self::new(SHIPPED).unwrap_or(Self {
            heads: &[],
            keys: &[],
            rows: &[],
        })
    }
}

impl<'a> Model<'a> {
    /// Finds the parts of a file; `None` for bytes of a wrong length.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (heads, grams) = bytes.split_at_checked(HEAD * OUTPUTS.len())?;
        let count = grams.len() / (WORD + ROW);
        let (keys, rows) = grams.split_at_checked(count * WORD)?;
        (rows.len() == count * ROW).then_some(Self { heads, keys, rows })
    }

    /// How far a text lies on the side of every output: above 0 is yes.
    pub fn margins(&self, features: &Features) -> [f32; OUTPUTS.len()] {
        let mut margins = [0.0; OUTPUTS.len()];
        for gram in &features.grams {
            for (output, weight) in self.row(gram.key).iter().enumerate() {
                margins[output] += f32::from(weight.cast_signed()) * gram.value_for(output);
            }
        }
        for (output, margin) in margins.iter_mut().enumerate() {
            let dense = features.dense.iter().enumerate();
            let dense = dense.map(|(place, value)| self.float(output, 1 + place) * value);
            *margin = *margin * self.float(output, 0) + dense.sum::<f32>();
        }
        margins
    }

    /// What each token adds to an output, from n-grams that cover it.
    pub(super) fn shares(&self, output: usize, features: &Features, tokens: usize) -> Vec<f32> {
        let mut shares = vec![0.0; tokens];
        for gram in &features.grams {
            let (first, last) = gram.tokens;
            let weight = self.row(gram.key).get(output).copied().unwrap_or(0);
            let value = gram.value_for(output);
            let part = f32::from(weight.cast_signed()) * value / (last - first + 1) as f32;
            for share in shares.iter_mut().take(last + 1).skip(first) {
                *share += part;
            }
        }
        shares
    }

    /// The weights of an n-gram, one per output; none if it was not learned.
    fn row(&self, key: u32) -> &'a [u8] {
        let (mut low, mut high) = (0, self.keys.len() / WORD);
        while low < high {
            let middle = usize::midpoint(low, high);
            match word(self.keys, middle * WORD).map_or(0, u32::from_le_bytes) {
                found if found == key => {
                    return self
                        .rows
                        .get(middle * ROW..(middle + 1) * ROW)
                        .unwrap_or(&[]);
                }
                found if found < key => low = middle + 1,
                _ => high = middle,
            }
        }
        &[]
    }

    fn float(&self, output: usize, place: usize) -> f32 {
        word(self.heads, output * HEAD + WORD * place).map_or(0.0, f32::from_le_bytes)
    }
}

fn word(bytes: &[u8], start: usize) -> Option<[u8; WORD]> {
    bytes.get(start..)?.first_chunk().copied()
}

/// What one output has learned: weights of the dense numbers, and of the n-grams in the order of their
/// keys.
#[derive(Debug, Clone)]
pub struct Learned {
    /// Weights of the dense numbers.
    pub dense: [f32; DENSE],
    /// Weights of the n-grams.
    pub grams: Vec<f32>,
}

/// The file of a model: full weights are brought to a signed byte each by a scale per output. The keys
/// must rise.
pub fn encode(outputs: &[Learned], keys: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut scales = Vec::new();
    for output in outputs {
        let largest = output
            .grams
            .iter()
            .fold(0.0_f32, |most, w| most.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        scales.push(scale);
        bytes.extend(scale.to_le_bytes());
        bytes.extend(output.dense.iter().flat_map(|weight| weight.to_le_bytes()));
    }
    bytes.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
    for place in 0..keys.len() {
        for (output, scale) in outputs.iter().zip(&scales) {
            let weight = output.grams.get(place).map_or(0.0, |weight| weight / scale);
            #[expect(clippy::cast_possible_truncation, reason = "at most 127 by the scale")]
            bytes.push((weight.round() as i8).cast_unsigned());
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentiment::features::Gram;

    #[test]
    fn weights_survive_their_file() {
        let learned = |sign: f32| {
            let mut dense = [0.0; DENSE];
            dense[0] = -0.25 * sign;
            Learned {
                dense,
                grams: vec![2.0 * sign, -sign],
            }
        };
        let mut outputs = vec![learned(0.0); OUTPUTS.len()];
        outputs[0] = learned(1.0);
        outputs[9] = learned(-1.0);
        let bytes = encode(&outputs, &[7, 4_000_000_000]);
        let model = Model::new(&bytes).unwrap();
        let gram = |key| Gram {
            key,
            value: 0.5,
            danger: 0.5,
            tokens: (0, 0),
        };
        let mut features = Features {
            grams: vec![gram(7), gram(8), gram(4_000_000_000)],
            ..Features::default()
        };
        features.dense[0] = 1.0;
        let margins = model.margins(&features);
        assert!((margins[0] - 0.25).abs() < 0.01, "{margins:?}");
        assert!((margins[9] + 0.25).abs() < 0.01, "{margins:?}");
        assert!(margins[1].abs() < 1e-6);
        assert!(Model::new(&bytes[1..]).is_none());
    }

    #[test]
    fn the_shipped_weights_are_whole() {
        let model = Model::new(SHIPPED).unwrap();
        let keys = model
            .keys
            .chunks(WORD)
            .map(|key| word(key, 0).map(u32::from_le_bytes));
        let keys: Vec<_> = keys.collect();
        assert!(keys.len() > 1_000 && keys.is_sorted_by(|a, b| a < b));
        // It is part of every program that scores.
        assert!(SHIPPED.len() < 750_000, "{} bytes", SHIPPED.len());
    }
}
