//! A day that is said twice: "bis kommenden Freitag (27.03.)", "within 5 working days (i.e. Mon 9 Nov)", "end of next week, the 20th".

use super::Found;
use crate::dates::{Lead, names};
use crate::text::{Shape, Words};

/// As many days the vaguer of both may be off.
const OFF: i64 = 8;

/// As many tokens stand between them.
const BETWEEN: usize = 5;

/// What stands between them besides marks.
const LINKS: &str = "i|e|ie|d|h|dh|that|is|also|namlich|c'est|c|est|a|dire|soit|donc|o|sea|es|decir|yani|the|le|el|den|der|dem|am|by|on|bis|pour|so|say";

/// Takes the day written out for the one counted from today before it.
pub(super) fn restated(words: &Words, all: Vec<Found>) -> Vec<Found> {
    let mut told: Vec<Found> = Vec::with_capacity(all.len());
    for found in all {
        match told.last().and_then(|before| joined(words, before, &found)) {
            Some(whole) => {
                told.pop();
                told.push(whole);
            }
            None => told.push(found),
        }
    }
    told
}

/// Both as one, where the second says the day of the first in numbers.
fn joined(words: &Words, vague: &Found, exact: &Found) -> Option<Found> {
    let between = vague.to..exact.from;
    let (first, second) = (vague.when.as_ref()?, exact.when.as_ref()?);
    let single = |when: &crate::dates::When| {
        when.day_given
            && when.last_day.is_none()
            && when.recurrence.is_none()
            && when.exact.is_none()
    };
    let opened = words.one_of(vague.to, "(|,|–|—|-|=|[");
    let plain = between
        .clone()
        .all(|i| words.shape(i) == Shape::Mark || words.one_of(i, LINKS));
    let near = (first.day - second.day).num_days().abs() <= OFF;
    let fits =
        single(first) && single(second) && near && opened && plain && between.len() <= BETWEEN;
    if !fits || written(words, vague) || !written(words, exact) {
        return None;
    }
    let lead = if vague.lead == Lead::Plain {
        exact.lead
    } else {
        vague.lead
    };
    let mut when = second.clone();
    if when.time.is_none() {
        (when.time, when.end_time, when.zone) = (first.time, first.end_time, first.zone);
    }
    Some(Found {
        lead_from: vague.lead_from,
        from: vague.from,
        to: exact.to,
        when: Some(when),
        lead,
    })
}

/// Whether a date says its day in numbers of the calendar.
fn written(words: &Words, found: &Found) -> bool {
    let number = |i: usize| words.number(i).is_some_and(|n| (1..=31).contains(&n));
    (found.from..found.to).any(|i| {
        let month = i > 0 && names::month(words.word(i - 1)).is_some()
            || (i + 1..i + 4).any(|k| names::month(words.word(k)).is_some());
        let slashed = words.one_of(i + 1, "/|.|st|nd|rd|th") && words.touches(i);
        let led = i > 0
            && words.one_of(i - 1, "the|le|el|den|am|dem")
            && names::unit(words.word(i + 1)).is_none();
        number(i) && (month || slashed || led)
    })
}
