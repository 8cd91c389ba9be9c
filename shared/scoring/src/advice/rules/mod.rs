//! Rules over the actual rows, one small family per file.

mod meetings;
mod rest;
mod tasks;

use super::strategies::suggestions;
use super::{AdviceKind, Candidate, Effort, RowChange, World};

/// Ideas per rule: more of a kind would never be offered together.
const PER_RULE: usize = 3;

/// Every idea of every rule.
pub(super) fn all(world: &World<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(meetings::decline(world));
    found.extend(meetings::shorten(world));
    found.extend(meetings::break_up(world));
    found.extend(tasks::renegotiate(world));
    found.extend(tasks::move_later(world));
    found.extend(tasks::split(world));
    found.extend(tasks::delegate(world));
    found.extend(rest::focus(world));
    found.extend(rest::pause(world));
    found.extend(rest::stop_time(world));
    found.extend(rest::day_off(world));
    found.extend(suggestions(world));
    found
}

/// The value of a metric; 0 where it is unknown.
fn value(world: &World<'_>, key: &str) -> f64 {
    let mut factors = world.analysis.factors.iter();
    factors
        .find(|factor| factor.key == key)
        .map_or(0.0, |factor| factor.value)
}

/// Points of a factor; 0 where it is unknown.
fn points(world: &World<'_>, key: &str) -> f64 {
    let mut factors = world.analysis.factors.iter();
    factors
        .find(|factor| factor.key == key)
        .map_or(0.0, |factor| factor.points)
}

/// An idea that changes rows.
fn changing(
    kind: AdviceKind,
    key: &str,
    (title, why): (String, String),
    steps: Vec<String>,
    effort: Effort,
    changes: Vec<RowChange>,
) -> Candidate {
    Candidate {
        key: format!("{kind}:{key}"),
        kind,
        title,
        why,
        steps,
        effort,
        changes,
        expected_effect: None,
        strategy: None,
        starts_at: None,
        ends_at: None,
    }
}
