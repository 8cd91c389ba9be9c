//! The climate of a passage: recipes, advertisements, manuals and contracts are full of orders to nobody.

use crate::language::Marks;
use crate::text::Words;

/// Counts of telling words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Climate {
    words: u32,
    passages: u32,
    recipe: u32,
    /// The most words of recipes in one passage.
    kitchen: u32,
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
    /// The climate of one passage.
    pub(crate) fn of(words: &Words) -> Self {
        let mut climate = Self::default();
        climate.add(words);
        climate
    }

    /// Adds the words of a passage.
    pub(crate) fn add(&mut self, words: &Words) {
        let recipe = self.recipe;
        self.passages += 1;
        for i in 0..words.len() {
            self.words += 1;
            self.recipe += u32::from(words.has(i, Marks::RECIPE));
            self.advert += u32::from(words.has(i, Marks::ADVERT));
            self.manual += u32::from(words.has(i, Marks::MANUAL));
            self.crowd += u32::from(words.has(i, Marks::GENERIC));
            self.legal += u32::from(words.has(i, Marks::LEGAL));
            self.loud += u32::from(matches!(words.word(i), "%" | "€" | "$" | "£" | "!"));
        }
        self.kitchen = self.kitchen.max(self.recipe - recipe);
    }

    /// Notes that the document calls itself a manual.
    pub(crate) fn name_manual(&mut self) {
        self.titled = true;
    }

    /// Both passages together.
    pub(crate) fn join(&mut self, other: &Self) {
        self.words += other.words;
        self.passages += other.passages;
        self.recipe += other.recipe;
        self.kitchen = self.kitchen.max(other.kitchen);
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

    /// A recipe. One jotted between other matters makes no recipe of them.
    pub(crate) fn cooks(&self) -> bool {
        const FEW: u32 = 5;
        self.dense(self.recipe, 4, 50) && (self.passages <= FEW || self.recipe > self.kitchen + 1)
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
