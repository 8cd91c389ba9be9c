//! Entries of a calendar as programs exchange them (RFC 5545).

use crate::segment::mail;
use chrono::{NaiveDate, NaiveDateTime};
use sentry_domain::Priority;
use std::ops::Range;

/// An event or a task of a calendar.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub task: bool,
    pub title: String,
    /// The line of its title.
    pub quote: Range<usize>,
    pub begin: Option<Stamp>,
    pub end: Option<Stamp>,
    pub due: Option<Stamp>,
    pub guests: Vec<String>,
    pub rule: Option<String>,
    pub notes: Option<String>,
    pub priority: Option<Priority>,
    /// Called off or completed.
    pub over: bool,
}

/// A day, mostly with a time, in a zone of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub day: NaiveDate,
    pub at: Option<NaiveDateTime>,
    pub utc: bool,
    pub zone: Option<String>,
}

/// More guests than this no entry names.
const MOST: usize = 50;

/// Where the calendars of a text stand.
pub(crate) fn spans(text: &str) -> Vec<Range<usize>> {
    const BEGIN: &str = "BEGIN:VCALENDAR";
    const END: &str = "END:VCALENDAR";
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(BEGIN) {
        let begin = from + at;
        let end = text[begin..]
            .find(END)
            .map_or(text.len(), |k| begin + k + END.len());
        all.push(begin..end);
        from = end;
    }
    all
}

/// The entries of one calendar.
pub(crate) fn entries(text: &str, span: &Range<usize>) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut entry: Option<Entry> = None;
    let (mut called_off, mut nested) = (false, 0_usize);
    for (line, place) in unfolded(text, span) {
        let Some((name, parameters, value)) = property(&line) else {
            continue;
        };
        match (name.as_str(), value) {
            ("METHOD", "CANCEL") => called_off = true,
            ("BEGIN", "VEVENT" | "VTODO") => {
                entry = Some(Entry {
                    task: value == "VTODO",
                    over: called_off,
                    ..Entry::default()
                });
            }
            ("END", "VEVENT" | "VTODO") => all.extend(entry.take().filter(|e| !e.title.is_empty())),
            // An alarm has a description of its own.
            ("BEGIN", _) => nested += 1,
            ("END", _) => nested = nested.saturating_sub(1),
            _ => {
                if let Some(entry) = entry.as_mut().filter(|_| nested <= 1) {
                    note(entry, &name, parameters, value, place);
                }
            }
        }
    }
    all
}

/// Notes one property of an entry.
fn note(entry: &mut Entry, name: &str, parameters: &str, value: &str, place: Range<usize>) {
    match name {
        "SUMMARY" => {
            entry.title = plain(value).chars().take(255).collect();
            entry.quote = place;
        }
        "DESCRIPTION" => entry.notes = Some(plain(value)).filter(|notes| !notes.is_empty()),
        "DTSTART" => entry.begin = stamp(parameters, value),
        "DTEND" => entry.end = stamp(parameters, value),
        "DUE" => entry.due = stamp(parameters, value),
        "PRIORITY" => entry.priority = priority(value),
        "RRULE" => entry.rule = rule(value),
        "STATUS" => entry.over |= matches!(value, "CANCELLED" | "COMPLETED"),
        "COMPLETED" => entry.over = true,
        "ATTENDEE" if entry.guests.len() < MOST => {
            let named = parameters.split(';').find_map(|p| p.strip_prefix("CN="));
            let named = named.map(|name| name.trim_matches('"').to_owned());
            let address = value.rsplit(':').next().and_then(mail::person);
            let name = named
                .filter(|name| !name.is_empty())
                .map(|name| mail::person(&name).unwrap_or(name));
            entry.guests.extend(name.or(address));
        }
        _ => {}
    }
}

/// From 1, the highest, to 9; 0 says nothing, and 5, which programs write where nobody chose, not much more.
fn priority(value: &str) -> Option<Priority> {
    match value.parse().ok()? {
        1..=4_u8 => Some(Priority::High),
        5 => Some(Priority::Medium),
        6..=9 => Some(Priority::Low),
        _ => None,
    }
}

/// The lines of a calendar, those that were folded put together again, each with its place.
fn unfolded(text: &str, span: &Range<usize>) -> Vec<(String, Range<usize>)> {
    let mut all: Vec<(String, Range<usize>)> = Vec::new();
    let mut at = span.start;
    for raw in text[span.clone()].split_inclusive('\n') {
        let line = raw.trim_end_matches(['\r', '\n']);
        let more = line
            .strip_prefix([' ', '\t'])
            .filter(|_| !line.trim().is_empty());
        match (more, all.last_mut()) {
            (Some(more), Some(last)) => {
                last.0.push_str(more);
                last.1.end = at + line.len();
            }
            _ => all.push((line.to_owned(), at..at + line.trim_end().len())),
        }
        at += raw.len();
    }
    all
}

/// The name, the parameters and the value of "DTSTART;TZID=Europe/Paris:20260304T090000".
fn property(line: &str) -> Option<(String, &str, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find(|&(_, c)| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    let (head, value) = (&line[..colon.0], line[colon.0 + 1..].trim());
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.trim().to_ascii_uppercase(), parameters, value))
}

/// A text without its escapes.
fn plain(value: &str) -> String {
    let value = value.replace("\\n", "\n").replace("\\N", "\n");
    let value = value
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\");
    value.trim().to_owned()
}

/// "20260304", "20260304T090000", "20260304T090000Z".
fn stamp(parameters: &str, value: &str) -> Option<Stamp> {
    let zone = parameters.split(';').find_map(|p| p.strip_prefix("TZID="));
    let utc = value.ends_with('Z');
    let at = NaiveDateTime::parse_from_str(value.trim_end_matches('Z'), "%Y%m%dT%H%M%S").ok();
    let day = at
        .map(|at| at.date())
        .or_else(|| NaiveDate::parse_from_str(value, "%Y%m%d").ok())?;
    Some(Stamp {
        day,
        at,
        utc,
        zone: zone.map(|z| z.trim_matches('"').to_owned()),
    })
}

/// A rule of recurrence, if it is written as one.
fn rule(value: &str) -> Option<String> {
    let fits = value.starts_with("FREQ=")
        && value.len() <= 200
        && value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "=;,+-".contains(c));
    fits.then(|| value.to_owned())
}
