//! The engine with a language model, without the model: what it is asked, and what of its answer holds.
//!
//! A model is not believed. Its quote must stand in the text, its title must be made of the words around the
//! quote, names must be written there, and it never computes a date: it copies the words, and the resolver of
//! the built-in engine reads them. Passages that give orders to machines yield nothing.

mod answer;
mod chunk;
mod declined;
mod ground;
mod locate;
mod prompt;
mod union;

pub use declined::is_declined;
pub use prompt::{SYSTEM, schema};

use crate::context::Context;
use crate::draft::Draft;
use crate::item::{Extraction, Refusal};
use crate::segment::Document;
use chunk::Chunk;
use serde_json::Value;
use std::collections::BTreeMap;

/// The length of a part in bytes: some 3,000 tokens, so that the answer to it fits as well.
const PART_BYTES: usize = 12_000;

/// A text with what a model says about its parts.
pub struct Reading<'t> {
    text: &'t str,
    context: &'t Context,
    document: Document<'t>,
    chunks: Vec<Chunk>,
    answered: Vec<bool>,
    drafts: Vec<Draft>,
    refused: BTreeMap<Refusal, usize>,
}

impl std::fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading")
            .field("parts", &self.chunks.len())
            .field("items", &self.drafts.len())
            .finish_non_exhaustive()
    }
}

/// Why an answer counts for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAnswer {
    /// It is not of the agreed shape.
    #[error("the answer has no list of items")]
    NoList,
    /// It has items, and not one of them holds: such a model has not read the part.
    #[error("none of the items of the answer holds")]
    NothingHolds,
}

impl<'t> Reading<'t> {
    /// Takes the text apart.
    pub fn new(text: &'t str, context: &'t Context) -> Self {
        let chunks = chunk::chunks(text, PART_BYTES);
        Self {
            text,
            context,
            document: Document::read(text),
            answered: vec![false; chunks.len()],
            chunks,
            drafts: Vec::new(),
            refused: BTreeMap::new(),
        }
    }

    /// How many parts there are to ask about.
    pub fn parts(&self) -> usize {
        self.chunks.len()
    }

    /// What is to be asked about part `part`, beside [`SYSTEM`] and [`schema`].
    pub fn question(&self, part: usize) -> String {
        let chunk = self.chunks.get(part);
        chunk.map_or_else(String::new, |chunk| {
            prompt::question(self.text, chunk, self.context)
        })
    }

    /// Takes what of an answer holds. The same answer to another part would not: quotes must stand in the part.
    ///
    /// An error leaves the part to the built-in engine; what was refused is counted all the same.
    pub fn answer(&mut self, part: usize, answer: &Value) -> Result<(), NotAnAnswer> {
        // Some models leave the wrapping object out.
        let items = answer.get("items").unwrap_or(answer);
        let items = items.as_array().ok_or(NotAnAnswer::NoList)?;
        let chunk = self.chunks.get(part).ok_or(NotAnAnswer::NoList)?.clone();
        let before = self.drafts.len();
        self.take(&chunk, items);
        if !items.is_empty() && self.drafts.len() == before {
            return Err(NotAnAnswer::NothingHolds);
        }
        self.answered[part] = true;
        Ok(())
    }

    /// Everything together: the items of the answered parts, those of the built-in engine for the others,
    /// and of its items in answered parts those it is surest of, lest a model be talked into silence.
    pub fn finish(self, built_in: &Extraction) -> Extraction {
        union::union(self, built_in)
    }
}
