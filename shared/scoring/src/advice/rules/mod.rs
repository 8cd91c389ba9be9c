//! Rules over the actual rows, one small family per file.

mod meetings;
mod rest;
mod tasks;

use super::strategies::suggestions;
use super::{AdviceKind, Candidate, Effort, RowChange, World, effect, permitted};

/// Ideas per rule: more of a kind would never be offered together.
const PER_RULE: usize = 3;
/// Points that are felt: less is shown as "less than a point".
const FELT: f64 = 0.75;
/// Ideas of a kind that may be offered as one.
const MANY: usize = 100;

/// Every idea of every rule that no constraint forbids, with its effect.
pub(super) fn all(world: &World<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(one_or_all(
        world,
        tasks::renegotiate(world),
        tasks::renegotiate_all,
    ));
    found.extend(one_or_all(world, tasks::move_later(world), tasks::move_all));
    found.extend(one_or_all(
        world,
        tasks::delegate(world),
        tasks::delegate_all,
    ));
    found.extend(measured(world, singles(world)));
    found
}

fn singles(world: &World<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(meetings::decline(world));
    found.extend(meetings::shorten(world));
    found.extend(meetings::break_up(world));
    found.extend(tasks::split(world));
    found.extend(rest::focus(world));
    found.extend(rest::pause(world));
    found.extend(rest::stop_time(world));
    found.extend(rest::day_off(world));
    found.extend(suggestions(world));
    found
}

/// What is permitted, with its effect.
fn measured(world: &World<'_>, mut ideas: Vec<Candidate>) -> Vec<Candidate> {
    let place = (world.rows, world.person.zone);
    ideas.retain(|idea| permitted(idea, world.constraints, place, world.at));
    for idea in &mut ideas {
        if !idea.changes.is_empty() {
            idea.expected_effect = effect(world, &idea.changes);
        }
    }
    ideas
}

/// The first few ideas of a kind; where none of them alone is felt, because there is so much that the curves are flat, the fewest together (doubled from two on) that reach half of what all would.
fn one_or_all(
    world: &World<'_>,
    mut ideas: Vec<Candidate>,
    together: fn(&World<'_>, Vec<RowChange>) -> Candidate,
) -> Vec<Candidate> {
    let rest = ideas.split_off(ideas.len().min(PER_RULE));
    let few = measured(world, ideas);
    let helps = |idea: &Candidate| idea.expected_effect.is_some_and(|effect| effect >= FELT);
    if few.iter().any(helps) {
        return few;
    }
    let place = (world.rows, world.person.zone);
    let rest = rest
        .into_iter()
        .filter(|idea| permitted(idea, world.constraints, place, world.at));
    let changes: Vec<RowChange> = few
        .iter()
        .cloned()
        .chain(rest)
        .flat_map(|idea| idea.changes)
        .collect();
    let gain = |count: usize| effect(world, &changes[..count]).unwrap_or(0.0);
    let all = if changes.len() > 1 {
        gain(changes.len())
    } else {
        0.0
    };
    if all < FELT {
        return few;
    }
    let doubled = std::iter::successors(Some(2), |count| Some(count * 2));
    let enough = doubled
        .take_while(|count| *count < changes.len())
        .find(|count| gain(*count) * 2.0 >= all)
        .unwrap_or(changes.len());
    measured(world, vec![together(world, changes[..enough].to_vec())])
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
