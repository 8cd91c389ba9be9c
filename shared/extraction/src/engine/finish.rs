//! The last step: order, merge, count.

use crate::draft::Draft;
use crate::engine::{MOST_ITEMS, Run};
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

impl Run<'_, '_> {
    pub(crate) fn finish(mut self) -> Extraction {
        self.drafts.sort_by_key(|d| (d.quote.start, d.quote.end));
        let drafts = merge::merge(std::mem::take(&mut self.drafts));
        let over = drafts.len().saturating_sub(MOST_ITEMS);
        if over > 0 {
            self.refused.insert(Refusal::TooMany, over);
        }
        let text = self.document.text;
        let kept = &drafts[..drafts.len() - over];
        let chars = char_positions(text, kept);
        let items = kept
            .iter()
            .map(|d| {
                d.clone()
                    .finish(text, &|byte| chars.get(&byte).copied().unwrap_or(0))
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
