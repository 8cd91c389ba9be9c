//! What a day counts from or begins with: "every other Friday starting 4 December", "24 hours before the interview on 3 December at 2pm".

use super::{Found, bounded};
use crate::dates::{Lead, Reference, When, code, names, resolve};
use crate::text::{Shape, Words};
use chrono::{Datelike, Duration, NaiveDate};

/// Moves days so much before which something is due.
pub(super) fn starts(words: &Words, mut all: Vec<Found>, reference: &Reference) -> Vec<Found> {
    for found in &mut all {
        earlier(words, found, reference);
    }
    all
}

/// A rule and the day from which it holds, as one.
pub(super) fn joined(words: &Words, before: &Found, after: &Found) -> Option<Found> {
    // "Tuesdays 10.00-12.00, LT2, from 22 September to 8 December".
    let stretch = after
        .when
        .as_ref()
        .is_some_and(|when| when.last_day.is_some());
    let gap = if stretch { 5 } else { 1 };
    let near = after.lead_from.min(after.from) <= before.to + gap;
    let recurs = |found: &Found| found.when.as_ref().is_some_and(|w| w.recurrence.is_some());
    // "16 Mart'tan itibaren her salı".
    let since = words.one_of(before.to - 1, "itibaren");
    let (rule, first) = match (recurs(before), recurs(after)) {
        (true, false) if after.lead == Lead::From => (before, after),
        (false, true) if before.lead == Lead::From || since => (after, before),
        (false, false) => return weekly(before, after),
        _ => return None,
    };
    let first = first.when.as_ref().filter(|when| near && when.day_given)?;
    let mut when = rule.when.clone()?;
    when.day = fitting(first.day, when.recurrence.as_deref()?);
    if when.time.is_none() {
        (when.time, when.end_time, when.zone) = (first.time, first.end_time, first.zone);
    }
    if let Some(last) = first.last_day {
        bounded::end(Some(&mut when), last);
    }
    Some(Found {
        lead_from: before.lead_from,
        from: before.from,
        to: after.to,
        when: Some(when),
        lead: rule.lead,
    })
}

/// "Le mardi de 18 h à 20 h du 16 mars au 27 avril": from one such weekday to another, every week.
fn weekly(before: &Found, after: &Found) -> Option<Found> {
    const LEAST: i64 = 14;
    let (hours, stretch) = (before.when.as_ref()?, after.when.as_ref()?);
    let last = stretch
        .last_day
        .filter(|last| (*last - stretch.day).num_days() >= LEAST)?;
    let weekday = stretch.day.weekday();
    let same = hours.day_given && hours.day.weekday() == weekday && last.weekday() == weekday;
    let near = after.lead_from.min(after.from) <= before.to + 1;
    if !same || !near || hours.time.is_none() || hours.last_day.is_some() || stretch.time.is_some()
    {
        return None;
    }
    let mut when = When {
        day: stretch.day,
        recurrence: Some(format!("FREQ=WEEKLY;BYDAY={}", code(weekday))),
        ..hours.clone()
    };
    bounded::end(Some(&mut when), last);
    Some(Found {
        to: after.to,
        when: Some(when),
        ..before.clone()
    })
}

/// The first day from `day` on that a rule of weekdays names.
fn fitting(day: NaiveDate, rule: &str) -> NaiveDate {
    let Some((_, days)) = rule.split_once("BYDAY=") else {
        return day;
    };
    let days = days.split(';').next().unwrap_or(days);
    let named = |day: &NaiveDate| days.split(',').any(|name| name == code(day.weekday()));
    day.iter_days().take(7).find(named).unwrap_or(day)
}

/// "24 hours before the interview on 3 December at 2pm": so much earlier.
fn earlier(words: &Words, found: &mut Found, reference: &Reference) {
    const BEFORE: &str = "before|prior to|ahead of|vor|avant|antes de|antes del";
    const FAR: usize = 7;
    let start = found.lead_from.min(found.from);
    let at = (start.saturating_sub(FAR)..start).find_map(|i| {
        let length = words.phrase(i + 2, BEFORE)?;
        let thing = i + 2 + length..start;
        let named = thing.clone().any(|k| words.shape(k) == Shape::Word);
        let one = thing.clone().all(|k| words.shape(k) == Shape::Word);
        let count = names::count(words, i).filter(|n| (1..1000).contains(n))?;
        let unit = names::unit(words.word(i + 1))?;
        (named && one).then_some((i, i64::from(count), unit))
    });
    let Some((from, count, unit)) = at else {
        return;
    };
    let Some(when) = found
        .when
        .as_ref()
        .filter(|w| w.day_given && w.recurrence.is_none())
    else {
        return;
    };
    let start = when.start(reference.zone);
    let days = match unit {
        names::Unit::Day => count,
        names::Unit::Week => 7 * count,
        names::Unit::Hour if start.is_none() && count % 24 == 0 => count / 24,
        names::Unit::Hour => 0,
        _ => return,
    };
    let exact = start
        .filter(|_| days == 0)
        .and_then(|at| at.checked_sub_signed(Duration::hours(count)));
    if days == 0 && exact.is_none() {
        return;
    }
    let day = match exact {
        Some(at) => reference.zone.day_of(at),
        None => resolve::add_days(when.day, -days),
    };
    let moved = When {
        day,
        last_day: None,
        time: None,
        end_time: None,
        exact,
        ..when.clone()
    };
    let least = ["at least", "no later than", "not less than"];
    let led = least.iter().find(|phrase| {
        let length = phrase.split(' ').count();
        from >= length && words.seq(from - length, phrase)
    });
    found.lead_from = from - led.map_or(0, |phrase| phrase.split(' ').count());
    found.from = from;
    found.lead = Lead::Due;
    found.when = Some(moved);
}
