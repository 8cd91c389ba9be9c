//! A small Matroska file around some blocks of sound.

use super::super::pieces::{Muxed, Packet};
use super::{
    CLUSTER, INFO, SEGMENT, SIMPLE_BLOCK, TIMESTAMP, TIMESTAMP_SCALE, TRACK_ENTRY, TRACKS, Track,
};

const EBML: u32 = 0x1A45_DFA3;
/// Blocks count from their cluster in 16 bits.
const CLUSTER_STEPS: u64 = 30_000;

pub(super) fn file(track: &Track, packets: &[Packet]) -> Muxed {
    let head = [
        element(0x4286, &[1]),
        element(0x42F7, &[1]),
        element(0x42F2, &[4]),
        element(0x42F3, &[8]),
        element(0x4282, b"webm"),
        element(0x4287, &[4]),
        element(0x4285, &[2]),
    ];
    let info = [
        element(TIMESTAMP_SCALE, &track.scale.to_be_bytes()),
        element(0x4D80, b"sentry"),
        element(0x5741, b"sentry"),
    ];
    let mut body = [
        element(INFO, &info.concat()),
        element(TRACKS, &element(TRACK_ENTRY, &track.entry)),
    ]
    .concat();
    let mut clock = 0.0_f64;
    let (mut from, mut cluster) = (0, Vec::new());
    for packet in packets {
        let steps = steps(clock, track.scale);
        if cluster.is_empty() || steps - from > CLUSTER_STEPS {
            close(&mut body, &mut cluster);
            from = steps;
            cluster = element(TIMESTAMP, &from.to_be_bytes());
        }
        let relative = i16::try_from(steps - from).unwrap_or(0);
        let block = [
            &number(track.number)[..],
            &relative.to_be_bytes(),
            &packet.bytes,
        ]
        .concat();
        cluster.extend(element(SIMPLE_BLOCK, &block));
        clock += packet.seconds;
    }
    close(&mut body, &mut cluster);
    let bytes = [element(EBML, &head.concat()), element(SEGMENT, &body)].concat();
    Muxed {
        bytes,
        extension: "webm",
        mime: "audio/webm",
    }
}

fn close(body: &mut Vec<u8>, cluster: &mut Vec<u8>) {
    if !cluster.is_empty() {
        body.extend(element(CLUSTER, cluster));
        cluster.clear();
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds of one piece"
)]
fn steps(seconds: f64, scale: u64) -> u64 {
    (seconds * 1e9 / scale as f64).round() as u64
}

fn element(id: u32, body: &[u8]) -> Vec<u8> {
    let id = id.to_be_bytes();
    let from = id.iter().position(|&byte| byte != 0).unwrap_or(3);
    [
        &id[from..],
        &(1_u64 << 56 | body.len() as u64).to_be_bytes(),
        body,
    ]
    .concat()
}

/// A track number in one byte, or two.
fn number(value: u64) -> Vec<u8> {
    match u8::try_from(value) {
        Ok(value) if value < 0x7f => vec![0x80 | value],
        _ => ((value & 0x3fff) | 0x4000).to_be_bytes()[6..].to_vec(),
    }
}
