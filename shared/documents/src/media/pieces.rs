//! Packets in, pieces out: where to cut.

use super::Sink;
use crate::{FileKind, ReadError};

/// A piece of a recording that can be played by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The file.
    pub bytes: Vec<u8>,
    /// What to call it: the services go by the extension.
    pub extension: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// Where it begins in the recording, in seconds.
    pub start: f64,
    /// How long it is, in seconds, where the container says so.
    pub duration: Option<f64>,
}

impl Piece {
    pub(super) fn whole(bytes: Vec<u8>, kind: FileKind) -> Self {
        Self {
            bytes,
            extension: match kind {
                FileKind::WebmAudio => "webm",
                other => other.extension(),
            },
            mime: kind.mime(),
            start: 0.0,
            duration: None,
        }
    }
}

/// A packet of sound: cuts are made between two of them.
#[derive(Debug, Clone)]
pub(super) struct Packet {
    pub bytes: Vec<u8>,
    /// Length in seconds.
    pub seconds: f64,
    /// How loud it is, or how much there is to say about it; only compared with others of the same file.
    pub loudness: f64,
    /// A piece may begin with it.
    pub begins: bool,
}

/// Packets of one piece: the container's own way to write them down.
pub(super) struct Muxed {
    pub bytes: Vec<u8>,
    pub extension: &'static str,
    pub mime: &'static str,
}

/// Collects packets and hands pieces on.
pub(super) struct Pieces<'s, 'k> {
    /// Bytes that the packets of a piece may take.
    room: usize,
    sink: &'s mut Sink<'k>,
    packets: Vec<Packet>,
    held: usize,
    /// Seconds before the first packet held.
    start: f64,
}

/// Of a piece, the last part in which the quietest place is looked for.
const LOOK_BACK: f64 = 0.2;
/// What a container adds to its packets, beside what is [`Pieces::reserve`]d.
const OVERHEAD: usize = 4 * 1024;
/// What it adds for each of them.
const PER_PACKET: usize = 24;

impl<'s, 'k> Pieces<'s, 'k> {
    pub(super) fn new(most_bytes: usize, sink: &'s mut Sink<'k>) -> Self {
        Self {
            room: most_bytes.max(2 * OVERHEAD) - OVERHEAD,
            sink,
            packets: Vec::new(),
            held: 0,
            start: 0.0,
        }
    }

    /// Keeps room for a head that every piece repeats. False when it leaves too little for sound.
    pub(super) fn reserve(&mut self, bytes: usize) -> bool {
        self.room = self.room.saturating_sub(bytes);
        self.room >= 1024
    }

    /// Takes a packet; `mux` writes a piece when there is enough for one.
    pub(super) fn push(
        &mut self,
        packet: Packet,
        mux: &mut dyn FnMut(&[Packet]) -> Result<Muxed, ReadError>,
    ) -> Result<(), ReadError> {
        let weight = packet.bytes.len() + PER_PACKET;
        if weight > self.room {
            return Err(ReadError::damaged(
                "a packet of sound is larger than any can be",
            ));
        }
        if self.held + weight > self.room {
            let at = self.quietest();
            self.flush(at, mux)?;
        }
        self.held += weight;
        self.packets.push(packet);
        Ok(())
    }

    /// Hands on what is left. False when there was no sound at all.
    pub(super) fn end(
        mut self,
        mux: &mut dyn FnMut(&[Packet]) -> Result<Muxed, ReadError>,
    ) -> Result<bool, ReadError> {
        let all = self.packets.len();
        if all > 0 {
            self.flush(all, mux)?;
        }
        Ok(self.start > 0.0)
    }

    /// Before which packet to cut: the quietest of the last part, the latest of several.
    fn quietest(&self) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a count"
        )]
        let from = (self.packets.len() as f64 * (1.0 - LOOK_BACK)) as usize;
        let candidates = (from.max(1)..self.packets.len()).filter(|&at| self.packets[at].begins);
        candidates
            .min_by(|&one, &other| {
                let loud = |at: usize| self.packets[at].loudness + self.packets[at - 1].loudness;
                loud(one).total_cmp(&loud(other)).then(other.cmp(&one))
            })
            .unwrap_or(self.packets.len())
    }

    fn flush(
        &mut self,
        count: usize,
        mux: &mut dyn FnMut(&[Packet]) -> Result<Muxed, ReadError>,
    ) -> Result<(), ReadError> {
        let rest = self.packets.split_off(count);
        let done = std::mem::replace(&mut self.packets, rest);
        let seconds: f64 = done.iter().map(|packet| packet.seconds).sum();
        let muxed = mux(&done)?;
        drop(done);
        self.held = self
            .packets
            .iter()
            .map(|packet| packet.bytes.len() + PER_PACKET)
            .sum();
        let piece = Piece {
            bytes: muxed.bytes,
            extension: muxed.extension,
            mime: muxed.mime,
            start: self.start,
            duration: Some(seconds),
        };
        self.start += seconds;
        (self.sink)(piece)
    }
}
