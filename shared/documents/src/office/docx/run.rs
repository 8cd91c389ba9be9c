//! The look of a run of letters.

use super::super::xml::Attributes;
use crate::HiddenReason;

/// Sizes below this, in half points, nobody reads.
const TINY: f64 = 5.0;

/// What the properties of a run say.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one run"
)]
pub(super) struct Run {
    pub(super) bold: Option<bool>,
    pub(super) strike: bool,
    vanish: bool,
    size: Option<f64>,
    white: bool,
    shaded: bool,
}

impl Run {
    /// Takes in one property.
    pub(super) fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "b" => self.bold = Some(attributes.is_on()),
            "strike" | "dstrike" => self.strike = attributes.is_on(),
            "vanish" | "specVanish" | "webHidden" => self.vanish = attributes.is_on(),
            "sz" => self.size = attributes.number("val"),
            "color" => {
                let value = attributes.get("val").unwrap_or_default();
                let theme = attributes.get("themeColor").unwrap_or_default();
                self.white = is_white(&value) || matches!(theme.as_str(), "background1" | "light1");
            }
            "shd" => self.shaded = is_dark(attributes),
            "highlight" => {
                self.shaded = attributes
                    .get("val")
                    .is_some_and(|value| value != "white" && value != "none");
            }
            _ => {}
        }
    }

    /// Why the run cannot be seen. `shaded`: the paragraph or cell around it has a colour of its own.
    pub(super) fn hidden(&self, shaded: bool) -> Option<HiddenReason> {
        if self.vanish {
            Some(HiddenReason::NotDisplayed)
        } else if self.size.is_some_and(|size| size < TINY) {
            Some(HiddenReason::Tiny)
        } else if self.white && !shaded && !self.shaded {
            Some(HiddenReason::SameColour)
        } else {
            None
        }
    }
}

/// White, or so close to it that nobody can tell.
fn is_white(value: &str) -> bool {
    let Ok(rgb) = u32::from_str_radix(value, 16) else {
        return false;
    };
    value.len() == 6
        && rgb.to_be_bytes()[1..]
            .iter()
            .all(|&channel| channel >= 0xf3)
}

/// A shading on which white letters can be read.
pub(super) fn is_dark(attributes: &Attributes<'_>) -> bool {
    let fill = attributes.get("fill").unwrap_or_default();
    let themed = attributes
        .get("themeFill")
        .is_some_and(|theme| !theme.starts_with("background1"));
    themed || (!fill.is_empty() && fill != "auto" && !is_white(&fill))
}
