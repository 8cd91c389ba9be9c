//! Language by its smallest words.

use super::{Language, Marks};
use crate::text::{Quick, Shape, Words};
use std::sync::LazyLock;

const SMALL: [&str; 5] = [
    "the and of to is for with that this be are will have on by it you we please from at as an or not can has was our your would should i need if all \
     due next meeting do team about they he she but any what when who which been were their there could let me my send out up",
    "der die das und du ist nicht mit von zu den dem ein eine fur auf wir sie ich im bis zum zur wird werden bitte noch auch es sich einen einer dass \
     bei nach uber oder aus kann muss soll sollte haben hat sind am ihr uns mir wie aber des vom als war nur sehr durch diese dieser",
    "el la los las de que y en un una por para con del se no es lo al como mas su sus este esta antes hasta pero nos te favor debe tiene fue son ya me mi \
     hay ser cada todos o sobre entre cuando muy sin tambien",
    "le la les de des et en un une du pour que qui dans sur par avec est ce cette au aux pas il elle nous vous je ne se sont plus ou votre notre avant \
     merci doit sera faire ses mais si son sa leur tout tous etre ont",
    "ve bir bu da de icin ile olarak kadar daha cok gibi olan sonra once lutfen ben sen biz siz ama degil var yok mi mu en her ya ne toplanti \
     gerekiyor olacak icin tarafindan uzere hafta gun kim nasil bunu onu rapor raporu hazirla ilgili saat gunu",
];

static LANGUAGES: LazyLock<Quick<&'static str, u8>> = LazyLock::new(|| {
    let mut map = Quick::default();
    for (i, list) in SMALL.iter().enumerate() {
        for word in list.split_whitespace() {
            *map.entry(word).or_insert(0) |= 1 << i;
        }
    }
    map
});

/// How many small words of each language stand among the tokens.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally([u32; 5]);

impl Tally {
    /// Counts the small words of a passage, and letters only one of the languages has.
    pub(crate) fn add(&mut self, words: &Words) {
        for i in 0..words.len() {
            if words.shape(i) != Shape::Word {
                continue;
            }
            if is_kim(words, i) {
                continue;
            }
            let mask = LANGUAGES.get(words.word(i)).copied().unwrap_or(0);
            for (k, count) in self.0.iter_mut().enumerate() {
                *count += u32::from(mask >> k & 1);
            }
            let raw = words.raw(i);
            if !raw.is_ascii() {
                for (letters, language) in [("ßäẞ", 1), ("ñ¿¡", 2), ("œêèùâîû", 3), ("ğışİ", 4)]
                {
                    if raw.chars().any(|c| letters.contains(c)) {
                        self.0[language] += 2;
                    }
                }
            }
        }
    }

    /// Whether so few small words were counted that others have to help.
    pub(crate) fn is_faint(&self) -> bool {
        self.0.iter().sum::<u32>() < 6
    }

    /// Counts the words that each language knows: for a text of one line.
    pub(crate) fn weigh(&mut self, words: &Words) {
        let telling = |i: &usize| {
            words.shape(*i) == Shape::Word && words.word(*i).len() > 1 && !is_kim(words, *i)
        };
        for i in (0..words.len()).filter(telling) {
            for (language, count) in Language::ALL.iter().zip(self.0.iter_mut()) {
                let marks = language.lexicon().marks(words.word(i));
                *count += u32::from(marks.without(Marks::GIVEN) != Marks::NONE);
            }
        }
    }

    fn best(self) -> (Language, u32, u32) {
        let mut order: Vec<usize> = (0..5).collect();
        // The earlier language wins a tie, English before all.
        order.sort_by_key(|&k| (std::cmp::Reverse(self.0[k]), k));
        (Language::ALL[order[0]], self.0[order[0]], self.0[order[1]])
    }
}

/// Whether a word is the name Kim, which is Turkish for "who" where it is written small.
fn is_kim(words: &Words, i: usize) -> bool {
    words.word(i) == "kim" && words.capital(i)
}

/// The language most of the counted words belong to; English when too few speak.
pub(crate) fn detect(tally: Tally) -> Language {
    let (language, first, _) = tally.best();
    if first == 0 {
        Language::English
    } else {
        language
    }
}

/// The language of one passage: that of the document unless the passage clearly speaks another.
pub(crate) fn of_passage(words: &Words, document: Language) -> Language {
    let mut tally = Tally::default();
    tally.add(words);
    let (language, first, _) = tally.best();
    let own = tally.0[document as usize];
    if first >= 2 && first > own * 2 {
        language
    } else {
        document
    }
}
