//! FLAC: frames found by their sync code and the checksum of their head (RFC 9639).

use super::pieces::{Muxed, Packet, Pieces};
use super::{big16, no_sound, read_exact, unreadable};
use crate::ReadError;
use std::io::{Read, Seek};

/// The longest frame: 65,535 samples of 8 channels with 32 bits, and some.
const MOST_FRAME: usize = 4 << 20;
/// The longest block of metadata before the sound that is passed over.
const MOST_BLOCKS: usize = 1_000;

pub(super) fn cut(
    source: &mut (impl Read + Seek),
    mut pieces: Pieces<'_, '_>,
) -> Result<(), ReadError> {
    if read_exact(source, 4)? != b"fLaC" {
        return Err(ReadError::damaged("it is no FLAC file"));
    }
    let mut info = Vec::new();
    for _ in 0..MOST_BLOCKS {
        let head = read_exact(source, 4)?;
        let length = usize::from(head[1]) << 16 | usize::from(head[2]) << 8 | usize::from(head[3]);
        if head[0] & 0x7f == 0 && length == 34 {
            info = read_exact(source, length)?;
        } else {
            let skip = i64::try_from(length).unwrap_or(0);
            source
                .seek(std::io::SeekFrom::Current(skip))
                .map_err(unreadable)?;
        }
        if head[0] & 0x80 != 0 {
            break;
        }
    }
    let rate = u32::from(big16(&info, 10).unwrap_or(0)) << 4
        | u32::from(info.get(12).copied().unwrap_or(0) >> 4);
    if rate == 0 {
        return Err(ReadError::damaged("it does not say how fast it is"));
    }
    // How many samples there are, and their checksum, is another matter for a piece.
    info[13] &= 0xf0;
    info[14..].fill(0);
    let mut mux = |packets: &[Packet]| Ok(file(&info, packets));
    let mut frames = Frames {
        source,
        buffer: Vec::new(),
        ended: false,
    };
    while let Some((bytes, samples)) = frames.next()? {
        let seconds = f64::from(samples) / f64::from(rate);
        let loudness = bytes.len() as f64 / seconds.max(1e-6);
        pieces.push(
            Packet {
                bytes,
                seconds,
                loudness,
                begins: true,
            },
            &mut mux,
        )?;
    }
    if pieces.end(&mut mux)? {
        Ok(())
    } else {
        Err(no_sound())
    }
}

fn file(info: &[u8], packets: &[Packet]) -> Muxed {
    let mut bytes = b"fLaC\x80\x00\x00\x22".to_vec();
    bytes.extend_from_slice(info);
    for packet in packets {
        bytes.extend_from_slice(&packet.bytes);
    }
    Muxed {
        bytes,
        extension: "flac",
        mime: "audio/flac",
    }
}

struct Frames<'r, R> {
    source: &'r mut R,
    buffer: Vec<u8>,
    ended: bool,
}

impl<R: Read> Frames<'_, R> {
    /// The next frame and its samples per channel.
    fn next(&mut self) -> Result<Option<(Vec<u8>, u32)>, ReadError> {
        let mut from = 0;
        let first = loop {
            self.fill(from + 16)?;
            if self.buffer.len() < from + 6 {
                return Ok(None);
            }
            match head(&self.buffer[from..]) {
                Some(samples) => break samples,
                None => from += 1,
            }
            if from > MOST_FRAME {
                return Err(ReadError::damaged("there is no sound where it should be"));
            }
        };
        self.buffer.drain(..from);
        let mut to = 6;
        loop {
            self.fill(to + 16)?;
            if self.buffer.len() < to + 6 {
                let frame = std::mem::take(&mut self.buffer);
                return Ok(Some((frame, first)));
            }
            if head(&self.buffer[to..]).is_some() {
                let rest = self.buffer.split_off(to);
                return Ok(Some((std::mem::replace(&mut self.buffer, rest), first)));
            }
            to += 1;
            if to > MOST_FRAME {
                return Err(ReadError::damaged("a frame of sound does not end"));
            }
        }
    }

    fn fill(&mut self, wanted: usize) -> Result<(), ReadError> {
        while self.buffer.len() < wanted && !self.ended {
            let mut block = Vec::new();
            let got = self
                .source
                .by_ref()
                .take(64 * 1024)
                .read_to_end(&mut block)
                .map_err(unreadable)?;
            self.ended = got == 0;
            self.buffer.extend(block);
        }
        Ok(())
    }
}

/// Samples of the frame that begins here, if one does.
fn head(bytes: &[u8]) -> Option<u32> {
    if bytes[0] != 0xff || bytes[1] & 0xfe != 0xf8 {
        return None;
    }
    let (size, rate) = (bytes[2] >> 4, bytes[2] & 15);
    if size == 0 || rate == 15 || bytes[3] >> 4 > 10 || bytes[3] & 1 == 1 {
        return None;
    }
    let number = match bytes[4].leading_ones() {
        0 => 1,
        1 | 8 => return None,
        more => more as usize,
    };
    let mut at = 4 + number;
    let extra = |at: &mut usize, length: usize| {
        let value = bytes
            .get(*at..*at + length)?
            .iter()
            .fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
        *at += length;
        Some(value)
    };
    let samples = match size {
        1 => 192,
        2..=5 => 576 << (size - 2),
        6 => extra(&mut at, 1)? + 1,
        7 => extra(&mut at, 2)? + 1,
        _ => 256 << (size - 8),
    };
    match rate {
        12 => extra(&mut at, 1)?,
        13 | 14 => extra(&mut at, 2)?,
        _ => 0,
    };
    (checksum(bytes.get(..at)?) == *bytes.get(at)?).then_some(samples)
}

/// CRC-8 with the polynomial x^8 + x^2 + x + 1.
fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, &byte| {
        (0..8).fold(sum ^ byte, |sum, _| {
            if sum & 0x80 == 0 {
                sum << 1
            } else {
                sum << 1 ^ 7
            }
        })
    })
}
