//! What the reader of a document knows and the document does not say.

use chrono::{DateTime, Utc};
use sentry_domain::Zone;
use serde::{Deserialize, Serialize};

/// The order of the numbers in a date such as `03/04/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 3 April, as nearly everywhere.
    DayMonth,
    /// March 4, as in the United States.
    MonthDay,
}

/// Time, place and people around a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// The instant relative dates count from, unless a message carries its own.
    pub now: DateTime<Utc>,
    /// The zone in which the user's days begin and end.
    pub zone: Zone,
    /// A language tag such as `en`, `en-US` or `de-DE`; its region decides the order of numeric dates.
    pub locale: Option<String>,
    /// The name of the person the document was written to: what "you" means.
    pub reader: Option<String>,
    /// The name of the person who wrote it, where the document does not say: what "I" means.
    pub sender: Option<String>,
}

impl Context {
    /// A context that knows only the time and the zone.
    pub fn new(now: DateTime<Utc>, zone: Zone) -> Self {
        Self {
            now,
            zone,
            locale: None,
            reader: None,
            sender: None,
        }
    }

    /// The order of numeric dates: month first for the United States, by the locale or,
    /// without one, by the zone; day first elsewhere.
    pub fn date_order(&self) -> DateOrder {
        let american = match &self.locale {
            Some(tag) if tag.len() > 2 => {
                let region = tag.rsplit(['-', '_']).next().unwrap_or("");
                region.eq_ignore_ascii_case("us") || region.eq_ignore_ascii_case("ph")
            }
            Some(tag) if !tag.eq_ignore_ascii_case("en") => false,
            _ => is_american(self.zone),
        };
        if american {
            DateOrder::MonthDay
        } else {
            DateOrder::DayMonth
        }
    }

    /// Whether the locale leaves the order of numeric dates open: English as both orders are written in.
    pub fn order_is_open(&self) -> bool {
        let bare = |tag: &String| tag.eq_ignore_ascii_case("en");
        self.locale.as_ref().is_some_and(bare)
    }
}

fn is_american(zone: Zone) -> bool {
    const CITIES: &str = "\
        America/New_York|America/Chicago|America/Denver|America/Los_Angeles|America/Phoenix|\
        America/Detroit|America/Anchorage|America/Boise|Pacific/Honolulu";
    let name = zone.name();
    CITIES.contains(name)
        || name.starts_with("US/")
        || name.starts_with("America/Indiana/")
        || name.starts_with("America/Kentucky/")
        || name.starts_with("America/North_Dakota/")
}
