//! A weekday beside a date in numbers says which of them is the month, and in which year it lies.

use crate::dates::calendar::Written;
use crate::dates::{Reference, names, resolve};
use crate::language::Language;
use crate::text::Words;
use chrono::{Datelike, NaiveDate, Weekday};

/// As many days a date may lie back whose weekday says that it has gone by.
const BACK: i64 = 60;

/// The weekday directly before or behind tokens `from..to`.
fn weekday(words: &Words, (from, to): (usize, usize), reference: &Reference) -> Option<Weekday> {
    let small = |i: &usize| words.one_of(*i, ",|.|(|)|the|dem|den|der|el|le");
    let romance = matches!(reference.language, Language::Spanish | Language::French);
    let name = |i: usize| match words.word(i) {
        "mar" | "mart" if romance => Some(Weekday::Tue),
        word => names::weekday(word, reference.language),
    };
    let before = (1..=3)
        .map_while(|k| from.checked_sub(k))
        .find(|i| !small(i));
    let behind = (to..to + 2).find(|i| !small(i));
    before.and_then(name).or_else(|| behind.and_then(name))
}

/// "Tues 10/6" is the sixth of October where that is a Tuesday and the tenth of June is none.
pub(super) fn ordered(
    words: &Words,
    place: (usize, usize),
    written: Written,
    reference: &Reference,
) -> Written {
    let slashed = words.word(place.0 + 1) == "/" && matches!(place.1 - place.0, 3 | 5);
    let Some(month) = written.month.filter(|_| slashed && written.day <= 12) else {
        return written;
    };
    let turned = Written {
        month: Some(written.day),
        day: month,
        ..written
    };
    let Some(weekday) = weekday(words, place, reference) else {
        let turns =
            reference.open && written.year.is_some() && lies_ahead(written, turned, reference);
        return if turns { turned } else { written };
    };
    let falls = |written: Written| {
        let day = resolve::written(reference.today(), reference.year, written);
        day.is_some_and(|(day, _)| day.weekday() == weekday)
    };
    if !falls(written) && falls(turned) {
        turned
    } else {
        written
    }
}

/// Whether a date has gone by as it was read and is near the other way round.
fn lies_ahead(written: Written, turned: Written, reference: &Reference) -> bool {
    /// Further ahead than this a date is as likely to be past.
    const NEAR: i64 = 183;
    let away = |written: Written| {
        let (day, _) = resolve::written(reference.today(), reference.year, written)?;
        Some((day - reference.today()).num_days())
    };
    away(written).is_some_and(|days| days < 0)
        && away(turned).is_some_and(|days| (0..=NEAR).contains(&days))
}

/// The year that a weekday tells where nobody wrote one: "lun. 22 février" of a term that began the year before.
pub(super) fn year(
    words: &Words,
    place: (usize, usize),
    written: &Written,
    day: NaiveDate,
    reference: &Reference,
) -> NaiveDate {
    let open = written.year.is_none() && written.month.is_some() && written.until.is_none();
    let Some(weekday) = weekday(words, place, reference).filter(|&w| open && w != day.weekday())
    else {
        return day;
    };
    let today = reference.today();
    let years = [today.year(), today.year() + 1];
    let fits = |day: &NaiveDate| day.weekday() == weekday && (today - *day).num_days() <= BACK;
    years
        .iter()
        .filter_map(|&year| day.with_year(year))
        .find(fits)
        .unwrap_or(day)
}
