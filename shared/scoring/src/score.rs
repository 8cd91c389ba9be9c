//! From metrics to a score that explains itself.

use crate::alerts::Alert;
use crate::changes::Change;
use crate::course::Course;
use crate::facts::Evidence;
use crate::formula::{FACTORS, FORMULA_VERSION, FactorSpec, Group, MIN_COMPLETENESS, NOTICE, Unit};
use crate::hours::WorkingHours;
use crate::metrics::{Measured, Metric};
use crate::mood::{self, Mood};
use crate::sentence;
use sentry_domain::BurnoutLevel;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;

/// Key of the sentiment among issues and changes, where it stands beside the factors.
pub const SENTIMENT_KEY: &str = "sentiment";

const MAX_ISSUES: usize = 5;
/// Less than a point is not an issue.
const MIN_ISSUE_CENTS: i64 = 100;
const FULL_CENTS: i64 = 10_000;

/// One reason of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Factor {
    /// Name of the metric it looks at.
    #[schema(value_type = String, example = "overdue_tasks")]
    pub key: Cow<'static, str>,
    /// What it is about.
    pub group: Group,
    /// Value of the metric, to four decimals.
    pub value: f64,
    /// Unit of the value.
    pub unit: Unit,
    /// Points it adds, to two decimals.
    pub points: f64,
    /// Most points it can add, scaled up where other factors have no data.
    pub cap: f64,
    /// The value without points for this person's contract.
    pub healthy: f64,
    /// The factor in words.
    pub sentence: String,
    /// Rows behind the value, at most 20.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// One of the heaviest reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Issue {
    /// Key of the factor, or `sentiment`.
    #[schema(value_type = String, example = "overdue_tasks")]
    pub key: Cow<'static, str>,
    /// Points it adds.
    pub points: f64,
    /// The reason in words.
    pub sentence: String,
}

/// Why there is no score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// `no_data` or `not_enough_data`.
    #[schema(value_type = String, example = "not_enough_data")]
    pub code: Cow<'static, str>,
    /// A sentence a person can act on.
    pub detail: String,
}

/// A score with its reasons, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Analysis {
    /// Workload plus sentiment, 0 to 100, to two decimals; `null` without enough data.
    pub final_score: Option<f64>,
    /// Level of the score.
    pub burnout_level: Option<BurnoutLevel>,
    /// Colour of the level.
    #[schema(value_type = Option<String>, example = "yellow")]
    pub colour: Option<Cow<'static, str>>,
    /// Sum of the points of all factors, 0 to 100.
    pub workload_score: Option<f64>,
    /// Weighted sentiment of the last 7 days, -1 to 1.
    pub sentiment_score: Option<f64>,
    /// Points added for it, -5 to 20; 0 without texts. The final score is the sum of this and the
    /// points of the factors, kept within 0 to 100.
    pub sentiment_adjustment: f64,
    /// Texts behind the sentiment, at most 20.
    #[serde(default)]
    pub sentiment_evidence: Vec<Evidence>,
    /// Share of the caps with data, 0 to 1.
    pub completeness: f64,
    /// The reasons, in the order of the formula.
    pub factors: Vec<Factor>,
    /// Factors without data.
    pub missing: Vec<Metric>,
    /// The heaviest reasons, at most 5.
    pub top_issues: Vec<Issue>,
    /// What moved since the previous analysis, if the caller gave one.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// The score among those of the days before.
    #[serde(default)]
    pub course: Course,
    /// Alerts that are open.
    #[serde(default)]
    pub alerts: Vec<Alert>,
    /// Why there is no score.
    pub reason: Option<Reason>,
    /// What the score is not.
    #[schema(value_type = String)]
    pub notice: Cow<'static, str>,
    /// Version of the formula.
    pub formula_version: u32,
}

/// Scores one person's load.
///
/// Points of every factor are rounded to hundredths first and summed then, so that what is shown
/// adds up exactly. Values that are no finite numbers count as missing.
pub fn score(measured: &Measured, mood: Option<&Mood>, hours: &WorkingHours) -> Analysis {
    let known: Vec<(&FactorSpec, f64)> = FACTORS
        .iter()
        .filter_map(|spec| {
            let value = measured.metrics.get(spec.metric)?;
            value.is_finite().then_some((spec, value))
        })
        .collect();
    let missing = FACTORS
        .iter()
        .map(|spec| spec.metric)
        .filter(|metric| known.iter().all(|(spec, _)| spec.metric != *metric))
        .collect();
    let all: f64 = FACTORS.iter().map(FactorSpec::cap).sum();
    let completeness = known.iter().map(|(spec, _)| spec.cap()).sum::<f64>() / all;
    let mood = mood.filter(|mood| mood.score.is_finite());
    let adjustment = cents(mood.map_or(0.0, |mood| mood::adjustment(mood.score)));

    let mut analysis = Analysis {
        final_score: None,
        burnout_level: None,
        colour: None,
        workload_score: None,
        sentiment_score: mood.map(|mood| rounded(mood.score.clamp(-1.0, 1.0))),
        sentiment_adjustment: points(adjustment),
        sentiment_evidence: mood.map(|mood| mood.evidence.clone()).unwrap_or_default(),
        completeness: rounded(completeness),
        factors: Vec::new(),
        missing,
        top_issues: Vec::new(),
        changes: Vec::new(),
        course: Course::default(),
        alerts: Vec::new(),
        reason: None,
        notice: Cow::Borrowed(NOTICE),
        formula_version: FORMULA_VERSION,
    };
    if completeness < MIN_COMPLETENESS {
        analysis.reason = Some(too_little(completeness));
        return analysis;
    }

    let caps = scaled_caps(&known);
    let mut workload = 0;
    for ((spec, value), cap) in known.into_iter().zip(caps) {
        let share = spec.points(value, hours) / spec.cap();
        let earned = cents(share * points(cap));
        workload += earned;
        analysis
            .factors
            .push(factor(spec, value, (earned, cap), measured, hours));
    }
    let total = points((workload + adjustment).clamp(0, FULL_CENTS));
    let level = BurnoutLevel::from_score(total);
    analysis.final_score = Some(total);
    analysis.burnout_level = Some(level);
    analysis.colour = Some(Cow::Borrowed(level.colour()));
    analysis.workload_score = Some(points(workload));
    analysis.top_issues = top_issues(&analysis.factors, adjustment);
    analysis
}

fn factor(
    spec: &FactorSpec,
    value: f64,
    (earned, cap): (i64, i64),
    measured: &Measured,
    hours: &WorkingHours,
) -> Factor {
    let healthy = spec.healthy(hours);
    let template = if earned > 0 { spec.sentence } else { spec.calm };
    Factor {
        key: Cow::Borrowed(spec.metric.as_str()),
        group: spec.group,
        value: rounded(value),
        unit: spec.unit,
        points: points(earned),
        cap: points(cap),
        healthy: rounded(healthy),
        sentence: sentence::fill(template, value, healthy, spec.unit),
        evidence: measured.evidence(spec.metric).to_vec(),
    }
}

/// The caps of the known factors in hundredths, scaled so that they add up to exactly 100 points:
/// what rounding down leaves over goes to the largest remainders.
fn scaled_caps(known: &[(&FactorSpec, f64)]) -> Vec<i64> {
    let sum: f64 = known.iter().map(|(spec, _)| spec.cap()).sum();
    let exact: Vec<f64> = known
        .iter()
        .map(|(spec, _)| spec.cap() / sum * FULL_CENTS as f64)
        .collect();
    let mut caps: Vec<i64> = exact.iter().map(|cap| whole(cap.floor())).collect();
    let mut order: Vec<usize> = (0..caps.len()).collect();
    order.sort_by(|a, b| {
        exact[*b]
            .fract()
            .total_cmp(&exact[*a].fract())
            .then(a.cmp(b))
    });
    let left = FULL_CENTS - caps.iter().sum::<i64>();
    for index in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        caps[index] += 1;
    }
    caps
}

fn top_issues(factors: &[Factor], adjustment: i64) -> Vec<Issue> {
    let mut issues: Vec<(i64, Issue)> = factors
        .iter()
        .map(|factor| {
            let issue = Issue {
                key: factor.key.clone(),
                points: factor.points,
                sentence: factor.sentence.clone(),
            };
            (cents(factor.points), issue)
        })
        .collect();
    issues.push((
        adjustment,
        Issue {
            key: Cow::Borrowed(SENTIMENT_KEY),
            points: points(adjustment),
            sentence: mood::BURDENED.to_owned(),
        },
    ));
    issues.retain(|(cents, _)| *cents >= MIN_ISSUE_CENTS);
    // Stable: equal points stay in the order of the formula.
    issues.sort_by_key(|(cents, _)| std::cmp::Reverse(*cents));
    issues
        .into_iter()
        .take(MAX_ISSUES)
        .map(|(_, issue)| issue)
        .collect()
}

fn too_little(completeness: f64) -> Reason {
    if completeness <= 0.0 {
        return Reason {
            code: Cow::Borrowed("no_data"),
            detail: "There are no tasks or meetings yet; add or import some to see a score."
                .to_owned(),
        };
    }
    let detail = format!(
        "Only {:.0}% of the formula has data and {:.0}% are needed; add tasks or meetings to see a score.",
        // Rounded down, so that 39.6 does not read as the 40 that are needed.
        (completeness * 100.0).floor(),
        MIN_COMPLETENESS * 100.0,
    );
    Reason {
        code: Cow::Borrowed("not_enough_data"),
        detail,
    }
}

/// Hundredths of a point, rounded half away from zero.
pub(crate) fn cents(points: f64) -> i64 {
    whole((points * 100.0).round())
}

pub(crate) fn points(cents: i64) -> f64 {
    cents as f64 / 100.0
}

fn rounded(value: f64) -> f64 {
    let rounded = (value * 1e4).round() / 1e4;
    // Values near the end of the range overflow; JSON has no word for the result.
    let kept = if rounded.is_finite() { rounded } else { value };
    // A sum of nothing is -0.0, which nobody wants to read.
    kept + 0.0
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "callers pass whole numbers up to ten thousand"
)]
fn whole(value: f64) -> i64 {
    value as i64
}
