//! The formula as data: every factor with its curve, cap, and sentence, in one table.

mod table;

pub use table::FACTORS;

use crate::hours::WorkingHours;
use crate::metrics::Metric;
use sentry_domain::BurnoutLevel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Grows whenever the same input may give another score.
pub const FORMULA_VERSION: u32 = 2;

/// Below this share of the caps with data there is no score.
pub const MIN_COMPLETENESS: f64 = 0.4;

/// Goes with every answer that carries a score.
pub const NOTICE: &str = "This is a workload score with its reasons, not a diagnosis.";

/// What a factor is about; the caps of the factors of a group add up to its cap.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What is on the list: 30 points.
    Tasks,
    /// When and how long the person works: 30 points.
    Time,
    /// Meetings: 25 points.
    Meetings,
    /// What builds up over days: 15 points.
    Patterns,
}

/// The unit of a factor's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of tasks.
    Tasks,
    /// A part of one, 0 to 1.
    Share,
    /// Hours.
    Hours,
    /// A number of half-days.
    HalfDays,
    /// A number of nights.
    Nights,
    /// A number of meetings.
    Meetings,
    /// A number of pairs of meetings.
    Pairs,
    /// A number of days.
    Days,
    /// Working days by which the daily load grows, -1 to 1.
    Trend,
}

/// Which contracted hours move the knots of a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contract {
    /// None: the knots are the same for everybody.
    Any,
    /// Those of an average working day, over 8.
    Daily,
    /// Those of the week, over 40.
    Weekly,
}

/// A point of a piecewise linear curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Knot {
    /// Where on the curve, in the unit of the value.
    pub value: f64,
    /// Points there.
    pub points: f64,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorSpec {
    /// The metric it looks at, whose name is its key.
    pub metric: Metric,
    /// Where its cap belongs.
    pub group: Group,
    /// Unit of the value.
    pub unit: Unit,
    /// Value and points by rising value; constant before the first and after the last.
    pub knots: &'static [(f64, f64)],
    /// What moves the knots.
    pub contract: Contract,
    /// How the value is measured.
    pub definition: &'static str,
    /// Said when the factor has points. `{value}` and `{healthy}` are filled in, `{s}` is the
    /// plural of the value.
    pub sentence: &'static str,
    /// Said when it has none.
    pub calm: &'static str,
}

impl FactorSpec {
    /// Largest number of points.
    pub fn cap(&self) -> f64 {
        self.knots.iter().fold(0.0, |cap, knot| knot.1.max(cap))
    }

    /// How far the knots are moved for a contract: 1 for forty hours in five days.
    pub fn scale(&self, hours: &WorkingHours) -> f64 {
        match self.contract {
            Contract::Any => 1.0,
            Contract::Daily => hours.daily() / 8.0,
            Contract::Weekly => hours.weekly() / 40.0,
        }
    }

    /// The value up to which (or, where less is worse, from which) there are no points.
    pub fn healthy(&self, hours: &WorkingHours) -> f64 {
        let free = self.knots.iter().filter(|knot| knot.1 <= 0.0);
        let value = free.map(|knot| knot.0).next().unwrap_or(0.0);
        value * self.scale(hours)
    }

    /// Points of a value, 0 to the cap; continuous, and monotone where the knots are.
    pub fn points(&self, value: f64, hours: &WorkingHours) -> f64 {
        interpolate(self.knots, value / self.scale(hours))
    }
}

/// Linear between knots that rise in value, constant outside of them.
pub(crate) fn interpolate(knots: &[(f64, f64)], value: f64) -> f64 {
    let above = knots.partition_point(|knot| knot.0 < value);
    match (
        above.checked_sub(1).and_then(|i| knots.get(i)),
        knots.get(above),
    ) {
        (Some(low), Some(high)) => {
            let part = (value - low.0) / (high.0 - low.0);
            low.1 + part * (high.1 - low.1)
        }
        (Some(only), None) | (None, Some(only)) => only.1,
        (None, None) => 0.0,
    }
}

/// The formula as it is published, for one person's contract.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Formula {
    /// Grows whenever the same input may give another score.
    pub version: u32,
    /// Contracted hours per week the knots are for.
    pub weekly_hours: f64,
    /// Contracted hours of an average working day.
    pub daily_hours: f64,
    /// Working days per week.
    pub working_days: usize,
    /// How values become a score, step by step.
    pub steps: Vec<&'static str>,
    /// All factors, in the order of the score.
    pub factors: Vec<PublishedFactor>,
    /// Points added (or taken off) by the weighted sentiment of the last 7 days, -1 to 1.
    pub sentiment: Vec<Knot>,
    /// Levels with the score they begin at.
    pub levels: Vec<PublishedLevel>,
    /// Below this share of the caps with data there is no score.
    pub min_completeness: f64,
    /// What the score is not.
    pub notice: &'static str,
}

/// A factor as it is published.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PublishedFactor {
    /// The metric it looks at.
    pub key: Metric,
    /// Where its cap belongs.
    pub group: Group,
    /// Unit of the value.
    pub unit: Unit,
    /// Largest number of points.
    pub cap: f64,
    /// The value without points.
    pub healthy: f64,
    /// How the value is measured.
    pub definition: &'static str,
    /// Linear between these, constant outside.
    pub knots: Vec<Knot>,
}

/// A level as it is published.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PublishedLevel {
    /// Its name.
    pub level: BurnoutLevel,
    /// The colour a client shows.
    pub colour: &'static str,
    /// Smallest score.
    pub from: f64,
}

impl Formula {
    /// The formula for a person with these contracted hours.
    pub fn of(hours: &WorkingHours) -> Self {
        let factors = FACTORS.iter().map(|spec| PublishedFactor {
            key: spec.metric,
            group: spec.group,
            unit: spec.unit,
            cap: spec.cap(),
            healthy: plain(spec.healthy(hours)),
            definition: spec.definition,
            knots: knots(spec.knots, spec.scale(hours)),
        });
        Self {
            version: FORMULA_VERSION,
            weekly_hours: plain(hours.weekly()),
            daily_hours: plain(hours.daily()),
            working_days: hours.days(),
            steps: STEPS.to_vec(),
            factors: factors.collect(),
            sentiment: knots(crate::mood::CURVE, 1.0),
            levels: levels(),
            min_completeness: MIN_COMPLETENESS,
            notice: NOTICE,
        }
    }
}

/// Without the noise of floating point: to a millionth.
fn plain(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// How a score comes about, for somebody who does it by hand.
const STEPS: &[&str] = &[
    "Measure every factor's value; one without data is missing, which is not the same as 0.",
    "Completeness is the sum of the caps of the known factors over 100; below `min_completeness` there is no score.",
    "Scale the caps of the known factors so that they sum to 100: each rounded down to hundredths, what is left over goes to those that lost most.",
    "A factor's points are its curve's points at its value over its own cap, times its scaled cap, rounded to hundredths.",
    "The sentiment's points are those of its curve, rounded to hundredths; 0 without texts.",
    "The score is the sum of all points, kept within 0 to 100.",
];

fn knots(table: &[(f64, f64)], scale: f64) -> Vec<Knot> {
    let knot = |(value, points): &(f64, f64)| Knot {
        value: plain(value * scale),
        points: *points,
    };
    table.iter().map(knot).collect()
}

/// Asked of the level itself, so that the published bounds cannot drift from those in use.
fn levels() -> Vec<PublishedLevel> {
    let begins = |level: BurnoutLevel| {
        let scores = (0..=100).map(f64::from);
        let mut scores = scores.filter(move |score| BurnoutLevel::from_score(*score) == level);
        scores.next().map(|from| PublishedLevel {
            level,
            colour: level.colour(),
            from,
        })
    };
    BurnoutLevel::ALL
        .iter()
        .copied()
        .filter_map(begins)
        .collect()
}
