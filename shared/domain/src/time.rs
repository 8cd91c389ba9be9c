//! The user's time zone: the only frame in which "today" means anything.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// An IANA time zone, `UTC` by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(pub chrono_tz::Tz);

/// A name that is not in the IANA time zone database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an IANA time zone such as Europe/Berlin")]
pub struct UnknownZone;

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(chrono_tz::UTC);

    /// The date on the user's wall calendar at `instant`.
    pub fn day_of(self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.0).date_naive()
    }

    /// The wall clock of the user at `instant`.
    pub fn wall_clock(self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.0).naive_local()
    }

    /// The first instant of `day`: midnight, or where daylight saving skips midnight, the end of the gap.
    pub fn start_of(self, day: NaiveDate) -> DateTime<Utc> {
        self.instant_of(day.and_time(NaiveTime::MIN))
    }

    /// The instant at which the user's clock shows `wall`: the earlier of two, or, in a gap, the
    /// first instant after it.
    pub fn instant_of(self, wall: NaiveDateTime) -> DateTime<Utc> {
        // The longest gap on record is a day (Samoa, 2011); its end is found in minutes.
        for minutes in 0..=24 * 60 {
            match self
                .0
                .from_local_datetime(&(wall + Duration::minutes(minutes)))
            {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => {
                    return at.with_timezone(&Utc);
                }
                LocalResult::None => {}
            }
        }
        wall.and_utc()
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::UTC
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        name.trim().parse().map(Self).map_err(|_| UnknownZone)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn midnight_that_does_not_exist_moves_to_the_end_of_the_gap() {
        // Beirut went from 00:00 to 01:00 on 2024-03-31.
        let zone: Zone = "Asia/Beirut".parse().unwrap();
        assert_eq!(
            zone.start_of(day("2024-03-31")).to_rfc3339(),
            "2024-03-30T22:00:00+00:00"
        );
    }

    #[test]
    fn a_day_that_was_skipped_begins_with_the_next() {
        // Samoa crossed the date line: 2011-12-30 did not happen.
        let zone: Zone = "Pacific/Apia".parse().unwrap();
        assert_eq!(
            zone.start_of(day("2011-12-30")),
            zone.start_of(day("2011-12-31"))
        );
    }

    #[test]
    fn nonsense_is_refused() {
        assert!("Mars/Olympus".parse::<Zone>().is_err());
        assert!("".parse::<Zone>().is_err());
    }

    proptest! {
        #[test]
        fn the_start_of_a_day_is_in_that_day(offset in 0i64..20_000, index in 0usize..chrono_tz::TZ_VARIANTS.len()) {
            let zone = Zone(chrono_tz::TZ_VARIANTS[index]);
            let date = day("1995-01-01") + Duration::days(offset);
            let start = zone.start_of(date);
            // A skipped day has no instant of its own.
            prop_assert!(zone.day_of(start) == date || zone.day_of(start) == date + Duration::days(1));
            prop_assert!(zone.day_of(start - Duration::seconds(1)) < date + Duration::days(1));
        }
    }
}
