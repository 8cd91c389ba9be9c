//! MPEG-4 and `QuickTime`: the first track of sound, by the tables of the file (ISO 14496-12).

mod boxes;
mod tables;
mod write;

use super::pieces::{Packet, Pieces};
use super::{no_sound, read_exact, unreadable};
use crate::ReadError;
use boxes::{child, children};
use std::io::{Read, Seek, SeekFrom};
use tables::Track;

/// The longest table of contents: a film of many hours has some megabytes.
const MOST_MOOV: u64 = 48 * 1024 * 1024;
/// Boxes of the file itself; fragmented films have many.
const MOST_BOXES: usize = 200_000;

pub(super) fn cut(
    source: &mut (impl Read + Seek),
    size: u64,
    mut pieces: Pieces<'_, '_>,
) -> Result<(), ReadError> {
    let moov = contents(source, size)?;
    let track = children(&moov)
        .filter(|(kind, _)| kind == b"trak")
        .find_map(|(_, body)| Track::read(body))
        .ok_or_else(no_sound)?;
    drop(moov);
    if track.samples.is_empty() {
        return Err(ReadError::Unsupported(
            "The recording is kept in fragments, which cannot be cut. Save it again in the program it comes from, or \
             upload its sound as MP3."
                .to_owned(),
        ));
    }
    let mut mux = |packets: &[Packet]| Ok(write::file(&track, packets));
    let mut at = 0;
    while at < track.samples.len() {
        // Samples that lie behind each other are read at once.
        let run = track.run(at);
        let length: u64 = track.samples[run.clone()]
            .iter()
            .map(|sample| u64::from(sample.size))
            .sum();
        let from = track.samples[at].offset;
        if from.saturating_add(length) > size {
            break;
        }
        source.seek(SeekFrom::Start(from)).map_err(unreadable)?;
        for sample in &track.samples[run.clone()] {
            let bytes = read_exact(source, sample.size as usize)?;
            let seconds = f64::from(sample.duration) / f64::from(track.timescale);
            let loudness = bytes.len() as f64;
            let packet = Packet {
                bytes,
                seconds,
                loudness,
                begins: true,
            };
            pieces.push(packet, &mut mux)?;
        }
        at = run.end;
    }
    if pieces.end(&mut mux)? {
        Ok(())
    } else {
        Err(no_sound())
    }
}

/// The body of the `moov` box, wherever it lies.
fn contents(source: &mut (impl Read + Seek), size: u64) -> Result<Vec<u8>, ReadError> {
    let mut at = 0_u64;
    for _ in 0..MOST_BOXES {
        if at.saturating_add(8) > size {
            break;
        }
        source.seek(SeekFrom::Start(at)).map_err(unreadable)?;
        let mut head = read_exact(source, 8)?;
        let mut length = u64::from(super::big32(&head, 0).unwrap_or(0));
        let mut skip = 8;
        if length == 1 {
            head.extend(read_exact(source, 8)?);
            length = super::big64(&head, 8).unwrap_or(0);
            skip = 16;
        } else if length == 0 {
            length = size - at;
        }
        if length < skip {
            break;
        }
        if &head[4..8] == b"moov" {
            let body = length - skip;
            if body > MOST_MOOV || at.saturating_add(length) > size {
                return Err(ReadError::damaged("its table of contents makes no sense"));
            }
            return read_exact(source, usize::try_from(body).unwrap_or(0));
        }
        at = at.saturating_add(length);
    }
    Err(ReadError::damaged(
        "it has no table of contents; the recording was broken off",
    ))
}

/// A box found by its path.
fn find<'b>(body: &'b [u8], path: &[[u8; 4]]) -> Option<&'b [u8]> {
    path.iter().try_fold(body, |body, kind| child(body, *kind))
}
