//! A single time of day.

use super::dotted::dotted;
use super::spelled::{quarters, spelled, worded};
use super::turkish;
use crate::language::Language;
use crate::text::{Shape, Words, one_of};
use chrono::NaiveTime;

#[derive(Clone, Copy)]
pub(crate) struct Point {
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    /// am or pm was said; `None` for a 24-hour or bare number.
    pub(crate) half: Option<bool>,
    /// Minutes, a half or an "o'clock" word were there.
    pub(crate) sure: bool,
}

pub(crate) fn point(words: &Words, i: usize, language: Language) -> Option<(usize, Point)> {
    if let Some(found) = spelled(words, i, language) {
        return Some(found);
    }
    if let Some(found) = turkish::hour(words, i, language).or_else(|| worded(words, i)) {
        return Some(found);
    }
    if let Some(found) = military(words, i) {
        return Some(found);
    }
    let hour = words
        .number(i)
        .filter(|&h| h <= 24 && words.word(i).len() <= 2)?;
    let mut at = i + 1;
    if is_day(words, i) {
        return None;
    }
    let (mut minute, mut sure) = (0, false);
    // "5-30 pm": what no hour can be are minutes.
    let dash = words.word(at) == "-"
        && words.number(at + 1).is_some_and(|m| m > 12)
        && half_of_day(words, at + 2).1.is_some();
    let colon = (matches!(words.word(at), ":" | "h" | ".") || dash) && words.touches(i);
    if colon
        && words.touches(at)
        && words.word(at + 1).len() == 2
        && let Some(m) = words.number(at + 1).filter(|&m| m < 60)
        && (words.word(at) != "." || dotted(words, at + 2))
    {
        (minute, sure) = (m, true);
        at += 2;
        if words.word(at) == ":" && words.touches(at) && words.word(at + 1).len() == 2 {
            at += 2;
        }
    }
    let (length, quarter) = quarters(words, at);
    if length > 0 && !sure {
        (minute, sure) = (quarter, true);
        at += length;
    }
    if let Some(m) = spaced(words, at, language).filter(|_| !sure) {
        (minute, sure) = (m, true);
        at += 2;
    }
    let (mut length, mut half) = half_of_day(words, at);
    // "Sat 6/13 9a": as Americans jot it.
    if half.is_none()
        && language == Language::English
        && words.one_of(at, "a|p")
        && words.touches(at - 1)
        && behind_day(words, i)
    {
        (length, half) = (1, Some(words.word(at) == "p"));
    }
    at += length;
    if half.is_some() && (hour > 12 || hour == 0) {
        return None;
    }
    let (length, named) = hour_word(words, i, at, language, (sure, half.is_some()))?;
    at += length;
    sure |= named;
    Some((
        at - i,
        Point {
            hour,
            minute,
            half,
            sure,
        },
    ))
}

/// "from 8 March", "ab 16. März", "du 16 mars au 27 avril": a day, and no hour.
fn is_day(words: &Words, i: usize) -> bool {
    const FROM: &str = "from|ab|vom|von|du|de|del|desde|au|al|to|bis|partir|zum";
    let led = i > 0 && (words.one_of(i - 1, FROM) || words.one_of(i - 1, "el|le|dem|den"));
    let at = i + 1;
    let ending = words.one_of(at, ".|st|nd|rd|th|º|er") && words.touches(i);
    let of = usize::from(words.one_of(at + usize::from(ending), "de|of"));
    let month = at + usize::from(ending) + of;
    led && crate::dates::is_month(words.word(month)) && words.number(i).is_some_and(|n| n > 0)
}

/// Words for a day or a part of it behind which a Turkish number is an hour.
const DAYTIMES: &str =
    "yarin|bugun|sabah|aksam|oglen|gece|saat|pzt|sali|car|cars|per|pers|cum|cmt|paz";

/// The word for hours at `at`, behind the number at `i`: its length, and whether it makes a time sure.
/// `None` where it counts hours instead.
fn hour_word(
    words: &Words,
    i: usize,
    at: usize,
    language: Language,
    (sure, half): (bool, bool),
) -> Option<(usize, bool)> {
    let before = i.checked_sub(1).map_or("", |k| words.word(k));
    let turkish = language == Language::Turkish;
    let daytime = crate::dates::is_weekday(before) || one_of(DAYTIMES, before);
    Some(match words.word(at) {
        "uhr" | "o'clock" | "oclock" | "hs" | "hrs" | "heures" => (1, true),
        "o" if words.word(at + 1) == "clock" => (2, true),
        "ish" if words.touches(at - 1) => (1, true),
        // "salı 11'de", "perşembe sabah 10 civarı".
        "'" | "’"
            if turkish && daytime && words.one_of(at + 1, "da|de|ta|te|daki|deki|taki|teki") =>
        {
            (2, true)
        }
        // "saat 11'e".
        "'" | "’" if turkish && before == "saat" && words.one_of(at + 1, "a|e|ya|ye") => {
            (2, true)
        }
        // "sabah 9a kadar", "yarın 18'e kadar".
        "'" | "’"
            if turkish
                && daytime
                && words.one_of(at + 1, "a|e|ya|ye")
                && words.word(at + 2) == "kadar" =>
        {
            (2, true)
        }
        "a" | "e" | "ya" | "ye"
            if turkish && daytime && words.touches(at - 1) && words.word(at + 1) == "kadar" =>
        {
            (1, true)
        }
        "civari" | "gibi" | "sularinda" if daytime => (1, true),
        // "cuma 10da": at ten on Friday.
        "da" | "de" | "ta" | "te" if turkish && daytime && words.touches(at - 1) => (1, true),
        // "a las 17 h", "de 17 a 20 h".
        "h" if matches!(language, Language::Spanish | Language::German)
            && !half
            && (one_of("las|la|a|um|ab|gegen", before) || behind_day(words, i)) =>
        {
            (1, true)
        }
        // "6h" is an effort in English and a time of day elsewhere, unless brackets make it an effort.
        "h" if words.touches(at - 1)
            && !sure
            && language != Language::English
            && !one_of("(|~|[|:|≈", before) =>
        {
            (1, true)
        }
        "h" if sure => (1, false),
        // "14:00 hours".
        "hours" if sure && words.number(i).is_some_and(|hour| hour >= 7) => (1, false),
        // "Wednesday 17 June 11h", "Tue 1 July, 8-12h".
        "h" if !half
            && (behind_day(words, i)
                || i > 2 && one_of("-|–", before) && behind_day(words, i - 2)) =>
        {
            (1, true)
        }
        // "needs the pdf before 13h".
        "h" if words.touches(at - 1)
            && one_of("before|by|until|at|after|from", before)
            && words.number(i).is_some_and(|hour| (7..24).contains(&hour)) =>
        {
            (1, true)
        }
        // "from 6 to 14 h".
        "h" if one_of("to|-|–|until|till|bis", before)
            && words.number(i).is_some_and(|hour| (13..24).contains(&hour)) =>
        {
            (1, true)
        }
        // "à 10 h": set apart, as printers do it.
        "h" if language == Language::French
            && !half
            && (one_of("a|vers|des|partir", before)
                || one_of("de|entre", before) && words.one_of(at + 1, "a|et")
                || behind_day(words, i)) =>
        {
            (1, true)
        }
        // "10:30 HR induction": a department.
        "hr" if sure && words.raw(at) == "HR" => (0, false),
        "h" | "hours" | "hour" | "hr" | "min" | "minutes" | "days" | "stunden" | "std" if !half => {
            return None;
        }
        _ => (0, false),
    })
}

/// What is numbered with four digits, too.
const NUMBERED: &str = "room|rm|no|nr|num|ext|code|pin|tel|phone|ref|order|invoice|unit|flight|number|form|case|block|id|part|model|lot|job|ticket|po";

/// "0930", "at 1430", "1030 hrs": four digits without a colon.
fn military(words: &Words, i: usize) -> Option<(usize, Point)> {
    let digits = words.word(i);
    let number = words.number(i)?;
    let spanned = words.one_of(i + 1, "-|–") && spans(words, i);
    // "Sunday 20 Sep 0545." ends a sentence.
    let ends = words.word(i + 1) == "." && !words.touches(i + 1);
    let marked = words.one_of(i + 1, "/|-|.|:|%") && !ends;
    let joined = words.touches(i) && marked && !spanned;
    // "0800 123 1200": the number of a telephone.
    let long = |k: usize| words.shape(k) == Shape::Number && words.word(k).len() >= 3;
    let year = |k: usize| words.number(k).is_some_and(|n| (2000..2100).contains(&n));
    let phone = long(i + 1) || i > 0 && long(i - 1) && !year(i - 1);
    if digits.len() != 4 || joined || phone {
        return None;
    }
    let (hour, minute) = (number / 100, number % 100);
    let unit = words.one_of(i + 1, "hrs|hours|h|lt|uhr");
    let told = unit
        || behind_day(words, i)
        || i > 2 && words.one_of(i - 1, "-|–") && spans(words, i - 2)
        || i > 0 && words.one_of(i - 1, "at|@|um|saat|time|from|until|till");
    let zero = digits.starts_with('0');
    let free = words.shape(i + 1) != Shape::Word
        || words.has(i + 1, crate::language::Marks::FUNCTION)
        || crate::dates::is_weekday(words.word(i + 1));
    // What could be a year or an amount is a time only where the words say so.
    let plain = free && !(1900..2100).contains(&number);
    // "survey 0900 Half Moon Bay".
    let early = zero && minute % 15 == 0 && hour > 0 && !(i > 0 && words.one_of(i - 1, NUMBERED));
    let fits = hour < 24 && minute < 60 && minute % 5 == 0 && (told || zero || plain);
    fits.then_some((
        1 + usize::from(unit),
        Point {
            hour,
            minute,
            half: None,
            sure: told || zero && free || early,
        },
    ))
}

/// The minutes of "18 h 30", from the "h" on.
fn spaced(words: &Words, at: usize, language: Language) -> Option<u32> {
    let french = language == Language::French && words.word(at) == "h";
    let minutes = words.number(at + 1).filter(|&m| m < 60)?;
    (french && words.word(at + 1).len() == 2).then_some(minutes)
}

/// Whether "Thu 30 Apr 1100-1130" begins its hours at token `i`.
fn spans(words: &Words, i: usize) -> bool {
    let clock = |i: usize| {
        let number = words.number(i).filter(|_| words.word(i).len() == 4)?;
        (number / 100 < 24 && number % 100 < 60 && number % 5 == 0).then_some(number)
    };
    let ordered = clock(i).zip(clock(i + 2)).is_some_and(|(a, b)| a < b);
    // "0700-1000" in a cell of its own; "1914-1918" are years.
    let years = |k: usize| words.number(k).is_some_and(|n| (1900..2100).contains(&n));
    let alone = i == 0 && !(years(0) && years(2));
    ordered && (alone || behind_day(words, i))
}

/// Words that are a day by themselves.
const DAYS: &str = "today|tomorrow|tmrw|tmw|tmr|tmro|tomoz|tonight|heute|hoy|demain|yarin|bugun";

/// Whether a day ends before token `i`: "tmrw 1630", "Sat 6 June 1030", "dentist Fri 24th 8.50", "Mi 24.6., 9.30".
pub(super) fn behind_day(words: &Words, i: usize) -> bool {
    let Some(mut k) = i.checked_sub(1) else {
        return false;
    };
    if words.one_of(k, ",|@|:") && k > 0 {
        k -= 1;
    }
    let word = words.word(k);
    let named = crate::dates::is_weekday(word) || crate::dates::is_month(word);
    if named || one_of(DAYS, word) {
        return true;
    }
    let Some(before) = k.checked_sub(1) else {
        return false;
    };
    let day = |k: usize| words.number(k).is_some_and(|n| (1..=31).contains(&n));
    let joined = |k: usize| k > 0 && words.one_of(k, "/|.") && words.touches(k - 1);
    match word {
        "st" | "nd" | "rd" | "th" => day(before),
        // "24.6.," ends in a dot of its own.
        "." => day(before) && words.touches(before) && before > 0 && joined(before - 1),
        _ if words.number(k).is_some_and(|n| (2000..2100).contains(&n)) => {
            crate::dates::is_month(words.word(before)) || joined(before)
        }
        _ => {
            day(k)
                && (crate::dates::is_month(words.word(before))
                    || crate::dates::is_weekday(words.word(before))
                    || joined(before) && before > 0 && day(before - 1))
        }
    }
}

pub(crate) fn half_of_day(words: &Words, i: usize) -> (usize, Option<bool>) {
    const BEFORE_NOON: &str = "de la manana|de la madrugada|du matin|in the morning|morgens|fruh";
    const AFTER_NOON: &str = "de la tarde|de la noche|du soir|de l' apres - midi|in the afternoon|in the evening|at night|abends|nachmittags";
    if let Some(length) = words.phrase(i, BEFORE_NOON) {
        return (length, Some(false));
    }
    if let Some(length) = words.phrase(i, AFTER_NOON) {
        return (length, Some(true));
    }
    match words.word(i) {
        "am" if is_noon_mark(words, i) => (1, Some(false)),
        "pm" => (1, Some(true)),
        "a" if words.seq(i + 1, ". m") => (3 + usize::from(words.word(i + 3) == "."), Some(false)),
        "p" if words.seq(i + 1, ". m") => (3 + usize::from(words.word(i + 3) == "."), Some(true)),
        _ => (0, None),
    }
}

/// In German "14 am" is "14 on the": the mark touches the number or ends the phrase.
pub(crate) fn is_noon_mark(words: &Words, i: usize) -> bool {
    i > 0 && (words.touches(i - 1) || words.shape(i + 1) != Shape::Number)
}

impl Point {
    pub(crate) fn time(self, borrowed: Option<bool>) -> Option<NaiveTime> {
        let hour = match self.half.or(borrowed) {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 && self.half.is_some() => 0,
            _ => self.hour,
        };
        NaiveTime::from_hms_opt(hour % 24, self.minute, 0)
    }
}
