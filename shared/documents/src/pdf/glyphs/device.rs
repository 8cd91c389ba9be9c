//! What the interpreter of PDF calls for everything that is painted.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};
use hayro_interpret::kurbo::{BezPath, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use super::shapes::slants;
use super::{Area, Collector, MAX_GLYPHS, Mark, is_bold};
use crate::pdf::strings;

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
            .map(|text| strings::decode(text.as_bytes()))
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
