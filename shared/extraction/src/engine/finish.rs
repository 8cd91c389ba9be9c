//! The last step: order, merge, count.

use crate::draft::Draft;
use crate::engine::learned::guess::points;
use crate::engine::matter::content;
use crate::engine::{MOST_ITEMS, Run};
use crate::fields::people;
use crate::item::{Dropped, Extraction, Refusal};
use crate::merge;
use chrono::TimeDelta;
use sentry_domain::TaskType;
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
    let counted = bytes.into_iter().map(|byte| {
        chars += text[at..byte].chars().count();
        at = byte;
        (byte, chars)
    });
    counted.collect()
}

/// How sure the rules are, and what share of such items was right in documents that nobody had seen when the
/// rules were made (86 documents, 248 items).
const BY_RULE: [(f64, f64); 7] = [
    (0.0, 0.0),
    (0.5, 0.5),
    (0.63, 0.59),
    (0.69, 0.75),
    (0.76, 0.86),
    (0.9, 0.92),
    (1.0, 0.94),
];

/// What the judge says of a sentence in which the rules found something, and what share of such items was right where
/// every author was read by what all others taught (9,895 items).
const FOUND: [(f64, f64); 7] = [
    (-1.0, 0.32),
    (-0.5, 0.48),
    (0.5, 0.68),
    (1.5, 0.79),
    (3.0, 0.87),
    (5.0, 0.89),
    (8.0, 0.91),
];

/// The same of sentences that the rules pass over.
const PASSED_OVER: [(f64, f64); 5] = [
    (-0.5, 0.66),
    (0.5, 0.77),
    (1.5, 0.87),
    (3.0, 0.92),
    (5.0, 0.94),
];

/// Between two measured points a straight line, beyond the outermost ones no further.
fn between(points: &[(f64, f64)], x: f64) -> f64 {
    let above = points.partition_point(|(point, _)| *point < x);
    let end = |point: Option<&(f64, f64)>| point.map_or(0.0, |(_, y)| *y);
    match (
        above.checked_sub(1).and_then(|i| points.get(i)),
        points.get(above),
    ) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (x - x0) / (x1 - x0) * (y1 - y0),
        (below, above) => end(below.or(above)),
    }
}

/// The chance that an item is right, 0 to 1, from what the judge says of its sentence, or where it was not asked from
/// how sure the rules are.
fn chance(draft: &Draft) -> f64 {
    match draft.judged {
        None => between(&BY_RULE, draft.confidence),
        Some(margin) if draft.passed_over => between(&PASSED_OVER, f64::from(margin)),
        Some(margin) => between(&FOUND, f64::from(margin)),
    }
}

/// "Our samples are still in the other lab. @Jonas fetch them back by Wed": what is amiss is due when its mending is.
fn date_amiss(drafts: &mut [Draft]) {
    const BRIEF: usize = 3;
    let task = |d: &Draft| d.task_type == TaskType::Task;
    for at in 1..drafts.len() {
        let (first, second) = drafts.split_at_mut(at);
        let (Some(amiss), Some(mended)) = (first.last_mut(), second.first()) else {
            continue;
        };
        let open = amiss.passed_over && !amiss.dated() && task(amiss) && amiss.unit == mended.unit;
        let back = || points(&mended.title) || content(&mended.title) <= BRIEF;
        let others = amiss.owner.is_some() && mended.owner.is_some() && amiss.owner != mended.owner;
        if open && task(mended) && !others && back() {
            (amiss.due_on, amiss.due_at) = (mended.due_on, mended.due_at);
        }
    }
}

impl Run<'_, '_> {
    /// In a document in which nothing is clearly an item, what only the judge found is none either.
    fn doubt_all(&mut self) {
        /// Fewer passages than this are a note, and somebody meant something by it.
        const NOTE: usize = 8;
        let clear = self.judge.thresholds.clear;
        let mut judged = self.drafts.iter().map(|d| d.judged);
        if self.document.units.len() < NOTE || judged.any(|m| m.is_none_or(|m| m >= clear)) {
            return;
        }
        self.keep(|draft| !draft.passed_over, Refusal::Weak);
    }

    /// What has no name cannot be told from anything else: a row with a day and an hour where its event should stand,
    /// "will take place on Friday".
    fn refuse_nameless(&mut self) {
        const HOLLOW: &str = "take place|takes place|will take place|taking place|findet|findet statt|statt|stattfinden|tiene lugar|tendra lugar|avoir lieu|a lieu|aura lieu|se celebrara|yapilacak|yapilacaktir|gerceklesecek|nothing|nothing this week|none";
        let named = |draft: &Draft| {
            let folded = crate::text::fold_str(&draft.title);
            draft.title.contains(char::is_alphanumeric) && !crate::text::one_of(HOLLOW, &folded)
        };
        self.keep(named, Refusal::NoTitle);
    }

    /// What took place before today asks nobody to come: the hours of a log, the date of the minutes. A document that
    /// was sent in long after it was written keeps what lay ahead of it then.
    fn refuse_gone(&mut self) {
        const LONG: TimeDelta = TimeDelta::days(31);
        let zone = self.context.zone;
        let now = self.context.now;
        let written = self.references.iter().map(|reference| reference.now).max();
        let old = written.filter(|written| now - *written > LONG);
        let today = zone.day_of(old.unwrap_or(now));
        let gone = |draft: &Draft| {
            let last = draft.end_at.or(draft.start_at).map(|at| zone.day_of(at));
            let day = last.or(draft.due_on);
            draft.task_type == TaskType::Meeting
                && draft.recurrence.is_none()
                && day.is_some_and(|day| day < today)
        };
        self.keep(|draft| !gone(draft), Refusal::Past);
    }

    /// Keeps what fits, and counts what does not as refused.
    fn keep(&mut self, fits: impl Fn(&Draft) -> bool, reason: Refusal) {
        let before = self.drafts.len();
        self.drafts.retain(fits);
        for _ in self.drafts.len()..before {
            self.refuse(reason);
        }
    }

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
        self.doubt_all();
        self.refuse_nameless();
        self.refuse_gone();
        let initials = &self.document.initials;
        let owners = self.drafts.iter_mut().filter_map(|d| d.owner.as_mut());
        for owner in owners.filter(|_| !initials.is_empty()) {
            if let Some(name) = initials.get(&crate::text::fold_str(owner)) {
                owner.clone_from(name);
            }
        }
        let mut drafts = merge::merge(std::mem::take(&mut self.drafts));
        date_amiss(&mut drafts);
        let over = drafts.len().saturating_sub(MOST_ITEMS);
        if over > 0 {
            self.refused.insert(Refusal::TooMany, over);
        }
        drafts.truncate(drafts.len() - over);
        let chars = char_positions(text, &drafts);
        let place = |byte: usize| chars.get(&byte).copied().unwrap_or(0);
        let items = drafts
            .into_iter()
            .map(|draft| {
                let confidence = chance(&draft);
                Draft {
                    confidence,
                    ..draft
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
        fn surer_is_never_less_likely(one in -12.0_f64..12.0, more in -12.0_f64..12.0) {
            let (low, high) = (one.min(more), one.max(more));
            for points in [&BY_RULE[..], &FOUND, &PASSED_OVER] {
                prop_assert!(between(points, low) <= between(points, high) + 1e-12);
                prop_assert!((0.0..=1.0).contains(&between(points, one)));
            }
        }
    }
}
