//! Judging and hashing a password that somebody chose.

use crate::Accounts;
use crate::sign_in::busy;
use sentry_auth::Secret;
use sentry_auth::password::{NewPassword, PasswordHash};
use sentry_http::{ApiError, FieldError};

/// Judges a password; what is wrong with it is an error of `field`.
pub(crate) async fn judge(
    accounts: &Accounts,
    field: &str,
    typed: &Secret,
    personal: Vec<String>,
) -> Result<Result<NewPassword, FieldError>, ApiError> {
    let judged = accounts
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
    accounts: &Accounts,
    field: &str,
    typed: &Secret,
    personal: Vec<String>,
) -> Result<PasswordHash, ApiError> {
    let password = judge(accounts, field, typed, personal)
        .await?
        .map_err(|error| ApiError::Invalid(vec![error]))?;
    accounts
        .hasher
        .hash(password.password().clone(), accounts.app.ids.bytes())
        .await
        .map_err(busy)
}
