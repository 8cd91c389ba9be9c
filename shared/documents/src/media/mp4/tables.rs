//! Where the samples of a track lie and how long they are.

use super::super::{big16, big32, big64};
use super::find;
use std::ops::Range;

/// More samples than any recording has: 500 MB of the smallest ones, at 20 ms each more than a month.
const MOST_SAMPLES: usize = 4_000_000;

/// A sample: some milliseconds of sound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub offset: u64,
    pub size: u32,
    pub duration: u32,
}

/// A track of sound.
pub(super) struct Track {
    pub timescale: u32,
    /// The body of its `stsd` box: how the samples are coded.
    pub coding: Vec<u8>,
    pub samples: Vec<Sample>,
}

impl Track {
    /// Reads the body of a `trak` box; `None` for tracks of pictures and for tables that contradict each other.
    pub(super) fn read(trak: &[u8]) -> Option<Self> {
        let media = find(trak, &[b"mdia"])?;
        if find(media, &[b"hdlr"])?.get(8..12)? != b"soun" {
            return None;
        }
        let head = find(media, &[b"mdhd"])?;
        let timescale = big32(head, if head.first()? == &1 { 20 } else { 12 })?;
        let table = find(media, &[b"minf", b"stbl"])?;
        let coding = find(table, &[b"stsd"])?;
        if timescale == 0 || coding.len() > 32 * 1024 {
            return None;
        }
        Some(Self {
            timescale,
            coding: coding.to_vec(),
            samples: samples(table).unwrap_or_default(),
        })
    }

    /// The samples from `at` on that lie directly behind each other, up to a megabyte.
    pub(super) fn run(&self, at: usize) -> Range<usize> {
        let mut end = at + 1;
        let mut next = self.samples[at].offset + u64::from(self.samples[at].size);
        let limit = self.samples[at].offset + (1 << 20);
        while let Some(sample) = self.samples.get(end)
            && sample.offset == next
            && next < limit
        {
            next += u64::from(sample.size);
            end += 1;
        }
        at..end
    }
}

fn samples(table: &[u8]) -> Option<Vec<Sample>> {
    let sizes = find(table, &[b"stsz"])?;
    let (fixed, count) = (big32(sizes, 4)?, big32(sizes, 8)? as usize);
    // Samples of one byte each are frames of plain sound: too many to be told apart, and nobody's speech.
    let known = fixed > 0 || sizes.len() >= 12 + count * 4;
    if count > MOST_SAMPLES || !known {
        return None;
    }
    let size = |index: usize| {
        if fixed > 0 {
            Some(fixed)
        } else {
            big32(sizes, 12 + index * 4)
        }
    };
    let chunks = find(table, &[b"stsc"])?;
    let (narrow, wide) = (find(table, &[b"stco"]), find(table, &[b"co64"]));
    let offset = |chunk: usize| match (narrow, wide) {
        (Some(table), _) => big32(table, 8 + chunk * 4).map(u64::from),
        (None, Some(table)) => big64(table, 8 + chunk * 8),
        (None, None) => None,
    };
    let mut durations = Durations::new(find(table, &[b"stts"])?);
    let mut samples = Vec::new();
    let (mut entry, mut chunk) = (0, 0);
    while samples.len() < count {
        let Some(mut at) = offset(chunk) else { break };
        while big32(chunks, 8 + (entry + 1) * 12).is_some_and(|first| first as usize <= chunk + 1) {
            entry += 1;
        }
        let per_chunk = big32(chunks, 8 + entry * 12 + 4)?;
        if per_chunk == 0 {
            return None;
        }
        for _ in 0..per_chunk {
            if samples.len() == count {
                break;
            }
            let size = size(samples.len())?;
            samples.push(Sample {
                offset: at,
                size,
                duration: durations.next(),
            });
            at += u64::from(size);
        }
        chunk += 1;
    }
    (big16(chunks, 0).is_some() && !samples.is_empty()).then_some(samples)
}

/// Runs of equal durations; the last one goes on.
struct Durations<'b> {
    table: &'b [u8],
    entry: usize,
    left: u32,
    duration: u32,
}

impl<'b> Durations<'b> {
    fn new(table: &'b [u8]) -> Self {
        Self {
            table,
            entry: 0,
            left: 0,
            duration: 0,
        }
    }

    fn next(&mut self) -> u32 {
        while self.left == 0 {
            let at = 8 + self.entry * 8;
            let (Some(count), Some(duration)) = (big32(self.table, at), big32(self.table, at + 4))
            else {
                return self.duration;
            };
            (self.left, self.duration) = (count, duration);
            self.entry += 1;
        }
        self.left -= 1;
        self.duration
    }
}
