//! A small MPEG-4 file around some samples of sound.

use super::super::pieces::{Muxed, Packet};
use super::tables::Track;

pub(super) fn file(track: &Track, packets: &[Packet]) -> Muxed {
    let kinds = boxed(b"ftyp", b"M4A \0\0\0\0M4A mp42isom");
    // The tables stand before the samples, and how long they are does not depend on what they say.
    let length = contents(track, packets, 0).len();
    let offset = u32::try_from(kinds.len() + length + 8).unwrap_or(0);
    let mut bytes = kinds;
    bytes.extend(contents(track, packets, offset));
    let data: usize = packets.iter().map(|packet| packet.bytes.len()).sum();
    bytes.extend_from_slice(&u32::try_from(data + 8).unwrap_or(0).to_be_bytes());
    bytes.extend_from_slice(b"mdat");
    for packet in packets {
        bytes.extend_from_slice(&packet.bytes);
    }
    Muxed {
        bytes,
        extension: "m4a",
        mime: "audio/mp4",
    }
}

fn contents(track: &Track, packets: &[Packet], offset: u32) -> Vec<u8> {
    let steps: Vec<u32> = packets
        .iter()
        .map(|packet| steps(packet, track.timescale))
        .collect();
    let length = steps
        .iter()
        .fold(0_u32, |sum, &one| sum.saturating_add(one));
    let table = [
        full(b"stsd", &track.coding[4.min(track.coding.len())..]),
        full(b"stts", &durations(&steps)),
        full(b"stsc", &numbers(&[1, 1, count(packets), 1])),
        full(b"stsz", &sizes(packets)),
        full(b"stco", &numbers(&[1, offset])),
    ];
    let reference = full(
        b"dref",
        &[&[0, 0, 0, 1], full_with(b"url ", 1, &[]).as_slice()].concat(),
    );
    let info = [
        full(b"smhd", &[0; 4]),
        boxed(b"dinf", &reference),
        boxed(b"stbl", &table.concat()),
    ];
    let media_head = numbers(&[0, 0, track.timescale, length, 0x55c4_0000]);
    let handler = [&[0; 4][..], b"soun", &[0; 12], b"sound\0"].concat();
    let media = [
        full(b"mdhd", &media_head),
        full(b"hdlr", &handler),
        boxed(b"minf", &info.concat()),
    ];
    let mut track_head = numbers(&[0, 0, 1, 0, length, 0, 0, 0, 0x0100_0000]);
    track_head.extend(MATRIX.iter().flat_map(|value: &u32| value.to_be_bytes()));
    track_head.extend([0; 8]);
    let trak = [
        full_with(b"tkhd", 7, &track_head),
        boxed(b"mdia", &media.concat()),
    ];
    let mut movie_head = numbers(&[
        0,
        0,
        track.timescale,
        length,
        0x0001_0000,
        0x0100_0000,
        0,
        0,
    ]);
    movie_head.extend(MATRIX.iter().flat_map(|value: &u32| value.to_be_bytes()));
    movie_head.extend([0; 24]);
    movie_head.extend(2_u32.to_be_bytes());
    let all = [full(b"mvhd", &movie_head), boxed(b"trak", &trak.concat())];
    boxed(b"moov", &all.concat())
}

const MATRIX: [u32; 9] = [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000];

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it was a u32 before"
)]
fn steps(packet: &Packet, timescale: u32) -> u32 {
    (packet.seconds * f64::from(timescale)).round() as u32
}

fn count(packets: &[Packet]) -> u32 {
    u32::try_from(packets.len()).unwrap_or(0)
}

fn durations(steps: &[u32]) -> Vec<u8> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &step in steps {
        match runs.last_mut() {
            Some((count, known)) if *known == step => *count += 1,
            _ => runs.push((1, step)),
        }
    }
    let mut all = vec![u32::try_from(runs.len()).unwrap_or(0)];
    all.extend(runs.iter().flat_map(|(count, step)| [*count, *step]));
    numbers(&all)
}

fn sizes(packets: &[Packet]) -> Vec<u8> {
    let mut all = vec![0, count(packets)];
    all.extend(
        packets
            .iter()
            .map(|packet| u32::try_from(packet.bytes.len()).unwrap_or(0)),
    );
    numbers(&all)
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_be_bytes())
        .collect()
}

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap_or(0);
    [&length.to_be_bytes()[..], kind, body].concat()
}

fn full(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    full_with(kind, 0, body)
}

fn full_with(kind: &[u8; 4], flags: u32, body: &[u8]) -> Vec<u8> {
    boxed(kind, &[&flags.to_be_bytes()[..], body].concat())
}
