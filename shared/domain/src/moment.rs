//! Times as people and older clients write them.

use crate::Zone;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer};
use std::str::FromStr;

/// The years that every store, protocol and zone of the product can hold.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9998;

/// An instant, a reading of the user's wall clock, or a whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Written with an offset: the same everywhere.
    Instant(DateTime<Utc>),
    /// Written without an offset: the user's clock shows this.
    WallClock(NaiveDateTime),
    /// Written without a time.
    Day(NaiveDate),
}

/// Not a time that the product can keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be a time such as 2026-03-02T09:00:00Z or a date such as 2026-03-02, from 1900 to 9998"
)]
pub struct UnknownMoment;

impl Moment {
    /// The instant for somebody in `zone`; a day is its first instant.
    pub fn instant_in(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Instant(at) => at,
            Self::WallClock(wall) => zone.instant_of(wall),
            Self::Day(day) => zone.start_of(day),
        }
    }
}

/// True for dates of years from 1900 to 9998.
pub fn is_storable(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

impl FromStr for Moment {
    type Err = UnknownMoment;

    fn from_str(text: &str) -> Result<Self, UnknownMoment> {
        let text = text.trim();
        let moment = if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            Self::Instant(at.to_utc())
        } else if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Self::Day(day)
        } else {
            let wall = [
                "%Y-%m-%dT%H:%M:%S%.f",
                "%Y-%m-%d %H:%M:%S%.f",
                "%Y-%m-%dT%H:%M",
                "%Y-%m-%d %H:%M",
            ];
            wall.iter()
                .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
                .map(Self::WallClock)
                .ok_or(UnknownMoment)?
        };
        let day = match moment {
            Self::Instant(at) => at.date_naive(),
            Self::WallClock(wall) => wall.date(),
            Self::Day(day) => day,
        };
        if is_storable(day) {
            Ok(moment)
        } else {
            Err(UnknownMoment)
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_way_of_writing_is_told_apart() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        for (text, instant) in [
            ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z"),
            ("2026-03-02T09:00:00.25+05:30", "2026-03-02T03:30:00.25Z"),
            ("2026-03-02T09:00:00", "2026-03-02T08:00:00Z"),
            ("2026-03-02 09:00", "2026-03-02T08:00:00Z"),
            ("2026-03-02", "2026-03-01T23:00:00Z"),
        ] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(
                moment.instant_in(berlin),
                instant.parse::<DateTime<Utc>>().unwrap(),
                "{text}"
            );
        }
        assert_eq!(
            "2026-03-02".parse(),
            Ok(Moment::Day("2026-03-02".parse().unwrap()))
        );
    }

    #[test]
    fn what_is_no_time_or_cannot_be_kept_is_refused() {
        for text in [
            "",
            "soon",
            "2026-02-30",
            "2026-13-01",
            "1899-12-31",
            "9999-12-31T23:59:59Z",
            "0000-01-01",
            "+12026-01-01",
            "-2026-01-01",
            "2026-03-02T25:00:00Z",
            "2026-03-02T09",
            "1772442000",
        ] {
            assert_eq!(text.parse::<Moment>(), Err(UnknownMoment), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_or_refused(text in "[-+0-9T:Z. ]{0,40}") {
            if let Ok(moment) = text.parse::<Moment>() {
                let year = moment.instant_in(Zone::UTC).year();
                prop_assert!(YEARS.contains(&year));
            }
        }
    }
}
