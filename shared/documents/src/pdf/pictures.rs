//! Pages that are pictures, as pictures: what a scanner or a camera put on them.

use super::Pdf;
use crate::limits::Budget;
use crate::pictures::encode;
use crate::{Limits, ReadError};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, font::GlyphRun, interpret_page,
};
use std::sync::Arc;

/// The longer side of a page in pixels: some 170 to the inch on A4, enough for small print.
const LONG_SIDE: f64 = 2_000.0;
/// Larger pictures on a page are no scans of paper.
const MOST_PIXELS: u64 = crate::pictures::MOST_PIXELS;
/// Places of a picture that are averaged into one pixel, in each direction.
const SAMPLES: u32 = 3;

/// A page as a grey PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePicture {
    /// Number of the page, from 1.
    pub number: u32,
    /// The file.
    pub png: Vec<u8>,
}

/// What the pictures on some pages of a PDF show. Letters and drawn lines are left out: this is for pages that
/// have none. Pages that do not exist are passed over.
pub fn page_pictures(
    bytes: Vec<u8>,
    numbers: &[u32],
    limits: &Limits,
    sink: &mut dyn FnMut(PagePicture) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let budget = Budget::new(limits, bytes.len());
    let bytes = Arc::new(bytes);
    super::guard::check(&bytes, &budget)?;
    let pdf = Pdf::new(bytes).map_err(|_| ReadError::damaged("it is not a complete PDF"))?;
    let settings = InterpreterSettings::default();
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        if numbers.contains(&number) {
            budget.check_time()?;
            // What one page needed is not kept for the next.
            let cache = InterpreterCache::new();
            let png = paint(&pdf, page, &cache, &settings, &budget)?;
            sink(PagePicture { number, png })?;
        }
    }
    Ok(())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most LONG_SIDE"
)]
fn paint<'a>(
    pdf: &'a Pdf,
    page: &'a Page<'a>,
    cache: &'a InterpreterCache<'a>,
    settings: &InterpreterSettings,
    budget: &Budget,
) -> Result<Vec<u8>, ReadError> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width).max(1.0), f64::from(height).max(1.0));
    let scale = LONG_SIDE / width.max(height);
    let frame = Rect::new(0.0, 0.0, width * scale, height * scale);
    let transform = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, frame, cache, pdf.xref(), settings.clone());
    let mut canvas = Canvas::new(
        budget,
        frame.width().ceil().max(1.0) as u32,
        frame.height().ceil().max(1.0) as u32,
    );
    interpret_page(page, &mut context, &mut canvas);
    if canvas.late {
        return Err(ReadError::TimedOut);
    }
    Ok(encode(canvas.width, canvas.height, false, &canvas.grey))
}

struct Canvas<'b> {
    budget: &'b Budget,
    /// The time was up before all was painted.
    late: bool,
    width: u32,
    height: u32,
    grey: Vec<u8>,
}

impl<'b> Canvas<'b> {
    fn new(budget: &'b Budget, width: u32, height: u32) -> Self {
        let grey = vec![255; width as usize * height as usize];
        Self {
            budget,
            late: false,
            width,
            height,
            grey,
        }
    }

    /// Puts `size` pixels, whose grey `at` tells, where `transform` says; `None` lets what is below through.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the canvas and the picture"
    )]
    fn put(&mut self, size: (u32, u32), transform: Affine, at: &dyn Fn(u32, u32) -> Option<u8>) {
        let whole = Rect::new(0.0, 0.0, f64::from(size.0), f64::from(size.1));
        let place = transform.transform_rect_bbox(whole);
        if transform.determinant().abs() < 1e-12 || !place.is_finite() {
            return;
        }
        let back = transform.inverse();
        let from = |value: f64| value.floor().max(0.0) as u32;
        let to = |value: f64, most: u32| value.ceil().clamp(0.0, f64::from(most)) as u32;
        for y in from(place.y0)..to(place.y1, self.height) {
            for x in from(place.x0)..to(place.x1, self.width) {
                let (mut sum, mut count) = (0_u32, 0_u32);
                for step in 0..SAMPLES * SAMPLES {
                    let inside = |n: u32| (f64::from(n) + 0.5) / f64::from(SAMPLES);
                    let point = Point::new(
                        f64::from(x) + inside(step % SAMPLES),
                        f64::from(y) + inside(step / SAMPLES),
                    );
                    let source = back * point;
                    if whole.contains(source)
                        && let Some(grey) = at(source.x as u32, source.y as u32)
                    {
                        sum += u32::from(grey);
                        count += 1;
                    }
                }
                let all = SAMPLES * SAMPLES;
                let pixel = &mut self.grey[(y * self.width + x) as usize];
                let below = u32::from(*pixel) * (all - count);
                *pixel = ((sum + below) / all).min(255) as u8;
            }
        }
    }

    fn raster(&mut self, data: &ImageData, transform: Affine, size: (u32, u32)) {
        let (width, height) = (data.width(), data.height());
        if width == 0 || height == 0 {
            return;
        }
        // A decoder may hand over fewer pixels than the picture has.
        let scale = |have: u32, whole: u32, at: u32| {
            let place = u64::from(at) * u64::from(have) / u64::from(whole.max(1));
            usize::try_from(place.min(u64::from(have - 1))).unwrap_or(0)
        };
        let index = |x, y| scale(height, size.1, y) * width as usize + scale(width, size.0, x);
        match data {
            ImageData::Luma(luma) => {
                self.put(size, transform, &|x, y| luma.data.get(index(x, y)).copied());
            }
            ImageData::Rgb(rgb) => self.put(size, transform, &|x, y| {
                let three = rgb.data.get(index(x, y) * 3..index(x, y) * 3 + 3)?;
                let [red, green, blue] = [three[0], three[1], three[2]].map(u32::from);
                u8::try_from((red * 299 + green * 587 + blue * 114) / 1_000).ok()
            }),
        }
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // A page may show one picture thousands of times.
        self.late |= self.budget.check_time().is_err();
        if self.late {
            return;
        }
        let size = (image.width(), image.height());
        if u64::from(size.0) * u64::from(size.1) > MOST_PIXELS {
            return;
        }
        let target = Some((self.width, self.height));
        match image {
            Image::Raster(raster) => {
                raster.with_rgba(|data, _| self.raster(&data, props.transform, size), target);
            }
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let data = mask.data.iter().map(|value| 255 - value).collect();
                    let data = ImageData::Luma(hayro_interpret::LumaData { data, ..mask });
                    self.raster(&data, props.transform, size);
                },
                target,
            ),
        }
    }
}
