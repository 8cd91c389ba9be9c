#![doc = include_str!("../README.md")]
mod acts;
mod climate;
mod context;
pub mod dates;
mod draft;
mod engine;
mod events;
mod fields;
mod injected;
mod item;
mod language;
pub mod learned;
mod merge;
pub mod model;
mod reference;
mod rows;
mod segment;
mod sentences;
mod text;

pub use context::{Context, DateOrder};
pub use engine::{Candidate, MOST_ITEMS, candidates, extract, extract_with};
pub use item::{Dropped, Extraction, Item, Quote, Refusal};
pub use language::Language;
