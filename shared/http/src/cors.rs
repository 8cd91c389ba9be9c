//! Whose pages may call the API: those named in `CORS_ORIGINS`, and no others.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, IF_MATCH, LOCATION, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use sentry_runtime::{SettingError, Settings};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

const SETTING: &str = "CORS_ORIGINS";

/// The origins in `CORS_ORIGINS`, separated by commas. A wildcard is refused: answers are for the
/// person who is signed in, not for every page they have open.
pub fn allowed_origins(settings: &Settings) -> Result<Vec<String>, SettingError> {
    let given = settings.optional(SETTING).unwrap_or_default();
    given
        .split(',')
        .map(str::trim)
        .filter(|origin| !origin.is_empty())
        .map(|origin| {
            let wrong = || SettingError::Wrong {
                name: SETTING,
                reason: format!("{origin:?} is not an origin such as https://app.example.org"),
            };
            let uri: Uri = origin.parse().map_err(|_| wrong())?;
            let is_origin = matches!(uri.scheme_str(), Some("https" | "http"))
                && uri
                    .authority()
                    .is_some_and(|authority| !authority.as_str().contains('@'))
                && uri.path() == "/"
                && uri.query().is_none()
                && !origin.ends_with('/');
            is_origin.then(|| origin.to_owned()).ok_or_else(wrong)
        })
        .collect()
}

/// Lets pages of the allowed origins call, with their cookies. API Gateway does the same in AWS.
pub fn cors(settings: &Settings) -> Result<CorsLayer, SettingError> {
    let origins = allowed_origins(settings)?
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok())
        .collect::<Vec<_>>();
    let own = HeaderName::from_static;
    Ok(CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_credentials(true)
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            IF_MATCH,
            own("idempotency-key"),
            own("x-csrf-token"),
            own("x-request-id"),
        ])
        .expose_headers([LOCATION, RETRY_AFTER, own("ratelimit"), own("x-request-id")])
        .max_age(Duration::from_hours(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_named_one_by_one() {
        let read = |text: &str| {
            allowed_origins(&Settings::from_lookup(|_| Some(text.to_owned())))
                .map_err(|error| error.to_string())
        };
        assert_eq!(
            read("https://a.example, http://localhost:5173"),
            Ok(vec![
                "https://a.example".to_owned(),
                "http://localhost:5173".to_owned()
            ])
        );
        for wrong in [
            "*",
            "https://a.example/",
            "https://a.example/x",
            "a.example",
            "null",
            "https://u@a.example",
        ] {
            assert!(read(wrong).unwrap_err().contains(SETTING), "{wrong}");
        }
    }
}
