//! A time of day in words.

use super::point::{Point, behind_day, half_of_day};
use super::turkish;
use crate::language::Language;
use crate::text::{Shape, Words};

/// "at nine", "a las nueve y media", "antes de la una": a number in words that only its place makes an hour.
pub(super) fn spelled(words: &Words, i: usize, language: Language) -> Option<(usize, Point)> {
    let told = i > 0
        && words.shape(i) == Shape::Word
        && worded(words, i).is_none()
        && turkish::hour(words, i, language).is_none()
        && words.one_of(i - 1, "at|um|las|saat|around|gegen");
    // "antes de la una": an hour, where nothing is counted.
    let one = i > 0 && words.word(i) == "una" && words.word(i - 1) == "la";
    if (told && !words.one_of(i, "a|an|one|ein|eine|un|una|une|bir") || one)
        && let Some(hour) = crate::dates::names::count(words, i)
    {
        let clock = usize::from(words.one_of(i + 1, "o'clock|uhr"));
        let (length, minute) = quarters(words, i + 1 + clock);
        let at = i + 1 + clock + length;
        let (more, half) = half_of_day(words, at);
        return Some((
            at + more - i,
            Point {
                hour,
                minute,
                half,
                sure: length > 0,
            },
        ));
    }
    None
}

/// "nine a.m.", "two thirty", "nine o'clock": what a transcript makes of a time.
pub(super) fn worded(words: &Words, i: usize) -> Option<(usize, Point)> {
    const MINUTES: [(&str, u32); 5] = [
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
    ];
    let listed = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
    if words.shape(i) != Shape::Word || !words.one_of(i, listed) {
        return None;
    }
    let hour = crate::dates::names::count(words, i)?;
    let mut at = i + 1;
    let spelled = MINUTES.iter().find(|(word, _)| *word == words.word(at));
    let mut minute = 0;
    if let Some((_, tens)) = spelled {
        minute = *tens;
        at += 1;
        let five = at + usize::from(words.word(at) == "-");
        if words.word(five) == "five" && minute != 15 {
            minute += 5;
            at = five + 1;
        }
    }
    let (length, half) = half_of_day(words, at);
    // "two thirty" is a time behind "at" only: it may count thirty of something else.
    let cued = i > 0 && words.one_of(i - 1, "at|by|until|till|around|from");
    // "Thursday the 28th, seven thirty, ..".
    let set_off = spelled.is_some()
        && words.word(i - usize::from(i > 0)) == ","
        && words.shape(at) != Shape::Word
        && behind_day(words, i);
    let ranged = stretches(words, i) || i > 1 && stretches(words, i - 2);
    let sure = spelled.is_some() && cued || set_off || words.word(at) == "o'clock";
    at += length + usize::from(length == 0 && words.word(at) == "o'clock");
    (sure || ranged || half.is_some()).then_some((
        at - i,
        Point {
            hour,
            minute,
            half,
            sure: half.is_some() || sure || spelled.is_some(),
        },
    ))
}

/// "ten till twelve", "nine until 12.30", "eight till noon": a range that begins with an hour in words.
fn stretches(words: &Words, i: usize) -> bool {
    let hour = |k: usize| crate::dates::names::count(words, k).is_some_and(|h| h <= 12);
    words.shape(i) == Shape::Word
        && !words.one_of(i, "a|an")
        && hour(i)
        && words.one_of(i + 1, "till|til|until")
        && (hour(i + 2) && !words.one_of(i + 2, "a|an") || words.one_of(i + 2, "noon|midday"))
}

/// "las nueve y media": the words for minutes behind an hour, and how many they are.
pub(super) fn quarters(words: &Words, at: usize) -> (usize, u32) {
    match (words.word(at), words.word(at + 1)) {
        ("y", "media") => (2, 30),
        ("y", "cuarto") => (2, 15),
        _ => (0, 0),
    }
}
