//! Lists of words and phrases, written as one string with bars between them, and looked up by hash.
//!
//! A list is taken apart at its first use; it is known by the place of its text, which never moves. Nearly all
//! lookups find nothing, so what a word cannot be in is told from its length and two of its letters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// A map for short keys that nobody chooses.
pub(crate) type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// How many lists there is room for; a power of two well above their number.
const ROOM: usize = 1 << 12;

/// Bits of a sieve.
const SIEVE: usize = 1 << 10;

/// Where a word stands in every sieve.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key(u16);

impl Key {
    /// From the length of the word and three of its letters.
    pub(crate) fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let letter = |b: Option<&u8>| usize::from(b.copied().unwrap_or(0));
        let middle = letter(bytes.get(bytes.len() / 2));
        let sum = letter(bytes.first()) * 37 + middle * 101 + letter(bytes.last()) * 11;
        let at = (sum + bytes.len() * 193) % SIEVE;
        Self(u16::try_from(at).unwrap_or(0))
    }
}

/// What a word must look like to be worth a lookup.
#[derive(Debug)]
struct Sieve([u64; SIEVE / 64]);

impl Sieve {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut bits = [0; SIEVE / 64];
        for Key(at) in words.map(Key::of) {
            bits[usize::from(at) / 64] |= 1 << (at % 64);
        }
        Self(bits)
    }

    fn passes(&self, Key(at): Key) -> bool {
        self.0[usize::from(at) / 64] & 1 << (at % 64) != 0
    }
}

/// The entries of a list by their first word or as a whole.
#[derive(Debug)]
pub(crate) struct Index {
    text: (usize, usize),
    sieve: Sieve,
    entries: Quick<&'static str, Vec<&'static str>>,
}

/// The lists by the place of their text. A slot is filled once and for good.
struct Shelf([OnceLock<Box<Index>>; ROOM]);

static PHRASES: Shelf = Shelf([const { OnceLock::new() }; ROOM]);
static ENTRIES: Shelf = Shelf([const { OnceLock::new() }; ROOM]);

impl Shelf {
    fn index(
        &'static self,
        list: &'static str,
        key: fn(&'static str) -> &'static str,
    ) -> &'static Index {
        let text = (list.as_ptr() as usize, list.len());
        let mut slot = text.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52;
        for _ in 0..ROOM {
            let index = self.0[slot].get_or_init(|| Box::new(Index::read(list, text, key)));
            if index.text == text {
                return index;
            }
            slot = (slot + 1) % ROOM;
        }
        // No room: slower, and right.
        Box::leak(Box::new(Index::read(list, text, key)))
    }
}

impl Index {
    fn read(
        list: &'static str,
        text: (usize, usize),
        key: fn(&'static str) -> &'static str,
    ) -> Self {
        let mut entries: Quick<&'static str, Vec<&'static str>> = Quick::default();
        for entry in list.split('|') {
            entries.entry(key(entry)).or_default().push(entry);
        }
        Self {
            text,
            sieve: Sieve::of(entries.keys().copied()),
            entries,
        }
    }

    /// The entries of a word.
    pub(crate) fn get(&self, key: Key, word: &str) -> Option<&[&'static str]> {
        self.sieve
            .passes(key)
            .then(|| self.entries.get(word).map(Vec::as_slice))?
    }
}

fn whole(entry: &'static str) -> &'static str {
    entry
}

fn first_word(phrase: &'static str) -> &'static str {
    phrase.split(' ').next().unwrap_or(phrase)
}

/// The words in `list`, which are separated by bars.
pub(crate) fn entries(list: &'static str) -> &'static Index {
    ENTRIES.index(list, whole)
}

/// The phrases in `list`, which are separated by bars, by their first word.
pub(crate) fn phrases(list: &'static str) -> &'static Index {
    PHRASES.index(list, first_word)
}

/// Whether `word` is one of the words in `list`, which are separated by bars.
pub(crate) fn one_of(list: &'static str, word: &str) -> bool {
    entries(list).get(Key::of(word), word).is_some()
}

/// Words of several lists, with the number of their list.
#[derive(Debug)]
pub(crate) struct Places {
    sieve: Sieve,
    places: Quick<&'static str, usize>,
}

impl Places {
    /// Takes the lists apart, whose words are separated by blanks.
    pub(crate) fn new(lists: &[&'static str]) -> Self {
        let mut places = Quick::default();
        for (number, list) in lists.iter().enumerate() {
            for word in list.split(' ') {
                places.entry(word).or_insert(number);
            }
        }
        let sieve = Sieve::of(places.keys().copied());
        Self { sieve, places }
    }

    /// Which of the lists has the word; the first of several.
    pub(crate) fn get(&self, word: &str) -> Option<usize> {
        self.sieve
            .passes(Key::of(word))
            .then(|| self.places.get(word).copied())?
    }
}

/// Whether a phrase in `list` begins with the word.
pub(crate) fn begins(list: &'static str, word: &str) -> bool {
    phrases(list).get(Key::of(word), word).is_some()
}

/// The hash of a word.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hasher = Fnv::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// FNV-1a: the keys are short and nobody chooses them.
#[derive(Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_what_they_say() {
        const LIST: &str = "one|two words|two|three little words|a - b";
        for word in LIST.split('|') {
            assert!(one_of(LIST, word), "{word}");
        }
        assert!(!one_of(LIST, "little") && !one_of(LIST, "") && one_of("a||b", ""));
        let beginning = |word| phrases(LIST).get(Key::of(word), word);
        assert_eq!(beginning("two"), Some(&["two words", "two"][..]));
        assert_eq!(beginning("words"), None);
        let places = Places::new(&["mon monday", "tue monday"]);
        assert_eq!(
            (places.get("monday"), places.get("tue")),
            (Some(0), Some(1))
        );
        assert_eq!(places.get("wed"), None);
    }
}
