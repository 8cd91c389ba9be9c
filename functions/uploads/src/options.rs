//! How a file is to be read, as clients say it.

use chrono::{DateTime, Utc};
use sentry_domain::{Moment, Zone};
use sentry_http::ApiError;

/// The longest language tag, in characters.
const MAX_LOCALE_CHARS: usize = 35;

/// How a file is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Options {
    /// Save what is found at once, or let the person choose first.
    pub(crate) save_to_db: bool,
    /// What relative dates count from.
    pub(crate) reference_date: Option<Moment>,
    /// Decides numeric dates.
    pub(crate) locale: Option<String>,
}

impl Options {
    /// Checks what was given; nothing need be.
    pub(crate) fn new(
        save_to_db: Option<bool>,
        reference_date: Option<Moment>,
        locale: Option<String>,
    ) -> Result<Self, ApiError> {
        if locale
            .as_deref()
            .is_some_and(|locale| !is_language_tag(locale))
        {
            return Err(ApiError::field(
                "locale",
                "must be a language tag such as en-US",
            ));
        }
        Ok(Self {
            save_to_db: save_to_db.unwrap_or(true),
            reference_date,
            locale,
        })
    }

    /// The instant that relative dates count from, in the user's zone.
    pub(crate) fn reference_at(&self, time_zone: &str) -> Option<DateTime<Utc>> {
        let zone: Zone = time_zone.parse().unwrap_or_default();
        self.reference_date.map(|moment| moment.instant_in(zone))
    }
}

fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
        && text.len() <= MAX_LOCALE_CHARS
}
