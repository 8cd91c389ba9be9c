//! `GET /api/burnout/insights/{user_id}`: the score in a few sentences.

use axum::Json;
use axum::extract::State;
use sentry_db::{analyses, profiles};
use sentry_http::{ApiError, App, Caller, PathParams};
use sentry_scoring::{Alert, Analysis, Behaviour, Course, Direction, Issue};
use serde::Serialize;
use utoipa::ToSchema;

/// What the numbers say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InsightsOut {
    /// A few sentences, most telling first; empty before anything was analyzed.
    insights: Vec<String>,
    /// The heaviest reasons.
    primary_contributors: Vec<Issue>,
    /// Alerts that are open.
    alerts: Vec<Alert>,
    /// The score among those of the days before.
    #[schema(required)]
    course: Option<Course>,
    /// What was learned of the person's own past; null before the first night.
    #[schema(required)]
    behavioral: Option<Behaviour>,
    /// What the score is not.
    notice: &'static str,
}

/// The latest score in a few sentences: what drives it, what moved, how it compares with the
/// person's own past.
#[utoipa::path(get, path = "/api/burnout/insights/{user_id}", operation_id = "get_burnout_insights", tag = "burnout",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "The score in sentences", body = InsightsOut)))]
pub(crate) async fn get_burnout_insights(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<InsightsOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let latest = analyses::latest(&mut tx, owner)
        .await?
        .map(|kept| kept.analysis);
    let learned = profiles::learned(&mut tx, owner)
        .await?
        .map(|(_, learned)| learned);
    tx.commit().await?;
    let insights = latest
        .as_ref()
        .map(|analysis| sentences(analysis, learned.as_ref()))
        .unwrap_or_default();
    Ok(Json(InsightsOut {
        insights,
        primary_contributors: latest
            .as_ref()
            .map(|a| a.top_issues.clone())
            .unwrap_or_default(),
        alerts: latest
            .as_ref()
            .map(|a| a.alerts.clone())
            .unwrap_or_default(),
        course: latest.map(|analysis| analysis.course),
        behavioral: learned,
        notice: sentry_scoring::NOTICE,
    }))
}

fn sentences(analysis: &Analysis, learned: Option<&Behaviour>) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(issue) = analysis.top_issues.first() {
        said.push(format!(
            "{} It adds {} points.",
            issue.sentence, issue.points
        ));
    }
    let rise = analysis.changes.iter().find(|change| change.points > 0.0);
    if let Some(change) = rise {
        let key = change.key.replace('_', " ");
        said.push(format!(
            "Since the day before, {key} rose by {} points.",
            change.points
        ));
    }
    let course = &analysis.course;
    if let (Some(baseline), Some(deviation)) = (course.baseline, course.deviation) {
        let side = if deviation >= 0.0 { "above" } else { "below" };
        let by = deviation.abs();
        said.push(format!(
            "You are {by:.0} points {side} your usual {baseline:.0}."
        ));
    }
    match course.trend {
        Direction::Worsening => said.push("Your load has been rising for two weeks.".to_owned()),
        Direction::Improving => said.push("Your load has been falling for two weeks.".to_owned()),
        Direction::Stable | Direction::Unknown => {}
    }
    if let Some(worst) = learned.and_then(|learned| learned.worst_weekday.as_ref()) {
        said.push(format!(
            "Your heaviest weekday is {}: {:.0} in the middle of {} days.",
            worst.weekday, worst.median, worst.n
        ));
    }
    said
}
