//! Passwords against what is stored.

use crate::Guard;
use sentry_auth::password::{HasherError, Password, PasswordHash, Verdict};
use sentry_http::ApiError;

/// Checks a password. No transaction is open meanwhile: hashing is slow, and connections are few.
pub async fn verify(
    guard: &Guard,
    password: &Password,
    stored: Option<PasswordHash>,
) -> Result<Verdict, ApiError> {
    match guard.hasher.verify(password.clone(), stored).await {
        Ok(verdict) => Ok(verdict),
        Err(HasherError::Hash(error)) => {
            // An answer of its own would tell that there is an account.
            tracing::error!(%error, "a password cannot be checked");
            Ok(Verdict::Wrong)
        }
        Err(error) => Err(busy(error)),
    }
}

/// Too many at once is for a moment; all else is our fault.
pub fn busy(error: HasherError) -> ApiError {
    match error {
        HasherError::Busy | HasherError::Stopped => ApiError::Unavailable(Box::new(error)),
        HasherError::Hash(_) => ApiError::internal(error),
    }
}
