//! Times of day and their ranges, with zone abbreviations.

use crate::language::Language;
use crate::text::{Shape, Words, one_of};
use chrono::{Duration, FixedOffset, NaiveTime, Timelike};
use chrono_tz::Tz;

/// The zone a time was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// A place whose offset depends on the day.
    Place(Tz),
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

#[derive(Clone, Copy)]
struct Point {
    hour: u32,
    minute: u32,
    /// am or pm was said; `None` for a 24-hour or bare number.
    half: Option<bool>,
    /// Minutes, a half or an "o'clock" word were there.
    sure: bool,
}

impl Point {
    fn time(self, borrowed: Option<bool>) -> Option<NaiveTime> {
        let hour = match self.half.or(borrowed) {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        NaiveTime::from_hms_opt(hour % 24, self.minute, 0)
    }
}

const WORDS: &[(&str, u32, u32)] = &[
    ("noon", 12, 0),
    ("midday", 12, 0),
    ("mittag", 12, 0),
    ("mediodia", 12, 0),
    ("midi", 12, 0),
    ("ogle", 12, 0),
    ("ogleye", 12, 0),
    ("oglen", 12, 0),
    ("midnight", 23, 59),
    ("mitternacht", 23, 59),
    ("medianoche", 23, 59),
    ("minuit", 23, 59),
    ("cob", 17, 0),
    ("eob", 17, 0),
];

const PHRASES: &[(&str, Option<(u32, u32)>)] = &[
    (
        "close of business|the close of business|close of play|cop|dienstschluss|feierabend|\
        mesai bitimine|mesai sonuna",
        Some((17, 0)),
    ),
    (
        "end of the working day|end of the business day|end of business day|end of business|\
        end of the work day|end of work",
        Some((17, 0)),
    ),
    (
        "eod|end of day|end of the day|the end of the day|day ' s end|end of play|ende des tages|\
        tagesende|final del dia|fin del dia|fin de journee|la fin de la journee|\
        fin de la journee|gun sonu|gun sonuna|gun bitimine",
        None,
    ),
    (
        "in the morning|in the afternoon|in the evening|morning|afternoon|evening|night|\
        vormittag|nachmittag|abend|fruh|por la manana|por la tarde|matin|apres - midi|sabah|\
        aksam|ogleden sonra|vormittags|nachmittags|soir",
        None,
    ),
];

const FIXED: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("trt", 180),
    ("msk", 180),
    ("ist", 330),
    ("sgt", 480),
    ("jst", 540),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("hst", -600),
    ("aest", 600),
    ("aedt", 660),
];

const PLACES: &[(&str, Tz)] = &[
    ("et", Tz::America__New_York),
    ("ct", Tz::America__Chicago),
    ("mt", Tz::America__Denver),
    ("pt", Tz::America__Los_Angeles),
];

/// A time or a range of times that begins at token `i`: tokens used and what it means.
pub(crate) fn read(words: &Words, i: usize, language: Language) -> Option<(usize, Clock)> {
    if let Some(found) = spoken(words, i) {
        return Some(found);
    }
    if matches!(words.word(i), "half" | "halb") {
        return half(words, i);
    }
    let skip = lead(words, i);
    let (length, first) = point(words, i + skip, language)?;
    let mut at = i + skip + length;
    let mut clock = Clock {
        time: None,
        until: None,
        zone: None,
        doubtful: !first.sure && first.half.is_none(),
    };
    let mut half = None;
    if one_of(
        "-|–|—|to|bis|until|till|a|al|and|und|et|y|til|ile",
        words.word(at),
    ) {
        let gap = 1 + lead(words, at + 1);
        if let Some((_, hour, minute)) = WORDS.iter().find(|(w, _, _)| *w == words.word(at + gap)) {
            clock.until = NaiveTime::from_hms_opt(*hour, *minute, 0);
            at += gap + 1;
        }
        if let Some((more, second)) = point(words, at + gap, language) {
            let joined = one_of("and|und|et|y|a|al", words.word(at)) && !is_between(words, i);
            if !(joined && !(first.sure && second.sure)) {
                half = second.half.filter(|_| first.half.is_none());
                clock.until = second.time(first.half.filter(|_| second.half.is_none()));
                clock.doubtful = clock.doubtful && !second.sure && second.half.is_none();
                at += gap + more;
            }
        }
    }
    clock.time = first.time(half);
    // "11-1pm": the first of the two cannot be later than the second.
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
    if clock.doubtful && skip > 0 && first.half.is_none() {
        clock = guess_half(clock, first);
    }
    if let Some((length, zone)) = zone(words, at) {
        clock.zone = Some(zone);
        at += length;
    }
    Some((at - i, clock))
}

fn is_between(words: &Words, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).map_or("", |j| words.word(j));
    one_of("between|zwischen|entre|from|von|de|desde|las", before(1))
        || matches!(
            words.word(i),
            "between" | "zwischen" | "entre" | "from" | "von"
        )
}

/// "at 3" is the afternoon, "at 9" the morning: the working day from 8 to 7.
fn guess_half(mut clock: Clock, first: Point) -> Clock {
    let later = |t: NaiveTime| t + Duration::hours(12);
    if (1..8).contains(&first.hour) {
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

/// Words that announce a time: "at", "um", "a las", "à", "saat", "@".
fn lead(words: &Words, i: usize) -> usize {
    match words.word(i) {
        "at" | "um" | "saat" | "@" | "ab" | "between" | "from" | "zwischen" | "gegen"
        | "around" => 1,
        "a" if matches!(words.word(i + 1), "las" | "la") => 2,
        "a" | "las" | "kl" | "vers" => 1,
        _ => 0,
    }
}

fn spoken(words: &Words, i: usize) -> Option<(usize, Clock)> {
    let named = |time| Clock {
        time,
        until: None,
        zone: None,
        doubtful: false,
    };
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
    let (_, hour, minute) = WORDS.iter().find(|(w, _, _)| *w == word)?;
    Some((skip + 1, named(NaiveTime::from_hms_opt(*hour, *minute, 0))))
}

/// "half past 3", "halb vier".
fn half(words: &Words, i: usize) -> Option<(usize, Clock)> {
    let (skip, back) = match words.word(i) {
        "half" if words.word(i + 1) == "past" => (2, 0),
        "halb" => (1, 1),
        _ => return None,
    };
    let hour = super::names::count(words, i + skip).filter(|h| (1..=12).contains(h))?;
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

fn point(words: &Words, i: usize, language: Language) -> Option<(usize, Point)> {
    let spelled = i > 0 && words.shape(i) == Shape::Word && one_of("at|um|las|saat|around|gegen", words.word(i - 1));
    if spelled
        && !one_of("a|an|one|ein|eine|un|una|une|bir", words.word(i))
        && let Some(hour) = super::names::count(words, i)
    {
        let clock = usize::from(one_of("o'clock|uhr", words.word(i + 1)));
        return Some((1 + clock, Point { hour, minute: 0, half: None, sure: false }));
    }
    let hour = words
        .number(i)
        .filter(|&h| h <= 24 && words.word(i).len() <= 2)?;
    let mut at = i + 1;
    let (mut minute, mut sure) = (0, false);
    let colon = matches!(words.word(at), ":" | "h" | ".") && words.touches(i);
    if colon
        && words.touches(at)
        && words.word(at + 1).len() == 2
        && let Some(m) = words.number(at + 1).filter(|&m| m < 60)
        && (words.word(at) != "." || dotted(words, at + 2))
    {
        (minute, sure) = (m, true);
        at += 2;
        if words.word(at) == ":" && words.touches(at) && words.word(at + 1).len() == 2 {
            at += 2;
        }
    }
    let (length, half) = half_of_day(words, at);
    at += length;
    if half.is_some() && (hour > 12 || hour == 0) {
        return None;
    }
    match words.word(at) {
        "uhr" | "o'clock" | "hs" | "hrs" | "heures" => {
            at += 1;
            sure = true;
        }
        // "6h" is an effort in English and a time of day elsewhere, unless brackets make it an effort.
        "h" if words.touches(at - 1)
            && !sure
            && language != Language::English
            && !(i > 0 && one_of("(|~|[|:|≈", words.word(i - 1))) =>
        {
            at += 1;
            sure = true;
        }
        "h" if sure => at += 1,
        "h" | "hours" | "hour" | "hr" | "min" | "minutes" | "days" | "stunden" | "std"
            if half.is_none() =>
        {
            return None;
        }
        _ => {}
    }
    Some((
        at - i,
        Point {
            hour,
            minute,
            half,
            sure,
        },
    ))
}

/// A dot separates hours and minutes only where more speaks for a time: "15.30 Uhr", "9.30am", "9.30 - 11.00".
fn dotted(words: &Words, after: usize) -> bool {
    one_of("uhr|am|pm|h|-|–|bis|to", words.word(after))
        || after >= 4 && one_of("-|–|bis|um|saat|at", words.word(after - 4))
}

fn half_of_day(words: &Words, i: usize) -> (usize, Option<bool>) {
    match words.word(i) {
        "am" if is_noon_mark(words, i) => (1, Some(false)),
        "pm" => (1, Some(true)),
        "a" if words.seq(i + 1, ". m") => (3 + usize::from(words.word(i + 3) == "."), Some(false)),
        "p" if words.seq(i + 1, ". m") => (3 + usize::from(words.word(i + 3) == "."), Some(true)),
        _ => (0, None),
    }
}

/// In German "14 am" is "14 on the": the mark touches the number or ends the phrase.
fn is_noon_mark(words: &Words, i: usize) -> bool {
    i > 0 && (words.touches(i - 1) || words.shape(i + 1) != Shape::Number)
}

fn zone(words: &Words, i: usize) -> Option<(usize, Zone)> {
    let skip = usize::from(words.word(i) == "(");
    let word = words.word(i + skip);
    let upper = words.raw(i + skip).chars().all(|c| c.is_ascii_uppercase());
    if word == "+" || word == "-" {
        return offset(words, i);
    }
    if !upper || word.is_empty() {
        return None;
    }
    let close = usize::from(skip == 1 && words.word(i + 2) == ")");
    if skip == 1 && close == 0 {
        return None;
    }
    if let Some((_, tz)) = PLACES.iter().find(|(name, _)| *name == word) {
        return Some((1 + skip + close, Zone::Place(*tz)));
    }
    let (_, minutes) = FIXED.iter().find(|(name, _)| *name == word)?;
    if matches!(word, "utc" | "gmt")
        && let Some((length, zone)) = offset(words, i + 1)
    {
        return Some((1 + length, zone));
    }
    Some((
        1 + skip + close,
        Zone::Fixed(FixedOffset::east_opt(minutes * 60)?),
    ))
}

/// "+02:00", "+2", "-0530" right after a time or "UTC".
fn offset(words: &Words, i: usize) -> Option<(usize, Zone)> {
    let sign = match words.word(i) {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    if i == 0 || !words.touches(i) || !words.touches(i - 1) {
        return None;
    }
    let digits = words.word(i + 1);
    let value: i32 = (words.shape(i + 1) == Shape::Number && digits.len() <= 4)
        .then(|| digits.parse().ok())??;
    let (length, minutes) = match digits.len() {
        4 => (2, value / 100 * 60 + value % 100),
        _ if words.word(i + 2) == ":" => {
            (4, value * 60 + i32::try_from(words.number(i + 3)?).ok()?)
        }
        _ => (2, value * 60),
    };
    Some((
        length,
        Zone::Fixed(FixedOffset::east_opt(sign * minutes * 60)?),
    ))
}
