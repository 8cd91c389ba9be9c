//! `POST /api/recommendations/{recommendation_id}/...`: what is done with an offer.

use crate::generate::constraints;
use crate::recommendation::RecommendationOut;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Duration, Utc};
use sentry_db::recommendations::{self, RecommendationRow, Refused};
use sentry_db::{advice, facts, profiles};
use sentry_domain::UserId;
use sentry_http::{ApiError, App, Body, Caller, Conflict, PathParams, Write};
use sentry_queue::enqueue_rescore;
use sentry_scoring::Person;
use sentry_scoring::advice::permitted;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use utoipa::ToSchema;
use uuid::Uuid;

const MAX_SNOOZE_DAYS: i64 = 90;
const STALE: Conflict = Conflict {
    code: "recommendation_stale",
    detail: "a task or meeting has changed since; nothing was done: ask for new recommendations",
};
const CONSTRAINED: Conflict = Conflict {
    code: "recommendation_constrained",
    detail: "a constraint of yours forbids this by now; nothing was done: ask for new recommendations",
};
const CLOSED: Conflict = Conflict {
    code: "recommendation_closed",
    detail: "this recommendation is applied, undone, dismissed or expired already",
};
const NOTHING: Conflict = Conflict {
    code: "nothing_to_apply",
    detail: "this recommendation changes no task or meeting; accept it instead",
};
const NO_UNDO: Conflict = Conflict {
    code: "nothing_to_undo",
    detail: "it is not applied, or the token is not the one that apply gave out",
};
const UNDO_STALE: Conflict = Conflict {
    code: "undo_stale",
    detail: "a task or meeting has been changed since it was applied; nothing was undone",
};

/// There is nothing to say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActIn {}

/// A recommendation that was applied.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppliedOut {
    /// Takes everything back, once, as long as nothing else changes the rows.
    undo_token: String,
    /// The recommendation.
    recommendation: RecommendationOut,
}

/// Makes exactly the previewed changes, in one transaction, each on the version it was previewed on.
#[utoipa::path(post, path = "/api/recommendations/{recommendation_id}/apply", operation_id = "apply_recommendation",
    tag = "recommendations",
    params(("recommendation_id" = Uuid, Path, description = "Which recommendation")),
    request_body(content = Option<ActIn>),
    responses((status = 200, description = "Applied", body = AppliedOut)))]
pub(crate) async fn apply_recommendation(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<Uuid>,
    body: Body<ActIn>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let (at, owner) = (write.at(), caller.user_id);
    let row = open(&mut write, owner, id).await?;
    if row.candidate.changes.is_empty() {
        return Err(ApiError::Conflict(NOTHING));
    }
    let person = facts::person(&mut write.tx, owner, at)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    if !still_permitted(&mut write, owner, &row, &person).await? {
        return Err(ApiError::Conflict(CONSTRAINED));
    }
    let score = person.assess(at, None).analysis.final_score;
    let token = hex(&app.ids.bytes::<32>());
    let asked = recommendations::apply(&mut write.tx, owner, &row, (score, &hash(&token)), at)
        .await
        .map_err(|refused| refusal(refused, STALE))?;
    enqueue_rescore(&mut write.tx, owner, asked).await?;
    let recommendation = shown(&mut write, owner, id).await?;
    let out = AppliedOut {
        undo_token: token,
        recommendation,
    };
    write.commit(StatusCode::OK, &out).await
}

/// Whether no constraint that was made since it was offered forbids it.
async fn still_permitted(
    write: &mut Write,
    owner: UserId,
    row: &RecommendationRow,
    person: &Person,
) -> Result<bool, ApiError> {
    let (at, tx) = (write.at(), &mut write.tx);
    let constraints = constraints(&profiles::constraints(tx, owner, None, Some(at)).await?);
    if constraints.is_empty() {
        return Ok(true);
    }
    let changed = row.candidate.changes.iter();
    let ids: Vec<i64> = changed
        .filter_map(|change| change.row.as_ref())
        .map(|row| row.id.0)
        .collect();
    let rows = advice::rows(tx, owner, Some(&ids), at).await?;
    let place = (rows.as_slice(), person.zone);
    Ok(permitted(&row.candidate, &constraints, place, at))
}

/// The token that applying gave out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoIn {
    /// From the answer of `apply`.
    undo_token: String,
}

/// Puts every row back as it was before it was applied, or refuses as a whole.
#[utoipa::path(post, path = "/api/recommendations/{recommendation_id}/undo", operation_id = "undo_recommendation",
    tag = "recommendations",
    params(("recommendation_id" = Uuid, Path, description = "Which recommendation")),
    request_body = UndoIn,
    responses((status = 200, description = "Undone", body = RecommendationOut)))]
pub(crate) async fn undo_recommendation(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<Uuid>,
    body: Body<serde_json::Value>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let (at, owner) = (write.at(), caller.user_id);
    held(&mut write, owner, id).await?;
    // After the look-up, so that another person's recommendation is 404 whatever the body says.
    let input: UndoIn = serde_json::from_value(body.value).map_err(|_| {
        ApiError::field(
            "undo_token",
            "send the token that apply gave out, and nothing else",
        )
    })?;
    let asked = recommendations::undo(&mut write.tx, owner, id, &hash(&input.undo_token), at)
        .await
        .map_err(|refused| refusal(refused, UNDO_STALE))?
        .ok_or(ApiError::Conflict(NO_UNDO))?;
    enqueue_rescore(&mut write.tx, owner, asked).await?;
    let out = shown(&mut write, owner, id).await?;
    write.commit(StatusCode::OK, &out).await
}

/// Notes that the person will do it themselves; a week later its effect is measured like that of what is applied.
#[utoipa::path(post, path = "/api/recommendations/{recommendation_id}/accept", operation_id = "accept_recommendation",
    tag = "recommendations",
    params(("recommendation_id" = Uuid, Path, description = "Which recommendation")),
    request_body(content = Option<ActIn>),
    responses((status = 200, description = "Accepted", body = RecommendationOut)))]
pub(crate) async fn accept_recommendation(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<Uuid>,
    body: Body<ActIn>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let (at, owner) = (write.at(), caller.user_id);
    open(&mut write, owner, id).await?;
    let person = facts::person(&mut write.tx, owner, at)
        .await?
        .ok_or(ApiError::NotFound("user"))?;
    let score = person.assess(at, None).analysis.final_score;
    recommendations::accept(&mut write.tx, owner, id, score, at).await?;
    let out = shown(&mut write, owner, id).await?;
    write.commit(StatusCode::OK, &out).await
}

/// Notes that the person does not want it; the same idea rests for two weeks.
#[utoipa::path(post, path = "/api/recommendations/{recommendation_id}/dismiss", operation_id = "dismiss_recommendation",
    tag = "recommendations",
    params(("recommendation_id" = Uuid, Path, description = "Which recommendation")),
    request_body(content = Option<ActIn>),
    responses((status = 200, description = "Dismissed", body = RecommendationOut)))]
pub(crate) async fn dismiss_recommendation(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<Uuid>,
    body: Body<ActIn>,
) -> Result<Response, ApiError> {
    let write = app.write(&caller, &body).await?;
    set(write, caller.user_id, id, ("dismissed", None)).await
}

/// Until when it shall rest.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SnoozeIn {
    /// Until then; a day from now unless said, 90 days at most.
    until: Option<DateTime<Utc>>,
}

/// Lets it rest for a while.
#[utoipa::path(post, path = "/api/recommendations/{recommendation_id}/snooze", operation_id = "snooze_recommendation",
    tag = "recommendations",
    params(("recommendation_id" = Uuid, Path, description = "Which recommendation")),
    request_body(content = Option<SnoozeIn>),
    responses((status = 200, description = "It rests", body = RecommendationOut)))]
pub(crate) async fn snooze_recommendation(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<Uuid>,
    body: Body<SnoozeIn>,
) -> Result<Response, ApiError> {
    let write = app.write(&caller, &body).await?;
    let at = write.at();
    let until = body.value.until.unwrap_or(at + Duration::days(1));
    if until <= at || until > at + Duration::days(MAX_SNOOZE_DAYS) {
        return Err(ApiError::field("until", "must lie within the next 90 days"));
    }
    set(write, caller.user_id, id, ("snoozed", Some(until))).await
}

async fn set(
    mut write: Write,
    owner: UserId,
    id: Uuid,
    (status, until): (&str, Option<DateTime<Utc>>),
) -> Result<Response, ApiError> {
    let at = write.at();
    open(&mut write, owner, id).await?;
    recommendations::set_status(&mut write.tx, owner, id, (status, until), at).await?;
    let out = shown(&mut write, owner, id).await?;
    write.commit(StatusCode::OK, &out).await
}

async fn held(write: &mut Write, owner: UserId, id: Uuid) -> Result<RecommendationRow, ApiError> {
    let row = recommendations::hold(&mut write.tx, owner, id).await?;
    row.ok_or(ApiError::NotFound("recommendation"))
}

/// One that something may still be done with.
async fn open(write: &mut Write, owner: UserId, id: Uuid) -> Result<RecommendationRow, ApiError> {
    let row = held(write, owner, id).await?;
    match row.status.as_str() {
        "offered" | "accepted" | "snoozed" => Ok(row),
        _ => Err(ApiError::Conflict(CLOSED)),
    }
}

async fn shown(write: &mut Write, owner: UserId, id: Uuid) -> Result<RecommendationOut, ApiError> {
    let row = held(write, owner, id).await?;
    let style = profiles::preferences(&mut write.tx, owner)
        .await?
        .communication_style;
    Ok(RecommendationOut::of(row, &style))
}

fn refusal(refused: Refused, stale: Conflict) -> ApiError {
    match refused {
        Refused::Stale => ApiError::Conflict(stale),
        Refused::Database(error) => error.into(),
    }
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
