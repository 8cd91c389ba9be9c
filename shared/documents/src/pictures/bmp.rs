//! Bitmaps of Windows, which no model takes, as PNG.

use super::encode;
use super::size::pixels;
use crate::{FileKind, ReadError};

/// Turns an uncompressed bitmap of 8, 24 or 32 bits into a PNG.
pub(super) fn to_png(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let four = |at: usize| {
        let four = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_le_bytes(four))
    };
    let damaged = || ReadError::damaged("the bitmap is incomplete");
    let size = pixels(bytes, FileKind::Bmp).ok_or_else(damaged)?;
    let data = four(10).ok_or_else(damaged)? as usize;
    let bits = four(28).ok_or_else(damaged)? & 0xffff;
    let compression = four(30).ok_or_else(damaged)?;
    let head = four(14).ok_or_else(damaged)? as usize;
    if !matches!((bits, compression), (8 | 24 | 32, 0) | (32, 3)) {
        return Err(ReadError::Unsupported(
            "This kind of bitmap is not supported. Save it as PNG or JPEG and upload that."
                .to_owned(),
        ));
    }
    let (width, height) = (size.width as usize, size.height as usize);
    let per_pixel = bits as usize / 8;
    let stride = (width * per_pixel).div_ceil(4) * 4;
    let pixels = bytes
        .get(data..)
        .filter(|rest| rest.len() >= stride * height)
        .ok_or_else(damaged)?;
    let upside_down = four(22).is_some_and(|height| height.cast_signed() > 0);
    let palette = bytes.get(14 + head..data).unwrap_or_default();
    let mut rows = Vec::with_capacity(width * height * 3);
    for row in 0..height {
        let row = if upside_down { height - 1 - row } else { row };
        for pixel in pixels[row * stride..].chunks(per_pixel).take(width) {
            match pixel {
                [index] => {
                    let at = usize::from(*index) * 4;
                    let colour = palette.get(at..at + 3).unwrap_or(&[0, 0, 0]);
                    rows.extend([colour[2], colour[1], colour[0]]);
                }
                [blue, green, red, ..] => rows.extend([*red, *green, *blue]),
                _ => rows.extend([0, 0, 0]),
            }
        }
    }
    Ok(encode(size.width, size.height, true, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::{Pixels, presentable};

    #[test]
    fn a_bitmap_becomes_a_picture_of_the_same_size() {
        let mut bmp = b"BM".to_vec();
        bmp.extend([0; 8]);
        bmp.extend(54_u32.to_le_bytes());
        for value in [40_u32, 2, 2] {
            bmp.extend(value.to_le_bytes());
        }
        bmp.extend([1, 0, 24, 0]);
        bmp.extend([0; 24]);
        bmp.extend([0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 0, 9, 9, 9, 0]);
        let picture = presentable(bmp.clone(), FileKind::Bmp).unwrap();
        assert_eq!(picture.mime, "image/png");
        assert_eq!(
            pixels(&picture.bytes, FileKind::Png),
            Some(Pixels {
                width: 2,
                height: 2
            })
        );
        bmp.truncate(60);
        assert_eq!(
            presentable(bmp, FileKind::Bmp).unwrap_err().code(),
            "damaged"
        );
    }
}
