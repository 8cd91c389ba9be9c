//! Ideas: words of all languages that stand for one thing, as the lists of `words` have them.

use super::pattern::Book;
use super::quantities;
use super::text::Token;
use std::sync::LazyLock;

/// All ideas, in one book: a text is read once, however many there are.
struct Ideas {
    book: Book<usize>,
    /// Which of them a sign of crisis is made of.
    danger: Vec<bool>,
}

/// An idea that a text holds, and the first and the last token of the first place where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Idea {
    pub number: usize,
    pub tokens: (usize, usize),
}

/// The lists of ideas: what anything is about, and how the five signals and signs of crisis are told.
const LISTS: [&str; 3] = [
    include_str!("words/concepts.txt"),
    include_str!("words/signals.txt"),
    include_str!("words/veiled.txt"),
];

static IDEAS: LazyLock<Ideas> = LazyLock::new(|| {
    let mut ideas = Ideas {
        book: Book::default(),
        danger: Vec::new(),
    };
    let lines = LISTS.iter().flat_map(|list| list.lines());
    for line in lines.filter(|line| !line.starts_with('#')) {
        // A pattern that cannot be read is left out here and found by the test below.
        if let Some((name, patterns)) = line.split_once(": ") {
            for pattern in patterns.split(", ") {
                ideas.book.add(pattern.trim(), ideas.danger.len());
            }
            ideas.danger.push(name.starts_with('!'));
        }
    }
    ideas
});

/// The ideas of a text in the order of the list, each once.
pub(super) fn find(tokens: &[Token]) -> Vec<Idea> {
    let mut places: Vec<Option<(usize, usize)>> = vec![None; IDEAS.danger.len()];
    for at in 0..tokens.len() {
        for hit in IDEAS.book.all_at(tokens, at) {
            if let Some(place) = places.get_mut(*hit.value) {
                place.get_or_insert((hit.start, hit.end - 1));
            }
        }
    }
    let found = places.into_iter().enumerate();
    let listed = found.filter_map(|(number, tokens)| tokens.map(|tokens| Idea { number, tokens }));
    let counted = quantities::find(tokens)
        .into_iter()
        .map(|(quantity, tokens)| Idea {
            number: IDEAS.danger.len() + quantity as usize,
            tokens,
        });
    listed.chain(counted).collect()
}

/// How many of these ideas are those of danger.
pub(super) fn dangers(ideas: &[Idea]) -> usize {
    let danger = |idea: &&Idea| IDEAS.danger.get(idea.number) == Some(&true);
    ideas.iter().filter(danger).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_idea_can_be_read() {
        for line in LISTS.iter().flat_map(|list| list.lines()) {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let (_, patterns) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
            let mut book = Book::default();
            for pattern in patterns.split(", ") {
                assert!(book.add(pattern.trim(), ()), "{pattern} in {line}");
            }
        }
        assert!(IDEAS.danger.len() > 100);
    }
}
