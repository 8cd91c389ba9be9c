//! Days that count from the one spoken of before: "by then", "the day before", "three weeks ahead".

use super::Found;
use super::piece::Piece;
use crate::dates::names::{self, Unit};
use crate::dates::{Reference, resolve};
use crate::text::{Shape, Words};
use std::borrow::Cow;

/// The same day.
const THEN: &str = "\
    that day|that same day|this day|the same day|that date|this date|same date|the same date|the day|the same deadline|same deadline|mismo plazo|misma fecha|misma fecha limite|meme date|meme echeance|meme delai|la meme date|gleiche frist|selbe frist|ayni tarih|that evening|that night|that morning|that afternoon|the same evening|\
    selben tag|selben abend|diesem tag|ese dia|ese mismo dia|la misma fecha|ce jour - la|meme jour|mismo dia|le jour meme|o gun|o gune|ayni gun|o tarih|o tarihe";

/// Words for it behind one that says "until".
const BY_THEN: &str = "then|dahin|entonces|la";
const UNTIL: &str = "by|before|until|till|b4|bis|para|antes|d'ici|jusque";

/// The day before it.
const EVE: &str = "\
    the day before|day before|the evening before|the night before|the previous day|the previous evening|the eve|vortag|vorabend|tag davor|tag zuvor|abend davor|\
    la vispera|dia anterior|dia antes|la veille|la veille au soir";

/// What follows an article that begins such a day.
const NEXT: &str =
    "day|date|same|evening|night|morning|afternoon|previous|eve|vispera|veille|misma";

/// Behind a number of days or weeks: so much earlier.
const EARLIER: &str = "before|beforehand|ahead|prior|earlier|fruher|vorher|davor|zuvor|antes|avant";

/// As many dates back it may stand.
const FAR: usize = 20;

/// The words with which such a day begins, numbers apart.
pub(super) const FIRST: &str = "misma mismo meme gleiche selbe that this same then day la dahin selben diesem ese entonces ce o ayni vortag vorabend tag abend dia two three four";

/// So many days on from the day spoken of before, by the words from token `i` on: tokens used and the days.
fn offset(words: &Words, i: usize) -> Option<(usize, i64)> {
    if words.shape(i) == Shape::Word {
        let led = i > 0 && words.one_of(i, BY_THEN) && words.one_of(i - 1, UNTIL);
        if led {
            return Some((1, 0));
        }
        // Nearly every "the" is of something else.
        let other = words.one_of(i, "the|that|this|la") && !words.one_of(i + 1, NEXT);
        if other {
            return None;
        }
        if let Some(length) = words.phrase(i, EVE).filter(|n| ends(words, i + n)) {
            return Some((length, -1));
        }
        // "on the day", but not "the day of the fair", "the day after".
        let bare = || words.seq(i, "the day") && !(i > 0 && words.one_of(i - 1, "on|by"));
        if let Some(length) = words
            .phrase(i, THEN)
            .filter(|n| ends(words, i + n) && !bare())
        {
            return Some((length, 0));
        }
    }
    let unit = match names::unit(words.word(i + 1)) {
        Some(Unit::Day) => 1,
        Some(Unit::Week) => 7,
        _ if words.word(i + 1) == "fortnight" => 14,
        _ => return None,
    };
    let count = i64::from(names::count(words, i).filter(|n| (1..100).contains(n))?);
    let earlier = words.one_of(i + 2, EARLIER) && ends(words, i + 3);
    earlier.then_some((3, -unit * count))
}

/// Whether nothing follows that says from which day else it is counted.
fn ends(words: &Words, at: usize) -> bool {
    const ON: &str = "and|or|at|by|please|pls|if|so|from|via|und|oder|um|ab|bitte|y|o|et|ou|a|kadar|too|with|in|to|latest|lest|otherwise|else|when|unless";
    words.shape(at) != Shape::Word || at >= words.len() || words.one_of(at, ON)
}

pub(super) fn read(words: &Words, i: usize) -> Option<(usize, Piece)> {
    offset(words, i).map(|(length, days)| (length, Piece::Then(days)))
}

/// The piece, where it counts from another day as that day, where one is known and it is still to come.
pub(super) fn settled<'p>(
    piece: &'p Piece,
    before: &[Found],
    reference: &Reference,
) -> Option<Cow<'p, Piece>> {
    let Piece::Then(days) = piece else {
        return Some(Cow::Borrowed(piece));
    };
    let said = before
        .iter()
        .rev()
        .take(FAR)
        .filter_map(|found| found.when.as_ref());
    let mut said = said.filter(|when| when.day_given && when.recurrence.is_none());
    let from = said.next().map(|when| when.day).or(reference.anchor)?;
    let day = resolve::add_days(from, *days);
    (day >= reference.today()).then_some(Cow::Owned(Piece::Day {
        day,
        last: None,
        doubtful: false,
        weekday: false,
    }))
}
