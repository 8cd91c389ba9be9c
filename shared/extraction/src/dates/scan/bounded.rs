//! Rules that end: "every Tuesday until 15 December", "jeden Freitag bis März 2027".

use super::{Found, starts};
use crate::dates::{Reference, When, names, resolve};
use crate::text::Words;
use chrono::{Datelike, NaiveDate};

const UNTIL: &str = "until|till|til|through|thru|bis|hasta|jusqu'au|jusqu'en|jusqu'a|jusque|jusqu'";
/// What ends a stretch that began with one of the others.
const TO: &str = "to|au|al|bis|a";
const FROM: &str = "from|ab|vom|von|du|partir|desde|del|starting";
const UNTIL_MONTH: &str = "until|till|til|through|thru|until the end of|until end of|bis|bis ende|hasta|hasta finales de|hasta fin de|jusqu'en|jusqu' en|jusqu'a fin|jusqu' a fin";

/// Gives rules the days on which they begin and end.
pub(super) fn bounded(words: &Words, all: Vec<Found>, reference: &Reference) -> Vec<Found> {
    let stretch = |found: &Found| found.when.as_ref().is_some_and(|w| w.last_day.is_some());
    if !all.iter().any(|found| recurs(found) || stretch(found)) {
        return all;
    }
    let mut bound: Vec<Found> = Vec::with_capacity(all.len());
    for found in all {
        let joined = bound.last().and_then(|before| {
            joined(words, before, &found).or_else(|| starts::joined(words, before, &found))
        });
        match (bound.last_mut(), joined) {
            (Some(last), Some(whole)) => *last = whole,
            _ => bound.push(found),
        }
    }
    for found in &mut bound {
        if let Some((to, day)) = last_month(words, found, reference) {
            end(found.when.as_mut(), day);
            found.to = to;
        }
    }
    bound
}

fn recurs(found: &Found) -> bool {
    found
        .when
        .as_ref()
        .is_some_and(|when| when.recurrence.is_some())
}

pub(super) fn end(when: Option<&mut When>, day: NaiveDate) {
    if let Some(rule) = when.and_then(|when| when.recurrence.as_mut()) {
        rule.push_str(&day.format(";UNTIL=%Y%m%d").to_string());
    }
}

/// A rule and the day that ends it, as one.
fn joined(words: &Words, before: &Found, after: &Found) -> Option<Found> {
    let day = |found: &Found| found.when.as_ref().filter(|when| when.day_given).cloned();
    let near = after.lead_from.min(after.from) <= before.to + 1;
    let begun = |found: &Found| words.any_of(found.from..found.to, FROM);
    let (rule, last) = match (recurs(before), recurs(after)) {
        (true, false) if words.any_of(before.to..after.from, UNTIL) => (before, after),
        // "Tuesdays from 16 March to 27 April".
        (true, false) if begun(before) && words.any_of(before.to..after.from, TO) => {
            (before, after)
        }
        // "15 Aralık'a kadar her salı".
        (false, true) if words.word(before.to - 1) == "kadar" => (after, before),
        _ => return None,
    };
    let last = day(last).filter(|_| near)?;
    let mut when = rule.when.clone()?;
    // "jedes Jahr bis 31. Juli" says when it is due.
    let seldom = when
        .recurrence
        .as_deref()
        .is_some_and(|rule| rule.starts_with("FREQ=YEARLY") || rule.starts_with("FREQ=MONTHLY"));
    if seldom
        && (last.day - when.day).num_days() < 366
        && last.time.is_none()
        && !words.one_of(before.to, "until|till|til")
    {
        return None;
    }
    if when.time.is_none() {
        (when.time, when.end_time, when.zone) = (last.time, last.end_time, last.zone);
    }
    let mut whole = Found {
        lead_from: before.lead_from,
        from: before.from,
        to: after.to,
        when: Some(when),
        lead: rule.lead,
    };
    end(whole.when.as_mut(), last.last_day.unwrap_or(last.day));
    Some(whole)
}

/// "every Friday until March 2027": the last day of the month.
fn last_month(words: &Words, found: &Found, reference: &Reference) -> Option<(usize, NaiveDate)> {
    let rule = found.when.as_ref()?.recurrence.as_deref()?;
    let at = found.to
        + words
            .phrase(found.to, UNTIL_MONTH)
            .filter(|_| !rule.contains("UNTIL"))?;
    let month = names::month(words.word(at))?;
    let today = reference.today();
    let year = words
        .number(at + 1)
        .filter(|year| (2000..2100).contains(year));
    let named = year.and_then(|year| i32::try_from(year).ok());
    let coming = today.year() + i32::from(month < today.month());
    let day = resolve::last_of_month(named.unwrap_or(coming), month)?;
    Some((at + 1 + usize::from(year.is_some()), day))
}
