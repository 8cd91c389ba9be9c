//! `/api/profile/{user_id}/constraints`: what advice must not touch.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sentry_db::profiles::{self, ConstraintRow, ProfileChange};
use sentry_domain::{UserId, is_storable};
use sentry_http::{
    ApiError, App, Body, Caller, Conflict, FieldError, Items, Patch, PathParams, Write,
};
use sentry_scoring::advice::ConstraintKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const MAX_NOTE: usize = 500;
/// Nobody keeps more than this in mind.
const MAX_CONSTRAINTS: usize = 200;
const FULL: Conflict = Conflict {
    code: "too_many_constraints",
    detail: "there are 200 constraints; delete some that are over",
};

/// A constraint to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConstraintIn {
    /// What it holds still; must be given.
    #[serde(rename = "type")]
    kind: Option<ConstraintKind>,
    /// From when on; now, unless said.
    starts_at: Option<DateTime<Utc>>,
    /// Until when; open, unless said.
    ends_at: Option<DateTime<Utc>>,
    /// What it is about.
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// What changes; what is not mentioned stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConstraintPatch {
    /// What it holds still.
    #[serde(rename = "type")]
    kind: Option<ConstraintKind>,
    /// From when on.
    starts_at: Option<DateTime<Utc>>,
    /// Until when; null opens it.
    #[schema(value_type = Option<DateTime<Utc>>)]
    #[serde(default)]
    ends_at: Patch<DateTime<Utc>>,
    /// What it is about; null clears it.
    #[schema(value_type = Option<String>, max_length = 500)]
    #[serde(default)]
    note: Patch<String>,
    /// The version the caller has seen; another one is 409.
    version: Option<i32>,
}

/// A constraint.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConstraintOut {
    /// Its id.
    id: Uuid,
    /// What it holds still.
    #[serde(rename = "type")]
    #[schema(example = "meeting_block")]
    kind: String,
    /// From when on.
    starts_at: DateTime<Utc>,
    /// Until when; null where it is open.
    #[schema(required)]
    ends_at: Option<DateTime<Utc>>,
    /// What it is about.
    #[schema(required)]
    note: Option<String>,
    /// It holds at present.
    active: bool,
    /// Goes up with every change.
    version: i32,
}

/// The caller's constraints, in order of their start.
#[utoipa::path(get, path = "/api/profile/{user_id}/constraints", operation_id = "list_constraints", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "All constraints", body = Items<ConstraintOut>)))]
pub(crate) async fn list_constraints(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<Items<ConstraintOut>>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let rows = profiles::constraints(&mut tx, owner, None, None).await?;
    tx.commit().await?;
    Ok(Json(Items {
        items: rows.into_iter().map(|row| shown(row, app.now())).collect(),
        next_cursor: None,
    }))
}

/// Keeps a constraint: a hard filter for all advice while it holds.
#[utoipa::path(post, path = "/api/profile/{user_id}/constraints", operation_id = "create_constraint", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    request_body = ConstraintIn,
    responses((status = 201, description = "The constraint", body = ConstraintOut)))]
pub(crate) async fn create_constraint(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    body: Body<ConstraintIn>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    // After the look at whose it is, so that another person's path is 404 whatever the body says.
    let kind = body.value.kind;
    let kind = kind.ok_or_else(|| ApiError::field("type", "say what it holds still"))?;
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    let input = body.value;
    let row = ConstraintRow {
        id: app.ids.uuid(at),
        constraint_type: kind.as_str().to_owned(),
        starts_at: input.starts_at.unwrap_or(at),
        ends_at: input.ends_at,
        note: input
            .note
            .map(|note| note.trim().to_owned())
            .filter(|note| !note.is_empty()),
        version: 1,
    };
    check(&row)?;
    if profiles::constraints(&mut write.tx, owner, None, None)
        .await?
        .len()
        >= MAX_CONSTRAINTS
    {
        return Err(ApiError::Conflict(FULL));
    }
    profiles::put_constraint(&mut write.tx, owner, &row, at).await?;
    note(&mut write, owner, ("created", row.id), None, Some(&row)).await?;
    let location = format!("/api/profile/me/constraints/{}", row.id);
    write.created(location, &shown(row, at)).await
}

/// One of the caller's constraints.
#[utoipa::path(get, path = "/api/profile/{user_id}/constraints/{constraint_id}", operation_id = "get_constraint",
    tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"),
        ("constraint_id" = Uuid, Path, description = "Which constraint")),
    responses((status = 200, description = "The constraint", body = ConstraintOut)))]
pub(crate) async fn get_constraint(
    State(app): State<App>,
    caller: Caller,
    PathParams((user_id, id)): PathParams<(String, Uuid)>,
) -> Result<Json<ConstraintOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let row = profiles::constraints(&mut tx, owner, Some(id), None)
        .await?
        .pop();
    tx.commit().await?;
    let row = row.ok_or(ApiError::NotFound("constraint"))?;
    Ok(Json(shown(row, app.now())))
}

/// Changes the given fields of a constraint.
#[utoipa::path(put, path = "/api/profile/{user_id}/constraints/{constraint_id}", operation_id = "update_constraint",
    tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"),
        ("constraint_id" = Uuid, Path, description = "Which constraint")),
    request_body = ConstraintPatch,
    responses((status = 200, description = "The constraint as it is now", body = ConstraintOut)))]
pub(crate) async fn update_constraint(
    State(app): State<App>,
    caller: Caller,
    PathParams((user_id, id)): PathParams<(String, Uuid)>,
    body: Body<ConstraintPatch>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    let before = held(&mut write, owner, id).await?;
    let patch = body.value;
    if patch
        .version
        .or(body.if_match)
        .is_some_and(|version| version != before.version)
    {
        return Err(ApiError::Conflict(Conflict::STALE));
    }
    let kind = patch.kind.map(|kind| kind.as_str().to_owned());
    let mut after = ConstraintRow {
        constraint_type: kind.unwrap_or_else(|| before.constraint_type.clone()),
        starts_at: patch.starts_at.unwrap_or(before.starts_at),
        ends_at: patch.ends_at.or(before.ends_at),
        note: patch.note.or(before.note.clone()),
        ..before.clone()
    };
    check(&after)?;
    after.version = profiles::put_constraint(&mut write.tx, owner, &after, at)
        .await?
        .ok_or(ApiError::NotFound("constraint"))?;
    note(
        &mut write,
        owner,
        ("updated", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    write.commit(StatusCode::OK, &shown(after, at)).await
}

/// Deletes a constraint; what it was stays in the history of the profile.
#[utoipa::path(delete, path = "/api/profile/{user_id}/constraints/{constraint_id}", operation_id = "delete_constraint",
    tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`"),
        ("constraint_id" = Uuid, Path, description = "Which constraint")),
    responses((status = 204, description = "Gone")))]
pub(crate) async fn delete_constraint(
    State(app): State<App>,
    caller: Caller,
    PathParams((user_id, id)): PathParams<(String, Uuid)>,
    body: Body<serde_json::Value>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = app.write(&caller, &body).await?;
    let before = held(&mut write, owner, id).await?;
    profiles::delete_constraint(&mut write.tx, owner, id).await?;
    note(&mut write, owner, ("deleted", id), Some(&before), None).await?;
    write.commit_empty().await
}

async fn held(write: &mut Write, owner: UserId, id: Uuid) -> Result<ConstraintRow, ApiError> {
    let found = profiles::constraints(&mut write.tx, owner, Some(id), None).await?;
    found
        .into_iter()
        .next()
        .ok_or(ApiError::NotFound("constraint"))
}

fn check(row: &ConstraintRow) -> Result<(), ApiError> {
    let mut errors = Vec::new();
    if row.ends_at.is_some_and(|end| end <= row.starts_at) {
        errors.push(FieldError::new("ends_at", "must be after starts_at"));
    }
    for (field, time) in [("starts_at", Some(row.starts_at)), ("ends_at", row.ends_at)] {
        if time.is_some_and(|time| !is_storable(time.date_naive())) {
            errors.push(FieldError::new(
                field,
                "must lie in the years from 1900 to 9998",
            ));
        }
    }
    if row
        .note
        .as_ref()
        .is_some_and(|note| note.chars().count() > MAX_NOTE)
    {
        errors.push(FieldError::new("note", "must have at most 500 characters"));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::Invalid(errors))
    }
}

async fn note(
    write: &mut Write,
    owner: UserId,
    (action, id): (&str, Uuid),
    before: Option<&ConstraintRow>,
    after: Option<&ConstraintRow>,
) -> Result<(), ApiError> {
    let at = write.at();
    let image = |row: &ConstraintRow| serde_json::to_value(shown(row.clone(), at)).ok();
    let change = ProfileChange {
        constraint_id: Some(id),
        ..ProfileChange::new(
            "constraint",
            action,
            (before.and_then(image), after.and_then(image)),
            at,
        )
    };
    Ok(profiles::note(&mut write.tx, owner, &change).await?)
}

fn shown(row: ConstraintRow, at: DateTime<Utc>) -> ConstraintOut {
    ConstraintOut {
        active: row.starts_at <= at && row.ends_at.is_none_or(|end| at < end),
        id: row.id,
        kind: row.constraint_type,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        note: row.note,
        version: row.version,
    }
}
