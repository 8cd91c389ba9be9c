#![doc = include_str!("../README.md")]
#![expect(
    clippy::match_same_arms,
    clippy::nonminimal_bool,
    clippy::similar_names,
    reason = "a rule reads as it is said: one arm per cue, one condition per case"
)]
#![expect(
    clippy::if_same_then_else,
    clippy::items_after_statements,
    clippy::needless_pass_by_value,
    clippy::obfuscated_if_else,
    clippy::option_option,
    clippy::ref_option,
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    clippy::too_many_lines,
    clippy::unnecessary_wraps,
    reason = "about one place each; they go as the rules of the languages are split further"
)]

mod acts;
mod climate;
mod context;
pub mod dates;
mod draft;
mod engine;
mod events;
mod fields;
mod item;
mod language;
mod merge;
mod reference;
mod rows;
mod segment;
mod sentences;
mod text;

pub use context::{Context, DateOrder};
pub use engine::{MOST_ITEMS, extract};
pub use item::{Dropped, Extraction, Item, Quote, Refusal};
pub use language::Language;
