//! Photographs, the way up they were taken.
//!
//! A telephone keeps what its sensor saw and says beside it how that is to be turned. Not everybody who looks at
//! pictures reads what stands beside them, and upside down hardly anything can be read.

use super::size::tiff_tag;
use super::{MOST_KEPT, encode};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The orientation of a picture (Exif 3.0, 4.6.5).
const ORIENTATION: u16 = 274;
/// The most pixels of a file in several passes, of which every coefficient is held until the last.
const MOST_PIXELS_IN_PASSES: usize = 16_000_000;

/// A JPEG that says it is to be turned, turned, and a large one made smaller, as a PNG in shades of grey. None where
/// it is as it should be, or cannot be turned: then it is better than nothing as it is.
pub(super) fn upright(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let turn = decoder
        .exif()
        .and_then(|exif| tiff_tag(exif, ORIENTATION))
        .filter(|turn| (2..=8).contains(turn));
    let (width, height) = decoder.dimensions()?;
    if turn.is_none() && width * height <= MOST_KEPT {
        return None;
    }
    if width * height > MOST_PIXELS_IN_PASSES && in_passes(bytes) {
        return None;
    }
    let mut seen = decoder.decode().ok()?;
    let (mut width, mut height) = (width, height);
    if width * height > MOST_KEPT {
        (seen, width, height) = halved(&seen, width, height);
    }
    let (rows, width, height) = match turn {
        Some(turn) => turned(&seen, width, height, turn)?,
        None => (seen, width, height),
    };
    Some(encode(
        u32::try_from(width).ok()?,
        u32::try_from(height).ok()?,
        false,
        &rows,
    ))
}

/// Whether a JPEG is coded progressively: its frame begins so (ITU T.81, B.2.2), or some entropy looks like it, which
/// only makes us more careful.
fn in_passes(bytes: &[u8]) -> bool {
    bytes
        .windows(4)
        .any(|four| four == [0xff, 0xc2, 0, 17] || four == [0xff, 0xc2, 0, 11])
}

/// Rows of grey pixels, half as wide and half as high: each the mean of four. What is over at the edges is left out.
fn halved(seen: &[u8], width: usize, height: usize) -> (Vec<u8>, usize, usize) {
    let (across, down) = (width / 2, height / 2);
    let mut rows = Vec::with_capacity(across * down);
    for pair in seen.chunks_exact(width.max(1) * 2).take(down) {
        let (upper, lower) = pair.split_at(width);
        for (above, below) in upper.chunks_exact(2).zip(lower.chunks_exact(2)) {
            let four = above.iter().chain(below).map(|pixel| u16::from(*pixel));
            rows.push(u8::try_from(four.sum::<u16>() / 4).unwrap_or(u8::MAX));
        }
    }
    (rows, across, down)
}

/// Rows of grey pixels, turned as the orientation 2 to 8 says, and their new width and height.
fn turned(
    seen: &[u8],
    width: usize,
    height: usize,
    orientation: u32,
) -> Option<(Vec<u8>, usize, usize)> {
    let aside = orientation >= 5;
    let (across, down) = if aside {
        (height, width)
    } else {
        (width, height)
    };
    let mut rows = Vec::with_capacity(across * down);
    for y in 0..down {
        for x in 0..across {
            let (column, row) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                8 => (width - 1 - y, x),
                _ => return None,
            };
            rows.push(*seen.get(row * width + column)?);
        }
    }
    Some((rows, across, down))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A picture of two rows of three pixels as each orientation keeps it: they all show the same.
    #[test]
    fn every_orientation_is_turned_back() {
        let upright = [1, 2, 3, 4, 5, 6];
        for (orientation, kept, width, height) in [
            (2, [3, 2, 1, 6, 5, 4], 3, 2),
            (3, [6, 5, 4, 3, 2, 1], 3, 2),
            (4, [4, 5, 6, 1, 2, 3], 3, 2),
            (5, [1, 4, 2, 5, 3, 6], 2, 3),
            (6, [3, 6, 2, 5, 1, 4], 2, 3),
            (7, [6, 3, 5, 2, 4, 1], 2, 3),
            (8, [4, 1, 5, 2, 6, 3], 2, 3),
        ] {
            let turned = turned(&kept, width, height, orientation);
            assert_eq!(turned, Some((upright.to_vec(), 3, 2)), "{orientation}");
        }
        assert_eq!(turned(&upright, 3, 2, 9), None);
    }

    #[test]
    fn four_pixels_become_one() {
        let seen = [0, 4, 8, 8, 9, 4, 8, 8, 8, 9, 7, 7, 7, 7, 7];
        assert_eq!(halved(&seen, 5, 3), (vec![4, 8], 2, 1));
        assert_eq!(halved(&[1, 2], 2, 1), (Vec::new(), 1, 0));
    }

    proptest! {
        #[test]
        fn turning_keeps_every_pixel(width in 1_usize..9, height in 1_usize..8, orientation in 2_u32..=8) {
            let seen: Vec<u8> = (0_u8..=63).take(width * height).collect();
            let (mut rows, across, down) = turned(&seen, width, height, orientation).unwrap();
            prop_assert_eq!(across * down, seen.len());
            rows.sort_unstable();
            prop_assert_eq!(rows, seen);
        }

        #[test]
        fn nothing_falls_over(mut head in prop::collection::vec(any::<u8>(), 0..200), orientation in 0_u8..10) {
            // A head that a decoder takes for one, now and then with an orientation in it.
            let mut file = vec![0xff, 0xd8, 0xff, 0xe1, 0, 34];
            file.extend(b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
            file.extend([orientation, 0, 0, 0, 0, 0, 0]);
            file.append(&mut head);
            let _ = upright(&file);
        }
    }
}
