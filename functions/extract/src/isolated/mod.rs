//! Work on files that come from anywhere, in a process of its own.
//!
//! A parser that runs away, runs out of memory or falls over takes nothing with it but its own process, which
//! starts without the secrets of this one, with bounds on time, memory and files, and ends with its one file.

mod child;
mod parent;
mod perform;

#[cfg(target_os = "linux")]
pub(crate) use child::at_most;
pub use child::serve;
pub(crate) use parent::run;

use crate::kinds::Declared;
use sentry_documents::{Document, FileKind};
use sentry_extraction::{Context, Extraction};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What is to be done.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) what: What,
    /// Seconds it may take.
    pub(crate) seconds: u64,
}

/// The kinds of work.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum What {
    /// See what a document is, read it and find the items in it.
    Read {
        path: PathBuf,
        declared: Declared,
        context: Context,
    },
    /// Find the items in a text.
    Extract { text: String, context: Context },
    /// Cut a recording into pieces of at most so many bytes, as files of a folder.
    Cut {
        path: PathBuf,
        kind: FileKind,
        most_bytes: usize,
        folder: PathBuf,
    },
    /// Show pages of a PDF as files of a folder.
    Pages {
        path: PathBuf,
        numbers: Vec<u32>,
        folder: PathBuf,
    },
    /// Show the pictures that a mail brings along and the pages of its scans, as files of a folder.
    Attached {
        path: PathBuf,
        /// Places among its attachments.
        wanted: Vec<usize>,
        folder: PathBuf,
    },
    /// Check a picture and make it one that models take, as a file of a folder.
    Picture {
        path: PathBuf,
        kind: FileKind,
        folder: PathBuf,
    },
}

/// What came of it, and what it took.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    /// The most memory the process ever held, where the system tells.
    pub(crate) peak_bytes: Option<u64>,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    Read(Box<Document>, Box<Extraction>),
    Extracted(Box<Extraction>),
    Cut(Vec<PieceFile>),
    Pictures(Vec<PictureFile>),
    /// It cannot be done: a code and a sentence.
    Failed(String, String),
}

/// A piece of a recording.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PieceFile {
    pub(crate) path: PathBuf,
    pub(crate) extension: String,
    pub(crate) start: f64,
    pub(crate) duration: Option<f64>,
}

/// A picture of a page, of an attachment, or of nothing but itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PictureFile {
    pub(crate) path: PathBuf,
    pub(crate) mime: String,
    /// Number of the page or place of the attachment.
    pub(crate) page: Option<u32>,
}
