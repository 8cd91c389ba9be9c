//! Who takes part, as a list or, from older clients, as text with commas.

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use std::fmt;

/// Names or addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attendees(pub Vec<String>);

impl<'de> Deserialize<'de> for Attendees {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Names).map(Self)
    }
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of names")
    }

    fn visit_str<E>(self, text: &str) -> Result<Vec<String>, E> {
        let names = text.split([',', ';']).map(str::trim);
        Ok(names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        Ok(names)
    }
}
