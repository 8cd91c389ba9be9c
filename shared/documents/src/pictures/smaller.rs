//! PNG of more pixels than anybody needs to read letters, made smaller.

use super::encode;
use super::size::pixels;
use crate::FileKind;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// A PNG of more pixels than these, in shades of grey and with some in each direction made one. None where it is small
/// enough, or cannot be read here: then it is better than nothing as it is. It is unpacked row by row.
pub(super) fn smaller(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let size = pixels(bytes, FileKind::Png)?;
    let (width, height) = (size.width as usize, size.height as usize);
    if width.checked_mul(height)? <= most {
        return None;
    }
    let step = (2..64).find(|step| (width / step) * (height / step) <= most)?;
    let (across, down) = (width / step, height / step);
    let form = Form::of(bytes, width)?;
    let mut data = ZlibDecoder::new(Data {
        rest: bytes.get(8..)?,
        now: &[],
    });
    let (mut above, mut row) = (vec![0; form.stride], vec![0; form.stride]);
    let mut sums = vec![0_usize; across];
    let mut rows = Vec::with_capacity(across * down);
    for y in 0..down * step {
        let mut filter = [0];
        data.read_exact(&mut filter).ok()?;
        data.read_exact(&mut row).ok()?;
        unfilter(filter[0], &mut row, &above, form.bytes_per_pixel())?;
        for x in 0..across * step {
            sums[x / step] += form.grey(&row, x);
        }
        if (y + 1).is_multiple_of(step) {
            let mean = |sum: &usize| u8::try_from(sum / (step * step)).unwrap_or(u8::MAX);
            rows.extend(sums.iter().map(mean));
            sums.fill(0);
        }
        std::mem::swap(&mut above, &mut row);
    }
    let (across, down) = (u32::try_from(across).ok()?, u32::try_from(down).ok()?);
    (across > 0 && down > 0).then(|| encode(across, down, false, &rows))
}

/// How the pixels of a file are kept (PNG, 11.2.1).
struct Form<'b> {
    depth: usize,
    channels: usize,
    palette: Option<&'b [u8]>,
    /// Bytes of a row.
    stride: usize,
}

impl<'b> Form<'b> {
    fn of(bytes: &'b [u8], width: usize) -> Option<Self> {
        let (depth, colours, interlaced) = (*bytes.get(24)?, *bytes.get(25)?, *bytes.get(28)?);
        let channels = match colours {
            0 | 3 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            _ => return None,
        };
        let depth = usize::from(depth);
        let fits = matches!(depth, 8 | 16) || (channels == 1 && matches!(depth, 1 | 2 | 4));
        let mut rest = bytes.get(8..)?;
        let mut palette = None;
        while let Some((kind, body, after)) = chunk(rest) {
            if kind == b"PLTE" {
                palette = Some(body);
            }
            if kind == b"IDAT" {
                break;
            }
            rest = after;
        }
        (fits && interlaced == 0).then_some(())?;
        Some(Self {
            depth,
            channels,
            palette: if colours == 3 { Some(palette?) } else { None },
            stride: (width * channels * depth).div_ceil(8),
        })
    }

    fn bytes_per_pixel(&self) -> usize {
        (self.channels * self.depth / 8).max(1)
    }

    /// A pixel in shades of grey, on white where it can be seen through.
    fn grey(&self, row: &[u8], x: usize) -> usize {
        let one = |channel: usize| self.sample(row, x * self.channels + channel);
        let mixed =
            |red: usize, green: usize, blue: usize| (red * 77 + green * 150 + blue * 29) / 256;
        let on_white = |grey: usize, seen: usize| (grey * seen + 255 * (255 - seen)) / 255;
        if let Some(palette) = self.palette {
            let part = |at| palette.get(one(0) * 3 + at).copied().map_or(0, usize::from);
            return mixed(part(0), part(1), part(2));
        }
        match self.channels {
            1 if self.depth < 8 => one(0) * 255 / ((1 << self.depth) - 1),
            1 => one(0),
            2 => on_white(one(0), one(1)),
            3 => mixed(one(0), one(1), one(2)),
            _ => on_white(mixed(one(0), one(1), one(2)), one(3)),
        }
    }

    fn sample(&self, row: &[u8], index: usize) -> usize {
        let byte = |at: usize| row.get(at).copied().map_or(0, usize::from);
        match self.depth {
            8 => byte(index),
            16 => byte(index * 2),
            depth => {
                let bit = index * depth;
                (byte(bit / 8) >> (8 - depth - bit % 8)) & ((1 << depth) - 1)
            }
        }
    }
}

/// Kind and body of the first chunk, and what follows it.
fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let length: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
    let end = usize::try_from(u32::from_be_bytes(length))
        .ok()?
        .checked_add(8)?;
    let after = bytes.get(end.checked_add(4)?..)?;
    Some((&bytes[4..8], &bytes[8..end], after))
}

/// The packed rows, out of their chunks.
struct Data<'b> {
    rest: &'b [u8],
    now: &'b [u8],
}

impl Read for Data<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.now.is_empty() {
            let Some((kind, body, after)) = chunk(self.rest) else {
                return Ok(0);
            };
            self.rest = after;
            if kind == b"IDAT" {
                self.now = body;
            }
        }
        self.now.read(into)
    }
}

/// Undoes the filter of a row (PNG, 9.2). None for one that does not exist.
fn unfilter(filter: u8, row: &mut [u8], above: &[u8], pixel: usize) -> Option<()> {
    for at in 0..row.len() {
        let left = if at < pixel { 0 } else { row[at - pixel] };
        let corner = if at < pixel { 0 } else { above[at - pixel] };
        let guess = match filter {
            0 => return Some(()),
            1 => left,
            2 => above[at],
            3 => u8::midpoint(left, above[at]),
            4 => nearest(left, above[at], corner),
            _ => return None,
        };
        row[at] = row[at].wrapping_add(guess);
    }
    Some(())
}

/// Of three neighbours the one that is nearest to their plane (Paeth).
fn nearest(left: u8, above: u8, corner: u8) -> u8 {
    let plane = i16::from(left) + i16::from(above) - i16::from(corner);
    let far = |neighbour: u8| (plane - i16::from(neighbour)).abs();
    if far(left) <= far(above) && far(left) <= far(corner) {
        left
    } else if far(above) <= far(corner) {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::{smaller, unfilter};
    use crate::pictures::encode;
    use proptest::prelude::*;

    #[test]
    fn some_pixels_become_one() {
        let grey = encode(4, 2, false, &[0, 10, 255, 255, 20, 30, 255, 255]);
        assert_eq!(smaller(&grey, 8), None);
        assert_eq!(smaller(&grey, 4), Some(encode(2, 1, false, &[15, 255])));
        let colours = encode(2, 2, true, &[255; 12]);
        assert_eq!(smaller(&colours, 1), Some(encode(1, 1, false, &[255])));
        assert_eq!(smaller(&grey[..grey.len() - 20], 4), None);
    }

    #[test]
    fn filters_are_undone() {
        for (filter, is) in [
            (0, [1, 2, 3]),
            (1, [1, 3, 6]),
            (2, [11, 22, 33]),
            (3, [6, 15, 25]),
            (4, [11, 22, 33]),
        ] {
            let mut row = [1, 2, 3];
            assert_eq!(unfilter(filter, &mut row, &[10, 20, 30], 1), Some(()));
            assert_eq!(row, is, "{filter}");
        }
        assert_eq!(unfilter(5, &mut [1], &[1], 1), None);
    }

    proptest! {
        #[test]
        fn nothing_falls_over(width in 1_u32..9, depth in 0_u8..17, colours in 0_u8..7, tail in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut file = encode(width, 3, false, &[7; 27]);
            (file[24], file[25]) = (depth, colours);
            let end = file.len() - 12;
            file.splice(end.., tail);
            let _ = smaller(&file, 1);
        }
    }
}
