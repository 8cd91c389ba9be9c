//! The weights of the judge: logistic regression over hashed features.
//!
//! In one file that the program `judge train` writes and that is read where it lies. For each of two questions - is it an
//! item, and is that a meeting - a scale (four bytes, little-endian), then a signed byte for every bucket.

use super::features::BUCKETS;

static SHIPPED: &[u8] = include_bytes!("model.bin");

const SCALE: usize = 4;

/// The weights of one question.
#[derive(Debug, Clone, Copy)]
struct Head<'a> {
    scale: f32,
    weights: &'a [u8],
}

impl<'a> Head<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let (scale, weights) = bytes.split_first_chunk::<SCALE>()?;
        (weights.len() == BUCKETS).then_some(Self {
            scale: f32::from_le_bytes(*scale),
            weights,
        })
    }

    fn margin(self, keys: &[u32]) -> f32 {
        let weight = |key: &u32| {
            let place = usize::try_from(*key).ok();
            let byte = place.and_then(|k| self.weights.get(k));
            byte.map_or(0, |b| i32::from(b.cast_signed()))
        };
        let sum: i32 = keys.iter().map(weight).sum();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred signed bytes")]
        let sum = sum as f32;
        sum * self.scale
    }
}

/// From which margins on the judge is heard, chosen on documents of authors unseen.
#[derive(Debug, Clone, Copy)]
pub struct Thresholds {
    /// What the rules pass over is an item above it.
    pub adds: f32,
    /// What the rules refuse for a reason is an item above it.
    pub adds_refused: f32,
    /// What a rule found is none below it.
    pub doubts: f32,
    /// What a rule found that is not sure is none below it.
    pub doubts_weak: f32,
    /// From which on an item is clear: where a document has none, what the rules pass over is none.
    pub clear: f32,
}

impl Thresholds {
    /// The judge is not heard.
    pub const DEAF: Self = Self {
        adds: f32::INFINITY,
        adds_refused: f32::INFINITY,
        doubts: f32::NEG_INFINITY,
        doubts_weak: f32::NEG_INFINITY,
        clear: f32::NEG_INFINITY,
    };
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            adds: 0.1,
            adds_refused: 0.3,
            doubts: -1.1,
            doubts_weak: -0.5,
            clear: 1.5,
        }
    }
}

/// Learned weights.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    /// How sure it must be.
    pub thresholds: Thresholds,
    item: Head<'a>,
    meeting: Head<'a>,
}

impl Model<'static> {
    /// The one that comes with the product.
    pub fn shipped() -> Self {
        const NOTHING: Head<'static> = Head {
            scale: 0.0,
            weights: &[],
        };
        // A file that cannot be read knows nothing, and fails the test below.
        Self::new(SHIPPED).unwrap_or(Self {
            thresholds: Thresholds::default(),
            item: NOTHING,
            meeting: NOTHING,
        })
    }
}

impl<'a> Model<'a> {
    /// The weights in `bytes`; `None` for bytes of a wrong length.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (item, meeting) = bytes.split_at_checked(SCALE + BUCKETS)?;
        Some(Self {
            thresholds: Thresholds::default(),
            item: Head::new(item)?,
            meeting: Head::new(meeting)?,
        })
    }

    /// How far a sentence with these keys lies on the side of an item: above 0 it is likelier one than none.
    pub fn item(&self, keys: &[u32]) -> f32 {
        self.item.margin(keys)
    }

    /// How far an item with these keys lies on the side of a meeting.
    pub fn meeting(&self, keys: &[u32]) -> f32 {
        self.meeting.margin(keys)
    }
}

/// The file of a model, from the weights of both questions: each brought to a signed byte by a scale.
pub fn encode(heads: [&[f32]; 2]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for weights in heads {
        let largest = weights.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        bytes.extend(scale.to_le_bytes());
        bytes.extend(weights.iter().map(|weight| {
            #[expect(clippy::cast_possible_truncation, reason = "at most 127 by the scale")]
            let byte = (weight / scale).round() as i8;
            byte.cast_unsigned()
        }));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_their_file() {
        let mut weights = vec![0.0; BUCKETS];
        (weights[7], weights[9]) = (2.0, -1.0);
        let bytes = encode([&weights, &vec![0.0; BUCKETS]]);
        let model = Model::new(&bytes).unwrap();
        assert!((model.item(&[7, 9, 11]) - 1.0).abs() < 0.02);
        assert!(model.meeting(&[7, 9, 11]).abs() < 1e-6);
        assert!(Model::new(&bytes[1..]).is_none());
    }

    #[test]
    fn the_shipped_weights_are_whole() {
        assert!(Model::new(SHIPPED).is_some());
        // It is part of every program that extracts.
        assert!(SHIPPED.len() < 150_000, "{} bytes", SHIPPED.len());
    }
}
