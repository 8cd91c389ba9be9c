//! Areas, lines and small drawings.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

use super::{Area, Collector, Sign};

/// Areas and lines of one page that are remembered.
pub(super) const MAX_SHAPES: usize = 20_000;

/// Thinner areas are lines.
const LINE_WIDTH: f64 = 3.0;

/// Larger drawings are no marks of list items.
const SIGN_SIZE: f64 = 18.0;

impl Collector<'_> {
    pub(super) fn shapes_are_full(&self) -> bool {
        self.painted.areas.len() + self.painted.across.len() + self.painted.down.len() >= MAX_SHAPES
    }

    pub(super) fn filled(&mut self, rect: Rect, ink: Option<[u8; 4]>) {
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

    pub(super) fn sign(&mut self, rect: Rect, fills: bool, slants: bool) {
        let size = rect.width().max(rect.height());
        if (1.0..=SIGN_SIZE).contains(&size) && self.painted.signs.len() < MAX_SHAPES {
            self.painted.signs.push(Sign {
                rect,
                fills,
                slants,
            });
        }
    }

    pub(super) fn stroked(&mut self, from: Point, to: Point) {
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

    pub(super) fn stroked_rect(&mut self, rect: Rect) {
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
    pub(super) fn path(
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
}

/// True for an open path of straight lines of which one runs aslant.
pub(super) fn slants(path: &BezPath) -> bool {
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
