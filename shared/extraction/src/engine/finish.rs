//! The last step: order, merge, count.

use crate::draft::Draft;
use crate::engine::{MOST_ITEMS, Run};
use crate::fields::people;
use crate::item::{Dropped, Extraction, Refusal};
use crate::merge;
use std::collections::BTreeMap;

/// Character positions of all quotes, in one pass over the text.
pub(crate) fn char_positions(text: &str, drafts: &[Draft]) -> BTreeMap<usize, usize> {
    let mut bytes: Vec<usize> = drafts
        .iter()
        .flat_map(|d| std::iter::once(&d.quote).chain(&d.also))
        .flat_map(|r| [r.start, r.end])
        .collect();
    bytes.sort_unstable();
    bytes.dedup();
    let (mut at, mut chars) = (0, 0);
    let mut positions = BTreeMap::new();
    for byte in bytes {
        chars += text[at..byte].chars().count();
        at = byte;
        positions.insert(byte, chars);
    }
    positions
}

/// How sure the rules are, and what share of such items was right in documents that nobody had seen when the
/// rules were made (86 documents, 248 items): between two measured points a straight line.
const MEASURED: [(f64, f64); 6] = [
    (0.5, 0.5),
    (0.63, 0.59),
    (0.69, 0.75),
    (0.76, 0.86),
    (0.9, 0.92),
    (1.0, 0.94),
];

/// The chance that an item is right, 0 to 1, from how sure the rules are of it. Rises with it.
fn calibrated(sure: f64) -> f64 {
    let sure = sure.clamp(0.0, 1.0);
    let above = MEASURED
        .iter()
        .position(|(point, _)| sure <= *point)
        .unwrap_or(MEASURED.len() - 1);
    let Some(below) = above.checked_sub(1) else {
        return sure * MEASURED[0].1 / MEASURED[0].0;
    };
    let ((x0, y0), (x1, y1)) = (MEASURED[below], MEASURED[above]);
    y0 + (sure - x0) / (x1 - x0) * (y1 - y0)
}

/// The chance that an item is right, from what the judge says of its sentence where it was asked: of items in documents
/// of three authors unseen (525) it tells more than how sure the rules are.
fn chance(draft: &Draft) -> f64 {
    // Logistic regression on those items: what the rules found, and what they passed over.
    const FOUND: (f64, f64) = (0.77, 0.44);
    const PASSED_OVER: (f64, f64) = (-0.2, 0.78);
    let Some(margin) = draft.judged else {
        return calibrated(draft.confidence);
    };
    let (start, slope) = if draft.passed_over {
        PASSED_OVER
    } else {
        FOUND
    };
    let chance = 1.0 / (1.0 + (-start - slope * f64::from(margin)).exp());
    chance.clamp(0.05, 0.97)
}

impl Run<'_, '_> {
    pub(crate) fn finish(mut self) -> Extraction {
        self.drafts.sort_by_key(|d| (d.quote.start, d.quote.end));
        let text = self.document.text;
        for draft in &mut self.drafts {
            let quote = &text[draft.quote.clone()];
            let whole = draft
                .owner
                .as_deref()
                .and_then(|owner| people::whole_name(quote, owner));
            draft.owner = whole.or(draft.owner.take());
        }
        let initials = &self.document.initials;
        for owner in self.drafts.iter_mut().filter_map(|d| d.owner.as_mut()) {
            if let Some(name) = initials.get(&crate::text::fold_str(owner)) {
                owner.clone_from(name);
            }
        }
        let drafts = merge::merge(std::mem::take(&mut self.drafts));
        let over = drafts.len().saturating_sub(MOST_ITEMS);
        if over > 0 {
            self.refused.insert(Refusal::TooMany, over);
        }
        let kept = &drafts[..drafts.len() - over];
        let chars = char_positions(text, kept);
        let place = |byte: usize| chars.get(&byte).copied().unwrap_or(0);
        let items = kept
            .iter()
            .map(|draft| {
                let confidence = chance(draft);
                Draft {
                    confidence,
                    ..draft.clone()
                }
                .finish(text, &place)
            })
            .collect();
        let reasons: Vec<Dropped> = self
            .refused
            .into_iter()
            .map(|(reason, count)| Dropped { reason, count })
            .collect();
        Extraction {
            items,
            dropped: reasons.iter().map(|d| d.count).sum(),
            reasons,
            language: self.document.language.code().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn surer_is_never_less_likely(one in 0.0_f64..1.0, more in 0.0_f64..1.0) {
            let (low, high) = (one.min(more), one.max(more));
            prop_assert!(calibrated(low) <= calibrated(high) + 1e-12);
            prop_assert!((0.0..=1.0).contains(&calibrated(one)));
        }
    }
}
