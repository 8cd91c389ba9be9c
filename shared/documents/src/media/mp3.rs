//! MP3: frames that each say how long they are.

use super::pieces::{Muxed, Packet, Pieces};
use super::{no_sound, read_exact, unreadable};
use crate::ReadError;
use std::io::{BufReader, Read, Seek, SeekFrom};

/// Bytes that may stand between two frames before the file counts as damaged.
const MOST_JUNK: usize = 1 << 20;

/// What the four bytes at the head of a frame say (ISO 11172-3, 13818-3).
struct Frame {
    length: usize,
    seconds: f64,
    /// Bytes of side information of layer III, and where the loudness of its first channel stands in bits.
    side: Option<(usize, usize)>,
}

const KBPS: [[u16; 15]; 5] = [
    [
        0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448,
    ],
    [
        0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
    ],
    [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ],
    [
        0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256,
    ],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

fn frame(head: [u8; 4]) -> Option<Frame> {
    if head[0] != 0xff || head[1] & 0xe0 != 0xe0 {
        return None;
    }
    let (version, layer) = ((head[1] >> 3) & 3, (head[1] >> 1) & 3);
    if version == 1 || layer == 0 {
        return None;
    }
    let first = version == 3;
    let table = match (first, layer) {
        (true, 3) => 0,
        (true, 2) => 1,
        (true, _) => 2,
        (false, 3) => 3,
        (false, _) => 4,
    };
    let kbps = u32::from(*KBPS[table].get(usize::from(head[2] >> 4))?);
    let rate = *[44_100_u32, 48_000, 32_000].get(usize::from((head[2] >> 2) & 3))?;
    let rate = rate
        >> match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
    let padding = u32::from((head[2] >> 1) & 1);
    let (samples, length) = match layer {
        3 => (384, (12 * kbps * 1_000 / rate + padding) * 4),
        1 if !first => (576, 72 * kbps * 1_000 / rate + padding),
        _ => (1_152, 144 * kbps * 1_000 / rate + padding),
    };
    let mono = head[3] >> 6 == 3;
    let checked = usize::from(head[1] & 1 == 0) * 2;
    // The loudness (`global_gain`) follows the lengths of the first granule.
    let side = (layer == 1).then_some(match (first, mono) {
        (true, true) => (checked, 9 + 5 + 4 + 12 + 9),
        (true, false) => (checked, 9 + 3 + 8 + 12 + 9),
        (false, true) => (checked, 8 + 1 + 12 + 9),
        (false, false) => (checked, 8 + 2 + 12 + 9),
    });
    (kbps > 0 && length > 4).then(|| Frame {
        length: length as usize,
        seconds: f64::from(samples) / f64::from(rate),
        side,
    })
}

impl Frame {
    /// The gain of the first granule, and nothing where it holds no values: then it is silence, whatever its gain.
    fn loudness(&self, bytes: &[u8]) -> f64 {
        let gain = self.side.and_then(|(skip, bit)| {
            // The number of values stands in the nine bits before the gain.
            let from = bit - 9;
            let at = 4 + skip + from / 8;
            let four = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) << (from % 8);
            let (values, gain) = (four >> 23, four >> 15 & 0xff);
            Some(if values == 0 { 0.0 } else { f64::from(gain) })
        });
        gain.unwrap_or(0.0)
    }
}

pub(super) fn cut(
    source: &mut (impl Read + Seek),
    mut pieces: Pieces<'_, '_>,
) -> Result<(), ReadError> {
    skip_tag(source)?;
    let mut source = BufReader::new(source);
    let mut mux = |packets: &[Packet]| {
        let bytes = packets
            .iter()
            .flat_map(|packet| &packet.bytes)
            .copied()
            .collect();
        Ok(Muxed {
            bytes,
            extension: "mp3",
            mime: "audio/mpeg",
        })
    };
    let (mut head, mut junk, mut first) = ([0; 4], 0, true);
    let mut filled = 0;
    loop {
        let got = source.read(&mut head[filled..]).map_err(unreadable)?;
        if got == 0 {
            break;
        }
        filled += got;
        if filled < 4 {
            continue;
        }
        let Some(frame) = frame(head) else {
            junk += 1;
            if junk > MOST_JUNK {
                return Err(ReadError::damaged("there is no sound where it should be"));
            }
            head.rotate_left(1);
            filled = 3;
            continue;
        };
        filled = 0;
        let mut bytes = head.to_vec();
        let Ok(rest) = read_exact(&mut source, frame.length - 4) else {
            break;
        };
        bytes.extend(rest);
        // The first frame may hold a table of contents of the whole file instead of sound.
        let table = std::mem::take(&mut first)
            && bytes.get(..200.min(bytes.len())).is_some_and(|start| {
                start
                    .windows(4)
                    .any(|four| four == b"Xing" || four == b"Info" || four == b"VBRI")
            });
        if !table {
            let loudness = frame.loudness(&bytes);
            let packet = Packet {
                bytes,
                seconds: frame.seconds,
                loudness,
                begins: true,
            };
            pieces.push(packet, &mut mux)?;
        }
    }
    if pieces.end(&mut mux)? {
        Ok(())
    } else {
        Err(no_sound())
    }
}

/// ID3v2 in front, which may hold pictures of any size.
fn skip_tag(source: &mut (impl Read + Seek)) -> Result<(), ReadError> {
    let head = read_exact(source, 10)?;
    let size = if head.starts_with(b"ID3") {
        let seven = |at: usize| u64::from(head[at] & 0x7f);
        10 + (seven(6) << 21 | seven(7) << 14 | seven(8) << 7 | seven(9))
    } else {
        0
    };
    source.seek(SeekFrom::Start(size)).map_err(unreadable)?;
    Ok(())
}
