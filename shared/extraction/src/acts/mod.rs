//! What a sentence asks, promises or orders: language by language, into one shape.

mod closing;
mod english;
mod german;
mod lacking;
mod people;
mod prefix;
mod quotes;
mod romance;
mod turkish;

use crate::dates::{Found, Lead, When};
use crate::item::Refusal;
use crate::language::{Language, Marks};
use crate::text::{Shape as Letters, Words};
use std::collections::HashSet;

pub(crate) use people::{NOUN, known, names, third_person};

/// By what a sentence was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    /// "Action: ..", "TODO: ..".
    Label,
    /// "Maria to ..", "Maria: ..".
    Owner,
    /// "Maria will ..", "Maria must ..".
    Assignment,
    /// "I'll ..".
    Commitment,
    /// "Could you ..", "please ..".
    Request,
    /// "We need to ..", "it must be done".
    Obligation,
    /// "Send ..".
    Imperative,
    /// "X is due on ..".
    Deadline,
    /// A noun under a heading for tasks.
    Noun,
}

/// Who is to do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    Nobody,
    /// The one who says it.
    Speaker,
    /// The one who reads it.
    Reader,
    Named(String),
}

/// How the words after the cue become an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// They are one.
    Plain,
    /// The first word is a gerund.
    Gerund,
    /// The first word is a third person singular.
    Third,
    /// `object` is to be what the participle at `verb` says.
    Passive { object: (usize, usize), verb: usize },
    /// They are a noun; this verb goes before it.
    Noun(&'static str),
    /// The order is spelled already.
    Spelled(String),
    /// The same, and it ends in its verb, however small a word that is: "et", "at".
    Ended(String),
}

/// One thing to be done, found in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Act {
    pub cue: Cue,
    pub owner: Owner,
    /// First token of the clause, subject included.
    pub begin: usize,
    /// First token of the words that say what is to be done.
    pub from: usize,
    pub to: usize,
    pub form: Form,
    pub strength: f64,
}

/// What is known around a sentence.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one place"
)]
pub(crate) struct Setting<'a> {
    /// Under a heading for tasks, or behind a check box.
    pub action: bool,
    /// A list item or a check box.
    pub item: bool,
    /// A list that reads like a list of things to do.
    pub orders: bool,
    /// In a sheet of short notes.
    pub notes: bool,
    /// Said by somebody, in a conversation or a mail.
    pub addressed: bool,
    /// Names the document knows, folded.
    pub people: &'a HashSet<String>,
}

/// A sentence with its dates.
pub(crate) struct Sentence<'a> {
    pub words: &'a Words<'a>,
    pub from: usize,
    pub to: usize,
    pub dates: &'a [Found],
    pub setting: &'a Setting<'a>,
}

impl Sentence<'_> {
    /// Whether the sentence holds a date with this property.
    pub(crate) fn dated(&self, test: impl Fn(&Found) -> bool) -> bool {
        self.dates
            .iter()
            .any(|d| d.from >= self.from && d.to <= self.to && test(d))
    }

    /// The date whose lead or self begins at token `i`.
    pub(crate) fn date_at(&self, i: usize) -> Option<&Found> {
        self.dates.iter().find(|d| d.lead_from == i || d.from == i)
    }

    /// Whether a token belongs to a date or to the words that lead to it.
    pub(crate) fn in_date(&self, i: usize) -> bool {
        self.dates.iter().any(|d| d.lead_from <= i && i < d.to)
    }

    /// What a date of the sentence says, with the day or the time that stands elsewhere in it:
    /// "April 14: essay due by 5 pm".
    pub(crate) fn when(&self, found: &Found) -> Option<When> {
        let mut when = found.when.clone()?;
        let others = || {
            self.dates
                .iter()
                .filter(|d| {
                    d.from >= self.from
                        && d.to <= self.to
                        && d.from != found.from
                        && d.lead != Lead::After
                })
                .filter_map(|d| d.when.as_ref())
        };
        if !when.day_given {
            if let Some(day) =
                others().find(|o| o.day_given && o.time.is_none() && o.exact.is_none())
            {
                when.day = day.day;
                when.last_day = day.last_day;
                when.recurrence.clone_from(&day.recurrence);
                when.day_given = true;
            }
        } else if when.time.is_none()
            && when.exact.is_none()
            && let Some(time) = others().find(|o| !o.day_given && o.time.is_some())
        {
            (when.time, when.end_time, when.zone) = (time.time, time.end_time, time.zone);
        }
        Some(when)
    }

    /// Whether the sentence ends with a question mark.
    pub(crate) fn asks(&self) -> bool {
        (self.from..self.to)
            .rev()
            .take(3)
            .any(|i| self.words.word(i) == "?")
    }
}

/// Whether a sentence says that something closes or runs out: no meeting, whatever else it looks like.
pub(crate) fn closes(sentence: &Sentence, language: Language) -> bool {
    closing::read(sentence, language).is_some()
}

/// What became of a sentence.
pub(crate) type Reading = Result<Vec<Act>, Refusal>;

/// Reads one sentence in the given language.
pub(crate) fn read(sentence: &Sentence, language: Language) -> Reading {
    let reading = match language {
        Language::English => english::read(sentence),
        Language::German => german::read(sentence),
        Language::Spanish | Language::French => romance::read(sentence, language),
        Language::Turkish => turkish::read(sentence),
    };
    // "We have not received your form" denies nothing that was asked for.
    let open = match &reading {
        Ok(acts) => acts.is_empty(),
        Err(reason) => matches!(reason, Refusal::Negated),
    };
    let lacks = || lacking::read(sentence, language).filter(|_| open);
    let empty = match &reading {
        Ok(acts) => acts.iter().all(|act| act.cue == Cue::Deadline),
        // "Teslim tarihi 22 Mart'a uzatıldı".
        Err(reason) => {
            let Sentence {
                words, from, to, ..
            } = *sentence;
            matches!(reason, Refusal::Past) && crate::dates::extends(words, from..to)
        }
    };
    let ends = || closing::read(sentence, language).filter(|_| empty);
    match lacks().or_else(ends) {
        Some(act) => Ok(vec![act]),
        None => reading,
    }
}

/// The person a passage turns to in its first words: "Pablo, ¿puedes ..", "Hi Tom - could you ..".
pub(crate) fn vocative(words: &Words, from: usize, people: &HashSet<String>) -> Option<String> {
    let mut i = from;
    while i < words.len().min(from + 4)
        && (words.has(i, Marks::GREETING)
            || words.one_of(i, "hi|hey|hello|hola|hallo|salut|bonjour|merhaba|selam|ok|okay|so|and|thanks|perfect|great|guten|morgen|genial|gracias|danke|merci|,|!|@|also"))
    {
        i += 1;
    }
    let mentioned = i > from && words.word(i - 1) == "@";
    let named = known_person(words, i, people) || mentioned;
    let mut to = i + 1;
    while known_person(words, to, people) && to < i + 3 {
        to += 1;
    }
    let turned = matches!(words.word(to), "," | "-" | "–" | "—" | ":" | "!") || mentioned;
    (named && turned).then(|| spelled(words, i, to))
}

/// The person before the colon that opens a passage: "Min-ji: model trained. Will retrain by Wed".
pub(crate) fn head_name(words: &Words, people: &HashSet<String>) -> Option<String> {
    let colon = (1..words.len().min(5)).find(|&i| words.word(i) == ":")?;
    let named = known_person(words, 0, people) || name_like(words, 0) && words.word(1) == "-";
    let fits =
        (1..colon).all(|i| name_like(words, i) || words.word(i) == "-" || words.word(i - 1) == "-");
    (named && fits).then(|| spelled(words, 0, colon))
}

/// Whether token `i` reads as a name: capitalised, no small word, no date.
pub(crate) fn name_like(words: &Words, i: usize) -> bool {
    words.shape(i) == Letters::Word
        && words.capital(i)
        && !words.has(i, Marks::FUNCTION.and(Marks::QUESTION))
        && !crate::dates::is_month(words.word(i))
        && !crate::dates::is_weekday(words.word(i))
}

/// Two or three capital letters.
pub(crate) fn are_initials(raw: &str) -> bool {
    (2..=3).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether somebody the document lists has these initials: "TR" for Tom Reed.
pub(crate) fn has_initials(people: &HashSet<String>, raw: &str) -> bool {
    are_initials(raw)
        && people.iter().any(|name| {
            let letters = name
                .split([' ', '-'])
                .filter_map(|word| word.chars().next());
            letters.eq(raw.chars().map(|c| c.to_ascii_lowercase()))
        })
}

/// Whether token `i` is a person for sure: listed in the document or a known given name.
pub(crate) fn known_person(words: &Words, i: usize, people: &HashSet<String>) -> bool {
    let word = words.word(i);
    let bare = word.split('\'').next().unwrap_or(word);
    words.capital(i)
        && !words.has(i, Marks::FUNCTION)
        && (people.contains(bare) || words.has(i, Marks::GIVEN))
}

/// The person whom the sentences before this one of the same passage began with: whom "she" means.
pub(crate) fn last_named(s: &Sentence) -> Option<String> {
    let w = s.words;
    let before = (0..s.from).rev();
    let heads = before.filter(|&i| i == 0 || matches!(w.word(i - 1), "." | "!" | "?" | ":"));
    let known = |i: &usize| {
        known_person(w, *i, s.setting.people)
            || name_like(w, *i) && name_like(w, i + 1) && !w.has(*i, Marks::THING.and(Marks::ROLE))
    };
    heads.take(3).find(known).map(|from| {
        let to = (from..from + 3).find(|&i| !name_like(w, i));
        spelled(w, from, to.unwrap_or(from + 3))
    })
}

/// The exact words of tokens `from..to` with single spaces.
pub(crate) fn spelled(words: &Words, from: usize, to: usize) -> String {
    words
        .slice(from, to)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a list item begins with a verb of work.
pub(crate) fn begins_as_order(words: &Words, language: Language) -> bool {
    let first = (0..words.len().min(4)).find(|&i| words.shape(i) == Letters::Word);
    let Some(first) = first else { return false };
    match language {
        Language::Turkish => turkish::ends_as_order(words),
        Language::German => words.has(first, Marks::VERB) || german::ends_as_order(words),
        _ => words.has(first, Marks::VERB),
    }
}

/// An act up to the end of its sentence.
fn act(
    s: &Sentence,
    cue: Cue,
    owner: Owner,
    begin: usize,
    from: usize,
    form: Form,
    strength: f64,
) -> Act {
    Act {
        cue,
        owner,
        begin,
        from,
        to: s.to,
        form,
        strength,
    }
}

/// The words of `from..to` without dates and without `skip`, as a title would have them.
fn rest(s: &Sentence, from: usize, to: usize, skip: &[(usize, usize)]) -> String {
    crate::fields::title::plain_span(s.words, from, to, s.dates, skip)
}
