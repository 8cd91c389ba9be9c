//! A fingerprint of everything a score depends on.

use crate::facts::Evidence;
use crate::formula::FORMULA_VERSION;
use crate::hours::WorkingHours;
use crate::metrics::{Measured, Metric};
use crate::mood::Mood;
use sha2::{Digest, Sha256};

/// Differences below this are noise of floating point, not of life.
const STEPS: f64 = 1e6;

/// SHA-256, in hexadecimal, of all that goes into an analysis and its explanation.
///
/// Two inputs with the same hash give the same analysis, so a row with the same hash on the same
/// day need not be written again. It covers the version of the formula, the contracted hours, every
/// metric with its evidence (a score that stays the same for other rows must name the other rows),
/// and the mood with its texts. Numbers are taken to six decimals. It is stable over processes,
/// machines and releases until the formula's version changes.
pub fn inputs_hash(measured: &Measured, mood: Option<&Mood>, hours: &WorkingHours) -> String {
    let mut bytes = Vec::with_capacity(1024);
    bytes.extend(FORMULA_VERSION.to_be_bytes());
    put_number(&mut bytes, Some(hours.weekly()));
    put_number(&mut bytes, Some(hours.daily()));
    for metric in Metric::ALL {
        put_number(&mut bytes, measured.metrics.get(*metric));
        put_evidence(&mut bytes, measured.evidence(*metric));
    }
    put_number(&mut bytes, mood.map(|mood| mood.score));
    put_evidence(&mut bytes, mood.map_or(&[], |mood| &mood.evidence));
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(&bytes) {
        for half in [byte >> 4, byte & 15] {
            hash.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    hash
}

/// Every part says its length or kind first, so that no two inputs share their bytes.
fn put_number(bytes: &mut Vec<u8>, value: Option<f64>) {
    match value.filter(|value| value.is_finite()) {
        None => bytes.push(0),
        Some(value) => {
            bytes.push(1);
            // Adding zero turns -0 into 0: the two are the same value with other bits.
            let value = (value * STEPS).round() + 0.0;
            bytes.extend(value.to_bits().to_be_bytes());
        }
    }
}

fn put_evidence(bytes: &mut Vec<u8>, evidence: &[Evidence]) {
    bytes.extend((evidence.len() as u64).to_be_bytes());
    for row in evidence {
        match row {
            Evidence::Task { id } => {
                bytes.push(1);
                bytes.extend(id.0.to_be_bytes());
            }
            Evidence::Meeting { id } => {
                bytes.push(2);
                bytes.extend(id.0.to_be_bytes());
            }
            Evidence::Entry { id } => {
                bytes.push(3);
                bytes.extend(id.as_bytes());
            }
        }
    }
}
