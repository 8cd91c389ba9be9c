//! Width and height, from the head of a file.

use crate::FileKind;

/// The size of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixels {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Pixels {
    /// All of them.
    pub fn count(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// The size of a picture; `None` where the file does not say, or says zero.
pub fn pixels(bytes: &[u8], kind: FileKind) -> Option<Pixels> {
    let (width, height) = match kind {
        FileKind::Png => (big32(bytes, 16)?, big32(bytes, 20)?),
        FileKind::Jpeg => jpeg(bytes)?,
        FileKind::Webp => webp(bytes)?,
        FileKind::Bmp => bmp(bytes)?,
        FileKind::Tiff => tiff(bytes)?,
        _ => return None,
    };
    (width > 0 && height > 0).then_some(Pixels { width, height })
}

/// The segment that begins a frame (ITU T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        while *bytes.get(at)? == 0xff && *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        let (mark, kind) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        if mark != 0xff {
            return None;
        }
        let is_frame = (0xc0..=0xcf).contains(&kind) && !matches!(kind, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((
                u32::from(big16(bytes, at + 7)?),
                u32::from(big16(bytes, at + 5)?),
            ));
        }
        let alone = matches!(kind, 0x01 | 0xd0..=0xd8);
        at += 2 + if alone {
            0
        } else {
            usize::from(big16(bytes, at + 2)?.max(2))
        };
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let three =
        |at: usize| Some(u32::from(little16(bytes, at)?) | u32::from(*bytes.get(at + 2)?) << 16);
    match bytes.get(12..16)? {
        b"VP8 " => Some((
            u32::from(little16(bytes, 26)? & 0x3fff),
            u32::from(little16(bytes, 28)? & 0x3fff),
        )),
        b"VP8L" => {
            let packed = little32(bytes, 21)?;
            Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((three(24)? + 1, three(27)? + 1)),
        _ => None,
    }
}

fn bmp(bytes: &[u8]) -> Option<(u32, u32)> {
    let signed = |at: usize| little32(bytes, at).map(|value| value.cast_signed().unsigned_abs());
    Some((signed(18)?, signed(22)?))
}

fn tiff(bytes: &[u8]) -> Option<(u32, u32)> {
    Some((tiff_tag(bytes, 256)?, tiff_tag(bytes, 257)?))
}

/// What the first directory of a TIFF says under a tag (TIFF 6.0).
pub(super) fn tiff_tag(bytes: &[u8], tag: u16) -> Option<u32> {
    let big = bytes.starts_with(b"MM");
    let two = |at: usize| {
        if big {
            big16(bytes, at)
        } else {
            little16(bytes, at)
        }
    };
    let four = |at: usize| {
        if big {
            big32(bytes, at)
        } else {
            little32(bytes, at)
        }
    };
    let directory = four(4)? as usize;
    let entries = usize::from(two(directory)?).min(500);
    let at = (0..entries)
        .map(|entry| directory + 2 + entry * 12)
        .find(|&at| two(at) == Some(tag))?;
    if two(at + 2)? == 3 {
        two(at + 8).map(u32::from)
    } else {
        four(at + 8)
    }
}

fn big16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

fn big32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(
        bytes.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
}

fn little16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

fn little32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(
        bytes.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
}
