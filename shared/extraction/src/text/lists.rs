//! Lists of words and phrases, written as one string with bars between them, and looked up by hash.
//!
//! A list is taken apart at its first use in a thread; it is known by the place of its text, which never moves.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Shorter lists are quicker read than hashed.
const SHORT: usize = 24;

type Index = HashMap<&'static str, Vec<&'static str>, BuildHasherDefault<Fnv>>;
type Places = HashMap<&'static str, usize, BuildHasherDefault<Fnv>>;
type Indexes = HashMap<(usize, usize), Index, BuildHasherDefault<Fnv>>;

thread_local! {
    /// Phrases of each list by their first word.
    static PHRASES: RefCell<Indexes> = RefCell::default();
    /// Whole entries of each list.
    static ENTRIES: RefCell<Indexes> = RefCell::default();
    /// Words of several lists, with the place of their list.
    static PLACES: RefCell<HashMap<(usize, usize), Places, BuildHasherDefault<Fnv>>> = RefCell::default();
}

/// Whether `word` is one of the words in `list`, which are separated by bars.
pub(crate) fn one_of(list: &'static str, word: &str) -> bool {
    if list.len() <= SHORT {
        return list.split('|').any(|known| known == word);
    }
    ENTRIES.with_borrow_mut(|all| index(all, list, |entry| entry).contains_key(word))
}

/// Which of `lists`, whose words are separated by blanks, has the word; the first of several.
pub(crate) fn place(lists: &'static [&'static str], word: &str) -> Option<usize> {
    PLACES.with_borrow_mut(|all| {
        let places = all
            .entry((lists.as_ptr() as usize, lists.len()))
            .or_insert_with(|| {
                let mut places = Places::default();
                for (number, list) in lists.iter().enumerate() {
                    for word in list.split(' ') {
                        places.entry(word).or_insert(number);
                    }
                }
                places
            });
        places.get(word).copied()
    })
}

/// Whether a phrase in `list` begins with the word.
pub(crate) fn begins(list: &'static str, word: &str) -> bool {
    longest(list, word, |_| Some(0)).is_some()
}

/// The longest of the phrases in `list` that begin with the word `first` and that `length` measures.
pub(crate) fn longest(
    list: &'static str,
    first: &str,
    length: impl Fn(&str) -> Option<usize>,
) -> Option<usize> {
    PHRASES.with_borrow_mut(|all| {
        let index = index(all, list, |phrase| {
            phrase.split(' ').next().unwrap_or(phrase)
        });
        index
            .get(first)?
            .iter()
            .filter_map(|phrase| length(phrase))
            .max()
    })
}

fn index<'a>(
    all: &'a mut Indexes,
    list: &'static str,
    key: fn(&'static str) -> &'static str,
) -> &'a Index {
    all.entry((list.as_ptr() as usize, list.len()))
        .or_insert_with(|| {
            let mut index = Index::default();
            for entry in list.split('|') {
                index.entry(key(entry)).or_default().push(entry);
            }
            index
        })
}

/// FNV-1a: the keys are short and nobody chooses them.
struct Fnv(u64);

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

    fn write_usize(&mut self, value: usize) {
        self.0 = (self.0 ^ value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
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
        let count = |phrase: &str| Some(phrase.split(' ').count());
        assert_eq!(longest(LIST, "two", count), Some(2));
        assert_eq!(longest(LIST, "words", count), None);
    }
}
