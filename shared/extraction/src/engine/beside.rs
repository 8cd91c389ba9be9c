//! What a sentence says beside its order.

use crate::acts::{Act, Cue, Owner, Sentence};
use crate::draft::Draft;
use crate::fields::{hints, people, taker};
use sentry_domain::Priority;

/// Who is to do it, how urgent it is and how long it takes, where a sentence says so apart from its order.
pub(super) struct Beside {
    pub(super) owner: Option<Owner>,
    /// Where all that stands: none of it belongs into the title.
    pub(super) spans: Vec<(usize, usize)>,
    priority: Option<Priority>,
    hours: Option<f64>,
}

impl Beside {
    /// Reads the sentence of an act.
    pub(super) fn read(s: &Sentence, act: &Act) -> Self {
        let from = act.from;
        let told = || {
            let (name, span) = taker::taker(s, act.cue == Cue::Imperative)?;
            Some((Owner::Named(name), span.unwrap_or((from, from))))
        };
        // Whom the judge's sentences name is told already, but not what to leave out of the title.
        let fits = |owner: &Owner| act.owner == Owner::Nobody || act.owner == *owner;
        let told = || told().filter(|(owner, _)| fits(owner));
        let owner = people::trailing(s, from).or_else(told);
        let priority = hints::priority(s.words, s.from, s.to);
        let hours = hints::estimate(s, from);
        let spans = [
            owner.as_ref().map(|it| it.1),
            priority.as_ref().map(|it| it.1),
            hours.as_ref().map(|it| it.1),
        ];
        Self {
            owner: owner.map(|it| it.0),
            spans: spans.into_iter().flatten().collect(),
            priority: priority.map(|it| it.0),
            hours: hours.map(|it| it.0),
        }
    }

    /// Tells a draft how urgent it is and how long it takes.
    pub(super) const fn tell(&self, draft: &mut Draft) {
        draft.priority = self.priority;
        draft.estimated_hours = self.hours;
    }
}
