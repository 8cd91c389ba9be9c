//! Recordings and films cut into pieces that a transcription service takes.
//!
//! Nothing is decoded: sound is cut between the packets of its container, where the packets are smallest or,
//! for plain samples, where it is quietest, so that no word is cut in two. Of films only the first track of
//! sound is kept. Memory is that of one piece, whatever the size of the file.

mod flac;
mod matroska;
mod mp3;
mod mp4;
mod ogg;
mod pieces;
mod wav;

pub use pieces::Piece;

use crate::{Family, FileKind, ReadError};
use std::io::{Read, Seek, SeekFrom};

/// Where pieces go. An error ends the cutting.
pub type Sink<'s> = dyn FnMut(Piece) -> Result<(), ReadError> + 's;

/// Cuts the sound of `source` into pieces of at most `most_bytes`, in order, and hands each to `sink`.
///
/// A recording that is small enough is one piece, as it is. Errors: [`ReadError::Damaged`] where the container
/// makes no sense, [`ReadError::Unsupported`] where there is no sound in it or its way of holding it is not known.
pub fn cut(
    source: &mut (impl Read + Seek),
    kind: FileKind,
    most_bytes: usize,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let size = source.seek(SeekFrom::End(0)).map_err(unreadable)?;
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    if size == 0 {
        return Err(ReadError::EmptyFile);
    }
    if kind.family() == Family::Audio && size <= most_bytes as u64 {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).map_err(unreadable)?;
        return sink(Piece::whole(bytes, kind));
    }
    let pieces = pieces::Pieces::new(most_bytes, sink);
    match kind {
        FileKind::Wav => wav::cut(source, pieces),
        FileKind::Mp3 => mp3::cut(source, pieces),
        FileKind::Flac => flac::cut(source, pieces),
        FileKind::Ogg => ogg::cut(source, pieces),
        FileKind::M4a | FileKind::Mp4 | FileKind::Mov => mp4::cut(source, size, pieces),
        FileKind::WebmAudio | FileKind::WebmVideo | FileKind::Mkv => matroska::cut(source, pieces),
        other => Err(ReadError::Unsupported(format!(
            "{} holds no sound.",
            other.name()
        ))),
    }
}

fn unreadable(_: std::io::Error) -> ReadError {
    ReadError::damaged("it ends too soon")
}

fn no_sound() -> ReadError {
    ReadError::Unsupported(
        "There is no sound in this file that could be written down. Upload a recording with speech.".to_owned(),
    )
}

/// Exactly `length` bytes, which must be few: lengths come from the file.
fn read_exact(source: &mut impl Read, length: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let wanted = length as u64;
    let got = source
        .by_ref()
        .take(wanted)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if got == length {
        Ok(bytes)
    } else {
        Err(ReadError::damaged("it ends too soon"))
    }
}

fn big16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn big32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn big64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

fn little16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn little32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
