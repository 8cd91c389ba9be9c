//! Lists of words and phrases, written as one string with bars between them, and looked up by hash.
//!
//! A list is taken apart at its first use; it is known by the place of its text, which never moves. Nearly all
//! lookups find nothing, so what a word cannot be in is told from its length and two of its letters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// A map for short keys that nobody chooses.
pub(crate) type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

/// How many lists there is room for; a power of two well above their number.
const ROOM: usize = 1 << 12;

/// Bits of a sieve.
const SIEVE: usize = 1 << 8;

/// The hash of a word, taken once for all lists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key(u32);

impl Key {
    /// From the length of the word and its first and last letters.
    pub(crate) fn of(word: &str) -> Self {
        let mixed = mix(word.as_bytes());
        Self((mixed >> 32) as u32)
    }
}

/// What a word must look like to be worth a lookup.
#[derive(Debug)]
struct Sieve([u64; SIEVE / 64]);

impl Sieve {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut bits = [0; SIEVE / 64];
        for Key(at) in words.map(Key::of) {
            bits[at as usize % SIEVE / 64] |= 1 << (at % 64);
        }
        Self(bits)
    }

    fn passes(&self, Key(at): Key) -> bool {
        self.0[at as usize % SIEVE / 64] & 1 << (at % 64) != 0
    }
}

/// The entries of a list by their first word or as a whole.
#[derive(Debug)]
pub(crate) struct Index {
    list: &'static str,
    sieve: Sieve,
    entries: Quick<&'static str, Vec<&'static str>>,
}

/// The lists by the place of their text. A slot is filled once and for good.
struct Shelf([OnceLock<Box<Index>>; ROOM]);

static PHRASES: Shelf = Shelf([const { OnceLock::new() }; ROOM]);
static ENTRIES: Shelf = Shelf([const { OnceLock::new() }; ROOM]);

impl Shelf {
    /// The list in its first slot, where nearly all of them stand.
    #[inline]
    fn index(
        &'static self,
        list: &'static str,
        key: fn(&'static str) -> &'static str,
    ) -> &'static Index {
        let slot = (list.as_ptr() as usize).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52;
        match self.0[slot].get() {
            Some(index) if std::ptr::eq(index.list, list) => index,
            _ => self.read(slot, list, key),
        }
    }

    /// The list in the slot or behind it, where it is put at its first use.
    #[cold]
    fn read(
        &'static self,
        slot: usize,
        list: &'static str,
        key: fn(&'static str) -> &'static str,
    ) -> &'static Index {
        let (before, from) = self.0.split_at(slot);
        for slot in from.iter().chain(before) {
            let index = slot.get_or_init(|| Box::new(Index::read(list, key)));
            if std::ptr::eq(index.list, list) {
                return index;
            }
        }
        // No room: slower, and right.
        Box::leak(Box::new(Index::read(list, key)))
    }
}

impl Index {
    fn read(list: &'static str, key: fn(&'static str) -> &'static str) -> Self {
        let mut entries: Quick<&'static str, Vec<&'static str>> = Quick::default();
        for entry in list.split('|') {
            entries.entry(key(entry)).or_default().push(entry);
        }
        Self {
            list,
            sieve: Sieve::of(entries.keys().copied()),
            entries,
        }
    }

    /// Whether a word of that key may be in the list.
    #[inline]
    pub(crate) fn may_have(&self, key: Key) -> bool {
        self.sieve.passes(key)
    }

    /// The entries of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&[&'static str]> {
        self.entries.get(word).map(Vec::as_slice)
    }

    fn finds(&self, word: &str) -> bool {
        self.may_have(Key::of(word)) && self.entries.contains_key(word)
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
    entries(list).finds(word)
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
    phrases(list).finds(word)
}

/// Whether the text begins with a phrase in `list`, and no letter or digit follows.
pub(crate) fn leads(list: &'static str, text: &str) -> bool {
    let list = phrases(list);
    let ends = |at: usize| !text[at..].starts_with(char::is_alphanumeric);
    let phrase = |phrase: &&str| text.starts_with(phrase) && ends(phrase.len());
    let opens = |word: &str| {
        let known = list.may_have(Key::of(word)).then(|| list.get(word))?;
        known?.iter().find(|it| phrase(it))
    };
    // The first word of a phrase ends at a blank, or where the phrase does.
    let head = &text[..text.find(' ').unwrap_or(text.len())];
    let marks = head.match_indices(|c: char| !c.is_alphanumeric());
    let mut words = marks.map(|(at, _)| &head[..at]).chain([head]);
    words.any(|word| opens(word).is_some())
}

/// The hash of a word.
pub(crate) fn hash(word: &str) -> u64 {
    mix(word.as_bytes())
}

/// Sixty-four bits from the length and up to eight bytes at either end: words are short and nobody chooses them.
fn mix(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (head, tail) = if let (Some(head), Some(tail)) =
        (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
    {
        (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
    } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (
            u32::from_le_bytes(*head).into(),
            u32::from_le_bytes(*tail).into(),
        )
    } else {
        let byte = |at: usize| bytes.get(at).map_or(0, |b| u64::from(*b));
        (byte(0) | byte(1) << 8 | byte(2) << 16, 0)
    };
    let mixed = (head.wrapping_mul(ODD) ^ tail)
        .wrapping_add(bytes.len() as u64)
        .wrapping_mul(ODD);
    (mixed ^ mixed >> 32).wrapping_mul(ODD)
}

/// Hashes short keys that nobody chooses.
#[derive(Debug, Default)]
pub(crate) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = self.0.rotate_left(5) ^ mix(bytes);
    }

    fn write_u8(&mut self, _: u8) {}
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
        let beginning = |word| phrases(LIST).get(word);
        assert_eq!(beginning("two"), Some(&["two words", "two"][..]));
        assert_eq!(beginning("words"), None);
        assert!(
            ["one", "one, two", "two words.", "two: three", "a - b"]
                .iter()
                .all(|text| leads(LIST, text))
        );
        assert!(
            ![
                "ones",
                "words",
                "three",
                "three little word",
                "three little wordsmiths",
                ""
            ]
            .iter()
            .any(|text| leads(LIST, text))
        );
        assert!(
            leads("n/a|l'an passe", "n/a (none)")
                && leads("n/a|l'an passe", "l'an passe")
                && !leads("n/a|l'an passe", "n / a")
        );
        let places = Places::new(&["mon monday", "tue monday"]);
        assert_eq!(
            (places.get("monday"), places.get("tue")),
            (Some(0), Some(1))
        );
        assert_eq!(places.get("wed"), None);
    }
}
