//! Zone abbreviations and offsets behind a time.

use crate::dates::clock::Zone;
use crate::dates::clock::words::{FIXED, NAMED, PLACES};
use crate::text::{Shape, Words};
use chrono::FixedOffset;

pub(crate) fn zone(words: &Words, i: usize) -> Option<(usize, Zone)> {
    if let Some(found) = named(words, i) {
        return Some(found);
    }
    let skip = usize::from(words.word(i) == "(");
    let word = words.word(i + skip);
    let raw = words.raw(i + skip);
    let upper = raw == "AoE" || raw.chars().all(|c| c.is_ascii_uppercase());
    if word == "+" || word == "-" {
        return offset(words, i);
    }
    if !upper || word.is_empty() {
        return None;
    }
    // "(UTC+01:00) Amsterdam, Berlin": as invitations have it.
    if skip == 1
        && matches!(word, "utc" | "gmt")
        && let Some((length, zone)) = offset(words, i + 2)
        && words.word(i + 2 + length) == ")"
    {
        return Some((3 + length, zone));
    }
    let close = usize::from(skip == 1 && words.word(i + 2) == ")");
    if skip == 1 && close == 0 {
        return None;
    }
    if let Some((_, tz)) = PLACES.iter().find(|(name, _)| *name == word) {
        return Some((1 + skip + close, Zone::Place(tz)));
    }
    let (_, minutes) = FIXED.iter().find(|(name, _)| *name == word)?;
    if matches!(word, "utc" | "gmt")
        && let Some((length, zone)) = offset(words, i + 1)
    {
        return Some((1 + length, zone));
    }
    Some((
        1 + skip + close,
        Zone::Fixed(FixedOffset::east_opt(minutes * 60)?),
    ))
}

/// "+02:00", "+2", "-0530" right after a time or "UTC".
pub(crate) fn offset(words: &Words, i: usize) -> Option<(usize, Zone)> {
    let sign = match words.word(i) {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    if i == 0 || !words.touches(i) || !words.touches(i - 1) {
        return None;
    }
    let digits = words.word(i + 1);
    let value: i32 = (words.shape(i + 1) == Shape::Number && digits.len() <= 4)
        .then(|| digits.parse().ok())??;
    let (length, minutes) = match digits.len() {
        4 => (2, value / 100 * 60 + value % 100),
        _ if words.word(i + 2) == ":" => {
            (4, value * 60 + i32::try_from(words.number(i + 3)?).ok()?)
        }
        _ => (2, value * 60),
    };
    Some((
        length,
        Zone::Fixed(FixedOffset::east_opt(sign * minutes * 60)?),
    ))
}

/// "3 pm UK time", "um 11 Uhr (deutsche Zeit)", "10 Central".
fn named(words: &Words, i: usize) -> Option<(usize, Zone)> {
    let skip = usize::from(words.word(i) == "(");
    if words.shape(i + skip) != Shape::Word {
        return None;
    }
    let (length, place) = NAMED
        .iter()
        .find_map(|(names, place)| Some((words.phrase(i + skip, names)?, place)))?;
    // "at 10 central station": one word alone is a zone when it is written as a name.
    let alone = length > 1 || words.capital(i + skip) && words.shape(i + skip + 1) != Shape::Word;
    let close = usize::from(skip == 1 && words.word(i + skip + length) == ")");
    (alone && close == skip).then_some((skip + length + close, Zone::Place(place)))
}
