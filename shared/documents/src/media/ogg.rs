//! Ogg: pages of one stream (RFC 3533), with the pages of its head before each piece.

use super::pieces::{Muxed, Packet, Pieces};
use super::{little32, no_sound, read_exact};
use crate::ReadError;
use std::io::{BufReader, Read, Seek};

/// More pages of head than any codec writes.
const MOST_HEAD_BYTES: usize = 48 * 1024;
/// The page goes on with the packet of the one before.
const CONTINUED: u8 = 1;

struct Page {
    bytes: Vec<u8>,
    body: usize,
    position: i64,
    serial: u32,
}

pub(super) fn cut(
    source: &mut (impl Read + Seek),
    mut pieces: Pieces<'_, '_>,
) -> Result<(), ReadError> {
    let mut source = BufReader::new(source);
    let mut head: Vec<Page> = Vec::new();
    let mut stream: Option<(u32, f64)> = None;
    let (mut head_bytes, mut last) = (0, 0_i64);
    while let Some(page) = page(&mut source)? {
        match stream {
            None => stream = rate(&page.bytes[page.body..]).map(|rate| (page.serial, rate)),
            Some((serial, _)) if serial == page.serial => {}
            Some(_) => continue,
        }
        let Some((_, rate)) = stream else { continue };
        // Pages of the head stand at position zero.
        if page.position <= 0 && last == 0 {
            head_bytes += page.bytes.len();
            if head_bytes > MOST_HEAD_BYTES || !pieces.reserve(page.bytes.len()) {
                return Err(ReadError::damaged("its head does not end"));
            }
            head.push(page);
            continue;
        }
        let position = if page.position < 0 {
            last
        } else {
            page.position
        };
        let steps = position.saturating_sub(last).clamp(0, 1 << 24);
        last = position.max(last);
        let seconds = steps as f64 / rate;
        let packet = Packet {
            loudness: page.bytes.len() as f64 / seconds.max(1e-3),
            begins: page.bytes[5] & CONTINUED == 0,
            bytes: page.bytes,
            seconds,
        };
        pieces.push(packet, &mut |packets| Ok(file(&head, packets)))?;
    }
    if pieces.end(&mut |packets| Ok(file(&head, packets)))? {
        Ok(())
    } else {
        Err(no_sound())
    }
}

fn page(source: &mut impl Read) -> Result<Option<Page>, ReadError> {
    let Ok(mut bytes) = read_exact(source, 27) else {
        return Ok(None);
    };
    if &bytes[..4] != b"OggS" {
        return Err(ReadError::damaged("a page does not begin where it should"));
    }
    let segments = read_exact(source, usize::from(bytes[26]))?;
    let length: usize = segments.iter().map(|&length| usize::from(length)).sum();
    bytes.extend(segments);
    let body = bytes.len();
    // A recording that was broken off ends in the middle of a page.
    let Ok(rest) = read_exact(source, length) else {
        return Ok(None);
    };
    bytes.extend(rest);
    let position: [u8; 8] = bytes[6..14].try_into().unwrap_or_default();
    Ok(Some(Page {
        body,
        position: i64::from_le_bytes(position),
        serial: little32(&bytes, 14).unwrap_or(0),
        bytes,
    }))
}

/// Steps per second of the positions, if the first packet is that of a codec of sound.
fn rate(packet: &[u8]) -> Option<f64> {
    let rate = if packet.starts_with(b"OpusHead") {
        48_000
    } else if packet.starts_with(b"\x01vorbis") {
        little32(packet, 12)?
    } else if packet.starts_with(b"Speex   ") {
        little32(packet, 36)?
    } else if packet.starts_with(b"\x7fFLAC") {
        u32::from(*packet.get(27)?) << 12
            | u32::from(*packet.get(28)?) << 4
            | u32::from(*packet.get(29)?) >> 4
    } else {
        0
    };
    (rate > 0).then_some(f64::from(rate))
}

/// The head and some pages, counted anew.
fn file(head: &[Page], packets: &[Packet]) -> Muxed {
    let mut bytes = Vec::new();
    let pages = head
        .iter()
        .map(|page| &page.bytes)
        .chain(packets.iter().map(|packet| &packet.bytes));
    for (number, page) in (0_u32..).zip(pages) {
        let from = bytes.len();
        bytes.extend_from_slice(page);
        bytes[from + 18..from + 22].copy_from_slice(&number.to_le_bytes());
        bytes[from + 22..from + 26].fill(0);
        let sum = checksum(&bytes[from..]);
        bytes[from + 22..from + 26].copy_from_slice(&sum.to_le_bytes());
    }
    Muxed {
        bytes,
        extension: "ogg",
        mime: "audio/ogg",
    }
}

/// CRC-32 of Ogg: polynomial 0x04c11db7, neither reflected nor inverted.
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut at = 0;
        while at < 256 {
            let mut value = (at as u32) << 24;
            let mut bit = 0;
            while bit < 8 {
                value = if value & 0x8000_0000 == 0 {
                    value << 1
                } else {
                    value << 1 ^ 0x04c1_1db7
                };
                bit += 1;
            }
            table[at] = value;
            at += 1;
        }
        table
    };
    bytes.iter().fold(0, |sum, &byte| {
        sum << 8 ^ TABLE[((sum >> 24) as u8 ^ byte) as usize]
    })
}
