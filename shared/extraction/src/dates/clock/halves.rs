//! "Half past three", "quarter to ten", "ten past one".

use super::point::Point;
use super::{Clock, guess_half};
use crate::text::{Shape, Words};
use chrono::NaiveTime;

/// "quarter to ten", "quarter past 3", "Viertel nach drei".
pub(super) fn quarter(words: &Words, i: usize) -> Option<(usize, Clock)> {
    let past = match words.word(i + 1) {
        "past" | "after" | "nach" => true,
        "to" | "til" | "till" | "before" | "vor" => false,
        _ => return None,
    };
    let hour = crate::dates::names::count(words, i + 2).filter(|h| (1..=12).contains(h))?;
    let (hour, minute) = if past { (hour, 15) } else { (hour - 1, 45) };
    Some((3, told(hour, minute)))
}

/// A time on a clock of twelve hours.
fn told(hour: u32, minute: u32) -> Clock {
    let clock = Clock {
        time: NaiveTime::from_hms_opt(hour, minute, 0),
        until: None,
        zone: None,
        doubtful: false,
    };
    let point = Point {
        hour,
        minute,
        half: None,
        sure: true,
    };
    guess_half(clock, point)
}

/// The minutes in words before "past" and "to" that are no quarter.
const MINUTES: [(&str, u32); 4] = [("five", 5), ("ten", 10), ("twenty", 20), ("5", 5)];

/// "ten past one", "at ten to three": without "at", "ten to three" is a stretch of hours.
pub(super) fn minutes(words: &Words, i: usize) -> Option<(usize, Clock)> {
    let (_, minutes) = MINUTES.iter().find(|(word, _)| *word == words.word(i))?;
    let hour = crate::dates::names::count(words, i + 2).filter(|h| (1..=12).contains(h))?;
    let led = i > 0 && words.one_of(i - 1, "at|by|until|till|before");
    let (hour, minute) = match words.word(i + 1) {
        "past" => (hour, *minutes),
        "to" if led && words.shape(i + 2) == Shape::Word => (hour - 1, 60 - minutes),
        _ => return None,
    };
    Some((3, told(hour, minute)))
}

/// "half past 3", "halb vier".
pub(super) fn half(words: &Words, i: usize) -> Option<(usize, Clock)> {
    let (skip, back) = match words.word(i) {
        "half" if words.word(i + 1) == "past" => (2, 0),
        // "half 5", "half eight": half past it.
        "half" if !words.one_of(i + 1, "a|an|one") && words.shape(i + 2) != Shape::Number => (1, 0),
        "halb" => (1, 1),
        _ => return None,
    };
    let hour = crate::dates::names::count(words, i + skip).filter(|h| (1..=12).contains(h))?;
    // "half 5 of them": only what nothing follows is an hour for sure.
    let clear = words.shape(i + skip + 1) != Shape::Word
        || words.one_of(i + skip + 1, "at|on|in|sharp|for|till|until|now");
    let clock = Clock {
        time: NaiveTime::from_hms_opt(hour - back, 30, 0),
        until: None,
        zone: None,
        doubtful: skip == 1 && back == 0 && !clear,
    };
    Some((
        skip + 1,
        guess_half(
            clock,
            Point {
                hour: hour - back,
                minute: 30,
                half: None,
                sure: true,
            },
        ),
    ))
}
