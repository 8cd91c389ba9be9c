#![doc = include_str!("../README.md")]

mod block;
mod calendar;
mod charset;
mod clean;
mod colour;
mod csv_table;
mod document;
mod error;
mod html;
mod kind;
mod limits;
mod mail;
mod markdown;
pub mod media;
mod office;
mod pdf;
pub mod pictures;
mod plain;
mod read;
mod rtf;
mod sink;
mod sniff;
mod struck;
mod subtitles;
mod wrap;
mod writer;

pub use document::{Address, Attachment, Document, Hidden, HiddenReason, Mail, Page};
pub use error::ReadError;
pub use kind::{Family, FileKind};
pub use limits::{Limits, OutOfTime};
pub use mail::attached_files;
pub use pdf::{PagePicture, PixelBox, PixelTable, PixelWord, page_pictures, ruled_tables};
pub use read::{read, read_owned};
pub use sniff::sniff;
