//! Days written out: ISO, numeric by locale, month names with or without a year, ranges.

mod spelled;

use super::names;
use crate::context::DateOrder;
use crate::language::Language;
use crate::text::{Shape, Words, one_of};
pub(crate) use spelled::spelled;
use spelled::spelled_alone;
pub(crate) use spelled::worded;

/// A day as written; what is missing is filled in from the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: u32,
    /// Last day of a range: year, month and day.
    pub until: Option<(Option<i32>, Option<u32>, u32)>,
    /// Only a cue or a whole table cell makes this a date: "3/4", "the 5th".
    pub doubtful: bool,
}

impl Written {
    const fn new(year: Option<i32>, month: u32, day: u32) -> Self {
        Self {
            year,
            month: Some(month),
            day,
            until: None,
            doubtful: false,
        }
    }

    /// A day whose month is not written.
    const fn alone(day: u32) -> Self {
        Self {
            month: None,
            ..Self::new(None, 0, day)
        }
    }
}

fn is_dash(words: &Words, i: usize) -> bool {
    words.one_of(i, "-|–|—|bis|to|through|thru|au|al|a|until")
}

fn plausible(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

fn year(words: &Words, i: usize) -> Option<i32> {
    let digits = words.word(i);
    (words.shape(i) == Shape::Number && digits.len() == 4)
        .then(|| digits.parse().ok())?
        .filter(|y| (1900..=2199).contains(y))
}

/// A day that begins at token `i`: tokens used and what was written.
pub(crate) fn read(
    words: &Words,
    i: usize,
    order: DateOrder,
    language: Language,
) -> Option<(usize, Written)> {
    if words.shape(i) == Shape::Number {
        return iso(words, i)
            .or_else(|| numeric(words, i, order))
            .or_else(|| day_first(words, i))
            .or_else(|| ordinal_due(words, i))
            .or_else(|| turkish_day(words, i, language));
    }
    month_first(words, i)
        .or_else(|| ordinal_alone(words, i, language))
        .or_else(|| worded(words, i, language))
}

fn iso(words: &Words, i: usize) -> Option<(usize, Written)> {
    let year = year(words, i)?;
    let separator = words.word(i + 1);
    if !matches!(separator, "-" | "/" | "." | "‑")
        || words.word(i + 3) != separator
        || !words.touches(i)
    {
        return None;
    }
    let (month, day) = (words.number(i + 2)?, words.number(i + 4)?);
    plausible(month, day).then(|| (5, Written::new(Some(year), month, day)))
}

fn numeric(words: &Words, i: usize, order: DateOrder) -> Option<(usize, Written)> {
    let first = words.number(i)?;
    let separator = words.word(i + 1);
    // "3.5 hours", "1 / 2": the parts of a date touch each other, except a German "14. 3. 2026".
    if !matches!(separator, "/" | "." | "-")
        || !words.touches(i)
        || (separator != "." && !words.touches(i + 1))
    {
        return None;
    }
    let second = words.number(i + 2)?;
    if words.word(i).len() > 2 || words.word(i + 2).len() > 2 {
        return None;
    }
    let (month, day) = match (separator, order) {
        _ if first > 12 => (second, first),
        // "7.30": with a dot the day comes first, and thirty is no month.
        (".", _) if second > 12 && !(words.word(i + 3) == "." && words.number(i + 4).is_some()) => {
            return None;
        }
        _ if second > 12 => (first, second),
        (".", _) | (_, DateOrder::DayMonth) => (second, first),
        (_, DateOrder::MonthDay) => (first, second),
    };
    if !plausible(month, day) {
        return None;
    }
    let third_touches = words.touches(i + 3) || separator == ".";
    if words.word(i + 3) == separator && third_touches {
        // "13.11. 11:00": what stands apart is a year only when it has four digits.
        if let Some(y) = short_year(words, i + 4)
            .filter(|_| words.touches(i + 3) || words.word(i + 4).len() == 4)
        {
            return Some((5, Written::new(Some(y), month, day)));
        }
        // "version 3.4.1"
        if words.touches(i + 3) && words.shape(i + 4) == Shape::Number {
            return None;
        }
        if separator == "." {
            // "14.03." ends in a dot that belongs to the day.
            return Some((
                if words.touches(i + 2) { 4 } else { 3 },
                Written::new(None, month, day),
            ));
        }
        return None;
    }
    // "tag 2.4 on Thursday": without a zero or a second dot it is a number like any other.
    if separator == "." && words.word(i).len() + words.word(i + 2).len() < 3 {
        return None;
    }
    // "7.30 p.m.", "10.15 Uhr" are hours.
    let hour = words.one_of(i + 3, "pm|uhr|h|hrs")
        || words.word(i + 3) == "am" && words.touches(i + 2)
        || words.one_of(i + 3, "a|p") && words.seq(i + 4, ". m");
    if separator == "." && hour {
        return None;
    }
    let doubtful = Written {
        doubtful: true,
        ..Written::new(None, month, day)
    };
    // "25-9" is a day where nothing else stands in its cell.
    let alone = i == 0 && (i + 3 >= words.len() || words.word(i + 4) == ":") && month <= 12;
    (separator != "-" || alone && order == DateOrder::DayMonth).then_some((3, doubtful))
}

fn short_year(words: &Words, i: usize) -> Option<i32> {
    year(words, i).or_else(|| {
        let digits = words.word(i);
        (words.shape(i) == Shape::Number && digits.len() == 2)
            .then(|| digits.parse::<i32>().ok())?
            .map(|y| 2000 + y)
    })
}

/// Length of an ordinal ending after a day number: "14th", "14.", "1er", "1º".
fn ordinal(words: &Words, i: usize) -> usize {
    match words.word(i) {
        "st" | "nd" | "rd" | "th" | "er" | "º" | "°" | "ten" | "te" => 1,
        "." if i > 0 && words.touches(i - 1) => 1,
        _ => 0,
    }
}

fn day_number(words: &Words, i: usize) -> Option<u32> {
    (words.word(i).len() <= 2)
        .then(|| words.number(i))?
        .filter(|d| (1..=31).contains(d))
}

/// "14 March", "14th of March 2026", "14. März", "14 de marzo de 2026", "12-14 March".
fn day_first(words: &Words, i: usize) -> Option<(usize, Written)> {
    let day = day_number(words, i)?;
    let mut at = i + 1 + ordinal(words, i + 1);
    // "8 and 9 October" is one stretch, "8 and 20 October" are two days.
    let and = words.one_of(at, "and|und|y|et|ve|&");
    if (is_dash(words, at) || and)
        && let Some(last) = day_number(words, at + 1)
        && let Some((length, mut written)) = day_first_plain(words, at + 1)
        && written.day == last
        && day < last
        && (!and || last == day + 1)
    {
        written.until = Some((written.year, written.month, last));
        written.day = day;
        return Some((at + 1 + length - i, written));
    }
    let (length, mut written) = day_first_plain(words, i)?;
    at = i + length;
    if is_dash(words, at)
        && let Some((more, last)) = day_first_plain(words, at + 1)
    {
        written.until = Some((last.year, last.month, last.day));
        written.year = written.year.or(last.year);
        return Some((length + 1 + more, written));
    }
    Some((length, written))
}

fn day_first_plain(words: &Words, i: usize) -> Option<(usize, Written)> {
    let day = day_number(words, i)?;
    let mut at = i + 1 + ordinal(words, i + 1);
    if matches!(words.word(at), "of" | "de" | "del" | "-" | "/") {
        at += 1;
    }
    let month = names::month(words.word(at))?;
    at += 1;
    if words.word(at) == "." && words.touches(at - 1) && (words.raw(at - 1).len() <= 4) {
        at += 1;
    }
    let (year, length) = trailing_year(words, at);
    Some((at + length - i, Written::new(year, month, day)))
}

fn trailing_year(words: &Words, at: usize) -> (Option<i32>, usize) {
    let skip = usize::from(words.one_of(at, ",|de|del|-|/|'"));
    // "16/Oct/26", "3 Oct '26": two digits are a year where a mark ties them to the month.
    let tied = words.one_of(at, "-|/|'") && words.touches(at - 1) && words.touches(at);
    let short = || short_year(words, at + 1).filter(|_| tied || words.word(at) == "'");
    match year(words, at + skip).or_else(short) {
        Some(y) => (Some(y), skip + 1),
        None => (None, 0),
    }
}

/// "March 14", "March 14th, 2026", "Mar. 12-14", "March 30 - April 2".
fn month_first(words: &Words, i: usize) -> Option<(usize, Written)> {
    let month = names::month(words.word(i))?;
    let mut at = i + 1;
    if words.word(at) == "." && words.touches(i) {
        at += 1;
    }
    if words.word(at) == "the" {
        at += 1;
    }
    let spelled = spelled(words, at);
    let day = day_number(words, at).or(spelled.map(|(_, day)| day))?;
    at += match (spelled, words.word(at + 1)) {
        (Some((length, _)), _) => length,
        (None, "st" | "nd" | "rd" | "th") => 2,
        (None, _) => 1,
    };
    // "March 14:30" is no day; "March 14: exam" is one.
    if words.word(at) == ":" && words.touches(at) && words.shape(at + 1) == Shape::Number {
        return None;
    }
    let mut written = Written::new(None, month, day);
    if is_dash(words, at) {
        if let Some(last) =
            day_number(words, at + 1).filter(|&last| last > day && !is_clock(words, at + 2))
        {
            written.until = Some((None, Some(month), last));
            at += 2 + ordinal(words, at + 2).min(usize::from(words.word(at + 2) != "."));
        } else if let Some(later) = names::month(words.word(at + 1))
            && let Some(last) = day_number(words, at + 2)
        {
            written.until = Some((None, Some(later), last));
            at += 3;
        }
    }
    let (year, length) = trailing_year(words, at);
    written.year = year;
    if let Some(until) = &mut written.until {
        until.0 = year;
    }
    Some((at + length - i, written))
}

fn is_clock(words: &Words, i: usize) -> bool {
    matches!(words.word(i), "am" | "pm" | "h" | "uhr")
        || words.word(i) == ":" && words.touches(i) && words.shape(i + 1) == Shape::Number
}

/// "due 12th", "by 3rd": an ordinal behind a word that only days follow.
fn ordinal_due(words: &Words, i: usize) -> Option<(usize, Written)> {
    let day = day_number(words, i)?;
    let led = i > 0
        && words.one_of(
            i - 1,
            "by|due|before|b4|until|till|til|on|for|out|expires|ends|closes|lapses",
        );
    let ends = words.one_of(i + 1, "st|nd|rd|th") && words.touches(i);
    let alone = words.shape(i + 2) != Shape::Word
        || words.one_of(
            i + 2,
            "at|and|or|please|pls|else|otherwise|so|inst|instant|latest|max|but|if|as|then",
        )
        || super::is_weekday(words.word(i + 2));
    (led && ends && alone).then_some((2, Written::alone(day)))
}

/// "18'ine kadar", "15'inde": a number with the ending of a day of the month.
fn turkish_day(words: &Words, i: usize, language: Language) -> Option<(usize, Written)> {
    const ON_IT: &str = "ine|ina|une|una|sine|sina|inde|inda|unde|unda|sinde|sinda";
    let day = day_number(words, i).filter(|_| language == Language::Turkish)?;
    let apart = usize::from(words.one_of(i + 1, "'|’"));
    let tied = (i..=i + apart).all(|k| words.touches(k));
    let behind_month = i > 0 && names::month(words.word(i - 1)).is_some();
    let ends = words.one_of(i + 1 + apart, ON_IT);
    (tied && !behind_month && ends).then_some((2 + apart, Written::alone(day)))
}

/// What follows a number that is a day, in Spanish and French.
const LAST: &str =
    "au plus tard|dernier delai|courant|prochain|como muy tarde|como tarde|a mas tardar";

/// What ordinals count besides days.
const COUNTED: &str = "meeting|session|edition|anniversary|annual|floor|grade|grader|graders|century|time|week|draft|version|round|team|hour|lecture|class|year|quarter|street|avenue|instalment|reminder|request|attempt|birthday";

/// "the 14th", "den 14.", "el 14", "le 14", "ayın 14'ü": a day of this month or the next.
fn ordinal_alone(words: &Words, i: usize, language: Language) -> Option<(usize, Written)> {
    if let Some(found) = spelled_alone(words, i) {
        return Some(found);
    }
    // "am 23. Juni", "el 14 de mayo": the whole date is read elsewhere.
    let month = (i + 2..i + 6)
        .take_while(|&k| k == i + 2 || words.one_of(k - 1, ".|de|of|st|nd|rd|th|del"))
        .any(|k| names::month(words.word(k)).is_some());
    if month {
        return None;
    }
    let day = day_number(words, i + 1)?;
    let ending = words.word(i + 2);
    let fits = match (words.word(i), language) {
        // "The 7th meeting" counts meetings.
        ("the", _) => matches!(ending, "st" | "nd" | "rd" | "th") && !words.one_of(i + 3, COUNTED),
        ("zum" | "den" | "dem" | "am", Language::German) => {
            ending == "." && words.touches(i + 1) && !words.touches(i + 2)
        }
        ("el" | "dia" | "del", Language::Spanish) | ("le", Language::French) => {
            let part = one_of("%|:|/|-|€", ending)
                || ending == "." && words.touches(i + 2) && words.shape(i + 3) == Shape::Number;
            words.shape(i + 2) != Shape::Word && !part
                || words.phrase(i + 2, LAST).is_some()
                || matches!(words.word(i + 2), "a" | "y" | "et")
        }
        ("ayin", Language::Turkish) => true,
        _ => false,
    };
    let used = 2 + usize::from(
        matches!(ending, "st" | "nd" | "rd" | "th")
            || (ending == "." && language == Language::German),
    );
    let written = Written {
        doubtful: !words.one_of(i, "the|ayin"),
        ..Written::alone(day)
    };
    // "ayın 30'unda", "ayın 20si".
    let apart = usize::from(one_of("'|’", ending));
    let ended =
        words.word(i) == "ayin" && words.touches(i + 1) && words.one_of(i + 2 + apart, ENDINGS);
    let used = if ended { 3 + apart } else { used };
    fits.then_some((used, written))
}

/// Case endings of Turkish numbers.
const ENDINGS: &str = "unda|inde|unde|sinde|sine|una|une|ine|nda|nde|da|de|ta|te|ya|ye|si|i|u";
