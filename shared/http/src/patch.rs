//! A field that may be absent, null or given: RFC 7396 tells the three apart.

use serde::{Deserialize, Deserializer};

/// One field of a merge patch. Put `#[serde(default)]` on it, so that absent is [`Patch::Absent`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Not mentioned: stays as it is.
    #[default]
    Absent,
    /// `null`: cleared.
    Null,
    /// Set to this.
    Value(T),
}

impl<T> Patch<T> {
    /// The value that the field has afterwards.
    pub fn or(self, current: Option<T>) -> Option<T> {
        match self {
            Self::Absent => current,
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// `PUT` replaces given fields only: older clients send null for what they do not know.
    #[must_use]
    pub fn null_is_absent(self) -> Self {
        if matches!(self, Self::Null) {
            Self::Absent
        } else {
            self
        }
    }

    /// The given value, if any.
    pub const fn as_ref(&self) -> Option<&T> {
        if let Self::Value(value) = self {
            Some(value)
        } else {
            None
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}
