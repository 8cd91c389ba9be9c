//! Finds day, time and recurrence expressions among tokens and joins those that belong together.

mod agree;
mod anchor;
mod apart;
mod bounded;
mod gather;
mod lead;
mod moved;
mod overdue;
mod part;
mod piece;
mod restated;
mod same_day;
mod set_off;
mod starts;
mod told;
mod weekday;

use crate::dates::{Lead, Reference, When};
use crate::text::{Shape, Words};
use chrono::{Datelike, NaiveTime, Weekday};
use gather::{Gathered, beside};
use lead::{BEHIND, LAST, lead};
pub(crate) use moved::{extends, moves};
use piece::{Piece, piece};
use set_off::set_off;
pub(crate) use told::opening as behind_talk;

/// A date among tokens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// First token of the lead ("by", "no later than"), or of the expression itself.
    pub lead_from: usize,
    pub from: usize,
    pub to: usize,
    /// `None` for what has gone by.
    pub when: Option<When>,
    pub lead: Lead,
}

impl Found {
    /// The one day or time that is spoken of as still to come: neither "since" or "of" it, nor again and again.
    pub(crate) fn ahead(&self) -> Option<&When> {
        let passed = matches!(self.lead, Lead::After | Lead::From | Lead::Of);
        let when = self.when.as_ref().filter(|_| !passed);
        when.filter(|when| when.recurrence.is_none())
    }
}

/// All dates among the tokens, in order. With `whole` even a doubtful number counts, as in a table cell under "Due".
pub(crate) fn scan(words: &Words, reference: &Reference, whole: bool) -> Vec<Found> {
    let mut pieces: Vec<(usize, usize, Piece)> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match piece(words, i, reference) {
            Some((length, piece)) => {
                pieces.push((i, i + length, piece));
                i += length;
            }
            None => i += 1,
        }
    }
    let found = restated::restated(words, join(words, &pieces, reference, whole));
    let begun = starts::starts(words, bounded::bounded(words, found, reference), reference);
    same_day::same_day(words, moved::moved(words, begun), reference)
}

fn join(
    words: &Words,
    pieces: &[(usize, usize, Piece)],
    reference: &Reference,
    whole: bool,
) -> Vec<Found> {
    let mut all = Vec::new();
    let mut next = 0;
    while next < pieces.len() {
        let (from, mut to, ref first) = pieces[next];
        next += 1;
        let Some(first) = anchor::settled(first, &all, reference) else {
            continue;
        };
        let mut gathered = Gathered::default();
        gathered.take(&first);
        while let Some((start, end, piece)) = pieces.get(next) {
            let settled = || anchor::settled(piece, &all, reference);
            if !beside(words, to, *start) || !settled().is_some_and(|p| gathered.take(&p)) {
                break;
            }
            to = *end;
            next += 1;
        }
        to = part::zone(words, to, &mut gathered);
        part::compound_noon(words, (from, to), &mut gathered);
        part::afternoon(words, (from, to), &mut gathered);
        to = part::same_time(words, (from, to), &mut gathered, reference);
        let morning = part::next_morning(words, (from, to), &mut gathered, reference);
        let (lead, lead_from) = lead(
            words,
            from - if morning { 2 } else { 0 },
            reference.language,
        );
        let (lead, length) = behind(words, (from, to), lead, &gathered, reference);
        to += length;
        let dayless = gathered.day.is_none()
            && gathered.rule.is_none()
            && gathered.exact.is_none()
            && !gathered.gone;
        let bare = dayless && gathered.clock.is_some_and(|c| c.doubtful);
        let cued = matches!(lead, Lead::Due | Lead::On)
            || set_off(words, from, to)
            || heads(words, (from, to), reference);
        // Words such as "morning" or a bare number say nothing alone.
        let empty = dayless
            && gathered
                .clock
                .is_some_and(|c| c.time.is_none() && lead != Lead::Due)
            && !is_day_end(words, from);
        let hour = cued && lead == Lead::Due && is_hour_word(words, from);
        let hour = hour || bare && apart::of_a_day(words, (from, to), pieces);
        if (bare && !hour)
            || empty
            || (gathered.doubtful && !whole && !cued && gathered.clock.is_none_or(|c| c.doubtful))
        {
            continue;
        }
        let weekday = gathered.weekday;
        let mut when = (!gathered.gone).then(|| gathered.when(reference));
        if lead == Lead::Due && dayless {
            part::next_time(when.as_mut(), reference);
        }
        let named = when.as_mut().filter(|_| weekday);
        same_day::take_up(words, from..to, named, &all, reference);
        let at = (lead_from, from, to);
        if let Some(when) = when.as_mut() {
            overdue::overdue(words, at, lead, (when, weekday), reference);
        }
        when = when.filter(|when| !told::told(words, at, lead, when, reference));
        // Before the weekend is on its eve.
        if words.one_of(lead_from, "before|avant|antes|vor|vorm")
            && words.any_of(from..to, "weekend|wochenende|week")
            && let Some(when) = when
                .as_mut()
                .filter(|when| when.day.weekday() == Weekday::Sat)
        {
            when.day = when.day.pred_opt().unwrap_or(when.day);
        }
        all.push(Found {
            lead_from,
            from,
            to,
            when,
            lead,
        });
    }
    all
}

/// What a date is for by the words behind it, too, and how many of them are its own.
fn behind(
    words: &Words,
    (from, to): (usize, usize),
    lead: Lead,
    gathered: &Gathered,
    reference: &Reference,
) -> (Lead, usize) {
    let comma = usize::from(words.word(to) == ",");
    let last = words.phrase(to + comma, LAST).map(|length| length + comma);
    let length = words.phrase(to, BEHIND).or(last);
    let lead = match (length, lead) {
        (Some(length), Lead::Plain) if words.word(to + length - 1) == "itibaren" => Lead::From,
        // "On Friday at the latest", "belgeleri de ay sonuna kadar".
        (Some(_), Lead::Plain | Lead::On | Lead::Of) => Lead::Due,
        (None, Lead::Plain) if closes(words, (from, to), gathered) => Lead::Due,
        (None, Lead::Plain) if part::names_feast(words, (from, to), reference) => Lead::Of,
        _ => lead,
    };
    (lead, length.unwrap_or(0))
}

/// "COB Fri 13/3", "Fri Jan 23, 11:59 pm": nobody meets when the day is over.
fn closes(words: &Words, (from, to): (usize, usize), gathered: &Gathered) -> bool {
    let last = NaiveTime::from_hms_opt(23, 59, 0);
    let over = gathered
        .clock
        .is_some_and(|c| c.time == last && c.until.is_none());
    over || words.any_of(from..to, "cob|eob")
}

/// "16/09  Séance 1", "04/11 AGM": a day with a naught or a large number at the head of a line.
fn heads(words: &Words, (from, to): (usize, usize), reference: &Reference) -> bool {
    // Minutes number their points "27/01", "27/02" by the year.
    let counts = |n: u32| i32::try_from(n) == Ok(reference.today().year() % 100);
    let day = words
        .number(from)
        .is_some_and(|n| (1..=31).contains(&n) && !counts(n));
    let whole = words.word(from).len() == 2 && words.word(from + 2).len() == 2;
    let naught = words.word(from).starts_with('0') || words.word(from + 2).starts_with('0');
    let large = words.number(from).is_some_and(|n| n > 12);
    from == 0
        && to == 3
        && day
        && words.word(1) == "/"
        && whole
        && (naught || large)
        && !words.touches(2)
        && words.shape(to) == Shape::Word
}

fn is_day_end(words: &Words, i: usize) -> bool {
    words.one_of(i, "eod|end|ende|fin|final|gun")
}

fn is_hour_word(words: &Words, i: usize) -> bool {
    // "due (1,000 words)" names no hour.
    words.number(i).is_some_and(|h| (1..=12).contains(&h))
        && words.shape(i + 1) != Shape::Word
        && (i + 1 >= words.len() || !words.touches(i) || !words.touches(i + 1))
        && !words.one_of(i + 1, "%|$|€|/|-|–")
}
