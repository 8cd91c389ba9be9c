//! How much a document may cost.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::ReadError;

/// Answers "is the time up?". The crate has no clock of its own.
pub type OutOfTime = Arc<dyn Fn() -> bool + Send + Sync>;

/// The bounds within which a document is read. The defaults are those of the product.
#[derive(Clone)]
pub struct Limits {
    /// Size of the file in bytes (50 MB).
    pub max_bytes: u64,
    /// Pages, slides or sheets (500).
    pub max_pages: u64,
    /// Bytes after decompression, all parts of the file together (200 MB).
    pub max_decompressed: u64,
    /// Decompressed bytes per compressed byte of the whole file (100). Files that unpack to less than 10 MB are
    /// never refused for it: a small file of spaces is no attack.
    pub max_ratio: u64,
    /// Unicode scalars of text (1,000,000); what follows is left out and `Document::truncated` says so.
    pub max_chars: usize,
    /// Nesting of elements, lists, tables, mails in mails (200).
    pub max_depth: usize,
    /// Asked now and then while parsing; parsing stops when it says yes. 60 seconds are the product's default, kept
    /// by the caller, who has a clock. `None` never stops.
    pub out_of_time: Option<OutOfTime>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 50_000_000,
            max_pages: 500,
            max_decompressed: 200_000_000,
            max_ratio: 100,
            max_chars: 1_000_000,
            max_depth: 200,
            out_of_time: None,
        }
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits")
            .field("max_bytes", &self.max_bytes)
            .field("max_pages", &self.max_pages)
            .field("max_decompressed", &self.max_decompressed)
            .field("max_ratio", &self.max_ratio)
            .field("max_chars", &self.max_chars)
            .field("max_depth", &self.max_depth)
            .field("out_of_time", &self.out_of_time.is_some())
            .finish()
    }
}

/// Unpacking to less than this is never called a bomb, whatever the ratio.
const RATIO_FREE: u64 = 10_000_000;

/// What is left of the limits while one file (with everything inside it) is read.
#[derive(Debug)]
pub(crate) struct Budget {
    pub(crate) limits: Limits,
    file_bytes: u64,
    decompressed: AtomicU64,
}

impl Budget {
    pub(crate) fn new(limits: &Limits, file_bytes: usize) -> Self {
        Self {
            limits: limits.clone(),
            file_bytes: file_bytes as u64,
            decompressed: AtomicU64::new(0),
        }
    }

    /// Refuses when the caller says the time is up.
    pub(crate) fn check_time(&self) -> Result<(), ReadError> {
        match &self.limits.out_of_time {
            Some(out_of_time) if out_of_time() => Err(ReadError::TimedOut),
            _ => Ok(()),
        }
    }

    /// Bytes that may still come out of decompression.
    pub(crate) fn room(&self) -> u64 {
        let by_ratio = self
            .file_bytes
            .saturating_mul(self.limits.max_ratio)
            .max(RATIO_FREE);
        let limit = by_ratio.min(self.limits.max_decompressed);
        limit.saturating_sub(self.decompressed.load(Ordering::Relaxed))
    }

    /// Books decompressed bytes.
    pub(crate) fn spend(&self, bytes: u64) -> Result<(), ReadError> {
        if bytes > self.room() {
            return Err(ReadError::ZipBomb);
        }
        self.decompressed.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }

    /// Refuses documents with too many pages.
    pub(crate) fn check_pages(&self, pages: usize) -> Result<(), ReadError> {
        let actual = pages as u64;
        if actual > self.limits.max_pages {
            return Err(ReadError::TooManyPages {
                actual,
                limit: self.limits.max_pages,
            });
        }
        Ok(())
    }
}
