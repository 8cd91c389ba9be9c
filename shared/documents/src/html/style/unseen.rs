//! Letters that are moved off the page, shrunk to nothing or painted in no colour.

use super::points;
use crate::HiddenReason;

/// Where the declarations of one element move it to, in points.
#[derive(Debug, Default)]
pub(super) struct Offsets {
    /// How far beyond an edge it must be moved to be off the page, if it is laid over it.
    reach: Option<f32>,
    furthest: f32,
}

impl Offsets {
    /// From any other place than its own an element of the page cannot be told to leave it, unless it goes far.
    const FAR: f32 = 400.0;

    pub(super) fn position(&mut self, value: &str) {
        self.reach = match value {
            "fixed" => Some(75.0),
            "absolute" => Some(150.0),
            _ => None,
        };
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        // A side of the page it is laid over counts in full, as its own size does.
        let whole = (value.ends_with('%') && !name.contains('-'))
            .then(|| value.trim_end_matches('%').parse::<f32>().ok())
            .flatten();
        let offset = whole.map_or_else(|| points(value), |percent| Some(percent * 4.0));
        self.furthest = self.furthest.min(offset.unwrap_or(0.0));
    }

    pub(super) fn leave_the_page(&self) -> bool {
        self.furthest < -self.reach.unwrap_or(Self::FAR)
    }
}

/// What a transformation does to the letters: nothing is left of them, or they are moved far away.
pub(super) fn transformed(value: &str) -> Option<HiddenReason> {
    let is_nothing = |value: &str| value.trim().parse::<f32>().is_ok_and(|n| n.abs() < 0.02);
    if value.split_whitespace().any(is_nothing) {
        return Some(HiddenReason::NotDisplayed);
    }
    for call in value.split(')') {
        let (name, arguments) = call.split_once('(')?;
        let mut arguments = arguments.split(',').map(str::trim);
        let name = name.trim();
        if name.starts_with("scale") && name != "scalez" && arguments.clone().any(is_nothing) {
            return Some(HiddenReason::NotDisplayed);
        }
        if name.starts_with("translate")
            && arguments.any(|offset| points(offset).is_some_and(|offset| offset < -Offsets::FAR))
        {
            return Some(HiddenReason::OffPage);
        }
    }
    None
}

/// A colour that paints nothing.
pub(super) fn is_clear(value: &str) -> bool {
    let hex = value.strip_prefix('#').unwrap_or_default();
    let alpha = match hex.len() {
        4 => hex.get(3..),
        8 => hex.get(6..),
        _ => value
            .strip_prefix("rgba(")
            .or_else(|| value.strip_prefix("rgb("))
            .or_else(|| value.strip_prefix("hsla("))
            .map(|inside| inside.trim_end_matches(')'))
            .filter(|inside| {
                inside
                    .split([',', ' ', '/'])
                    .filter(|part| !part.is_empty())
                    .count()
                    == 4
            })
            .and_then(|inside| inside.rsplit([',', ' ', '/']).find(|part| !part.is_empty())),
    };
    let share = alpha.map(|alpha| alpha.trim_end_matches('%'));
    value == "transparent"
        || share.is_some_and(|alpha| alpha.parse::<f32>().is_ok_and(|alpha| alpha < 0.05))
}
