//! An append-only file of JSON lines that makes an in-memory emulator durable.
//!
//! An entry is handed to the operating system before the request that caused it
//! is answered, so it outlives the process (`kill -9`), though not a power cut:
//! the embedded database of the same machine promises no more.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Below this size a journal is never worth rewriting.
const SMALLEST_REWRITE_BYTES: u64 = 8 * 1024 * 1024;

/// A journal open for appending.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    open: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    bytes: u64,
    bytes_after_rewrite: u64,
    /// The last append failed half-way; the next one must start on a new line.
    torn: bool,
}

impl Journal {
    /// Opens the journal at `path`, creating it if needed, and returns the entries it holds.
    ///
    /// A line that cannot be read is the torn end of a write that was never
    /// acknowledged; it is skipped with a warning.
    pub fn open<E: DeserializeOwned>(path: &Path) -> io::Result<(Self, Vec<E>)> {
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let mut entries = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() {
                continue;
            }
            match serde_json::from_str(line) {
                Ok(entry) => entries.push(entry),
                Err(error) => {
                    tracing::warn!(path = %path.display(), line = number + 1, %error, "skipped a torn journal line");
                }
            }
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let bytes = file.metadata()?.len();
        let torn = !text.is_empty() && !text.ends_with('\n');
        let open = Open {
            file,
            bytes,
            bytes_after_rewrite: bytes,
            torn,
        };
        Ok((
            Self {
                path: path.to_path_buf(),
                open: Mutex::new(open),
            },
            entries,
        ))
    }

    /// Appends `entries` in one write.
    pub fn append<E: Serialize>(&self, entries: &[E]) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut lines = lines_of(entries)?;
        let mut open = self.lock();
        if open.torn {
            lines.insert(0, b'\n');
        }
        // Torn until proven whole: `write_all` may stop in the middle.
        open.torn = true;
        open.file.write_all(&lines)?;
        open.torn = false;
        open.bytes += lines.len() as u64;
        Ok(())
    }

    /// Replaces the whole journal by `entries`, atomically.
    pub fn rewrite<E: Serialize>(&self, entries: &[E]) -> io::Result<()> {
        let lines = lines_of(entries)?;
        let fresh = self.path.with_extension("rewrite");
        let mut open = self.lock();
        std::fs::write(&fresh, &lines)?;
        std::fs::rename(&fresh, &self.path)?;
        open.file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        open.bytes = lines.len() as u64;
        open.bytes_after_rewrite = open.bytes;
        open.torn = false;
        Ok(())
    }

    /// Whether so much has been appended that a rewrite pays.
    pub fn has_outgrown(&self) -> bool {
        let open = self.lock();
        open.bytes > SMALLEST_REWRITE_BYTES.max(4 * open.bytes_after_rewrite)
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        // The state is valid after every statement, so a panicked holder leaves it usable.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lines_of<E: Serialize>(entries: &[E]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::with_capacity(entries.len() * 256);
    for entry in entries {
        serde_json::to_writer(&mut lines, entry)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reopened(path: &Path) -> Vec<String> {
        Journal::open(path).unwrap().1
    }

    #[test]
    fn entries_come_back_in_order_and_a_rewrite_replaces_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (journal, before) = Journal::open::<String>(&path).unwrap();
        assert!(before.is_empty());
        journal.append(&["one", "two\nlines"]).unwrap();
        journal.append(&["three"]).unwrap();
        assert_eq!(reopened(&path), ["one", "two\nlines", "three"]);
        journal.rewrite(&["three"]).unwrap();
        journal.append(&["four"]).unwrap();
        assert_eq!(reopened(&path), ["three", "four"]);
    }

    #[test]
    fn a_torn_end_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        std::fs::write(&path, "\"whole\"\n\"to").unwrap();
        let (journal, entries) = Journal::open::<String>(&path).unwrap();
        assert_eq!(entries, ["whole"]);
        journal.append(&["next"]).unwrap();
        assert_eq!(reopened(&path), ["whole", "next"]);
    }
}
