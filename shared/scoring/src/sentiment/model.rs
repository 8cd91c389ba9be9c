//! The linear model over n-grams: weights that were learned from `tests/corpus/sentiment/train`.
//!
//! One line of weights per output, in one file that the program `sentiment train` writes: logistic
//! regression over hashed n-grams, ideas and what the word lists say.

use super::features::{BUCKETS, DENSE, Features};

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

const FLOAT: usize = 4;
/// Bytes of one output: a scale, the dense weights, and a signed byte per bucket.
const LINE: usize = FLOAT * (1 + DENSE) + BUCKETS;

static SHIPPED: &[u8] = include_bytes!("model.bin");

/// Learned weights.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    bytes: &'a [u8],
}

impl Model<'static> {
    /// The one that comes with the product.
    pub const fn shipped() -> Self {
        Self { bytes: SHIPPED }
    }
}

impl<'a> Model<'a> {
    /// Reads weights; `None` for bytes of another length.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        (bytes.len() == LINE * OUTPUTS.len()).then_some(Self { bytes })
    }

    /// How far a text lies on the side of an output: above 0 is yes.
    pub fn margin(&self, output: usize, features: &Features) -> f32 {
        let dense: f32 = (0..DENSE)
            .map(|place| self.float(output, 1 + place) * features.dense[place])
            .sum();
        let grams: f32 = features
            .grams
            .iter()
            .map(|gram| self.weight(output, gram.bucket) * gram.value)
            .sum();
        dense + grams * self.float(output, 0)
    }

    /// What each token adds to an output, from n-grams that cover it.
    pub(super) fn shares(&self, output: usize, features: &Features, tokens: usize) -> Vec<f32> {
        let mut shares = vec![0.0; tokens];
        for gram in &features.grams {
            let (first, last) = gram.tokens;
            let part = self.weight(output, gram.bucket) * gram.value / (last - first + 1) as f32;
            for share in shares.iter_mut().take(last + 1).skip(first) {
                *share += part;
            }
        }
        shares
    }

    fn weight(&self, output: usize, bucket: usize) -> f32 {
        let place = output * LINE + FLOAT * (1 + DENSE) + bucket;
        let byte = self.bytes.get(place).copied().unwrap_or(0);
        f32::from(byte.cast_signed())
    }

    fn float(&self, output: usize, place: usize) -> f32 {
        let start = output * LINE + FLOAT * place;
        let bytes = self.bytes.get(start..start + FLOAT);
        bytes.map_or(0.0, |bytes| {
            let mut word = [0; FLOAT];
            word.copy_from_slice(bytes);
            f32::from_le_bytes(word)
        })
    }
}

/// The bytes of one output: full weights are brought to a signed byte each by a common scale.
pub fn encode(dense: &[f32; DENSE], grams: &[f32]) -> Vec<u8> {
    let largest = grams.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
    let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
    let mut bytes = Vec::with_capacity(LINE);
    bytes.extend(scale.to_le_bytes());
    for weight in dense {
        bytes.extend(weight.to_le_bytes());
    }
    let steps = grams.iter().map(|weight| (weight / scale).round());
    #[expect(clippy::cast_possible_truncation, reason = "at most 127 by the scale")]
    bytes.extend(steps.map(|step| (step as i8).cast_unsigned()));
    bytes.resize(LINE, 0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentiment::features::Gram;

    #[test]
    fn weights_survive_their_file() {
        let mut dense = [0.0; DENSE];
        dense[0] = -0.25;
        let mut grams = vec![0.0; BUCKETS];
        grams[7] = 2.0;
        grams[9] = -1.0;
        let mut bytes = encode(&dense, &grams);
        bytes.resize(LINE * OUTPUTS.len(), 0);
        let model = Model::new(&bytes).unwrap();
        let gram = |bucket, value| Gram {
            bucket,
            value,
            tokens: (0, 0),
        };
        let mut features = Features {
            grams: vec![gram(7, 0.5), gram(9, 0.5)],
            ..Features::default()
        };
        features.dense[0] = 1.0;
        let margin = model.margin(0, &features);
        assert!((margin - 0.25).abs() < 0.01, "{margin}");
        assert!(model.margin(1, &features).abs() < 1e-6);
        assert!(Model::new(&bytes[1..]).is_none());
    }

    #[test]
    fn the_shipped_weights_are_whole() {
        assert!(Model::new(SHIPPED).is_some());
    }
}
