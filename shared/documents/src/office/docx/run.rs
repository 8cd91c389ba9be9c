//! The look of a run of letters.

use super::super::xml::Attributes;
use crate::HiddenReason;
use crate::colour::{Rgb, WHITE, hex, same};

/// Sizes below this, in half points, nobody reads.
const TINY: f64 = 5.0;
/// Letters narrowed to less than this per cent nobody reads.
const NARROW: f64 = 15.0;

/// A colour of letters or of what is behind them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Paint {
    Colour(Rgb),
    /// Black or white, whichever can be read, or a colour of a theme.
    Unknown,
}

/// What the properties of a run, or of a style, say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Run {
    pub(super) bold: Option<bool>,
    strike: Option<bool>,
    vanish: Option<bool>,
    size: Option<f64>,
    width: Option<f64>,
    ink: Option<Paint>,
    marker: Option<Paint>,
    shading: Option<Paint>,
}

impl Run {
    /// Takes in one property.
    pub(super) fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "b" => self.bold = Some(attributes.is_on()),
            "strike" | "dstrike" => self.strike = Some(attributes.is_on()),
            "vanish" | "specVanish" | "webHidden" => self.vanish = Some(attributes.is_on()),
            "sz" => self.size = attributes.number("val"),
            "w" => {
                let value = attributes.get("val").unwrap_or_default();
                self.width = value.trim_end_matches('%').parse().ok();
            }
            "color" => self.ink = Some(ink(attributes)),
            "shd" => self.shading = shading(attributes),
            "highlight" => self.marker = marker(&attributes.get("val").unwrap_or_default()),
            _ => {}
        }
    }

    /// What the run says, and where it says nothing what its style does.
    pub(super) fn or(self, style: Self) -> Self {
        Self {
            bold: self.bold.or(style.bold),
            strike: self.strike.or(style.strike),
            vanish: self.vanish.or(style.vanish),
            size: self.size.or(style.size),
            width: self.width.or(style.width),
            ink: self.ink.or(style.ink),
            marker: self.marker.or(style.marker),
            shading: self.shading.or(style.shading),
        }
    }

    pub(super) fn unstressed(self) -> Self {
        Self { bold: None, ..self }
    }

    pub(super) fn is_struck(&self) -> bool {
        self.strike == Some(true)
    }

    /// Why the run cannot be seen before the colour of the paragraph or cell around it.
    pub(super) fn hidden(&self, behind: Option<Paint>) -> Option<HiddenReason> {
        let paper = self.marker.or(self.shading).or(behind);
        let is_lost = match (self.ink, paper.unwrap_or(Paint::Colour(WHITE))) {
            (Some(Paint::Colour(ink)), Paint::Colour(paper)) => same(ink, paper),
            _ => false,
        };
        if self.vanish == Some(true) {
            Some(HiddenReason::NotDisplayed)
        } else if self.size.is_some_and(|size| size < TINY)
            || self.width.is_some_and(|width| width < NARROW)
        {
            Some(HiddenReason::Tiny)
        } else if is_lost {
            Some(HiddenReason::SameColour)
        } else {
            None
        }
    }
}

/// The colour of letters.
fn ink(attributes: &Attributes<'_>) -> Paint {
    let colour = match attributes.get("themeColor").as_deref() {
        None => attributes.get("val").as_deref().and_then(hex),
        // Shades of the theme's paper are greys.
        Some("background1" | "light1") if attributes.get("themeShade").is_none() => Some(WHITE),
        Some(_) => None,
    };
    colour.map_or(Paint::Unknown, Paint::Colour)
}

/// The colour a run, a paragraph or a cell lays behind its letters; `None` where it lays none.
pub(super) fn shading(attributes: &Attributes<'_>) -> Option<Paint> {
    let fill = attributes.get("fill").unwrap_or_default();
    match attributes.get("themeFill") {
        Some(theme) if theme == "background1" && attributes.get("themeFillShade").is_none() => None,
        Some(_) => Some(Paint::Unknown),
        None if fill.is_empty() || fill == "auto" => None,
        None => Some(hex(&fill).map_or(Paint::Unknown, Paint::Colour)),
    }
}

fn marker(name: &str) -> Option<Paint> {
    const NAMED: [(&str, Rgb); 16] = [
        ("black", [0, 0, 0]),
        ("blue", [0, 0, 255]),
        ("cyan", [0, 255, 255]),
        ("green", [0, 255, 0]),
        ("magenta", [255, 0, 255]),
        ("red", [255, 0, 0]),
        ("yellow", [255, 255, 0]),
        ("white", WHITE),
        ("darkBlue", [0, 0, 128]),
        ("darkCyan", [0, 128, 128]),
        ("darkGreen", [0, 128, 0]),
        ("darkMagenta", [128, 0, 128]),
        ("darkRed", [128, 0, 0]),
        ("darkYellow", [128, 128, 0]),
        ("darkGray", [128, 128, 128]),
        ("lightGray", [192, 192, 192]),
    ];
    let known = NAMED.iter().find(|(known, _)| *known == name);
    let paint = known.map_or(Paint::Unknown, |(_, colour)| Paint::Colour(*colour));
    (!name.is_empty() && name != "none").then_some(paint)
}
