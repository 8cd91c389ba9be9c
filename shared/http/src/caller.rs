//! Who asks.

use crate::{ApiError, App};
use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use sentry_domain::{SessionId, UserId};

/// The person behind a request, known by the access token. That the session still lives is
/// checked where the tenant transaction begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Whose rows the request may see.
    pub user_id: UserId,
    /// The session the token belongs to.
    pub session_id: SessionId,
}

impl Caller {
    /// For older paths that carry a user: it must be the caller's id or `me`, else there is no
    /// such thing as far as the caller knows.
    pub fn must_be(&self, user_id: &str) -> Result<UserId, ApiError> {
        if user_id == "me" || user_id.parse() == Ok(self.user_id.0) {
            Ok(self.user_id)
        } else {
            Err(ApiError::NotFound("user"))
        }
    }
}

impl<S> FromRequestParts<S> for Caller
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .ok_or(ApiError::Unauthorized(
                "send an access token: Authorization: Bearer ...",
            ))?;
        let token = header
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(ApiError::Unauthorized(
                "the Authorization header is not a Bearer token",
            ))?;
        let app = App::from_ref(state);
        let access = app
            .verifier
            .verify(token, app.now())
            .map_err(|_| ApiError::Unauthorized("the access token is not valid or has expired"))?;
        Ok(Self {
            user_id: access.user,
            session_id: access.session,
        })
    }
}

/// For what needs nobody and says more to somebody: nobody without a token, an error with a bad one.
impl<S> OptionalFromRequestParts<S> for Caller
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, ApiError> {
        if !parts.headers.contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        let caller = <Self as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        Ok(Some(caller))
    }
}
