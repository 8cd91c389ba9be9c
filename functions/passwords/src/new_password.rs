//! Judging and hashing a password that somebody chose.

use sentry_auth::Secret;
use sentry_auth::password::{NewPassword, PasswordHash};
use sentry_http::{ApiError, FieldError};
use sentry_identity::{Guard, password::busy};

/// Judges a password; what is wrong with it is an error of `field`.
pub(crate) async fn judge(
    guard: &Guard,
    field: &str,
    typed: &Secret,
    personal: Vec<String>,
) -> Result<Result<NewPassword, FieldError>, ApiError> {
    let judged = guard
        .hasher
        .judge(typed.clone(), personal)
        .await
        .map_err(busy)?;
    Ok(judged.map_err(|refusal| FieldError {
        field: field.to_owned(),
        code: refusal.code().to_owned(),
        detail: refusal.to_string(),
    }))
}

/// Judges and hashes a password.
pub(crate) async fn hash(
    guard: &Guard,
    field: &str,
    typed: &Secret,
    personal: Vec<String>,
) -> Result<PasswordHash, ApiError> {
    let password = judge(guard, field, typed, personal)
        .await?
        .map_err(|error| ApiError::Invalid(vec![error]))?;
    guard
        .hasher
        .hash(password.password().clone(), guard.app.ids.bytes())
        .await
        .map_err(busy)
}
