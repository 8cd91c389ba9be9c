//! Days that were named before: "The sale is on Saturday 20 March. Bring cakes by 9 on Saturday", "Match Sunday 14 March. Meet 9:15".

use super::Found;
use crate::dates::{Lead, Reference, When, names, resolve};
use crate::sentences;
use crate::text::Words;
use chrono::{Datelike, NaiveDate};
use std::ops::Range;

/// As many days ahead a day may lie that its name alone takes up.
const SOON: i64 = 28;

/// What an hour says that has gone by: "Ended 4.40pm with word of prayer".
const OVER: &str = "ended|closed|adjourned|finished|concluded|was|were|endete|schloss|war|levanto|termino|leve|cloturee|kapandi|bitti";

/// Gives a weekday alone the day that bears its name, where one was just spoken of.
pub(super) fn take_up(
    words: &Words,
    span: Range<usize>,
    when: Option<&mut When>,
    before: &[Found],
    reference: &Reference,
) {
    if let Some(when) = when {
        let day = taken_up(words, span, when.day, before, reference);
        when.day = day.unwrap_or(when.day);
    }
}

/// The day a weekday alone means, where one just spoken of bears its name.
fn taken_up(
    words: &Words,
    span: Range<usize>,
    day: NaiveDate,
    before: &[Found],
    reference: &Reference,
) -> Option<NaiveDate> {
    /// As many dates back it may stand.
    const FAR: usize = 6;
    let named = |i: usize| names::weekday(words.word(i), reference.language);
    let weekday = span.clone().find_map(named)?;
    let today = reference.today();
    if day != resolve::next_weekday(today, weekday) {
        return None;
    }
    let bears = |found: &&Found| (found.from..found.to).any(|i| named(i) == Some(weekday));
    let said = before.iter().rev().take(FAR).filter(bears);
    let mut said = said.filter_map(|d| d.when.as_ref().filter(|w| w.recurrence.is_none()));
    let fits = |other: &&When| {
        other.day.weekday() == weekday && other.day > day && (other.day - today).num_days() <= SOON
    };
    said.find(fits).map(|when| when.day)
}

/// Gives hours without a day the day of the sentence before.
pub(super) fn same_day(words: &Words, mut all: Vec<Found>, reference: &Reference) -> Vec<Found> {
    let bare = |found: &Found| {
        let when = found.when.as_ref();
        when.is_some_and(|w| {
            !w.day_given && w.time.is_some() && w.exact.is_none() && w.recurrence.is_none()
        }) && found.lead != Lead::Due
    };
    let today = reference.today();
    let day = |found: &Found| {
        let when = found.ahead().filter(|_| found.lead != Lead::Due)?;
        (when.day_given && when.exact.is_none() && when.last_day.is_none() && when.day > today)
            .then_some(when.day)
    };
    if !all.iter().any(bare) || !all.iter().any(|found| day(found).is_some()) {
        return all;
    }
    let mut lent: Option<(usize, NaiveDate)> = None;
    for (number, (from, to)) in sentences::split(words).into_iter().enumerate() {
        let inside = |d: &Found| d.from >= from && d.to <= to;
        let named = all
            .iter()
            .any(|d| inside(d) && d.when.as_ref().is_none_or(|w| w.day_given));
        if named {
            let last = all.iter().rev().filter(|d| inside(d)).find_map(day);
            lent = last.map(|day| (number, day));
            continue;
        }
        if words.any_of(from..to, OVER) {
            continue;
        }
        let Some((_, day)) = lent.filter(|(before, _)| before + 2 > number) else {
            continue;
        };
        for when in all
            .iter_mut()
            .filter(|d| inside(d) && bare(d))
            .filter_map(|d| d.when.as_mut())
        {
            (when.day, when.day_given) = (day, true);
        }
        lent = Some((number, day));
    }
    all
}
