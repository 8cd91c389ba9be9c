//! The pieces of a date: a day, a time, a rule.

use super::weekday::{dashed, numbered_weekday, tuesday};
use super::{agree, anchor};
use crate::dates::clock::{self, Clock};
use crate::dates::relative::{self, Relative};
use crate::dates::scan::lead::direct_lead;
use crate::dates::{Lead, Reference, calendar, recurrence, resolve};
use crate::dates::{feasts, names};
use crate::text::{Places, Shape, Words, one_of};
use chrono::{Duration, NaiveDate};
use std::sync::LazyLock;

/// One piece: a day, a time, or a rule.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Day {
        day: NaiveDate,
        last: Option<NaiveDate>,
        doubtful: bool,
        weekday: bool,
    },
    Gone,
    Time(Clock),
    Exact(Duration),
    Rule(recurrence::Rule),
    /// So many days on from the day spoken of before.
    Then(i64),
}

/// The words with which a piece may begin; all others are passed over at once.
static FIRST: LazyLock<(Places, usize)> = LazyLock::new(|| {
    const OTHERS: &str = "first second third fourth ersten letzten letzter erster zweiter dritter primer segundo tercer ultimo premier deuxieme troisieme dernier the zum den dem am el del dia le ayin end ende fin finales thirtieth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty thirty fifth q1 q2 q3 q4 kw cw";
    let all: Vec<&str> = relative::first_words()
        .chain(feasts::first_words())
        .chain(names::all())
        .chain(recurrence::first_words())
        .chain(clock::first_words())
        .chain(OTHERS.split(' '))
        .collect();
    let others = all.len();
    let all: Vec<&str> = all.into_iter().chain(anchor::FIRST.split(' ')).collect();
    (Places::new(&all), others)
});

/// Whether a piece may begin at token `i`, and whether only one that counts from another day.
fn begins(words: &Words, i: usize) -> Option<bool> {
    let word = words.word(i);
    match words.shape(i) {
        Shape::Number => Some(false),
        Shape::Address => None,
        Shape::Mark => (word == "@").then_some(false),
        Shape::Word => {
            let (places, others) = &*FIRST;
            let found = places.get(word).map(|place| place >= *others);
            found.or_else(|| names::inflected(word).then_some(false))
        }
    }
}

pub(crate) fn piece(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let anchored = begins(words, i)?;
    let word = words.word(i);
    let number = words.shape(i) == Shape::Number;
    if number && i > 0 && (words.touches(i - 1) && words.one_of(i - 1, "$|€|£|#|.|-|_|§")) {
        return None;
    }
    if !number
        && recurrence::may_begin(word)
        && let Some((length, rule)) = recurrence::read(words, i, reference.language)
    {
        return Some((length, Piece::Rule(rule)));
    }
    if let Some(found) = nth_of_month(words, i, reference) {
        return Some(found);
    }
    if let Some(found) = anchor::read(words, i) {
        return Some(found);
    }
    if anchored {
        return None;
    }
    if let Some(found) = feast(words, i, reference) {
        return Some(found);
    }
    let spanish = reference.language == crate::dates::Language::Spanish;
    if (word == "mar" || word == "mart" && spanish && words.word(i + 1) == ".")
        && let Some(found) = tuesday(words, i, reference)
    {
        return Some(found);
    }
    if (number
        || names::month(word).is_some()
        || one_of("the|zum|den|dem|am|el|del|dia|le|ayin", word)
        || calendar::worded(words, i, reference.language).is_some())
        && let Some(found) = written(words, i, reference)
    {
        return Some(found);
    }
    if let Some(found) = dashed(words, i, reference).or_else(|| said(words, i, reference)) {
        return Some(found);
    }
    let timely = number
        || one_of(
            "at|um|a|las|saat|@|between|betw|entre|zwischen|from|around|gegen|vers|ab",
            word,
        )
        || word == "la" && words.word(i + 1) == "una";
    if timely || (word.len() > 2 && !word.starts_with(char::is_numeric)) {
        // A bare number is an hour only after a word that says so: "at 3", "by 5", or as a range.
        let fits = |time: &Clock| {
            !time.doubtful
                || time.until.is_some()
                || !number
                || direct_lead(words, i).is_some_and(|l| l.0 == Lead::Due)
        };
        return clock::read(words, i, reference)
            .filter(|(_, time)| fits(time))
            .map(|(length, time)| (length, Piece::Time(time)));
    }
    None
}

pub(crate) fn written(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let (mut length, written) = calendar::read(words, i, reference.order, reference.language)?;
    let written = agree::ordered(words, (i, i + length), written, reference);
    let (day, last) = resolve::written(reference.today(), reference.year, written)?;
    let day = agree::year(words, (i, i + length), &written, day, reference);
    // "2026-03-14T10:00": the T joins day and time.
    if words.word(i + length) == "t" {
        length += 1;
    }
    Some((
        length,
        Piece::Day {
            day,
            last,
            doubtful: written.doubtful,
            weekday: false,
        },
    ))
}

pub(crate) fn said(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let word = words.word(i);
    if let Some((length, relative, filled)) = relative::read(words, i, reference.language) {
        let greeting =
            i > 0 && matches!(words.word(i - 1), "guten" | "la" | "this" | "good") && length == 1;
        // "within 30 days of the date of this letter" counts from another day.
        let anchored = relative == Relative::In
            && words.one_of(
                i + length,
                "of|after|following|before|prior|upon|nach|vor|despues|antes|apres|avant|sonra",
            );
        if anchored && !words.one_of(i + length + 1, "today|now|heute|hoy") {
            return None;
        }
        // "coming Tuesday 24th": the number says which.
        if let Some(found) = (length > 1 && filled.weekday.is_some())
            .then(|| numbered_weekday(words, i + length - 1, reference))
            .flatten()
        {
            return Some((length - 1 + found.0, found.1));
        }
        if !greeting {
            return match (relative, filled.unit) {
                (Relative::In, Some(names::Unit::Hour)) => Some((
                    length,
                    Piece::Exact(Duration::hours(i64::from(filled.count?))),
                )),
                (Relative::In, Some(names::Unit::Minute)) => Some((
                    length,
                    Piece::Exact(Duration::minutes(i64::from(filled.count?))),
                )),
                (Relative::Past, _) => Some((length, Piece::Gone)),
                _ => {
                    let day = resolve::relative(reference.today(), relative, filled)?;
                    // "el próximo jueves 18 de marzo": the date behind it holds.
                    let weekday = filled.weekday.is_some() && dated(words, i + length);
                    Some((
                        length,
                        Piece::Day {
                            day,
                            last: None,
                            doubtful: false,
                            weekday,
                        },
                    ))
                }
            };
        }
    }
    if let Some(found) = numbered(words, i, reference) {
        return Some(found);
    }
    if let Some(found) = numbered_weekday(words, i, reference) {
        return Some(found);
    }
    let weekday = names::weekday(word, reference.language)?;
    let beside = names::is_ambiguous(words, i) && !supported(words, i);
    let day = resolve::next_weekday(reference.today(), weekday);
    let dot = usize::from(words.word(i + 1) == "." && words.touches(i) && words.raw(i).len() <= 4);
    (!beside).then_some((
        1 + dot,
        Piece::Day {
            day,
            last: None,
            doubtful: false,
            weekday: true,
        },
    ))
}

/// "Good Friday", "Silvester"; one that nobody can tell the day of says nothing where a day is wanted.
fn feast(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let (length, day) = feasts::read(words, i, reference)?;
    let Some(day) = day else {
        let wanted = |(lead, _)| matches!(lead, Lead::On | Lead::Due);
        return direct_lead(words, i)
            .is_some_and(wanted)
            .then_some((length, Piece::Gone));
    };
    let named = Piece::Day {
        day,
        last: None,
        doubtful: false,
        // "Good Friday, 3 April": the date beside it holds.
        weekday: true,
    };
    Some((length, named))
}

/// Whether a day and its month stand at token `i`.
fn dated(words: &Words, i: usize) -> bool {
    let at = i + usize::from(words.one_of(i, ",|the|den|el|le"));
    let day = words.number(at).is_some_and(|n| (1..=31).contains(&n));
    day && (at + 1..at + 3).any(|k| names::month(words.word(k)).is_some())
}

/// "first Monday of October", "letzter Freitag im Mai", "primer lunes de octubre", "the last Friday of the month".
fn nth_of_month(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    const OF_MONTH: &str =
        "of the month|of this month|im monat|des monats|del mes|du mois|de ce mois";
    let first = i + usize::from(words.one_of(i, "the|am|der|dem|el|le"));
    let nth = recurrence::ordinal(words.word(first))?;
    let weekday = names::weekday(words.word(first + 1), reference.language)?;
    let today = reference.today();
    let behind = words.phrase(first + 2, OF_MONTH);
    let at = first + 2 + usize::from(words.one_of(first + 2, "of|in|im|de|d'|del"));
    // The next such day, of this month or the one behind it, where none is named.
    let (to, named) = match behind {
        Some(length) => (first + 2 + length, None),
        None => (at + 1, Some(names::month(words.word(at))?)),
    };
    let day = (0..13).find_map(|ahead| {
        let first = chrono::Datelike::with_day(&today, 1)?
            .checked_add_months(chrono::Months::new(ahead))?;
        let fits = named.is_none_or(|month| chrono::Datelike::month(&first) == month);
        let day = resolve::nth_weekday(first, nth, weekday)?;
        (fits && day >= today).then_some(day)
    })?;
    let sure = Piece::Day {
        day,
        last: None,
        doubtful: false,
        weekday: false,
    };
    Some((to - i, sure))
}

/// An ambiguous short name ("sat", "Mo") is believed beside a number or a cue, or capitalised before a mark.
pub(crate) fn supported(words: &Words, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |j| words.word(j));
    let cued = one_of(
        "by|on|until|this|next|due|before|am|bis|el|le|every",
        before,
    );
    let numbered = words.shape(i + 1) == Shape::Number
        || (matches!(words.word(i + 1), "," | "." | "at") && words.shape(i + 2) == Shape::Number);
    // "holt sie Mi ab": within a German sentence nothing else is written so.
    let german = one_of("Mo|Di|Mi|Do|Sa", words.raw(i))
        && i > 0
        && words.shape(i - 1) == Shape::Word
        && !words.capital(i - 1)
        && words.shape(i + 1) != Shape::Number
        && !words.capital(i + 1);
    // "Korrektur lesen, Mo zurück", "Angebot (Mi spätestens!)".
    let clause = i > 0 && words.one_of(i - 1, ",|(|-|–|;") && words.shape(i + 1) == Shape::Word;
    let german =
        german || one_of("Mo|Di|Mi|Do|Sa", words.raw(i)) && clause && !words.capital(i + 1);
    // "lun 19 ene": with the whole date behind it.
    let whole = numbered && names::month(words.word(i + 2)).is_some();
    // "ven. 25/09", "jeu. 4": cut short before its number.
    let cut = words.word(i + 1) == "."
        && words.touches(i)
        && words.shape(i + 2) == Shape::Number
        && !(i > 0 && words.shape(i - 1) == Shape::Number);
    cued || german
        || cut
        || closing(words, i)
        || before_hour(words, i)
        || whole
        || (words.capital(i) && (numbered || words.raw(i).len() == 3 && before == "("))
}

/// "sat 9:00", "mon 9h30": before an hour, and "perş", "çarş", which are nothing else.
fn before_hour(words: &Words, i: usize) -> bool {
    const OTHER: &str = "we|i|he|she|it|they|you|who|the";
    let clock = words.touches(i + 1) && words.one_of(i + 2, ":|h|am|pm|.|uhr");
    let hour = words.shape(i + 1) == Shape::Number && (clock || words.word(i + 1).len() == 4);
    let small = words.raw(i).chars().all(char::is_lowercase);
    let other = i > 0 && words.one_of(i - 1, OTHER) || names::month(words.word(i)).is_some();
    let turkish = words.one_of(i, "pers|cars") && words.raw(i).ends_with('ş');
    hour && small && !other || turkish
}

/// "issue Mon", "ring the hub mon", "bring the spanner sat": at the end of what is jotted down, or before a part of the
/// day. "lun - coser números": before a dash at its head. "URSSAF ven. dernier délai": with the full stop of what is cut.
fn closing(words: &Words, i: usize) -> bool {
    const SHORT: &str = "mon|sat|sun|lun|mie|mier|jue|vie|sab|dom|jeu|ven|sam|dim|mer";
    const OTHER: &str = "the|a|an|we|i|he|she|it|they|you|who|and|was|is|in|to|of|le|un|du|ce|la|el|los|mi|su|se|ha|han|d'|l'|their|my|our|just|panel|committee|fitted|expires";
    const LATER: &str = "first thing|am|pm|a . m|p . m|morning|afternoon|evening|night|latest|at the latest|eve|noon|lunch";
    if !words.one_of(i, SHORT) || i > 0 && words.one_of(i - 1, OTHER) {
        return false;
    }
    let next = i + 1;
    let english = words.one_of(i, "mon|sat|sun");
    let ends = next >= words.len()
        || words.one_of(next, ",|;|.|!|)|→|(")
        || words.word(next) == "/" && !words.touches(i);
    let before = words.one_of(next, "before|b4|by") && words.number(next + 1).is_some();
    let later = || words.phrase(next, LATER).is_some() || before;
    // "Mon noon" in a cell.
    let cell = english
        && i == 0
        && words
            .phrase(next, LATER)
            .is_some_and(|n| next + n == words.len());
    let head = i == 0 && words.one_of(next, "-|–|:|→") && !words.touches(i);
    let cut = !english
        && words.word(next) == "."
        && words.touches(i)
        && words.shape(next + 1) == Shape::Word
        && !words.capital(next + 1);
    let plain = words.raw(i).chars().skip(1).all(char::is_lowercase);
    plain && (english && i > 0 && (ends || later()) || head || cut || cell)
}

/// "Q3", "end of Q2 2026", "KW 12".
pub(crate) fn numbered(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let skip = words
        .phrase(i, "end of|the end of|ende|fin|fin de|finales de")
        .unwrap_or(0);
    let word = words.word(i + skip);
    let day = if let Some(quarter) = word
        .strip_prefix('q')
        .and_then(|q| q.parse::<u32>().ok())
        .filter(|q| (1..=4).contains(q))
    {
        let due = skip > 0
            || i > 0 && matches!(words.word(i - 1), "by" | "bis" | "before" | "until" | "in");
        let year = words
            .number(i + skip + 1)
            .and_then(|y| i32::try_from(y).ok())
            .filter(|y| *y > 1900);
        let length = skip + 1 + usize::from(year.is_some());
        // "Q1 2027" and nothing else, as in a table.
        let alone = i == 0 && length == words.len();
        return (due || alone)
            .then(|| resolve::end_of_quarter(reference.today(), quarter, year))?
            .map(|day| {
                (
                    length,
                    Piece::Day {
                        day,
                        last: None,
                        doubtful: !due,
                        weekday: false,
                    },
                )
            });
    } else if matches!(word, "kw" | "cw") {
        let week = words
            .number(i + skip + 1)
            .filter(|w| (1..=53).contains(w))?;
        resolve::friday_of_week(reference.today(), week, None)?
    } else {
        return None;
    };
    Some((
        skip + 2,
        Piece::Day {
            day,
            last: None,
            doubtful: false,
            weekday: false,
        },
    ))
}
