//! `POST /api/recommendations/generate`: what would help today.

use crate::recommendation::RecommendationOut;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveTime, Utc};
use sentry_db::profiles::{self, ConstraintRow, PreferencesRow, ProfileRow};
use sentry_db::recommendations::{self, History, RecommendationRow};
use sentry_db::{advice, analyses, facts};
use sentry_domain::Zone;
use sentry_http::{ApiError, App, Body, Caller};
use sentry_scoring::advice::{
    AdviceKind, Candidate, Constraint, ConstraintKind, MAX_OFFERS, Wishes, World, candidates, pick,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Names the engine that made an offer.
const ENGINE: &str = "builtin-advice-1";

/// How much is wanted.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct GenerateIn {
    /// At most this many; fewer where the daily cap says so.
    #[schema(minimum = 1, maximum = 5, default = 5)]
    limit: Option<usize>,
}

/// What would help.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GenerateOut {
    /// New offers, best first; none where nothing would help or the day's cap is reached.
    items: Vec<RecommendationOut>,
    /// The score they are simulated against; null without enough data.
    #[schema(required)]
    final_score: Option<f64>,
    /// Offers that the preferences still allow today.
    left_today: i64,
    /// End of the person's quiet hours, while they last: show nothing before.
    #[schema(required)]
    quiet_until: Option<DateTime<Utc>>,
    /// What made the offers.
    engine: &'static str,
    /// What the score is not.
    notice: &'static str,
}

/// Looks at the caller's rows as they are now and offers what would lower the load.
///
/// Ideas that change rows are simulated with the scorer itself: `expected_effect` is what the score
/// would fall by if `changes` were made now. What a constraint holds or the preferences avoid is
/// never offered.
#[utoipa::path(post, path = "/api/recommendations/generate", operation_id = "generate_recommendations",
    tag = "recommendations", request_body(content = Option<GenerateIn>),
    responses((status = 200, description = "New offers", body = GenerateOut)))]
pub(crate) async fn generate_recommendations(
    State(app): State<App>,
    caller: Caller,
    body: Body<GenerateIn>,
) -> Result<Response, ApiError> {
    let limit = body.value.limit.unwrap_or(MAX_OFFERS);
    if !(1..=MAX_OFFERS).contains(&limit) {
        return Err(ApiError::field(
            "limit",
            format!("must be 1 to {MAX_OFFERS}"),
        ));
    }
    let mut write = app.write(&caller, &body).await?;
    let (at, owner, tx) = (write.at(), caller.user_id, &mut write.tx);
    let profile = profiles::get(tx, owner)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let preferences = profiles::preferences(tx, owner).await?;
    let constraints = constraints(&profiles::constraints(tx, owner, None, Some(at)).await?);
    let person = facts::person(tx, owner, at)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let day = person.day(at);
    let previous = analyses::previous(tx, owner, day)
        .await?
        .unwrap_or_default();
    let history = recommendations::history(tx, owner, day, at).await?;
    let rows = advice::rows(tx, owner, None, at).await?;
    let analysis = person.assess_after(at, &previous.past()).analysis;
    let left = (i64::from(preferences.daily_cap) - history.offered_today).max(0);
    let world = World {
        at,
        person: &person,
        rows: &rows,
        analysis: &analysis,
        may_delegate: may_delegate(&profile),
        constraints: &constraints,
    };
    let wishes = wishes(
        &preferences,
        history,
        limit.min(usize::try_from(left).unwrap_or(0)),
    );
    let offers: Vec<_> = pick(candidates(&world), &wishes)
        .into_iter()
        .map(|candidate| (app.ids.uuid(at), candidate))
        .collect();
    recommendations::insert(tx, owner, &offers, day, at).await?;
    let made = i64::try_from(offers.len()).unwrap_or(0);
    let style = &preferences.communication_style;
    let out = GenerateOut {
        items: offers
            .into_iter()
            .map(|(id, candidate)| RecommendationOut::of(fresh(id, candidate, day, at), style))
            .collect(),
        final_score: analysis.final_score,
        left_today: left - made,
        quiet_until: quiet_until(&preferences, person.zone, at),
        engine: ENGINE,
        notice: sentry_scoring::NOTICE,
    };
    write.commit(StatusCode::OK, &out).await
}

/// Who has said nothing of it may; who has a profile has said it there.
const fn may_delegate(profile: &ProfileRow) -> bool {
    let reports = match profile.direct_reports {
        Some(reports) => reports > 0,
        None => false,
    };
    profile.version == 0 || profile.can_delegate || reports
}

/// The constraints of rows whose kind is known.
pub(crate) fn constraints(rows: &[ConstraintRow]) -> Vec<Constraint> {
    let read = |row: &ConstraintRow| {
        Some(Constraint {
            kind: ConstraintKind::of(&row.constraint_type)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        })
    };
    rows.iter().filter_map(read).collect()
}

fn wishes(preferences: &PreferencesRow, history: History, limit: usize) -> Wishes {
    let kinds = |words: &[String]| {
        words
            .iter()
            .filter_map(|word| AdviceKind::of(word))
            .collect()
    };
    Wishes {
        preferred: kinds(&preferences.preferred_types),
        avoided: kinds(&preferences.avoided_types),
        silenced: history.silenced,
        feedback: history.feedback,
        limit,
    }
}

fn fresh(
    id: uuid::Uuid,
    candidate: Candidate,
    day: chrono::NaiveDate,
    at: DateTime<Utc>,
) -> RecommendationRow {
    RecommendationRow {
        id,
        day,
        candidate,
        status: "offered".to_owned(),
        snoozed_until: None,
        score_before: None,
        applied_at: None,
        measured_effect: None,
        measured_on: None,
        version: 1,
        created_at: at,
    }
}

/// End of the quiet hours that `at` lies in, by the person's clock; they may wrap over midnight.
fn quiet_until(
    preferences: &PreferencesRow,
    zone: Zone,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let (from, until) = preferences.quiet_from.zip(preferences.quiet_until)?;
    let wall = zone.wall_clock(at);
    let time: NaiveTime = wall.time();
    let end = if from < until {
        (from <= time && time < until).then_some(wall.date())
    } else if time >= from {
        wall.date().succ_opt()
    } else {
        (time < until).then_some(wall.date())
    };
    end.map(|day| zone.instant_of(day.and_time(until)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_wrap_over_midnight() {
        let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
        let mut preferences = PreferencesRow {
            quiet_from: clock(21),
            quiet_until: clock(7),
            ..PreferencesRow::default()
        };
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        let ask = |preferences: &PreferencesRow, at: &str| {
            quiet_until(preferences, berlin, at.parse().unwrap()).map(|at| at.to_rfc3339())
        };
        let seven = Some("2026-03-03T06:00:00+00:00".to_owned());
        assert_eq!(ask(&preferences, "2026-03-02T20:30:00Z"), seven);
        assert_eq!(ask(&preferences, "2026-03-03T05:59:00Z"), seven);
        assert_eq!(ask(&preferences, "2026-03-03T06:00:00Z"), None);
        (preferences.quiet_from, preferences.quiet_until) = (clock(12), clock(13));
        assert!(ask(&preferences, "2026-03-02T11:30:00Z").is_some());
        assert_eq!(ask(&preferences, "2026-03-02T12:00:00Z"), None);
    }
}
