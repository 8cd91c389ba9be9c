//! What lies behind and over the words of a slide.

use std::collections::HashMap;

use super::super::package::Package;
use super::super::xml::{self, Attributes, Handler};
use crate::ReadError;
use crate::colour::{Rgb, WHITE, hex};
use crate::limits::Budget;

/// Slides with more shapes are drawings.
const MAX_SHAPES: usize = 400;

/// What a shape is filled with.
#[derive(Debug, Clone, Default, PartialEq)]
enum Fill {
    #[default]
    Nothing,
    /// A colour in six digits, or its name in the theme.
    Colour(String),
    Unknown,
}

/// A shape: left, top, right and bottom, where they are known, and its filling.
#[derive(Debug, Default)]
struct Shape {
    corner: Option<(i64, i64)>,
    rect: Option<[i64; 4]>,
    fill: Fill,
    /// It says itself what it is filled with.
    said: bool,
}

/// What is known of the place where a shape stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ground {
    /// The colour behind its words.
    pub(super) behind: Option<Rgb>,
    /// Another shape lies over all of it.
    pub(super) covered: bool,
}

/// The colours of a theme by the names slides use.
#[derive(Debug, Default)]
pub(super) struct Theme {
    colours: HashMap<String, Rgb>,
    /// Names of the slide that stand for names of the theme.
    names: HashMap<String, String>,
    current: String,
}

impl Theme {
    /// A colour by its digits or by its name.
    pub(super) fn colour(&self, name: &str) -> Option<Rgb> {
        let real = self.names.get(name).map_or(name, String::as_str);
        hex(name).or_else(|| self.colours.get(real).copied())
    }
}

impl Handler for Theme {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match name {
            "clrMap" => {
                for name in ["bg1", "tx1", "bg2", "tx2"] {
                    if let Some(real) = attributes.get(name) {
                        self.names.insert(name.to_owned(), real);
                    }
                }
            }
            "srgbClr" | "sysClr" => {
                let value = attributes.get("lastClr").or_else(|| attributes.get("val"));
                if let Some(colour) = value.as_deref().and_then(hex) {
                    let current = self.current.clone();
                    self.colours.entry(current).or_insert(colour);
                }
            }
            _ => name.clone_into(&mut self.current),
        }
        Ok(())
    }
}

/// The shapes of a slide in the order of painting.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "where in the XML the reader stands"
)]
struct Shapes {
    list: Vec<Shape>,
    background: Option<Fill>,
    groups: usize,
    in_background: bool,
    in_properties: bool,
    in_outline: bool,
    solid: bool,
    in_colour: bool,
}

impl Shapes {
    fn of(text: &str, budget: &Budget) -> Result<Self, ReadError> {
        let mut shapes = Self::default();
        xml::walk(text, budget, &mut shapes)?;
        Ok(shapes)
    }

    fn fill(&mut self, fill: Fill) {
        if self.in_background {
            self.background = Some(fill);
        } else if let Some(shape) = self.list.last_mut() {
            shape.fill = fill;
            shape.said = true;
        }
    }

    fn place(&mut self, attributes: &Attributes<'_>) {
        let Some(shape) = self.list.last_mut().filter(|_| self.groups == 0) else {
            return;
        };
        let (x, y) = (attributes.number("x"), attributes.number("y"));
        shape.corner = shape.corner.or(x.zip(y));
        let size = attributes
            .number::<i64>("cx")
            .zip(attributes.number::<i64>("cy"));
        if let (Some((x, y)), Some((width, height)), None) = (shape.corner, size, shape.rect) {
            shape.rect = Some([x, y, x.saturating_add(width), y.saturating_add(height)]);
        }
    }
}

impl Handler for Shapes {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        let paints = self.in_background || (self.in_properties && !self.in_outline);
        match name {
            // The colour is lightened, darkened or lets something through.
            _ if self.in_colour => self.fill(Fill::Unknown),
            "bg" => {
                self.in_background = true;
                self.background = Some(Fill::Unknown);
            }
            "bgRef" => self.solid = attributes.get("idx").as_deref() == Some("1001"),
            "grpSp" => self.groups += 1,
            "sp" | "graphicFrame" | "cxnSp" => self.list.push(Shape::default()),
            "pic" => self.list.push(Shape {
                fill: Fill::Unknown,
                said: true,
                ..Shape::default()
            }),
            "spPr" => self.in_properties = true,
            "ln" => self.in_outline = true,
            "off" | "ext" => self.place(attributes),
            "solidFill" if paints => self.solid = true,
            "noFill" if paints => self.fill(Fill::Nothing),
            "gradFill" | "blipFill" | "pattFill" | "grpFill" if paints => self.fill(Fill::Unknown),
            "fillRef" if attributes.get("idx").as_deref() != Some("0") => {
                if let Some(shape) = self.list.last_mut().filter(|shape| !shape.said) {
                    shape.fill = Fill::Unknown;
                }
            }
            "srgbClr" | "schemeClr" if self.solid => {
                self.solid = false;
                self.in_colour = true;
                self.fill(Fill::Colour(attributes.get("val").unwrap_or_default()));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "bg" => (self.in_background, self.solid) = (false, false),
            "grpSp" => self.groups = self.groups.saturating_sub(1),
            "spPr" => (self.in_properties, self.solid) = (false, false),
            "ln" => self.in_outline = false,
            "srgbClr" | "schemeClr" => self.in_colour = false,
            _ => {}
        }
        Ok(())
    }
}

/// The places of the shapes of a slide, in the order in which its XML names them, and the theme's colours.
pub(super) fn survey(
    package: &mut Package<'_>,
    target: &str,
    text: &str,
    budget: &Budget,
) -> Result<(Vec<Ground>, Theme), ReadError> {
    let slide = Shapes::of(text, budget)?;
    let mut theme = Theme::default();
    let mut background = slide.background.clone();
    let mut is_bare = true;
    let mut part = target.to_owned();
    for kind in ["slideLayout", "slideMaster", "theme"] {
        let relations = package.relations(&part)?;
        let Some(next) = relations.into_iter().find(|relation| relation.kind == kind) else {
            break;
        };
        part = next.target;
        let Some(text) = package.text(&part)? else {
            break;
        };
        xml::walk(&text, budget, &mut theme)?;
        if kind == "theme" {
            continue;
        }
        theme.colours.clear();
        let around = Shapes::of(&text, budget)?;
        background = background.or(around.background);
        is_bare &= around.list.iter().all(|shape| shape.fill == Fill::Nothing);
    }
    let paper = match background {
        None => Some(WHITE),
        Some(Fill::Colour(colour)) => theme.colour(&colour),
        Some(_) => None,
    };
    let moves = text.contains("presetClass=\"exit\"");
    let shapes = &slide.list[..slide.list.len().min(MAX_SHAPES)];
    let ground = |index: usize| Ground {
        behind: behind(shapes, index, paper.filter(|_| is_bare), &theme),
        covered: !moves
            && shapes[index + 1..]
                .iter()
                .any(|over| covers(over, &shapes[index])),
    };
    Ok(((0..shapes.len()).map(ground).collect(), theme))
}

/// The colour behind the words of a shape: its own, that of the last shape under it, or that of the slide.
fn behind(shapes: &[Shape], index: usize, paper: Option<Rgb>, theme: &Theme) -> Option<Rgb> {
    let shape = &shapes[index];
    let under = shapes[..index]
        .iter()
        .rfind(|under| under.fill != Fill::Nothing && touch(under, shape));
    match (&shape.fill, under) {
        (Fill::Colour(colour), _) => theme.colour(colour),
        (Fill::Unknown, _) => None,
        (Fill::Nothing, None) => paper,
        (Fill::Nothing, Some(under)) => match &under.fill {
            Fill::Colour(colour) if holds(under, shape) => theme.colour(colour),
            _ => None,
        },
    }
}

/// Whether two shapes may lie on each other.
fn touch(a: &Shape, b: &Shape) -> bool {
    let (Some(a), Some(b)) = (a.rect, b.rect) else {
        return true;
    };
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn holds(outer: &Shape, inner: &Shape) -> bool {
    let (Some(outer), Some(inner)) = (outer.rect, inner.rect) else {
        return false;
    };
    outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
}

fn covers(over: &Shape, shape: &Shape) -> bool {
    matches!(over.fill, Fill::Colour(_)) && holds(over, shape)
}
