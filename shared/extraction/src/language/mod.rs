//! The words of each language, as data, and which language a passage is in.

mod detect;
mod english;
mod french;
mod german;
mod given;
mod spanish;
mod turkish;

pub(crate) use detect::{Tally, detect, of_passage};

use crate::text::Quick;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A language the built-in engine knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English, also for everything unknown.
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Turkish.
    #[serde(rename = "tr")]
    Turkish,
}

impl Language {
    /// All of them, in the order of their discriminants.
    pub const ALL: [Self; 5] = [
        Self::English,
        Self::German,
        Self::Spanish,
        Self::French,
        Self::Turkish,
    ];

    /// The two-letter code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Turkish => "tr",
        }
    }

    /// The words of this language.
    pub(crate) fn lexicon(self) -> &'static Lexicon {
        &LEXICONS[self as usize]
    }
}

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u64);

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)+) => {
        impl Marks {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)+
        }
    };
}

marks! {
    /// A verb that can be a task: its base form, infinitive or imperative.
    VERB = 0;
    /// A form that tells of the past.
    PAST = 1;
    /// The same verb as "-ing".
    GERUND = 2;
    /// Says no.
    NEGATION = 3;
    /// Makes a sentence depend on something.
    CONDITION = 4;
    /// Takes certainty away: "might", "perhaps".
    DOUBT = 5;
    /// The one who speaks.
    FIRST = 6;
    /// The one who is spoken to.
    SECOND = 7;
    /// Those together with the speaker.
    PLURAL = 8;
    /// Somebody told about.
    THIRD = 9;
    /// "someone", "everybody", "all".
    ANYONE = 10;
    /// A role or a group that can be given work.
    ROLE = 11;
    /// Those whom rules speak of.
    GENERIC = 12;
    /// A habit or a rule: "always", "usually".
    HABIT = 13;
    /// Reports what was said.
    REPORT = 14;
    /// A word of courtesy before a request.
    PLEASE = 15;
    /// A meeting.
    MEETING = 16;
    /// An exam.
    EXAM = 17;
    /// Course work to hand in.
    COURSEWORK = 18;
    /// A small word that is never a verb, name or title.
    FUNCTION = 19;
    /// A verb that is no work: "be", "like", "rise".
    STATE = 20;
    /// A word of recipes.
    RECIPE = 21;
    /// A word of advertisements.
    ADVERT = 22;
    /// A word of manuals.
    MANUAL = 23;
    /// A word of rules and contracts.
    LEGAL = 24;
    /// Something finished.
    DONE = 25;
    /// Obliges or foretells: "will", "must", "soll", "doit".
    MODAL = 26;
    /// A given name.
    GIVEN = 27;
    /// A noun that is no person although it may begin a sentence.
    THING = 28;
    /// A word that opens a question.
    QUESTION = 29;
    /// A word that greets or thanks.
    GREETING = 30;
}

impl Marks {
    /// No class at all.
    pub const NONE: Self = Self(0);

    /// Whether the two sets share a class.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// This set without the other's classes.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Both sets together.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The word classes of one language.
#[derive(Debug)]
pub struct Lexicon {
    /// Whether words are joined to new ones, as in German.
    compounds: bool,
    /// Whether "re-" before a verb makes another.
    repeats: bool,
    /// Stems of meetings, in a language that says everything by endings.
    stems: &'static [&'static str],
    words: Quick<&'static str, Marks>,
}

impl Lexicon {
    fn build(lists: &[&[(Marks, &'static str)]]) -> Self {
        let mut words: Quick<&'static str, Marks> = Quick::default();
        for &(marks, list) in lists.iter().copied().flatten() {
            for word in list.split_whitespace() {
                let known = words.entry(word).or_default();
                *known = known.and(marks);
            }
        }
        Self {
            compounds: false,
            repeats: false,
            stems: &[],
            words,
        }
    }

    /// The classes of a folded word; of a German compound those of its last part.
    pub(crate) fn marks(&self, word: &str) -> Marks {
        let known = self.words.get(word).copied();
        known.unwrap_or_else(|| {
            let tail = |list: &[&'static str]| {
                self.compounds && word.len() > 9 && list.iter().any(|t| word.ends_with(t))
            };
            // "retrain", "repaint": what can be done can be done again.
            let again = || {
                word.strip_prefix("re")
                    .and_then(|verb| self.words.get(verb))
            };
            match () {
                () if self.repeats && again().is_some_and(|m| m.any(Marks::VERB)) => Marks::VERB,
                () if self.stems.iter().any(|stem| word.starts_with(stem)) => Marks::MEETING,
                () if tail(german::MEETINGS) => Marks::MEETING,
                () if tail(german::EXAMS) => Marks::EXAM,
                () => Marks::NONE,
            }
        })
    }
}

static LEXICONS: LazyLock<[Lexicon; 5]> = LazyLock::new(|| {
    let names: &[(Marks, &str)] = &[(Marks::GIVEN, given::NAMES)];
    [
        Lexicon {
            repeats: true,
            ..Lexicon::build(&[english::WORDS, names])
        },
        Lexicon {
            compounds: true,
            ..Lexicon::build(&[german::WORDS, names])
        },
        Lexicon::build(&[spanish::WORDS, names]),
        Lexicon::build(&[french::WORDS, names]),
        Lexicon {
            stems: turkish::MEETINGS,
            ..Lexicon::build(&[turkish::WORDS, names])
        },
    ]
});
