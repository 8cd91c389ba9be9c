//! The climate of a passage: recipes, advertisements, manuals and contracts are full of orders to nobody.

use crate::language::Marks;
use crate::text::Words;

/// Counts of telling words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Climate {
    words: u32,
    recipe: u32,
    advert: u32,
    manual: u32,
    legal: u32,
    crowd: u32,
    /// The document calls itself a manual.
    titled: bool,
    /// Percent signs, prices and exclamation marks.
    loud: u32,
}

impl Climate {
    /// Adds the words of a passage.
    pub(crate) fn add(&mut self, words: &Words) {
        for i in 0..words.len() {
            self.words += 1;
            self.recipe += u32::from(words.has(i, Marks::RECIPE));
            self.advert += u32::from(words.has(i, Marks::ADVERT));
            self.manual += u32::from(words.has(i, Marks::MANUAL));
            self.crowd += u32::from(words.has(i, Marks::GENERIC));
            self.legal += u32::from(words.has(i, Marks::LEGAL));
            self.loud += u32::from(matches!(words.word(i), "%" | "€" | "$" | "£" | "!"));
        }
    }

    /// Notes that the document calls itself a manual.
    pub(crate) fn name_manual(&mut self) {
        self.titled = true;
    }

    /// Both passages together.
    pub(crate) fn join(&mut self, other: &Self) {
        self.words += other.words;
        self.recipe += other.recipe;
        self.advert += other.advert;
        self.manual += other.manual;
        self.legal += other.legal;
        self.crowd += other.crowd;
        self.loud += other.loud;
        self.titled |= other.titled;
    }

    /// Speaks to whoever may come: visitors, customers, residents.
    pub(crate) fn addresses_crowds(&self) -> bool {
        self.dense(self.crowd, 3, 12) || self.dense(self.crowd + self.legal, 4, 30)
    }

    fn dense(&self, count: u32, least: u32, permille: u32) -> bool {
        count >= least && count * 1000 >= self.words * permille
    }

    /// A recipe.
    pub(crate) fn cooks(&self) -> bool {
        self.dense(self.recipe, 4, 50)
    }

    /// An advertisement.
    pub(crate) fn sells(&self) -> bool {
        self.dense(self.advert, 4, 45)
            || (self.advert >= 2 && self.loud >= 2 && self.dense(self.advert + self.loud, 4, 60))
    }

    /// Instructions for a device or a program.
    pub(crate) fn instructs(&self) -> bool {
        self.titled || self.dense(self.manual, 4, 45)
    }

    /// Rules or a contract.
    pub(crate) fn rules(&self) -> bool {
        self.dense(self.legal, 4, 35)
    }
}
