//! WAV: samples as they are.

use super::pieces::{Muxed, Packet, Pieces};
use super::{little16, little32, no_sound, read_exact, unreadable};
use crate::ReadError;
use std::io::{Read, Seek, SeekFrom};

/// Fiftieths of a second are the packets of plain samples.
const PACKETS_PER_SECOND: u32 = 50;

struct Format {
    /// The `fmt ` chunk as it was.
    raw: Vec<u8>,
    tag: u16,
    bytes_per_second: u32,
    block: usize,
    bits: u16,
}

pub(super) fn cut(
    source: &mut (impl Read + Seek),
    mut pieces: Pieces<'_, '_>,
) -> Result<(), ReadError> {
    let riff = read_exact(source, 12)?;
    if &riff[..4] != b"RIFF" || &riff[8..] != b"WAVE" {
        return Err(ReadError::damaged("it is no WAV file"));
    }
    let mut format = None;
    let length = loop {
        let head = read_exact(source, 8).map_err(|_| no_sound())?;
        let length = little32(&head, 4).unwrap_or(0);
        match &head[..4] {
            b"fmt " if length <= 4_096 => {
                format = Some(self::format(read_exact(source, length as usize)?)?)
            }
            b"data" => break length,
            _ => {
                let skip = i64::from(length) + i64::from(length & 1);
                source.seek(SeekFrom::Current(skip)).map_err(unreadable)?;
                continue;
            }
        }
        if length % 2 == 1 {
            source.seek(SeekFrom::Current(1)).map_err(unreadable)?;
        }
    };
    let format =
        format.ok_or_else(|| ReadError::damaged("it does not say how its samples are written"))?;
    let frames = format.bytes_per_second as usize / format.block / PACKETS_PER_SECOND as usize;
    let step = frames.clamp(1, 1 << 16) * format.block;
    let mut mux = |packets: &[Packet]| Ok(file(&format, packets));
    // Recorders that were stopped hard leave a length of zero or of all ones.
    let mut left = if length == 0 || length > u32::MAX - 64 {
        u64::MAX
    } else {
        u64::from(length)
    };
    while left > 0 {
        let mut bytes = Vec::new();
        let wanted = left.min(step as u64);
        let got = source
            .by_ref()
            .take(wanted)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        bytes.truncate(got - got % format.block);
        if bytes.is_empty() {
            break;
        }
        left = left.saturating_sub(got as u64);
        let packet = Packet {
            seconds: bytes.len() as f64 / f64::from(format.bytes_per_second),
            loudness: loudness(&format, &bytes),
            bytes,
            begins: true,
        };
        pieces.push(packet, &mut mux)?;
    }
    if pieces.end(&mut mux)? {
        Ok(())
    } else {
        Err(no_sound())
    }
}

fn format(raw: Vec<u8>) -> Result<Format, ReadError> {
    let read = || {
        let block = usize::from(little16(&raw, 12)?);
        let bytes_per_second = little32(&raw, 8)?;
        let bits = little16(&raw, 14)?;
        let sensible = block > 0 && block <= 1_024 && bytes_per_second as usize >= block;
        sensible.then_some((little16(&raw, 0)?, bytes_per_second, block, bits))
    };
    let (tag, bytes_per_second, block, bits) =
        read().ok_or_else(|| ReadError::damaged("its samples are written in no sensible way"))?;
    Ok(Format {
        raw,
        tag,
        bytes_per_second,
        block,
        bits,
    })
}

/// The mean of the absolute values of the upper bytes of samples; of codings other than PCM, nothing is known.
fn loudness(format: &Format, bytes: &[u8]) -> f64 {
    let width = usize::from(format.bits / 8);
    if !matches!(format.tag, 1 | 0xfffe) || !(1..=4).contains(&width) {
        return 0.0;
    }
    let value = |sample: &[u8]| match sample {
        [one] => i32::from(*one) - 128,
        [.., low, high] => i32::from(i16::from_le_bytes([*low, *high])),
        [] => 0,
    };
    let samples = bytes.chunks_exact(width);
    let count = samples.len().max(1) as f64;
    samples
        .map(|sample| f64::from(value(sample).abs()))
        .sum::<f64>()
        / count
}

fn file(format: &Format, packets: &[Packet]) -> Muxed {
    let data: usize = packets.iter().map(|packet| packet.bytes.len()).sum();
    let head = 4 + 8 + format.raw.len() + 8;
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let mut bytes = Vec::with_capacity(head + data + 8);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&size(head + data));
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&size(format.raw.len()));
    bytes.extend_from_slice(&format.raw);
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&size(data));
    for packet in packets {
        bytes.extend_from_slice(&packet.bytes);
    }
    Muxed {
        bytes,
        extension: "wav",
        mime: "audio/wav",
    }
}
