//! A weekday and the day of the month it falls on.

use super::piece::Piece;
use crate::dates::{Reference, calendar, names, resolve};
use crate::text::{Shape, Words};

/// As many days ahead such a day is expected.
const SOON: i64 = 21;

/// As many days a stretch of them has at most.
const LONG: i64 = 14;

/// "mar 15" is a Tuesday in Spanish and French if the 15th is one soon, and else in March.
pub(super) fn tuesday(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    use crate::language::Language;
    if !matches!(reference.language, Language::Spanish | Language::French) {
        return None;
    }
    let today = reference.today();
    // "mar. 10/02": the numbers are the day.
    let at = i + 1 + usize::from(words.word(i + 1) == "." && words.touches(i));
    let slashed = words.word(at + 1) == "/" && words.touches(at);
    // "mar. 1er septembre", "mar 3 de mayo": the month stands behind the number.
    let month = (at + 1..at + 3).any(|k| names::month(words.word(k)).is_some());
    if (slashed || month) && words.number(at).is_some() {
        let weekday = Piece::Day {
            day: resolve::next_weekday(today, chrono::Weekday::Tue),
            last: None,
            doubtful: false,
            weekday: true,
        };
        return Some((at - i, weekday));
    }
    let (length, piece) = numbered_weekday(words, i, reference)?;
    let soon = |day: &chrono::NaiveDate| (*day - today).num_days() <= SOON;
    matches!(&piece, Piece::Day { day, .. } if soon(day)).then_some((length, piece))
}

/// Case endings of Turkish numbers that are days; "cuma 11'de" is at eleven.
const ENDINGS: &str = "unde|inde|sinde|sine|una|une|ine|nda|ye|ya|e|a|u|i|si";

/// "Fri 21", "mardi 24 à 14h30", "el viernes 27": a weekday and the day of the month it falls on.
pub(super) fn numbered_weekday(
    words: &Words,
    i: usize,
    reference: &Reference,
) -> Option<(usize, Piece)> {
    let weekday = names::weekday(words.word(i), reference.language)?;
    let dot = usize::from(words.word(i + 1) == "." && words.touches(i) && words.raw(i).len() <= 4);
    let mut at = i + 1 + dot;
    at += usize::from(words.word(at) == "," && words.one_of(at + 1, "dem|der|den|the|le|el"));
    at += usize::from(words.one_of(at, ",|the|den|dem|der|el|le"));
    let digits = || words.number(at).filter(|_| words.word(at).len() <= 2);
    // "Monday first thing" is early on Monday.
    let thing = words.word(at + 1) == "thing";
    let spelled = calendar::spelled(words, at).filter(|_| words.shape(at) == Shape::Word && !thing);
    let number = spelled.map(|(_, day)| day).or_else(digits)?;
    let length = spelled.map_or(1, |(length, _)| length);
    let mut to = at + length + usize::from(words.one_of(at + length, "st|nd|rd|th|º|er"));
    if words.word(to) == "." && words.touches(to - 1) && !words.touches(to) {
        to += usize::from(reference.language == crate::language::Language::German);
    }
    let clock = words.one_of(
        to,
        "h|am|pm|uhr|o'clock|oclock|hs|hrs|heures|horas|%|noon|midday|ish|for|x",
    ) || words.one_of(to, "a|p") && words.word(to + 1) == ".";
    // "Mon 17-Fri 21": several days.
    if let Some((end, last)) = last_of_days(words, to, reference)
        && let Some(day) = resolve::weekday_on(reference.today(), weekday, number)
        && (1..=LONG).contains(&(last - day).num_days())
    {
        let days = Piece::Day {
            day,
            last: Some(last),
            doubtful: false,
            weekday: false,
        };
        return Some((end - i, days));
    }
    // "mercredi 12 à 20 h": that day at an hour, where it is near.
    let soon = || {
        let day = resolve::weekday_on(reference.today(), weekday, number);
        day.is_some_and(|day| (day - reference.today()).num_days() <= SOON)
    };
    let at_hour = words.word(to) == "a"
        && words.number(to + 1).is_some()
        && words.word(to + 2) == "h"
        && !words.touches(to - 1)
        && soon();
    // "Mon 9 - 5", "Tue 10 to 12": hours.
    let hours = words.one_of(to, "-|–|—|to|till|until|bis|a|al|and|und|y|et")
        && words.number(to + 1).is_some()
        && (number <= 12 || words.one_of(to, "-|–|—|to"));
    let clock = clock || hours && !at_hour;
    let joined = words.one_of(to, ":|.|/|-|–")
        && words.touches(to - 1)
        && words.touches(to)
        && words.word(to + 1) != ",";
    let of = usize::from(words.one_of(to, "of|de"));
    // "cuma 24'ünde": on it.
    let apart = usize::from(words.one_of(to, "'|’"));
    let turkish = reference.language == crate::language::Language::Turkish && words.touches(to - 1);
    let ended = turkish && words.one_of(to + apart, ENDINGS) && (apart == 0 || words.touches(to));
    let ends_at = turkish && number < 24 && words.one_of(to + apart, "de|da|te|ta");
    if ended {
        to += apart + 1;
    }
    if clock || joined || ends_at || names::month(words.word(to + of)).is_some() {
        return None;
    }
    let day = resolve::weekday_on(reference.today(), weekday, number)?;
    let sure = Piece::Day {
        day,
        last: None,
        doubtful: false,
        weekday: false,
    };
    Some((to - i, sure))
}

/// The last of several days, from the dash behind the first on: "-Fri 21", "to Sun 7th", and where it ends.
fn last_of_days(
    words: &Words,
    dash: usize,
    reference: &Reference,
) -> Option<(usize, chrono::NaiveDate)> {
    let at = dash + 1;
    let weekday = names::weekday(words.word(at), reference.language)
        .filter(|_| words.one_of(dash, "-|–|—|to|till|until|bis|al|au"))?;
    let number = words.number(at + 1).filter(|n| (1..=31).contains(n))?;
    let mut to = at + 2 + usize::from(words.one_of(at + 2, "st|nd|rd|th|º|er"));
    to += usize::from(words.word(to) == "." && words.touches(to - 1) && !words.touches(to));
    let other = words.one_of(to, ":|.|/|h|am|pm|uhr") || names::month(words.word(to)).is_some();
    let last = resolve::weekday_on(reference.today(), weekday, number).filter(|_| !other)?;
    Some((to, last))
}

/// "vie 11-9", "Mon 14-9": a day and a month with a dash, where the weekday is theirs; else it is hours.
pub(super) fn dashed(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    const NEAR: i64 = 150;
    if words.word(i + 2) != "-" && words.word(i + 3) != "-" {
        return None;
    }
    let weekday = names::weekday(words.word(i), reference.language)?;
    let at = i + 1 + usize::from(words.one_of(i + 1, ".|,"));
    let (first, second) = (words.number(at)?, words.number(at + 2)?);
    let tied = words.word(at + 1) == "-" && words.touches(at) && words.touches(at + 1);
    let plain = words.word(at).len() <= 2 && words.word(at + 2).len() <= 2;
    let clock = words.one_of(at + 3, ":|h|am|pm|uhr|-|.") && words.touches(at + 2);
    if !tied || !plain || clock || !(1..=12).contains(&second) {
        return None;
    }
    let today = reference.today();
    let day = resolve::monthday(today, second, first)?;
    let fits = chrono::Datelike::weekday(&day) == weekday && (day - today).num_days() <= NEAR;
    fits.then_some((
        at + 3 - i,
        Piece::Day {
            day,
            last: None,
            doubtful: false,
            weekday: false,
        },
    ))
}
