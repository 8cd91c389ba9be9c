//! How a document is set.

use std::collections::BTreeMap;

use crate::pdf::page::Page;

/// Letters this much larger than the body are headings.
const HEADING_SIZE: f64 = 1.12;

/// Levels of headings by size.
const LEVELS: usize = 4;

/// How the document is set: the size of its letters, and the sizes of its headings from the largest.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Body {
    size: f64,
    headings: Vec<f64>,
}

/// Finds the size most letters have and the larger ones.
pub(in crate::pdf) fn body_size(pages: &[Page]) -> Body {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for piece in pages.iter().flat_map(|page| &page.pieces) {
        #[expect(clippy::cast_possible_truncation, reason = "half points")]
        let step = (piece.size * 2.0).round() as i64;
        *counts.entry(step).or_default() += piece.count;
    }
    let step = counts
        .iter()
        .max_by_key(|(_, count)| **count)
        .map_or(20, |(step, _)| *step);
    let size = step as f64 / 2.0;
    let mut headings: Vec<f64> = Vec::new();
    for larger in counts.keys().rev().map(|step| *step as f64 / 2.0) {
        let known = headings.last().is_some_and(|last| last - larger < 0.8);
        if larger > size * HEADING_SIZE && !known && headings.len() < LEVELS {
            headings.push(larger);
        }
    }
    Body { size, headings }
}

impl Body {
    pub(super) fn level(&self, size: f64) -> Option<u8> {
        if size <= self.size * HEADING_SIZE {
            return None;
        }
        let rank = self
            .headings
            .iter()
            .position(|heading| size > heading - 0.8)
            .unwrap_or(self.headings.len());
        u8::try_from(rank + 1).ok()
    }

    /// Larger than the body.
    pub(in crate::pdf) fn is_heading(&self, size: f64) -> bool {
        self.level(size).is_some()
    }

    /// The level of a heading that is set apart by bold letters only.
    pub(super) fn bold_level(&self) -> u8 {
        u8::try_from(self.headings.len() + 1).unwrap_or(6)
    }
}
