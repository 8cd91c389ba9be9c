//! `POST /api/profile/create`, `GET`, `PUT` and `PATCH /api/profile/{user_id}`: who works how.

mod patch;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sentry_db::Tx;
use sentry_db::profiles::{self, ProfileChange, ProfileRow};
use sentry_domain::{UserId, Zone};
use sentry_http::{ApiError, App, Body, Caller, Conflict, Patch, PathParams, Write};
use sentry_queue::request_rescore;
use sentry_scoring::WorkingHours;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

const EXISTS: Conflict = Conflict {
    code: "profile_exists",
    detail: "there is a profile already; change it with PUT or PATCH",
};

/// What is known of a person. What is not mentioned stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfilePatch {
    /// What they do.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(default)]
    job_role: Patch<String>,
    /// How senior they are.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(default)]
    seniority_level: Patch<String>,
    /// Where they work.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(default)]
    department: Patch<String>,
    /// Their IANA time zone; cannot be cleared.
    #[schema(value_type = Option<String>, example = "Europe/Berlin")]
    #[serde(default)]
    time_zone: Patch<Zone>,
    /// Contracted time per weekday; cleared, it is Monday to Friday from nine to five.
    #[schema(value_type = Option<WorkingHours>)]
    #[serde(default)]
    working_hours: Patch<WorkingHours>,
    /// People in the team.
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 100_000)]
    #[serde(default)]
    team_size: Patch<i32>,
    /// People who report to them.
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 100_000)]
    #[serde(default)]
    direct_reports: Patch<i32>,
    /// They may hand tasks over; cleared, it is false.
    #[schema(value_type = Option<bool>)]
    #[serde(default)]
    can_delegate: Patch<bool>,
    /// What weighs most.
    #[schema(value_type = Option<String>, max_length = 500)]
    #[serde(default)]
    main_challenge: Patch<String>,
    /// The version the caller has seen; another one is 409.
    version: Option<i32>,
}

/// What is known of a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProfileOut {
    /// Whose.
    user_id: UserId,
    /// What they do.
    #[schema(required)]
    job_role: Option<String>,
    /// How senior they are.
    #[schema(required)]
    seniority_level: Option<String>,
    /// Where they work.
    #[schema(required)]
    department: Option<String>,
    /// Their IANA time zone.
    time_zone: String,
    /// Contracted time per weekday; those without are days off.
    working_hours: WorkingHours,
    /// Contracted hours per week.
    weekly_hours: f64,
    /// People in the team.
    #[schema(required)]
    team_size: Option<i32>,
    /// People who report to them.
    #[schema(required)]
    direct_reports: Option<i32>,
    /// They may hand tasks over.
    can_delegate: bool,
    /// What weighs most.
    #[schema(required)]
    main_challenge: Option<String>,
    /// Goes up with every change; 0 before there is a profile.
    version: i32,
    /// When it was changed last.
    #[schema(required)]
    updated_at: Option<DateTime<Utc>>,
}

/// Makes the caller's profile.
#[utoipa::path(post, path = "/api/profile/create", operation_id = "create_profile", tag = "profile",
    request_body = ProfilePatch,
    responses((status = 201, description = "The profile", body = ProfileOut)))]
pub(crate) async fn create_profile(
    State(app): State<App>,
    caller: Caller,
    body: Body<ProfilePatch>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let before = found(&mut write.tx, caller.user_id).await?;
    if before.version > 0 {
        return Err(ApiError::Conflict(EXISTS));
    }
    let out = change(&mut write, caller.user_id, before, body.value).await?;
    write.created("/api/profile/me".to_owned(), &out).await
}

/// The caller's profile; before there is one, the usual.
#[utoipa::path(get, path = "/api/profile/{user_id}", operation_id = "get_profile", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "The profile", body = ProfileOut)))]
pub(crate) async fn get_profile(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<ProfileOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let row = found(&mut tx, owner).await?;
    tx.commit().await?;
    Ok(Json(shown(owner, row)))
}

/// Changes the given fields of the profile; null says nothing, as older clients mean it.
#[utoipa::path(put, path = "/api/profile/{user_id}", operation_id = "update_profile", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    request_body = ProfilePatch,
    responses((status = 200, description = "The profile as it is now", body = ProfileOut)))]
pub(crate) async fn update_profile(
    app: State<App>,
    caller: Caller,
    user_id: PathParams<String>,
    mut body: Body<ProfilePatch>,
) -> Result<Response, ApiError> {
    body.value = body.value.without_nulls();
    patch_profile(app, caller, user_id, body).await
}

/// Changes the profile by RFC 7396: null clears a field.
#[utoipa::path(patch, path = "/api/profile/{user_id}", operation_id = "patch_profile", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    request_body(content = ProfilePatch, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The profile as it is now", body = ProfileOut)))]
pub(crate) async fn patch_profile(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    body: Body<ProfilePatch>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = app.write(&caller, &body).await?;
    let before = found(&mut write.tx, owner).await?;
    let version = body.value.version.or(body.if_match);
    if version.is_some_and(|version| version != before.version) {
        return Err(ApiError::Conflict(Conflict::STALE));
    }
    let out = change(&mut write, owner, before, body.value).await?;
    write.commit(StatusCode::OK, &out).await
}

/// Deletes the profile: the usual counts again. What it was stays in its history; the time zone is the account's.
#[utoipa::path(delete, path = "/api/profile/{user_id}", operation_id = "delete_profile", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 204, description = "Gone")))]
pub(crate) async fn delete_profile(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    body: Body<Value>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = app.write(&caller, &body).await?;
    let before = found(&mut write.tx, owner).await?;
    if before.version == 0 {
        return Err(ApiError::NotFound("profile"));
    }
    if body
        .if_match
        .is_some_and(|version| version != before.version)
    {
        return Err(ApiError::Conflict(Conflict::STALE));
    }
    profiles::delete(&mut write.tx, owner).await?;
    let change = ProfileChange::new(
        "profile",
        "deleted",
        (Some(image(&before)), None),
        write.at(),
    );
    profiles::note(&mut write.tx, owner, &change).await?;
    request_rescore(&mut write.tx, owner).await?;
    write.commit_empty().await
}

async fn found(tx: &mut Tx, owner: UserId) -> Result<ProfileRow, ApiError> {
    profiles::get(tx, owner)
        .await?
        .ok_or(ApiError::NotFound("user"))
}

async fn change(
    write: &mut Write,
    owner: UserId,
    before: ProfileRow,
    patch: ProfilePatch,
) -> Result<ProfileOut, ApiError> {
    let at = write.at();
    let mut after = patch.applied(before.clone())?;
    after.version = profiles::put(&mut write.tx, owner, &after, at).await?;
    after.updated_at = Some(at);
    let action = if before.version == 0 {
        "created"
    } else {
        "updated"
    };
    let change = ProfileChange::new(
        "profile",
        action,
        (
            (before.version > 0).then(|| image(&before)),
            Some(image(&after)),
        ),
        at,
    );
    profiles::note(&mut write.tx, owner, &change).await?;
    request_rescore(&mut write.tx, owner).await?;
    Ok(shown(owner, after))
}

fn hours(stored: Option<&Value>) -> WorkingHours {
    let read = stored.and_then(|stored| serde_json::from_value(stored.clone()).ok());
    read.unwrap_or_default()
}

fn image(row: &ProfileRow) -> Value {
    json!({
        "job_role": row.job_role, "seniority_level": row.seniority_level, "department": row.department,
        "time_zone": row.time_zone, "working_hours": row.working_hours, "team_size": row.team_size,
        "direct_reports": row.direct_reports, "can_delegate": row.can_delegate,
        "main_challenge": row.main_challenge,
    })
}

fn shown(owner: UserId, row: ProfileRow) -> ProfileOut {
    let working_hours = hours(row.working_hours.as_ref());
    ProfileOut {
        user_id: owner,
        job_role: row.job_role,
        seniority_level: row.seniority_level,
        department: row.department,
        time_zone: row.time_zone,
        working_hours,
        weekly_hours: working_hours.weekly(),
        team_size: row.team_size,
        direct_reports: row.direct_reports,
        can_delegate: row.can_delegate,
        main_challenge: row.main_challenge,
        version: row.version,
        updated_at: row.updated_at,
    }
}
