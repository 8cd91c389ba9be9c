//! What a page paints: letters, filled areas, lines and pictures, with their places.

mod device;
mod shapes;

use hayro_interpret::Paint;
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, Point, Rect, Shape};

use std::collections::HashMap;

use crate::limits::Budget;

/// Letters of one page; a page that paints more is not meant to be read.
const MAX_GLYPHS: usize = 200_000;
/// Letters whose strokes are measured.
const MAX_STEMS: usize = 20_000;
/// Paint operations between two looks at the time.
const OPERATIONS_PER_CHECK: usize = 1_024;

/// A letter on the page, in points, the origin at the upper left.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one letter"
)]
pub(super) struct Letter {
    pub(super) text: String,
    /// Its code in the font, where it is a drawing without a name.
    pub(super) code: Option<u8>,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// The base line.
    pub(super) y: f64,
    pub(super) size: f64,
    /// Angle against the page, in degrees; 0 for ordinary text.
    pub(super) angle: f64,
    pub(super) bold: bool,
    /// Width of its strokes in thousandths of its size, where the font does not state its weight.
    pub(super) stem: Option<f64>,
    /// Colour with opacity; `None` for patterns.
    pub(super) ink: Option<[u8; 4]>,
    /// Painted in no colour at all.
    pub(super) invisible: bool,
    /// Outside what the page lets through.
    pub(super) clipped: bool,
    /// Marked by the program as running head or foot.
    pub(super) running: bool,
    /// Order of painting.
    pub(super) order: usize,
}

/// A filled rectangle or a picture.
#[derive(Debug, Clone)]
pub(super) struct Area {
    pub(super) rect: Rect,
    /// `None` for pictures.
    pub(super) ink: Option<[u8; 4]>,
    pub(super) order: usize,
}

/// A small drawing.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    pub(super) rect: Rect,
    pub(super) fills: bool,
    /// An open line that runs aslant: a tick or a cross.
    pub(super) slants: bool,
}

/// Everything one page paints.
#[derive(Debug, Default)]
pub(super) struct Painted {
    pub(super) letters: Vec<Letter>,
    pub(super) areas: Vec<Area>,
    /// Horizontal lines: y, from, to.
    pub(super) across: Vec<(f64, f64, f64)>,
    /// Vertical lines: x, from, to.
    pub(super) down: Vec<(f64, f64, f64)>,
    /// Small drawings that may be the marks of list items.
    pub(super) signs: Vec<Sign>,
    pub(super) has_pictures: bool,
}

/// A marked part of the page.
#[derive(Debug, Default)]
struct Mark {
    running: bool,
    /// What the letters inside stand for, until the first took it.
    replacement: Option<String>,
    replaces: bool,
}

/// Collects what a page paints.
pub(super) struct Collector<'b> {
    pub(super) painted: Painted,
    pub(super) out_of_time: bool,
    budget: &'b Budget,
    clips: Vec<Rect>,
    marks: Vec<Mark>,
    groups: Vec<f32>,
    order: usize,
    stems: &'b mut Stems,
}

/// Widths of strokes by letter, for the whole document.
pub(super) type Stems = HashMap<u128, Option<f64>>;

impl<'b> Collector<'b> {
    pub(super) fn new(page: Rect, budget: &'b Budget, stems: &'b mut Stems) -> Self {
        Self {
            painted: Painted::default(),
            out_of_time: false,
            budget,
            clips: vec![page],
            marks: Vec::new(),
            groups: Vec::new(),
            order: 0,
            stems,
        }
    }

    /// Counts an operation; false when the rest of the page is not wanted any more.
    fn goes_on(&mut self) -> bool {
        self.order += 1;
        if self.order.is_multiple_of(OPERATIONS_PER_CHECK) && self.budget.check_time().is_err() {
            self.out_of_time = true;
        }
        !self.out_of_time
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::ZERO)
    }

    fn ink(&self, paint: &Paint<'_>) -> Option<[u8; 4]> {
        match paint {
            Paint::Color(colour) => {
                let mut ink = colour.to_rgba().to_rgba8();
                if self.groups.iter().any(|&opacity| opacity < 0.05) {
                    ink[3] = 0;
                }
                Some(ink)
            }
            Paint::Pattern(_) => None,
        }
    }

    fn mark_text(&mut self, own: String) -> String {
        match self.marks.iter_mut().rev().find(|mark| mark.replaces) {
            Some(mark) => mark.replacement.take().unwrap_or_default(),
            None => own,
        }
    }

    /// The width of the strokes of a letter: twice its area over its outline, as for a long bar.
    fn stem(&mut self, glyph: &Glyph<'_>) -> Option<f64> {
        let Glyph::Outline(outline) = glyph else {
            return None;
        };
        if self.stems.len() > MAX_STEMS {
            return None;
        }
        *self
            .stems
            .entry(outline.identifier().cache_key())
            .or_insert_with(|| {
                let path = outline.outline();
                let length = path.perimeter(1.0);
                (length > 100.0).then(|| 2.0 * path.area().abs() / length)
            })
    }

    fn letter(
        &mut self,
        glyph: &Glyph<'_>,
        matrix: Affine,
        ink: Option<[u8; 4]>,
        invisible: bool,
        bold: Option<bool>,
    ) {
        let origin = matrix * Point::ZERO;
        let along = (matrix * Point::new(1_000.0, 0.0)) - origin;
        let up = (matrix * Point::new(0.0, 1_000.0)) - origin;
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let width = along.hypot() * f64::from(advance.unwrap_or(500.0)) / 1_000.0;
        let size = up.hypot();
        if ![origin.x, origin.y, width, size]
            .iter()
            .all(|value| value.is_finite())
        {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text.chars().take(16).collect(),
            None => '\u{fffd}'.to_string(),
        };
        let text = self.mark_text(text);
        let is_drawn = matches!(glyph, Glyph::Type3(_)) && text == "\u{fffd}";
        let code = is_drawn.then(|| u8::try_from(glyph.char_code()).ok());
        let stem = if bold.is_none() {
            self.stem(glyph)
        } else {
            None
        };
        let clip = self.clip();
        let middle = Point::new(origin.x + width.min(size) / 2.0, origin.y - size * 0.3);
        self.painted.letters.push(Letter {
            text,
            code: code.flatten(),
            x0: origin.x,
            x1: origin.x + width,
            y: origin.y,
            size,
            angle: along.y.atan2(along.x).to_degrees(),
            bold: bold == Some(true),
            stem,
            ink,
            invisible,
            clipped: !clip.inflate(1.0, 1.0).contains(middle),
            running: self.marks.iter().any(|mark| mark.running),
            order: self.order,
        });
    }
}

/// Whether the font says that it is bold; Type 1 fonts say nothing.
fn is_bold(glyph: &Glyph<'_>) -> Option<bool> {
    let Glyph::Outline(outline) = glyph else {
        return None;
    };
    let font = outline.font_data()?;
    let named = font.postscript_name.as_deref().is_some_and(names_bold);
    Some(named || font.weight.is_some_and(|weight| weight >= 600))
}

fn names_bold(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("bold") || name.contains("black") || name.contains("heavy")
}
