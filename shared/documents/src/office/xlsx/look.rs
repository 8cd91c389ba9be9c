//! How cells look: their colours, and whether their words are struck out.

use super::super::xml::{Attributes, Handler};
use crate::colour::{Rgb, WHITE, hex, same};
use crate::{HiddenReason, ReadError};

/// A colour, as far as the styles of a workbook tell it.
#[derive(Debug, Clone, PartialEq)]
enum Paint {
    Colour(Rgb),
    /// A colour of the theme or of the palette, by its number and how it is lightened.
    Named(String),
}

/// Letters of one kind.
#[derive(Debug, Clone, Default)]
struct Font {
    ink: Option<Paint>,
    struck: bool,
}

/// The looks of a workbook.
#[derive(Debug, Default)]
pub(super) struct Looks {
    fonts: Vec<Font>,
    fills: Vec<Option<Paint>>,
    /// The font and the fill of every cell style.
    cells: Vec<(usize, usize)>,
    inside: Inside,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Inside {
    #[default]
    Other,
    Fonts,
    Fills,
    Cells,
}

impl Looks {
    /// Why nobody sees the words of a cell of this style. In a table the program may have painted what is behind.
    pub(super) fn hidden(&self, style: usize, has_tables: bool) -> Option<HiddenReason> {
        let (font, fill) = *self.cells.get(style)?;
        let ink = self.fonts.get(font)?.ink.as_ref()?;
        let fill = self.fills.get(fill).and_then(Option::as_ref);
        let is_lost = match (ink, fill) {
            (Paint::Colour(ink), None) => !has_tables && same(*ink, WHITE),
            (Paint::Colour(ink), Some(Paint::Colour(paper))) => same(*ink, *paper),
            (ink, paper) => paper == Some(ink),
        };
        is_lost.then_some(HiddenReason::SameColour)
    }

    /// Whether the words of a cell of this style are struck out.
    pub(super) fn is_struck(&self, style: usize) -> bool {
        let font = self
            .cells
            .get(style)
            .and_then(|cell| self.fonts.get(cell.0));
        font.is_some_and(|font| font.struck)
    }
}

/// The colour an element names; `None` for what the program chooses.
fn paint(attributes: &Attributes<'_>) -> Option<Paint> {
    if let Some(rgb) = attributes.get("rgb") {
        // The first two digits are an opacity that the program does not heed.
        return hex(rgb.get(rgb.len().checked_sub(6)?..)?).map(Paint::Colour);
    }
    let tint = attributes.get("tint").unwrap_or_default();
    if let Some(theme) = attributes.get("theme") {
        return Some(match (theme.as_str(), tint.as_str()) {
            ("0", "" | "0") => Paint::Colour(WHITE),
            _ => Paint::Named(format!("{theme} {tint}")),
        });
    }
    match attributes.get("indexed")?.as_str() {
        "1" | "9" => Some(Paint::Colour(WHITE)),
        "64" | "65" => None,
        index => Some(Paint::Named(format!("indexed {index}"))),
    }
}

impl Handler for Looks {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match (name, self.inside) {
            ("fonts", _) => self.inside = Inside::Fonts,
            ("fills", _) => self.inside = Inside::Fills,
            ("cellXfs", _) => self.inside = Inside::Cells,
            ("font", Inside::Fonts) => self.fonts.push(Font::default()),
            ("color", Inside::Fonts) => {
                if let Some(font) = self.fonts.last_mut() {
                    font.ink = paint(attributes);
                }
            }
            ("strike", Inside::Fonts) => {
                if let Some(font) = self.fonts.last_mut() {
                    font.struck = attributes.is_on();
                }
            }
            ("fill", Inside::Fills) => self.fills.push(None),
            ("gradientFill", Inside::Fills) => {
                if let Some(fill) = self.fills.last_mut() {
                    *fill = Some(Paint::Named("gradient".to_owned()));
                }
            }
            ("patternFill", Inside::Fills) => {
                let pattern = attributes.get("patternType").unwrap_or_default();
                if let Some(fill) = self.fills.last_mut() {
                    *fill =
                        (!matches!(pattern.as_str(), "" | "none")).then_some(Paint::Named(pattern));
                }
            }
            ("fgColor", Inside::Fills) => {
                let solid = Some(Paint::Named("solid".to_owned()));
                if let Some(fill) = self.fills.last_mut().filter(|fill| **fill == solid) {
                    *fill = paint(attributes).or(solid);
                }
            }
            ("xf", Inside::Cells) => {
                let id = |name| attributes.number(name).unwrap_or(0);
                self.cells.push((id("fontId"), id("fillId")));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if matches!(name, "fonts" | "fills" | "cellXfs") {
            self.inside = Inside::Other;
        }
        Ok(())
    }
}
