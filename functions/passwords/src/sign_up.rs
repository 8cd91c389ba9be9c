//! A new account.

use crate::new_password;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use sentry_auth::Secret;
use sentry_db::mails::MailKind;
use sentry_db::users::{self, NewUser};
use sentry_domain::ZoneName;
use sentry_http::{ApiError, Body};
use sentry_identity::{
    Client, Guard, notice,
    password::busy,
    profile::{self, Check},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What signing up takes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignUpIn {
    /// Kept as given, compared without regard to case.
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// 12 to 128 characters that are not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    password: Secret,
    /// Given name.
    #[schema(max_length = 100)]
    first_name: Option<String>,
    /// Family name.
    #[schema(max_length = 100)]
    last_name: Option<String>,
    /// Date of birth.
    birthday: Option<NaiveDate>,
    /// IANA time zone, `UTC` by default.
    #[schema(value_type = Option<String>, example = "Europe/Berlin")]
    time_zone: Option<ZoneName>,
    /// Language tag, `en` by default.
    #[schema(example = "de", max_length = 35)]
    locale: Option<String>,
}

/// The answer to everybody who signs up, whether the address had an account or not.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedUp {
    /// The address, as given.
    email: String,
    /// What to do next.
    detail: &'static str,
}

/// Signs up. The answer is the same, and takes the same time, when the address is taken: who has
/// an account here is nobody's business.
#[utoipa::path(
    post,
    path = "/api/users",
    operation_id = "sign_up",
    tag = "accounts",
    security(()),
    request_body = SignUpIn,
    responses((status = 201, description = "The address has an account", body = SignedUp))
)]
pub(crate) async fn sign_up(
    State(guard): State<Guard>,
    client: Client,
    Body { value: input, .. }: Body<SignUpIn>,
) -> Result<(StatusCode, Json<SignedUp>), ApiError> {
    let app = &guard.app;
    guard.gate.admit_sign_up(app, &client, &input.email).await?;
    let mut check = Check::default();
    let email = check.field("email", profile::email(&input.email));
    let first_name = check.field(
        "first_name",
        input.first_name.as_deref().map_or(Ok(None), profile::name),
    );
    let last_name = check.field(
        "last_name",
        input.last_name.as_deref().map_or(Ok(None), profile::name),
    );
    let birthday = input
        .birthday
        .map(|date| profile::birthday(date, app.now()))
        .transpose();
    let birthday = check.field("birthday", birthday);
    let locale = check.field(
        "locale",
        input
            .locale
            .as_deref()
            .map_or(Ok("en".to_owned()), profile::locale),
    );
    let password = new_password::judge(&guard, "password", &input.password, personal(&input))
        .await?
        .map_err(|error| check.errors.push(error))
        .ok();
    let (
        Some(email),
        Some(first_name),
        Some(last_name),
        Some(birthday),
        Some(locale),
        Some(password),
    ) = (email, first_name, last_name, birthday, locale, password)
    else {
        return Err(ApiError::Invalid(check.errors));
    };
    // Hashed for taken addresses too: the time must not tell.
    let hash = guard
        .hasher
        .hash(password.password().clone(), app.ids.bytes())
        .await
        .map_err(busy)?;
    let user = NewUser {
        email,
        password_hash: Some(hash.as_stored()),
        first_name: first_name.as_deref(),
        last_name: last_name.as_deref(),
        birthday,
        time_zone: input.time_zone.unwrap_or_default().as_str(),
        locale: &locale,
    };
    let mut tx = app.db.sign_in().await?;
    let at = app.now();
    if let Some(holder) = users::sign_up(&mut tx, &user, client.ip.as_deref(), at).await? {
        // A mail in both cases: only the one who reads the mailbox learns which.
        let kind = if holder.created {
            MailKind::VerifyEmail
        } else {
            MailKind::SignUpRepeated
        };
        let detail = notice::circumstances(&client);
        notice::write(app, &mut tx, (holder.id, kind), None, &detail, at).await?;
    }
    notice::commit(app, tx).await?;
    let detail = "sign in with this address and password; if it had an account before, that one is unchanged";
    Ok((
        StatusCode::CREATED,
        Json(SignedUp {
            email: email.to_owned(),
            detail,
        }),
    ))
}

/// What somebody who guesses passwords would try first for this person.
fn personal(input: &SignUpIn) -> Vec<String> {
    [
        Some(input.email.clone()),
        input.first_name.clone(),
        input.last_name.clone(),
    ]
    .into_iter()
    .flatten()
    .chain(input.birthday.map(|date| date.to_string()))
    .collect()
}
