//! The caller's own data.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_db::users::{self, UserChange, UserRow};
use sentry_domain::{UserId, ZoneName};
use sentry_http::{ApiError, App, Body, Caller, Conflict, Patch, PathParams};
use sentry_identity::profile::{self, Check};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Changes to an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserPatch {
    /// Given name.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 100)]
    first_name: Patch<String>,
    /// Family name.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 100)]
    last_name: Patch<String>,
    /// Date of birth.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    birthday: Patch<NaiveDate>,
    /// IANA time zone; cleared, it is `UTC`.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "Europe/Berlin")]
    time_zone: Patch<ZoneName>,
    /// Language tag; cleared, it is `en`.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "de", max_length = 35)]
    locale: Patch<String>,
    /// The version that was read; 409 when it is not the present one. `If-Match` does the same.
    version: Option<i32>,
}

/// An account as its owner sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserOut {
    id: UserId,
    /// The address, as given.
    email: String,
    /// Whether it was shown that the address is the person's own.
    email_verified: bool,
    first_name: Option<String>,
    last_name: Option<String>,
    birthday: Option<NaiveDate>,
    /// IANA time zone: what "today" means.
    time_zone: String,
    /// Language tag.
    locale: String,
    /// Counts changes.
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// The caller's account.
#[utoipa::path(
    get,
    path = "/api/users/{user_id}",
    operation_id = "get_user",
    tag = "accounts",
    params(("user_id" = String, Path, description = "`me` or the caller's id")),
    responses((status = 200, description = "The account", body = UserOut))
)]
pub(crate) async fn get_user(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<UserOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let user = users::get(&mut tx, owner).await?;
    tx.commit().await?;
    user.map(|user| Json(user.into()))
        .ok_or(ApiError::NotFound("user"))
}

/// Replaces the given fields; those that are null or missing stay.
#[utoipa::path(
    put,
    path = "/api/users/{user_id}",
    operation_id = "update_user",
    tag = "accounts",
    params(("user_id" = String, Path, description = "`me` or the caller's id")),
    request_body = UserPatch,
    responses((status = 200, description = "The account", body = UserOut))
)]
pub(crate) async fn update_user(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    mut body: Body<UserPatch>,
) -> Result<Response, ApiError> {
    let input = &mut body.value;
    input.first_name = std::mem::take(&mut input.first_name).null_is_absent();
    input.last_name = std::mem::take(&mut input.last_name).null_is_absent();
    input.birthday = input.birthday.null_is_absent();
    input.time_zone = input.time_zone.null_is_absent();
    input.locale = std::mem::take(&mut input.locale).null_is_absent();
    change(&app, &caller, &user_id, &body).await
}

/// Changes the given fields; null clears one.
#[utoipa::path(
    patch,
    path = "/api/users/{user_id}",
    operation_id = "patch_user",
    tag = "accounts",
    params(("user_id" = String, Path, description = "`me` or the caller's id")),
    request_body = UserPatch,
    responses((status = 200, description = "The account", body = UserOut))
)]
pub(crate) async fn patch_user(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    body: Body<UserPatch>,
) -> Result<Response, ApiError> {
    change(&app, &caller, &user_id, &body).await
}

async fn change(
    app: &App,
    caller: &Caller,
    user_id: &str,
    body: &Body<UserPatch>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(user_id)?;
    let mut change = checked(&body.value, app.now())?;
    change.version = body.value.version.or(body.if_match);
    let mut write = app.write(caller, body).await?;
    let at = write.at();
    // The session lives, so the account does: only the version can be another one.
    let Some(user) = users::update(&mut write.tx, owner, &change, at).await? else {
        return Err(ApiError::Conflict(Conflict::STALE));
    };
    write.commit(StatusCode::OK, &UserOut::from(user)).await
}

fn checked(input: &UserPatch, now: DateTime<Utc>) -> Result<UserChange, ApiError> {
    let mut check = Check::default();
    let first_name = check.field(
        "first_name",
        each(&input.first_name, |name| profile::name(name)),
    );
    let last_name = check.field(
        "last_name",
        each(&input.last_name, |name| profile::name(name)),
    );
    let birthday = check.field(
        "birthday",
        each(&input.birthday, |date| {
            profile::birthday(*date, now).map(Some)
        }),
    );
    let locale = check.field(
        "locale",
        each(&input.locale, |locale| profile::locale(locale).map(Some)),
    );
    if !check.errors.is_empty() {
        return Err(ApiError::Invalid(check.errors));
    }
    Ok(UserChange {
        first_name: first_name.flatten(),
        last_name: last_name.flatten(),
        birthday: birthday.flatten(),
        time_zone: match input.time_zone {
            Patch::Absent => None,
            Patch::Null => Some(ZoneName::default().as_str().to_owned()),
            Patch::Value(zone) => Some(zone.as_str().to_owned()),
        },
        locale: locale
            .flatten()
            .map(|locale| locale.unwrap_or_else(|| "en".to_owned())),
        version: None,
    })
}

#[expect(
    clippy::option_option,
    reason = "absent, cleared or set, as the change in the database has it"
)]
fn each<T, U>(
    patch: &Patch<T>,
    read: impl Fn(&T) -> Result<Option<U>, &'static str>,
) -> Result<Option<Option<U>>, &'static str> {
    match patch {
        Patch::Absent => Ok(None),
        Patch::Null => Ok(Some(None)),
        Patch::Value(value) => read(value).map(Some),
    }
}

impl From<UserRow> for UserOut {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            email_verified: row.email_verified_at.is_some(),
            first_name: row.first_name,
            last_name: row.last_name,
            birthday: row.birthday,
            time_zone: row.time_zone,
            locale: row.locale,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
