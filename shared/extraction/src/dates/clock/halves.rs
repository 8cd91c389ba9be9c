//! "Half past three", "quarter to ten".

use super::point::Point;
use super::{Clock, guess_half};
use crate::text::{Shape, Words, one_of};
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
    Some((3, guess_half(clock, point)))
}

/// "half past 3", "halb vier".
pub(super) fn half(words: &Words, i: usize) -> Option<(usize, Clock)> {
    let (skip, back) = match words.word(i) {
        "half" if words.word(i + 1) == "past" => (2, 0),
        // "half 5", "half eight": half past it.
        "half" if !one_of("a|an|one", words.word(i + 1)) && words.shape(i + 2) != Shape::Number => {
            (1, 0)
        }
        "halb" => (1, 1),
        _ => return None,
    };
    let hour = crate::dates::names::count(words, i + skip).filter(|h| (1..=12).contains(h))?;
    let clock = Clock {
        time: NaiveTime::from_hms_opt(hour - back, 30, 0),
        until: None,
        zone: None,
        doubtful: true,
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
