//! A recommendation as it is shown.

use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::recommendations::RecommendationRow;
use sentry_scoring::about;
use sentry_scoring::advice::{Candidate, STRATEGIES, Strategy};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A recommendation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecommendationOut {
    /// Its id.
    pub id: Uuid,
    /// The idea.
    #[serde(flatten)]
    pub candidate: Candidate,
    /// The effect in words, such as `about 6 points`; null where no row changes.
    #[schema(required)]
    pub effect: Option<String>,
    /// The idea as the person likes to be spoken to.
    pub message: String,
    /// The practice behind it, with its citation.
    #[schema(required)]
    pub practice: Option<Strategy>,
    /// `offered`, `accepted`, `applied`, `undone`, `dismissed`, `snoozed` or `expired`.
    pub status: String,
    /// Until when it rests.
    #[schema(required)]
    pub snoozed_until: Option<DateTime<Utc>>,
    /// When it was applied, or accepted at first.
    #[schema(required)]
    pub applied_at: Option<DateTime<Utc>>,
    /// Points by which the score had fallen a week later, whatever the reason; null before.
    #[schema(required)]
    pub measured_effect: Option<f64>,
    /// The person's date of that score.
    #[schema(required)]
    pub measured_on: Option<NaiveDate>,
    /// The person's date it was offered on.
    pub day: NaiveDate,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Goes up with every change.
    pub version: i32,
}

impl RecommendationOut {
    /// A kept one, worded in a style.
    pub fn of(row: RecommendationRow, style: &str) -> Self {
        let effect = effect(row.candidate.expected_effect);
        Self {
            id: row.id,
            message: message(&row.candidate, effect.as_deref(), style),
            practice: practice(&row.candidate),
            effect,
            candidate: row.candidate,
            status: row.status,
            snoozed_until: row.snoozed_until,
            applied_at: row.applied_at,
            measured_effect: row.measured_effect,
            measured_on: row.measured_on,
            day: row.day,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

fn practice(candidate: &Candidate) -> Option<Strategy> {
    let id = candidate.strategy.as_ref()?;
    STRATEGIES
        .iter()
        .find(|strategy| strategy.id == *id)
        .cloned()
}

fn effect(points: Option<f64>) -> Option<String> {
    let points = points?;
    Some(match points {
        points if points < -0.005 => format!("raises the score by {}", about(points)),
        points if points < 0.005 => "none on the score".to_owned(),
        points => about(points),
    })
}

/// Only the words around it differ: names, times and effects are those of the idea.
fn message(candidate: &Candidate, effect: Option<&str>, style: &str) -> String {
    let title = &candidate.title;
    match (style, effect) {
        ("direct", _) => format!("{title}."),
        ("data_driven", Some(effect)) => format!("{title}. Effect on your score: {effect}."),
        ("data_driven", None) => format!("{title}. {}", candidate.why),
        _ => format!("When you have a moment: {title}. One step is enough."),
    }
}
