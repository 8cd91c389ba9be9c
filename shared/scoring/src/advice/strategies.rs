//! The corpus of practices that studies support, and what of it fits a person's situation.

use super::{AdviceKind, Candidate, Effort, World};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use utoipa::ToSchema;

/// Strategies that are suggested beside the ideas from rows.
const SUGGESTIONS: usize = 3;

/// The study behind a strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Citation {
    /// Its title.
    pub title: String,
    /// Its authors.
    pub authors: String,
    /// The year it appeared.
    pub year: u16,
    /// Where it appeared.
    pub venue: String,
    /// Somebody has compared these words with the publication.
    pub checked: bool,
}

/// A practice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Strategy {
    /// Names it for good.
    pub id: String,
    /// In a few words.
    pub title: String,
    /// Factors and signals that bring it up.
    pub tags: Vec<String>,
    /// When to use it.
    pub when: String,
    /// When not to.
    pub when_not: String,
    /// How.
    pub steps: Vec<String>,
    /// What it asks of the person.
    pub effort: Effort,
    /// The study it rests on.
    pub citation: Citation,
}

/// All strategies, in the order of the file.
pub static STRATEGIES: LazyLock<Vec<Strategy>> = LazyLock::new(|| {
    // What cannot be read is found by the test below.
    serde_json::from_str(include_str!("../../strategies/strategies.json")).unwrap_or_default()
});

/// The strategies whose tags weigh most, best first; those without any are left out.
///
/// `weights` are tags with their weight, such as the points of a factor. A tag that many strategies
/// carry says less: each weight is divided by the root of their number.
pub fn retrieve(weights: &[(&str, f64)]) -> Vec<&'static Strategy> {
    let spread = |tag: &str| {
        let carriers = STRATEGIES
            .iter()
            .filter(|s| s.tags.iter().any(|own| own == tag));
        (carriers.count().max(1) as f64).sqrt()
    };
    let weight = |strategy: &Strategy| -> f64 {
        let fits = weights
            .iter()
            .filter(|(tag, _)| strategy.tags.iter().any(|own| own == tag));
        fits.map(|(tag, weight)| weight / spread(tag)).sum()
    };
    ranked(
        STRATEGIES
            .iter()
            .map(|strategy| (weight(strategy), strategy)),
    )
}

/// The strategies that speak of the words of a query, best first.
pub fn search(query: &str) -> Vec<&'static Strategy> {
    let words: Vec<String> = query
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect();
    let weight = |strategy: &Strategy, word: &str| -> f64 {
        let places = [
            (3.0, strategy.title.to_lowercase()),
            (2.0, strategy.tags.join(" ")),
            (1.0, strategy.when.to_lowercase()),
            (1.0, strategy.steps.join(" ").to_lowercase()),
            (0.5, strategy.citation.title.to_lowercase()),
        ];
        let inside = places.iter().filter(|(_, text)| text.contains(word));
        inside.map(|(weight, _)| weight).sum()
    };
    // A word that stands in many strategies tells them apart less.
    let spread = |word: &str| {
        let carriers = STRATEGIES.iter().filter(|s| weight(s, word) > 0.0);
        (carriers.count().max(1) as f64).sqrt()
    };
    let spreads: Vec<f64> = words.iter().map(|word| spread(word)).collect();
    let score = |strategy: &Strategy| -> f64 {
        let found = words.iter().zip(&spreads);
        found
            .map(|(word, spread)| weight(strategy, word) / spread)
            .sum()
    };
    ranked(
        STRATEGIES
            .iter()
            .map(|strategy| (score(strategy), strategy)),
    )
}

fn ranked(scored: impl Iterator<Item = (f64, &'static Strategy)>) -> Vec<&'static Strategy> {
    let mut found: Vec<_> = scored.filter(|(weight, _)| *weight > 0.0).collect();
    // Stable: equals stay in the order of the file.
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found.into_iter().map(|(_, strategy)| strategy).collect()
}

/// What fits the heaviest factors and the alerts.
pub(super) fn suggestions(world: &World<'_>) -> Vec<Candidate> {
    let factors = world.analysis.factors.iter();
    let mut weights: Vec<(&str, f64)> = factors.map(|f| (&*f.key, f.points)).collect();
    weights.extend(
        world
            .analysis
            .alerts
            .iter()
            .map(|alert| (alert.kind.as_str(), 5.0)),
    );
    let because = |strategy: &Strategy| {
        let issues = world.analysis.top_issues.iter();
        let alerts = world.analysis.alerts.iter();
        let mut said = issues
            .map(|issue| (&*issue.key, &issue.sentence))
            .chain(alerts.map(|alert| (alert.kind.as_str(), &alert.sentence)));
        let found = said.find(|(key, _)| strategy.tags.iter().any(|tag| tag == key));
        found.map_or_else(|| strategy.when.clone(), |(_, sentence)| sentence.clone())
    };
    let idea = |strategy: &'static Strategy| Candidate {
        key: format!("strategy:{}", strategy.id),
        kind: AdviceKind::Strategy,
        title: strategy.title.clone(),
        why: because(strategy),
        steps: strategy.steps.clone(),
        effort: strategy.effort,
        changes: Vec::new(),
        expected_effect: None,
        strategy: Some(strategy.id.clone()),
        starts_at: None,
        ends_at: None,
    };
    retrieve(&weights)
        .into_iter()
        .take(SUGGESTIONS)
        .map(idea)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::MAX_TITLE;
    use super::*;
    use crate::alerts::AlertKind;
    use crate::metrics::Metric;

    #[test]
    fn the_corpus_is_whole() {
        assert!(STRATEGIES.len() >= 40, "{}", STRATEGIES.len());
        for strategy in STRATEGIES.iter() {
            let id = &strategy.id;
            assert!(strategy.title.chars().count() <= MAX_TITLE, "{id}");
            assert!((3..=5).contains(&strategy.steps.len()), "{id}");
            assert!(
                !strategy.when.is_empty() && !strategy.when_not.is_empty(),
                "{id}"
            );
            let citation = &strategy.citation;
            assert!(
                (1950..=2026).contains(&citation.year) && !citation.venue.is_empty(),
                "{id}"
            );
            for tag in &strategy.tags {
                let known = tag == "workload"
                    || AlertKind::of(tag).is_some()
                    || Metric::ALL.iter().any(|metric| metric.as_str() == tag);
                assert!(known, "{id}: {tag}");
            }
        }
    }

    #[test]
    fn what_weighs_brings_up_what_helps() {
        let found = retrieve(&[("sleep_concerns", 5.0), ("late_night_sessions", 3.0)]);
        assert!(found[0].tags.iter().any(|tag| tag == "sleep_concerns"));
        assert!(retrieve(&[]).is_empty());
        assert_eq!(search("meetings on camera")[0].id, "camera-off");
        assert!(search("xyzzy").is_empty());
    }
}
