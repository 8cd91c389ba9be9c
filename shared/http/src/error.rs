//! Every way in which a request can fail, and the one place that maps it to an answer.

use crate::Problem;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::error::Error;
use utoipa::ToSchema;

/// What is wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Path of the field, such as `attendees[0]`.
    pub field: String,
    /// Stable word for programs.
    pub code: String,
    /// Sentence for people.
    pub detail: String,
}

impl FieldError {
    /// An error with the usual code `invalid`.
    pub fn new(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            code: "invalid".to_owned(),
            detail: detail.into(),
        }
    }
}

/// A request that makes sense but does not fit the present state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Conflict {
    /// Stable word for programs.
    pub code: &'static str,
    /// Sentence for people.
    pub detail: &'static str,
}

impl Conflict {
    /// The caller has seen an older version than the stored one.
    pub const STALE: Self = Self {
        code: "stale_version",
        detail: "somebody changed this since you read it; read it again and repeat your change",
    };
    /// The same `Idempotency-Key` is being worked on.
    pub const IN_FLIGHT: Self = Self {
        code: "idempotency_key_in_flight",
        detail: "a request with this Idempotency-Key is being carried out; ask again in a moment",
    };
}

/// Every way in which a request can fail.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 400: the request cannot be read at all.
    #[error("{0}")]
    Malformed(String),
    /// 401: nobody, or nobody any more.
    #[error("{0}")]
    Unauthorized(&'static str),
    /// 403: known, but not allowed (never for somebody else's rows: those are 404).
    #[error("{0}")]
    Forbidden(&'static str),
    /// 403 with a code of its own: something more is asked for first.
    #[error("{0}")]
    Denied(Conflict),
    /// 404: not there, or not the caller's.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// 409.
    #[error("{0}")]
    Conflict(Conflict),
    /// 413.
    #[error("the request may hold at most {limit_bytes} bytes")]
    TooLarge {
        /// What is allowed.
        limit_bytes: u64,
    },
    /// 413 for a file, with the way that larger ones go.
    #[error("the file may have at most {limit_bytes} bytes here; {hint}")]
    FileTooLarge {
        /// What is allowed.
        limit_bytes: u64,
        /// What to do instead.
        hint: &'static str,
    },
    /// 415.
    #[error("{0}")]
    UnsupportedMediaType(String),
    /// 422: readable, but some fields are wrong.
    #[error("some fields are not valid")]
    Invalid(Vec<FieldError>),
    /// 422 with a code of its own, about no single field.
    #[error("{0}")]
    Unprocessable(Conflict),
    /// 429.
    #[error("too many requests; wait {retry_after_seconds} seconds")]
    TooManyRequests {
        /// When to come back.
        retry_after_seconds: u64,
    },
    /// 503: something this function depends on does not answer.
    #[error("the service is not available right now; try again in a moment")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// 500: our fault. The chain goes into the log, nothing of it to the client.
    #[error("internal error")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
    /// Not a failure: the answer that this `Idempotency-Key` got the first time.
    #[error("replayed answer")]
    Replay(Box<Response>),
}

impl ApiError {
    /// 422 for one field.
    pub fn field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, detail)])
    }

    /// 500 for what cannot happen.
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::Denied(_) => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge { .. } | Self::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid(_) | Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) | Self::Replay(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed_request",
            Self::Unauthorized(_) => "unauthorized",
            Self::Forbidden(_) => "forbidden",
            Self::NotFound(_) => "not_found",
            Self::Conflict(conflict) | Self::Unprocessable(conflict) | Self::Denied(conflict) => {
                conflict.code
            }
            Self::TooLarge { .. } | Self::FileTooLarge { .. } => "too_large",
            Self::UnsupportedMediaType(_) => "unsupported_media_type",
            Self::Invalid(_) => "invalid_input",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) | Self::Replay(_) => "internal",
        }
    }
}

impl From<sentry_db::Error> for ApiError {
    fn from(error: sentry_db::Error) -> Self {
        if sentry_db::is_unavailable(&error) {
            Self::Unavailable(Box::new(error))
        } else {
            Self::Internal(Box::new(error))
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code, detail) = (self.status(), self.code(), self.to_string());
        let mut problem = Problem::new(status, code, detail);
        let mut retry_after = None;
        match self {
            Self::Replay(answer) => return *answer,
            Self::Invalid(errors) => problem.errors = errors,
            Self::TooManyRequests {
                retry_after_seconds,
            } => retry_after = Some(retry_after_seconds),
            Self::Unavailable(source) => {
                retry_after = Some(1);
                tracing::warn!(error = %chain(&*source), "unavailable");
            }
            Self::Internal(source) => tracing::error!(error = %chain(&*source), "internal error"),
            _ => {}
        }
        let mut response = problem.into_response();
        if let Some(seconds) = retry_after {
            let headers = response.headers_mut();
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
            if status == StatusCode::TOO_MANY_REQUESTS
                && let Ok(limit) = format!("\"requests\";r=0;t={seconds}").parse()
            {
                headers.insert("ratelimit", limit);
            }
        }
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// An error and what caused it, for the log.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
