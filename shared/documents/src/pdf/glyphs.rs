//! What a page paints: letters, filled areas, lines and pictures, with their places.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

use std::collections::HashMap;

use crate::limits::Budget;

/// Letters of one page; a page that paints more is not meant to be read.
const MAX_GLYPHS: usize = 200_000;
/// Areas and lines of one page that are remembered.
const MAX_SHAPES: usize = 20_000;
/// Thinner areas are lines.
const LINE_WIDTH: f64 = 3.0;
/// Larger drawings are no marks of list items.
const SIGN_SIZE: f64 = 18.0;
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

    fn shapes_are_full(&self) -> bool {
        self.painted.areas.len() + self.painted.across.len() + self.painted.down.len() >= MAX_SHAPES
    }

    fn filled(&mut self, rect: Rect, ink: Option<[u8; 4]>) {
        let rect = rect.intersect(self.clip());
        if self.shapes_are_full() || rect.width() <= 0.0 && rect.height() <= 0.0 {
            return;
        }
        let center = rect.center();
        if rect.height() < LINE_WIDTH && rect.width() > 2.0 * LINE_WIDTH {
            self.painted.across.push((center.y, rect.x0, rect.x1));
        } else if rect.width() < LINE_WIDTH && rect.height() > 2.0 * LINE_WIDTH {
            self.painted.down.push((center.x, rect.y0, rect.y1));
        } else if ink.is_none_or(|ink| ink[3] > 200) {
            self.painted.areas.push(Area {
                rect,
                ink,
                order: self.order,
            });
        }
    }

    fn sign(&mut self, rect: Rect, fills: bool, slants: bool) {
        let size = rect.width().max(rect.height());
        if (1.0..=SIGN_SIZE).contains(&size) && self.painted.signs.len() < MAX_SHAPES {
            self.painted.signs.push(Sign {
                rect,
                fills,
                slants,
            });
        }
    }

    fn stroked(&mut self, from: Point, to: Point) {
        if self.shapes_are_full() {
            return;
        }
        let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        if dy < 1.0 && dx > 2.0 * LINE_WIDTH {
            self.painted
                .across
                .push((from.y, from.x.min(to.x), from.x.max(to.x)));
        } else if dx < 1.0 && dy > 2.0 * LINE_WIDTH {
            self.painted
                .down
                .push((from.x, from.y.min(to.y), from.y.max(to.y)));
        }
    }

    fn stroked_rect(&mut self, rect: Rect) {
        let corners = [
            Point::new(rect.x0, rect.y0),
            Point::new(rect.x1, rect.y0),
            Point::new(rect.x1, rect.y1),
            Point::new(rect.x0, rect.y1),
        ];
        for (index, &from) in corners.iter().enumerate() {
            self.stroked(from, corners[(index + 1) % 4]);
        }
    }

    /// The straight parts of a path: lines when stroked, upright rectangles when filled.
    fn path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        ink: Option<[u8; 4]>,
        fills: bool,
        strokes: bool,
    ) {
        let mut start = Point::ZERO;
        let mut at = Point::ZERO;
        let mut corners: Vec<Point> = Vec::new();
        let mut straight = true;
        let mut subpaths: Vec<(Vec<Point>, bool)> = Vec::new();
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    subpaths.push((std::mem::take(&mut corners), straight));
                    straight = true;
                    start = transform * to;
                    at = start;
                    corners.push(at);
                }
                PathEl::LineTo(to) => {
                    let to = transform * to;
                    if strokes {
                        self.stroked(at, to);
                    }
                    at = to;
                    corners.push(at);
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    straight = false;
                    at = transform * to;
                }
                PathEl::ClosePath => {
                    if strokes {
                        self.stroked(at, start);
                    }
                    at = start;
                }
            }
            if corners.len() > 64 {
                straight = false;
                corners.truncate(1);
            }
        }
        subpaths.push((corners, straight));
        if fills {
            for (corners, _) in subpaths
                .iter()
                .filter(|(corners, straight)| *straight && is_upright(corners))
            {
                if let Some(rect) = bounds(corners) {
                    self.filled(rect, ink);
                }
            }
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
        let stem = if bold.is_none() {
            self.stem(glyph)
        } else {
            None
        };
        let clip = self.clip();
        let middle = Point::new(origin.x + width.min(size) / 2.0, origin.y - size * 0.3);
        self.painted.letters.push(Letter {
            text,
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

/// True for an open path of straight lines of which one runs aslant.
fn slants(path: &BezPath) -> bool {
    let mut aslant = false;
    let mut at = Point::ZERO;
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => at = to,
            PathEl::LineTo(to) => {
                aslant |= (to.x - at.x).abs() > 1.0 && (to.y - at.y).abs() > 1.0;
                at = to;
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) | PathEl::ClosePath => return false,
        }
    }
    aslant
}

fn is_upright(corners: &[Point]) -> bool {
    (4..=5).contains(&corners.len())
        && corners
            .windows(2)
            .all(|pair| (pair[0].x - pair[1].x).abs() < 0.1 || (pair[0].y - pair[1].y).abs() < 0.1)
}

fn bounds(corners: &[Point]) -> Option<Rect> {
    let first = *corners.first()?;
    Some(
        corners
            .iter()
            .fold(Rect::from_points(first, first), |rect, &point| {
                rect.union_pt(point)
            }),
    )
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        if !self.goes_on() || self.shapes_are_full() {
            return;
        }
        let ink = self.ink(&props.paint);
        let fills = matches!(draw_mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        let strokes = matches!(draw_mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..));
        let placed = props.transform * path;
        self.sign(
            placed.bounding_box().intersect(self.clip()),
            fills,
            slants(&placed),
        );
        self.path(path, props.transform, ink, fills, strokes);
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, draw_mode: &DrawMode) {
        if !self.goes_on() {
            return;
        }
        let rect = props.transform.transform_rect_bbox(*rect);
        self.sign(
            rect.intersect(self.clip()),
            !matches!(draw_mode, DrawMode::Stroke(_)),
            false,
        );
        match draw_mode {
            DrawMode::Stroke(_) => self.stroked_rect(rect),
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) => {
                let ink = self.ink(&props.paint);
                self.filled(rect, ink);
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let clip = clip_path.path.bounding_box().intersect(self.clip());
        self.clips.push(clip);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        let clip = rect.intersect(self.clip());
        self.clips.push(clip);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.groups.push(opacity);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        let ink = self.ink(&props.paint);
        let invisible = matches!(draw_mode, DrawMode::Invisible);
        // All letters of a run are of one font.
        let bold = run.glyphs().first().and_then(|glyph| is_bold(glyph));
        for glyph in run.glyphs() {
            if !self.goes_on() || self.painted.letters.len() >= MAX_GLYPHS {
                return;
            }
            self.letter(
                glyph,
                props.transform * glyph.transform(),
                ink,
                invisible,
                bold,
            );
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if !self.goes_on() {
            return;
        }
        let size = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        let rect = props
            .transform
            .transform_rect_bbox(size)
            .intersect(self.clip());
        self.painted.has_pictures = true;
        if matches!(image, Image::Raster(_)) && !self.shapes_are_full() {
            self.painted.areas.push(Area {
                rect,
                ink: None,
                order: self.order,
            });
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let kind = properties.and_then(|dict| dict.get::<Name<'_>>(b"Type".as_slice()));
        let replacement = properties
            .and_then(|dict| dict.get::<PdfString<'_>>(b"ActualText".as_slice()))
            .map(|text| super::strings::decode(text.as_bytes()))
            // Longer replacements could say something else than what is seen.
            .filter(|text| text.chars().count() <= 3);
        self.marks.push(Mark {
            running: tag == b"Artifact" && kind.is_some_and(|kind| kind.as_ref() == b"Pagination"),
            replaces: replacement.is_some(),
            replacement,
        });
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}
