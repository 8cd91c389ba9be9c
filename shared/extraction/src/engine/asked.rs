//! Lists that a request introduces: "Please send us by 22 September: a) the report b) the chart" asks for each of them.

use super::Run;
use super::prepare::Prepared;
use crate::dates::{self, Lead, When};
use crate::draft::Draft;
use crate::language::Marks;
use crate::segment::Kind;
use crate::text::{Shape, Words};
use sentry_domain::TaskType;
use std::collections::{BTreeMap, BTreeSet};

/// The lists that a request introduces, by their number, each with the unit of the request.
pub(super) fn asked(prepared: &[Prepared]) -> BTreeMap<usize, usize> {
    let mut lists = BTreeMap::new();
    for pair in prepared.windows(2) {
        let [before, first] = pair else { continue };
        let together = before.unit.message == first.unit.message;
        let listed = matches!(first.unit.kind, Kind::Item { .. });
        let said = matches!(before.unit.kind, Kind::Text | Kind::Heading);
        if listed && together && said && asks(&before.words) {
            lists.insert(first.unit.list, before.index);
        }
    }
    lists
}

/// Whether a passage ends in a request for what stands below it.
fn asks(words: &Words) -> bool {
    const REQUESTS: &str = "need|needs|require|requires|request|requested|send|provide|supply|bring|return|submit|missing|outstanding|lacking|lack|owe|owes|\
        bitte|benotigen|brauchen|brauche|fehlt|fehlen|mitbringen|mitzubringen|einreichen|erbitten|\
        besoin|manque|manquent|prie|prions|priere|fournir|envoyer|transmettre|apporter|merci|veuillez|\
        necesito|necesitamos|necesitaria|necesitariamos|falta|faltan|rogamos|ruego|enviar|enviarnos|entregar|traer|aportar|precisamos|\
        gerekiyor|lazim|eksik|eksikler|rica|lutfen|gonderin|getirin|bekliyoruz";
    const NOT: &str = "if|wenn|falls|si|eger|no|not|kein|keine|nicht|sans|never|received|included|includes|example";
    const BY: &str = "by|until|till|latest|bis|antes|avant";
    /// As many words a request without a colon has at most.
    const LONGEST: usize = 14;
    let Some(last) = words.len().checked_sub(1) else {
        return false;
    };
    // Only the last sentence introduces the list.
    // "bis zum 3. Juli".
    let counted = |i: usize| i > 0 && words.touches(i - 1) && words.shape(i - 1) == Shape::Number;
    let ends = |i: usize| {
        words.one_of(i, ".|!|?|;") && !words.touches(i) && !(words.word(i) == "." && counted(i))
    };
    let from = (0..last).rev().find(|&i| ends(i)).map_or(0, |i| i + 1);
    let any = |list: &'static str| words.any_of(from..words.len(), list);
    let pleads = (from..last).any(|i| words.has(i, Marks::PLEASE));
    // "Pls send us by tomorrow noon latest": in haste without a colon.
    let colon = words.word(last) == ":";
    let short = words.len() - from <= LONGEST && words.shape(last) == Shape::Word;
    let hasty = short && pleads && any(REQUESTS) && any(BY);
    if !colon && !hasty {
        return false;
    }
    (pleads || any(REQUESTS)) && !any(NOT) && words.shape(from) == Shape::Word
}

impl Run<'_, '_> {
    /// The request that a unit answers as an item of its list, by the request's own unit.
    pub(super) fn request_of(&self, unit: usize) -> Option<usize> {
        let item = self.document.units.get(unit)?;
        let listed = matches!(item.kind, Kind::Item { .. });
        let request = self.asked.get(&item.list).copied();
        request.filter(|&request| listed && request < unit)
    }

    /// What the request says of all - a day, an owner - holds for each item of its list; the request itself is none.
    pub(super) fn settle_asked(&mut self, prepared: &[Prepared]) {
        let is_task = |draft: &Draft| draft.task_type == TaskType::Task;
        let requests = self.drafts.iter().map(|draft| self.request_of(draft.unit));
        let answered: BTreeSet<usize> = requests.flatten().collect();
        // Of what stands in the passage of a request only its last task is the request.
        let mut owners: BTreeMap<usize, Option<String>> = BTreeMap::new();
        let mut kept = Vec::with_capacity(self.drafts.len());
        for draft in std::mem::take(&mut self.drafts).into_iter().rev() {
            let said = answered.contains(&draft.unit) && is_task(&draft);
            if said && !owners.contains_key(&draft.unit) {
                owners.insert(draft.unit, draft.owner);
            } else {
                kept.push(draft);
            }
        }
        kept.reverse();
        let days: BTreeMap<usize, When> = answered
            .iter()
            .filter_map(|&request| Some((request, self.deadline(prepared.get(request)?)?)))
            .collect();
        for draft in &mut kept {
            let Some(request) = self.request_of(draft.unit).filter(|_| is_task(draft)) else {
                continue;
            };
            if let (Some(when), false) = (days.get(&request), draft.dated()) {
                draft.due(when, self.context.zone);
            }
            let owner = owners.get(&request).cloned().flatten();
            draft.owner = draft.owner.take().or(owner);
        }
        self.drafts = kept;
    }

    /// The last day that a passage names as a deadline.
    fn deadline(&self, item: &Prepared) -> Option<When> {
        let reference = self.reference(item.unit.message, item.language);
        let mut found = dates::scan(&item.words, &reference, false);
        found.retain(|date| date.lead == Lead::Due);
        found.pop()?.when
    }
}
