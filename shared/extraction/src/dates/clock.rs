//! Times of day and their ranges, with zone abbreviations.

mod dotted;
mod halves;
mod point;
mod spelled;
mod turkish;
mod words;
mod zone;

use crate::dates::Reference;
use crate::language::Language;
use crate::text::{Quick, Shape, Words, one_of};
use chrono::{Duration, FixedOffset, NaiveTime, Timelike};
use halves::{half, minutes, quarter};
use point::{Point, point};
use std::sync::LazyLock;
use words::{PHRASES, WORDS};
pub(crate) use zone::zone;

/// The zone a time was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// A place whose offset depends on the day.
    Place(&'static str),
    /// Always the same offset.
    Fixed(FixedOffset),
}

/// A time of day, or a range of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Absent for words that only say "in the course of the day".
    pub time: Option<NaiveTime>,
    pub until: Option<NaiveTime>,
    pub zone: Option<Zone>,
    /// A bare hour ("at 3", "10-12"): counts only beside a day or a cue.
    pub doubtful: bool,
}

/// Words before an hour by which something is to be done: "before 4" is in the afternoon.
const DUE: &str = "by|before|b4|until|till|til|vor|avant|antes";

/// A time or a range of times that begins at token `i`: tokens used and what it means.
pub(crate) fn read(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Clock)> {
    let language = reference.language;
    if let Some(found) = spoken(words, i) {
        return Some(found);
    }
    if matches!(words.word(i), "half" | "halb") {
        return half(words, i);
    }
    if matches!(words.word(i), "quarter" | "viertel") {
        return quarter(words, i);
    }
    let skip = lead(words, i);
    if let Some((length, clock)) = minutes(words, i + skip) {
        return Some((skip + length, clock));
    }
    let (length, first) = point(words, i + skip, language)?;
    let mut at = i + skip + length;
    // "curriculum day is at 4 March": a day, by whoever says "at" of days.
    if skip > 0 && !first.sure && first.half.is_none() && crate::dates::is_month(words.word(at)) {
        return None;
    }
    let mut clock = Clock {
        time: None,
        until: None,
        zone: None,
        doubtful: !first.sure && first.half.is_none(),
    };
    let (half, whole);
    (at, half, whole) = stretch(words, (i, at), first, language, &mut clock);
    clock.time = first.time(half);
    order(&mut clock, first, half);
    // "7 for 7.30": when the doors open, and when it begins.
    if words.word(at) == "for"
        && clock.until.is_none()
        && let Some((more, second)) = point(words, at + 1, language)
        && second.hour == first.hour
        && words.word(at + 2) == "."
    {
        at += 1 + more + if second.sure { 0 } else { 2 };
        clock = guess_half(clock, first);
        clock.doubtful = false;
    }
    if half.is_none() && first.half.is_none() && !whole {
        clock = guessed(words, (i, skip), first, clock, reference);
    }
    if let Some((length, zone)) = zone(words, at) {
        clock.zone = Some(zone);
        at += length;
    }
    Some((at - i, clock))
}

/// The second of two times, from token `at` behind the first on: where it ends, the half of the day that only it names,
/// and whether it counts to 24.
fn stretch(
    words: &Words,
    (i, mut at): (usize, usize),
    first: Point,
    language: Language,
    clock: &mut Clock,
) -> (usize, Option<bool>, bool) {
    // "11:30 AM IST to 1:00 PM IST".
    if let Some((length, named)) = zone(words, at)
        && words.one_of(at + length, "-|–|—|to|until|till|bis")
        && first.sure
    {
        clock.zone = Some(named);
        at += length;
    }
    if !words.one_of(at, "-|–|—|to|bis|until|till|a|al|and|und|et|y|til|ile|+|&") {
        return (at, None, false);
    }
    let about = words.one_of(at + 1, "about|approx|around|ca|circa|gegen|vers");
    let gap = 1 + if about { 1 } else { lead(words, at + 1) };
    if let Some((hour, minute)) = NAMED.get(words.word(at + gap)) {
        clock.until = NaiveTime::from_hms_opt(*hour, *minute, 0);
        at += gap + 1;
    }
    let Some((more, second)) = point(words, at + gap, language) else {
        return (at, None, false);
    };
    let joined = words.one_of(at, "and|und|et|y|a|al|+|&") && !is_between(words, i);
    if joined && !(first.sure && second.sure) {
        return (at, None, false);
    }
    clock.until = second.time(first.half.filter(|_| second.half.is_none()));
    clock.doubtful = clock.doubtful && !second.sure && second.half.is_none();
    let half = second.half.filter(|_| first.half.is_none());
    (at + gap + more, half, second.hour > 12)
}

/// A time of which nobody says whether it is before or after noon.
fn guessed(
    words: &Words,
    (i, skip): (usize, usize),
    first: Point,
    mut clock: Clock,
    reference: &Reference,
) -> Clock {
    let due = i > 0 && !reference.whole_day && words.one_of(i - 1, DUE);
    // "Lkw kommt Montag um 7": before noon, where one counts to 24.
    let german = reference.language == Language::German && first.hour == 7;
    if clock.doubtful && (skip > 0 || due) && !german {
        clock = guess_half(clock, first);
    }
    let twelve = matches!(reference.language, Language::English | Language::Turkish);
    let twelve = twelve && !reference.whole_day;
    // "thurs 4-7": nobody works at four in the morning.
    let stretch = twelve && !first.sure && clock.until.is_some() && (1..7).contains(&first.hour);
    if stretch || afternoon(words, i + skip, (twelve, reference.evenings), first) {
        clock = guess_half(clock, first);
    }
    clock
}

/// "11-1pm": the first of the two cannot be later than the second.
fn order(clock: &mut Clock, first: Point, half: Option<bool>) {
    if let (Some(time), Some(until)) = (clock.time, clock.until)
        && time > until
    {
        let earlier = time - Duration::hours(12);
        if half == Some(true) && earlier < until {
            clock.time = Some(earlier);
        } else if half.is_none()
            && first.half.is_none()
            && until + Duration::hours(12) > time
            && until.hour() < 12
            && clock.doubtful
        {
            clock.until = Some(until + Duration::hours(12));
        }
    }
}

fn is_between(words: &Words, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).map_or("", |j| words.word(j));
    one_of(
        "between|betw|zwischen|entre|from|von|de|desde|las",
        before(1),
    ) || words.one_of(i, "between|betw|zwischen|entre|from|von")
}

/// What people come to after supper: "AGM Weds 19 November, 7.30".
const SUPPER: &str = "agm|egm|pcc|ptc|pta|committee|cttee|mtg|meeting|rehearsal|rehearsals|choir|hall|church|chapel|hut|pub|inn|rectory|vestry|clubhouse|clubrooms|club|dinner|party|prom|concert|quiz|panto|debrief|board|trustees|governors|social|bar|ceilidh|supper|curtain|performance|restaurant|curry|do";

/// Whether a title names people who come together after supper.
pub(crate) fn names_evenings(words: &Words) -> bool {
    words.any_of(0..words.len(), CIRCLES)
}

/// Such people.
const CIRCLES: &str = "agm|egm|pcc|pta|committee|cttee|rehearsal|rehearsals|choir|chorus|choral|panto|pantomime|players|theatre|drama|orchestra|band|tenants|residents|governors|trustees|scouts|cubs|guides|wi|society";

/// Whether "5 o'clock" or "2:30" without am or pm is after noon: nobody meets at half past two in the night.
fn afternoon(words: &Words, i: usize, (twelve, evenings): (bool, bool), first: Point) -> bool {
    const EARLY: &str = "morning|early|flight|train|coach|ferry|alarm|sunrise|milking|am|a.m|manana|madrugada|tren|vuelo|vol|matin|fruh|sabah";
    // At five a shift may begin; at three hardly anything does.
    const WORK: &str = "boat|bus|shift|call|wake|pickup|depart|departure|leave|leaves|leaving";
    const NIGHT: &str = "night|nuit|noche|nacht|gece";
    let others = if first.hour < 5 { NIGHT } else { WORK };
    let tells_early = |k: usize| words.one_of(k, EARLY) || words.one_of(k, others);
    let spoken = (i..i + 5).any(|k| words.one_of(k, "o'clock|oclock|clock"));
    let digits = words.word(i).len() == 1 && (1..7).contains(&first.hour);
    let early = (i.saturating_sub(3)..i + 6).any(tells_early);
    let worded = words.shape(i) == Shape::Word && words.word(i).len() > 1;
    let around = || i.saturating_sub(14)..i + 8;
    let after_supper = twelve
        && first.hour == 7
        && (spoken || worded || words.word(i).len() == 1)
        && (evenings || around().any(|k| words.one_of(k, SUPPER)))
        && !around().any(tells_early);
    first.sure
        && !early
        && (after_supper || (spoken || worded) && (1..7).contains(&first.hour) || twelve && digits)
}

/// "at 3" is the afternoon, "at 9" the morning: the working day from 8 to 7.
fn guess_half(mut clock: Clock, first: Point) -> Clock {
    let later = |t: NaiveTime| t + Duration::hours(12);
    let told = clock.time.is_some_and(|time| time.hour() >= 12);
    if (1..8).contains(&first.hour) && !told {
        clock.time = clock.time.map(later);
        clock.until = clock.until.map(|u| {
            if u < later(NaiveTime::MIN) {
                later(u)
            } else {
                u
            }
        });
    }
    clock
}

/// The words with which a time may begin, its digits apart.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    const LEADS: &str = "half halb quarter viertel five ten twenty at a um saat @ ab between betw entre from zwischen gegen around las la kl vers 12 vingt treize quatorze quinze seize";
    let phrases = PHRASES.iter().flat_map(|(list, _)| list.split('|'));
    phrases
        .filter_map(|phrase| phrase.split(' ').next())
        .chain(WORDS.iter().map(|(word, _, _)| *word))
        .chain(LEADS.split(' '))
}

/// Words that announce a time: "at", "um", "a las", "à", "saat", "@".
fn lead(words: &Words, i: usize) -> usize {
    match words.word(i) {
        "a" | "entre" if matches!(words.word(i + 1), "las" | "la") => 2,
        "la" if words.word(i + 1) == "una" => 1,
        "at" | "um" | "saat" | "@" | "ab" | "between" | "betw" | "entre" | "from" | "zwischen"
        | "gegen" | "around" | "a" | "las" | "kl" | "vers" => 1,
        _ => 0,
    }
}

static NAMED: LazyLock<Quick<&str, (u32, u32)>> = LazyLock::new(|| {
    let times = WORDS.iter();
    times.map(|(word, h, m)| (*word, (*h, *m))).collect()
});

fn spoken(words: &Words, i: usize) -> Option<(usize, Clock)> {
    let named = |time| Clock {
        time,
        until: None,
        zone: None,
        doubtful: false,
    };
    // "parents' evening", "quiz night": a kind of meeting, not a time of day.
    let named_after = i > 0
        && words.one_of(i, "evening|night|morning|afternoon|abend|soiree")
        && words.one_of(i - 1, "'|’|parents|parents'|quiz|game|games|movie|film|poker|open|information|social|curry|awards|opening|coffee|pub|trivia|christmas|team");
    if named_after {
        return None;
    }
    if let Some(found) = heures(words, i) {
        return Some(found);
    }
    for (phrases, time) in PHRASES {
        if let Some(length) = words.phrase(i, phrases) {
            return Some((
                length,
                named(time.and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0))),
            ));
        }
    }
    let skip = usize::from(words.word(i) == "at" || words.word(i) == "12");

    let word = words.word(i + skip);
    let (hour, minute) = NAMED.get(word)?;
    let mut clock = named(NaiveTime::from_hms_opt(*hour, *minute, 0));
    // "12 noon to 4".
    let at = i + skip + 1;
    let end = (*hour == 12 && words.one_of(at, "to|till|until|-|–"))
        .then(|| point(words, at + 1, Language::English))
        .flatten()
        .filter(|(_, end)| end.half != Some(false) && (1..12).contains(&end.hour));
    if let Some((length, end)) = end {
        clock.until = end.time(Some(true));
        return Some((skip + 2 + length, clock));
    }
    Some((skip + 1, clock))
}

/// "vingt heures trente", "neuf heures et quart": as a French transcript has it.
fn heures(words: &Words, i: usize) -> Option<(usize, Clock)> {
    const TEENS: [&str; 4] = ["treize", "quatorze", "quinze", "seize"];
    let number = |k: usize| {
        let teen = TEENS.iter().position(|t| *t == words.word(k));
        teen.and_then(|t| u32::try_from(t + 13).ok())
            .or_else(|| super::names::count(words, k).filter(|_| words.shape(k) == Shape::Word))
    };
    let (hour, at) = match words.word(i) {
        "dix" if words.word(i + 1) == "-" => (10 + number(i + 2)?, i + 3),
        "vingt" if words.word(i + 1) == "-" => (20 + number(i + 2)?, i + 3),
        "vingt" => (20, i + 1),
        _ => (number(i)?, i + 1),
    };
    if hour > 23 || !words.one_of(at, "heure|heures") {
        return None;
    }
    let (minute, more) = match words.word(at + 1) {
        "et" if words.one_of(at + 2, "demie|demi") => (30, 2),
        "et" if words.word(at + 2) == "quart" => (15, 2),
        "quinze" => (15, 1),
        "trente" => (30, 1),
        _ => (0, 0),
    };
    let clock = Clock {
        time: NaiveTime::from_hms_opt(hour, minute, 0),
        until: None,
        zone: None,
        doubtful: false,
    };
    Some((at + 1 + more - i, clock))
}
