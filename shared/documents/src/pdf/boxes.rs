//! Check boxes of forms.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Rect};

use super::glyphs::Sign;

/// Fields of one page that are looked at.
const MAX_FIELDS: usize = 500;

/// A tick for every box of a form that is ticked, whatever sign shows it.
pub(super) fn ticks(page: &Page<'_>, transform: Affine) -> Vec<Sign> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else {
        return Vec::new();
    };
    annotations
        .iter::<Dict<'_>>()
        .take(MAX_FIELDS)
        .filter(|field| {
            let kind = field.get::<Name<'_>>(b"Subtype".as_slice());
            let state = field.get::<Name<'_>>(b"AS".as_slice());
            kind.is_some_and(|kind| kind.as_ref() == b"Widget")
                && state.is_some_and(|state| state.as_ref() != b"Off")
        })
        .filter_map(|field| {
            let corners = field.get::<Array<'_>>(b"Rect".as_slice())?;
            let corners: Vec<f64> = corners.iter::<f64>().take(4).collect();
            let [x0, y0, x1, y1] = corners[..] else {
                return None;
            };
            let rect = transform.transform_rect_bbox(Rect::new(x0, y0, x1, y1).abs());
            Some(Sign {
                // Smaller than its box, as a tick is.
                rect: rect.inflate(-0.3 * rect.width(), -0.3 * rect.height()),
                fills: false,
                slants: true,
            })
        })
        .collect()
}
