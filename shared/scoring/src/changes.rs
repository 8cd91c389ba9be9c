//! What moved between two analyses, factor by factor.

use crate::score::{Analysis, Factor, SENTIMENT_KEY, cents, points};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;

/// Key of the change that is due to a score being kept within 0 to 100.
pub const LIMIT_KEY: &str = "limit";

/// What is compared of an analysis: one just made, or one read back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snapshot<'a> {
    /// The score; without one there is nothing to compare.
    pub final_score: Option<f64>,
    /// Points for the sentiment.
    pub sentiment_adjustment: f64,
    /// The reasons.
    pub factors: &'a [Factor],
}

/// How much one reason moved the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// Key of the factor, or `sentiment`, or `limit` for what the bounds 0 and 100 cut off.
    #[schema(value_type = String, example = "overdue_tasks")]
    pub key: Cow<'static, str>,
    /// Points now minus points then.
    pub points: f64,
    /// Value of the metric then; `null` where there was none.
    pub previous_value: Option<f64>,
    /// Value of the metric now; `null` where there is none.
    pub value: Option<f64>,
}

impl Analysis {
    /// What of this analysis is compared with another.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            final_score: self.final_score,
            sentiment_adjustment: self.sentiment_adjustment,
            factors: &self.factors,
        }
    }

    /// The same analysis with its changes since a previous one.
    #[must_use]
    pub fn since(mut self, previous: &Snapshot<'_>) -> Self {
        self.changes = changes(previous, &self.snapshot());
        self
    }
}

/// Points per factor since the previous analysis, largest move first; they sum to the difference
/// of the scores. Factors that did not move are left out; without two scores there are none.
pub fn changes(previous: &Snapshot<'_>, current: &Snapshot<'_>) -> Vec<Change> {
    let (Some(before), Some(now)) = (previous.final_score, current.final_score) else {
        return Vec::new();
    };
    let find = |factors: &'_ [Factor], key: &str| -> Option<(i64, f64)> {
        let found = factors.iter().find(|factor| factor.key == key)?;
        Some((cents(found.points), found.value))
    };
    let gone = previous
        .factors
        .iter()
        .filter(|factor| find(current.factors, &factor.key).is_none());
    let mut moves: Vec<(i64, Change)> = Vec::new();
    for factor in current.factors.iter().chain(gone) {
        let then = find(previous.factors, &factor.key);
        let today = find(current.factors, &factor.key);
        let difference = today.map_or(0, |f| f.0) - then.map_or(0, |f| f.0);
        moves.push(change(
            factor.key.clone(),
            difference,
            then.map(|f| f.1),
            today.map(|f| f.1),
        ));
    }
    let mood = cents(current.sentiment_adjustment) - cents(previous.sentiment_adjustment);
    moves.push(change(Cow::Borrowed(SENTIMENT_KEY), mood, None, None));
    let explained: i64 = moves.iter().map(|(moved, _)| moved).sum();
    let limit = cents(now) - cents(before) - explained;
    moves.push(change(Cow::Borrowed(LIMIT_KEY), limit, None, None));

    moves.retain(|(moved, _)| *moved != 0);
    // Stable: equal moves stay in the order of the formula.
    moves.sort_by_key(|(moved, _)| std::cmp::Reverse(moved.abs()));
    moves.into_iter().map(|(_, change)| change).collect()
}

fn change(
    key: Cow<'static, str>,
    moved: i64,
    previous_value: Option<f64>,
    value: Option<f64>,
) -> (i64, Change) {
    let change = Change {
        key,
        points: points(moved),
        previous_value,
        value,
    };
    (moved, change)
}
