//! Pictures, as far as they must be known before somebody else looks at them: how large they are, and as a kind
//! that models take. Nothing is decoded but bitmaps, which are hardly coded, photographs that lie on their side, and
//! what has more pixels than it takes to read it.

mod bmp;
mod png;
mod size;
mod smaller;
mod upright;

pub(crate) use png::encode;
pub use size::{Pixels, pixels};

use crate::{FileKind, ReadError};

/// The most pixels a picture may have.
pub const MOST_PIXELS: u64 = 50_000_000;

/// Of larger ones several pixels are made one: a page stays legible, no provider takes files of any size, and
/// text recognition needs some six bytes for each.
const MOST_KEPT: usize = 16_000_000;

/// A picture of a kind that vision models take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/png`, `image/jpeg` or `image/webp`.
    pub mime: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Checks the size of a picture and makes it one that models take, and a photograph one that stands upright.
///
/// Errors: `damaged` where its size cannot be told, `too_large` with more than [`MOST_PIXELS`], `unsupported` for
/// kinds that would have to be decoded.
pub fn presentable(bytes: Vec<u8>, kind: FileKind) -> Result<Picture, ReadError> {
    check(&bytes, kind)?;
    let mime = kind.mime();
    match kind {
        FileKind::Jpeg => Ok(
            upright::upright(&bytes).map_or(Picture { mime, bytes }, |bytes| Picture {
                mime: FileKind::Png.mime(),
                bytes,
            }),
        ),
        FileKind::Png => Ok(Picture {
            mime,
            bytes: smaller::smaller(&bytes, MOST_KEPT).unwrap_or(bytes),
        }),
        FileKind::Webp => Ok(Picture { mime, bytes }),
        FileKind::Bmp => Ok(Picture {
            mime: "image/png",
            bytes: bmp::to_png(&bytes)?,
        }),
        other => Err(ReadError::Unsupported(format!(
            "{} cannot be shown to a model. Save it as PNG or JPEG and upload that.",
            other.name()
        ))),
    }
}

/// Refuses pictures that are larger than anybody photographs.
pub fn check(bytes: &[u8], kind: FileKind) -> Result<Pixels, ReadError> {
    let size =
        pixels(bytes, kind).ok_or_else(|| ReadError::damaged("it does not say how large it is"))?;
    if size.count() > MOST_PIXELS {
        return Err(ReadError::TooManyPixels {
            actual: size.count(),
            limit: MOST_PIXELS,
        });
    }
    Ok(size)
}
