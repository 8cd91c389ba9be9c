//! An analysis as it is shown.

use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::analyses::{ENGINE, Kept};
use sentry_domain::UserId;
use sentry_scoring::{Analysis, Assessment};
use serde::Serialize;
use utoipa::ToSchema;

/// A score with its reasons, and where it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnalysisOut {
    /// Whose.
    pub user_id: UserId,
    /// The person's own date.
    pub day: NaiveDate,
    /// When it was made.
    pub analyzed_at: DateTime<Utc>,
    /// What made it.
    pub engine: String,
    /// The score and its reasons.
    #[serde(flatten)]
    pub analysis: Analysis,
}

impl AnalysisOut {
    /// One just made.
    pub fn made(owner: UserId, at: DateTime<Utc>, assessment: Assessment) -> Self {
        Self {
            user_id: owner,
            day: assessment.day,
            analyzed_at: at,
            engine: ENGINE.to_owned(),
            analysis: assessment.analysis,
        }
    }

    /// One kept earlier.
    pub fn kept(owner: UserId, kept: Kept) -> Self {
        Self {
            user_id: owner,
            day: kept.day,
            analyzed_at: kept.analyzed_at,
            engine: kept.engine,
            analysis: kept.analysis,
        }
    }
}
