//! `WebM` and Matroska: the blocks of the first track of sound (RFC 9559).

mod element;
mod write;

use super::pieces::{Packet, Pieces};
use super::{no_sound, read_exact, unreadable};
use crate::ReadError;
use element::{Element, children, first, number};
use std::io::{BufReader, Read, Seek, SeekFrom};

const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const CLUSTER: u32 = 0x1F43_B675;
const TIMESTAMP: u32 = 0xE7;
const SIMPLE_BLOCK: u32 = 0xA3;
const BLOCK_GROUP: u32 = 0xA0;
const BLOCK: u32 = 0xA1;
const TRACK_ENTRY: u32 = 0xAE;
const TRACK_NUMBER: u32 = 0xD7;
const TRACK_TYPE: u32 = 0x83;
const SOUND: u64 = 2;
const TIMESTAMP_SCALE: u32 = 0x002A_D7B1;

/// Descriptions of tracks and of the whole are small; blocks of sound as well, those of pictures are skipped.
const MOST_DESCRIPTION: u64 = 1 << 20;
const MOST_BLOCK: u64 = 8 << 20;

/// What is copied into every piece.
#[derive(Default)]
struct Track {
    number: u64,
    /// The whole `TrackEntry` element.
    entry: Vec<u8>,
    /// Nanoseconds per step.
    scale: u64,
}

pub(super) fn cut(
    source: &mut (impl Read + Seek),
    pieces: Pieces<'_, '_>,
) -> Result<(), ReadError> {
    let mut source = BufReader::with_capacity(256 * 1024, source);
    let mut walk = Walk {
        pieces,
        track: Track::default(),
        cluster: 0,
        pending: None,
    };
    // Elements that hold others are entered: of a recording that was never finished no length is known.
    while let Some(element) = Element::next(&mut source)? {
        match element.id {
            SEGMENT | CLUSTER | BLOCK_GROUP => {}
            INFO => {
                let body = small(&mut source, &element, MOST_DESCRIPTION)?;
                walk.track.scale = first(&body, TIMESTAMP_SCALE)
                    .map_or(1_000_000, number)
                    .clamp(1, 1_000_000_000);
            }
            TRACKS => walk.choose(&small(&mut source, &element, MOST_DESCRIPTION)?),
            TIMESTAMP => walk.cluster = number(&small(&mut source, &element, 8)?),
            SIMPLE_BLOCK | BLOCK => walk.block(&mut source, &element)?,
            _ => {
                let Some(length) = element.length else { break };
                let skip = i64::try_from(length)
                    .map_err(|_| ReadError::damaged("a length makes no sense"))?;
                source.seek_relative(skip).map_err(unreadable)?;
            }
        }
    }
    walk.end()
}

fn small(source: &mut impl Read, element: &Element, most: u64) -> Result<Vec<u8>, ReadError> {
    let length = element.length.filter(|length| *length <= most);
    let length = length.ok_or_else(|| ReadError::damaged("a length makes no sense"))?;
    read_exact(source, usize::try_from(length).unwrap_or(0))
}

struct Walk<'s, 'k> {
    pieces: Pieces<'s, 'k>,
    track: Track,
    cluster: u64,
    /// A block and its time: how long it is shows when the next one comes.
    pending: Option<(Vec<u8>, u64)>,
}

impl Walk<'_, '_> {
    fn choose(&mut self, body: &[u8]) {
        let sound = children(body)
            .filter(|(id, _)| *id == TRACK_ENTRY)
            .find(|(_, entry)| first(entry, TRACK_TYPE).map(number) == Some(SOUND));
        if let Some((_, entry)) = sound {
            self.track.number = first(entry, TRACK_NUMBER).map_or(0, number);
            self.track.entry = entry.to_vec();
        }
    }

    fn block(
        &mut self,
        source: &mut (impl Read + Seek),
        element: &Element,
    ) -> Result<(), ReadError> {
        let length = element.length.unwrap_or(0);
        let skip = |source: &mut dyn SeekAhead, length: u64| source.ahead(length);
        let head = match element::variable(source)? {
            Some(head) => head,
            None => return Ok(()),
        };
        let used = head.width as u64;
        if self.track.entry.is_empty() || head.value != self.track.number || length > MOST_BLOCK {
            return skip(source, length.saturating_sub(used));
        }
        let rest = usize::try_from(length.saturating_sub(used)).unwrap_or(0);
        let Ok(body) = read_exact(source, rest) else {
            return Ok(());
        };
        let Some(relative) = body
            .get(..2)
            .and_then(|two| two.try_into().ok())
            .map(i16::from_be_bytes)
        else {
            return Ok(());
        };
        let time = self.cluster.saturating_add_signed(i64::from(relative));
        // Flags and frames; the time is written anew.
        self.next(Some((body[2..].to_vec(), time)))
    }

    fn next(&mut self, next: Option<(Vec<u8>, u64)>) -> Result<(), ReadError> {
        let time = next.as_ref().map(|(_, time)| *time);
        if let Some((bytes, from)) = std::mem::replace(&mut self.pending, next) {
            let step = self.track.scale as f64 / 1e9;
            let steps = time.map_or(20, |time| time.saturating_sub(from).min(60_000_000));
            let seconds = steps as f64 * step;
            let loudness = bytes.len() as f64 / seconds.max(1e-3);
            let packet = Packet {
                bytes,
                seconds,
                loudness,
                begins: true,
            };
            let track = &self.track;
            self.pieces
                .push(packet, &mut |packets| Ok(write::file(track, packets)))?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<(), ReadError> {
        self.next(None)?;
        let track = self.track;
        if self
            .pieces
            .end(&mut |packets| Ok(write::file(&track, packets)))?
        {
            Ok(())
        } else {
            Err(no_sound())
        }
    }
}

/// Going ahead without reading.
trait SeekAhead {
    fn ahead(&mut self, length: u64) -> Result<(), ReadError>;
}

impl<S: Seek> SeekAhead for S {
    fn ahead(&mut self, length: u64) -> Result<(), ReadError> {
        let length =
            i64::try_from(length).map_err(|_| ReadError::damaged("a length makes no sense"))?;
        self.seek(SeekFrom::Current(length)).map_err(unreadable)?;
        Ok(())
    }
}
