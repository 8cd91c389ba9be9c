//! `GET /api/burnout/insights/{user_id}`: the score in a few sentences.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use sentry_db::{analyses, profiles};
use sentry_http::{ApiError, App, Caller, PathParams};
use sentry_scoring::{Alert, Analysis, Behaviour, Course, Direction, Issue, Reason, about};
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
    /// Why there is no score; null where there is one, or nothing was analyzed yet.
    #[schema(required)]
    reason: Option<Reason>,
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
    let kept = analyses::latest(&mut tx, owner).await?;
    let since = match &kept {
        Some(kept) => analyses::previous(&mut tx, owner, kept.day).await?,
        None => None,
    };
    let since = since.and_then(|previous| previous.day);
    let learned = profiles::learned(&mut tx, owner)
        .await?
        .map(|(_, learned)| learned);
    tx.commit().await?;
    let latest = kept.map(|kept| kept.analysis);
    let insights = latest
        .as_ref()
        .map(|analysis| sentences(analysis, since, learned.as_ref()))
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
        reason: latest.as_ref().and_then(|a| a.reason.clone()),
        course: latest.map(|analysis| analysis.course),
        behavioral: learned,
        notice: sentry_scoring::NOTICE,
    }))
}

fn sentences(
    analysis: &Analysis,
    since: Option<NaiveDate>,
    learned: Option<&Behaviour>,
) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(issue) = analysis.top_issues.first() {
        said.push(format!(
            "{} That makes {} of the score.",
            issue.sentence,
            about(issue.points)
        ));
    }
    let risen = analysis.changes.iter().filter(|change| change.points > 0.0);
    let told = risen.filter_map(|change| Some((reason(analysis, &change.key)?, change.points)));
    if let Some(((reason, points), day)) = told.into_iter().next().zip(since) {
        said.push(format!(
            "Since {} this has added {}: {reason}",
            day.format("%a %-d %b"),
            about(points)
        ));
    }
    let course = &analysis.course;
    if let (Some(baseline), Some(deviation)) = (course.baseline, course.deviation) {
        let side = if deviation >= 0.0 { "above" } else { "below" };
        said.push(format!(
            "You are {} {side} your usual {baseline:.0}.",
            about(deviation)
        ));
    }
    let direction = match course.trend {
        Direction::Worsening => Some("rising"),
        Direction::Improving => Some("falling"),
        Direction::Stable | Direction::Unknown => None,
    };
    if let Some((direction, points)) = direction.zip(course.points_per_day) {
        said.push(format!(
            "Your scores of the last two weeks are {direction} by {} a day.",
            about(points)
        ));
    }
    if let Some(worst) = learned.and_then(|learned| learned.worst_weekday.as_ref()) {
        let (first, rest) = worst.weekday.split_at(1);
        said.push(format!(
            "Your heaviest weekday is {}{rest}: {:.0} in the middle of {} days.",
            first.to_uppercase(),
            worst.median,
            worst.n
        ));
    }
    said
}

/// What the analysis says of a factor or of the texts; nothing of what the bounds of the score cut off.
fn reason<'a>(analysis: &'a Analysis, key: &str) -> Option<&'a str> {
    let factor = analysis.factors.iter().find(|factor| factor.key == key);
    let issue = analysis.top_issues.iter().find(|issue| issue.key == key);
    factor
        .map(|factor| factor.sentence.as_str())
        .or_else(|| issue.map(|issue| issue.sentence.as_str()))
}
