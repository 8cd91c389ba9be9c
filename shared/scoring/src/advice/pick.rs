//! Which ideas are offered: the best few, of mixed kinds.

use super::{AdviceKind, Candidate, Effort};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// At most this many are offered at once.
pub const MAX_OFFERS: usize = 5;
/// Of one kind, at most this many.
const PER_KIND: usize = 2;
/// What liking a kind is worth, in points of the score.
const PREFERRED: f64 = 2.0;
/// What one voice of feedback is worth, and all of them at most.
const VOICE: f64 = 0.75;
const VOICES: f64 = 3.0;
/// An idea without changes of rows is worth this much before its effort.
const UNMEASURED: f64 = 1.5;

/// What a person said of earlier offers of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Feedback {
    /// Found helpful, accepted or applied.
    pub helpful: u32,
    /// Found unhelpful, dismissed or undone.
    pub unhelpful: u32,
}

/// What a person wants offered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wishes {
    /// Kinds that are welcome.
    pub preferred: Vec<AdviceKind>,
    /// Kinds that are never offered.
    pub avoided: Vec<AdviceKind>,
    /// Keys that are not offered at present: dismissed lately, snoozed, or on offer already.
    pub silenced: Vec<String>,
    /// What was said of earlier offers.
    pub feedback: BTreeMap<AdviceKind, Feedback>,
    /// At most this many.
    pub limit: usize,
}

/// The best candidates, best first. Avoided kinds and silenced keys are left out; of one kind there
/// are two at most, of one row one, and none puts anything into a day that another wants off; what the score says would
/// make things worse is not offered, except rest and focus, which may cost a fraction of a point and are worth it.
pub fn pick(mut candidates: Vec<Candidate>, wishes: &Wishes) -> Vec<Candidate> {
    candidates.retain(|c| !wishes.avoided.contains(&c.kind) && !wishes.silenced.contains(&c.key));
    candidates.retain(|c| c.expected_effect.is_none_or(|effect| effect > 0.0) || is_rest(c.kind));
    let mut ranked: Vec<(f64, Candidate)> = candidates
        .into_iter()
        .map(|candidate| (worth(&candidate, wishes), candidate))
        .collect();
    // Stable and by key: the same rows give the same offers.
    ranked.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then_with(|| one.1.key.cmp(&other.1.key))
    });
    let limit = wishes.limit.min(MAX_OFFERS);
    let mut chosen: Vec<Candidate> = Vec::new();
    for (_, candidate) in ranked {
        let alike = chosen.iter().filter(|c| c.kind == candidate.kind).count();
        let same_row = chosen.iter().any(|c| share_a_row(c, &candidate));
        let same_day = chosen.iter().any(|c| fills_day_off(c, &candidate));
        if chosen.len() < limit && alike < PER_KIND && !same_row && !same_day {
            chosen.push(candidate);
        }
    }
    chosen
}

const fn is_rest(kind: AdviceKind) -> bool {
    matches!(kind, AdviceKind::FocusBlock | AdviceKind::RecoveryBreak)
}

/// Two ideas about one row would undo each other.
fn share_a_row(one: &Candidate, other: &Candidate) -> bool {
    let ids = |candidate: &Candidate| -> Vec<_> {
        let rows = candidate
            .changes
            .iter()
            .filter_map(|change| change.row.as_ref());
        rows.map(|row| row.id).collect()
    };
    let mine = ids(one);
    ids(other).iter().any(|id| mine.contains(id))
}

/// Whether one of them takes a day off into which the other puts something.
fn fills_day_off(one: &Candidate, other: &Candidate) -> bool {
    let fills = |off: &Candidate, idea: &Candidate| {
        let Some((from, until)) = off.starts_at.zip(off.ends_at) else {
            return false;
        };
        let day = off.key.rsplit(':').next();
        let within = |at: DateTime<Utc>| from <= at && at <= until;
        let mut changes = idea.changes.iter();
        off.kind == AdviceKind::DayOff
            && changes.any(|change| {
                let set = &change.set;
                let times = [set.due_at, set.start_at, set.end_at];
                times.into_iter().flatten().any(within)
                    || set.due_on.map(|due| due.to_string()).as_deref() == day
            })
    };
    fills(one, other) || fills(other, one)
}

/// Effect less effort, with what the person likes and has said.
fn worth(candidate: &Candidate, wishes: &Wishes) -> f64 {
    let effect = match candidate.expected_effect {
        Some(effect) if effect > 0.0 => effect,
        cost => UNMEASURED + cost.unwrap_or(0.0),
    };
    let effort = match candidate.effort {
        Effort::Low => 0.0,
        Effort::Medium => 1.0,
        Effort::High => 2.0,
    };
    let preferred = if wishes.preferred.contains(&candidate.kind) {
        PREFERRED
    } else {
        0.0
    };
    let said = wishes
        .feedback
        .get(&candidate.kind)
        .copied()
        .unwrap_or_default();
    let voices = VOICE * (f64::from(said.helpful) - f64::from(said.unhelpful));
    effect - effort + preferred + voices.clamp(-VOICES, VOICES)
}
