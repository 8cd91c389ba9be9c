//! The word lists, read once.

use super::pattern::Book;
use super::text::{Token, fold};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a word or phrase says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// -4 to 4.
    pub valence: f64,
    /// Names of signals and themes.
    pub tags: Vec<&'static str>,
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Language {
    /// Its two letters.
    pub code: &'static str,
    stop: HashSet<String>,
    pub entries: Book<Entry>,
    pub negators: Book<()>,
    /// What looks like a negation and is none.
    pub no_negators: Book<()>,
    /// Negate what stands before them.
    pub negators_after: Book<()>,
    pub weights: Book<f64>,
    pub but: Book<()>,
    pub although: Book<()>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let emoji = include_str!("words/emoji.txt");
    [
        ("en", include_str!("words/en.txt")),
        ("de", include_str!("words/de.txt")),
        ("es", include_str!("words/es.txt")),
        ("fr", include_str!("words/fr.txt")),
        ("tr", include_str!("words/tr.txt")),
    ]
    .into_iter()
    .map(|(code, words)| {
        let mut language = Language {
            code,
            ..Language::default()
        };
        // A line that cannot be read is left out here and found by the test below.
        for line in words.lines().chain(emoji.lines()) {
            language.read(line);
        }
        language
    })
    .collect()
});

impl Language {
    /// The language of a text: the one with most of its frequent words, then with most of its
    /// words of mood; English in doubt.
    pub fn of(tokens: &[Token]) -> Option<&'static Self> {
        let common = |language: &Self| {
            tokens
                .iter()
                .filter(|t| language.stop.contains(&t.text))
                .count()
        };
        let best = LANGUAGES.iter().map(common).max()?;
        let candidates: Vec<_> = LANGUAGES.iter().filter(|l| common(l) == best).collect();
        if let [only] = candidates.as_slice() {
            return Some(only);
        }
        let words = |language: &Self| language.entries.find(tokens).count();
        let most = candidates.iter().map(|l| words(l)).max()?;
        candidates.into_iter().find(|l| words(l) == most)
    }

    /// Takes a line of a word list in; `false` if it makes no sense.
    fn read(&mut self, line: &'static str) -> bool {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return true;
        }
        if let Some(words) = line.strip_prefix("@stop ") {
            self.stop.extend(words.split_whitespace().map(fold));
            return true;
        }
        let Some((head, patterns)) = line.split_once(": ") else {
            return false;
        };
        let mut patterns = patterns.split(',').map(str::trim);
        let mut words = head.split_whitespace();
        let first = words.next().unwrap_or_default();
        match first {
            "@not" => patterns.all(|p| self.negators.add(p, ())),
            "@nonot" => patterns.all(|p| self.no_negators.add(p, ())),
            "@notafter" => patterns.all(|p| self.negators_after.add(p, ())),
            "@but" => patterns.all(|p| self.but.add(p, ())),
            "@although" => patterns.all(|p| self.although.add(p, ())),
            "@weight" => match words.next().map(str::parse) {
                Some(Ok(weight)) => patterns.all(|p| self.weights.add(p, weight)),
                _ => false,
            },
            valence => match valence.parse() {
                Ok(valence) => {
                    let entry = Entry {
                        valence,
                        tags: words.collect(),
                    };
                    patterns.all(|p| self.entries.add(p, entry.clone()))
                }
                Err(_) => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::tokens;
    use super::*;

    #[test]
    fn every_line_can_be_read() {
        for words in [
            include_str!("words/en.txt"),
            include_str!("words/de.txt"),
            include_str!("words/es.txt"),
            include_str!("words/fr.txt"),
            include_str!("words/tr.txt"),
            include_str!("words/emoji.txt"),
        ] {
            for line in words.lines() {
                assert!(Language::default().read(line), "{line}");
                // A star in the middle of a word is a mistake that matches nothing.
                let inner = line
                    .split([' ', ',', '|'])
                    .any(|word| word.trim_end_matches('*').contains('*'));
                assert!(!inner || line.starts_with('#'), "{line}");
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for line in [
            "no colon",
            "x: word",
            "@weight much: word",
            "@weight: word",
            "1.0: ",
        ] {
            assert!(!Language::default().read(line), "{line}");
        }
    }

    #[test]
    fn languages_are_told_apart() {
        for (text, code) in [
            ("I was so tired that I could not think", "en"),
            ("Ich war heute so müde, dass nichts mehr ging", "de"),
            ("Estoy muy cansado y no tengo tiempo", "es"),
            ("Je suis très fatigué et je n'ai pas le temps", "fr"),
            ("Bugün çok yorgunum ve zamanım yok", "tr"),
            ("erschöpft", "de"),
            ("agotada", "es"),
            ("exhausted", "en"),
            ("", "en"),
        ] {
            assert_eq!(Language::of(&tokens(text)).unwrap().code, code, "{text}");
        }
    }
}
