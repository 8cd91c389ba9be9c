//! What stands beside a day and says its time in other words: "Tuesday evening 7.30", "9 August, same time".

use super::gather::Gathered;
use crate::dates::clock::{self, Clock};
use crate::dates::{Reference, When, names};
use crate::language::{Language, Marks};
use crate::text::{Shape, Words};
use chrono::{Duration, NaiveTime, Timelike};

const LATE: &str = "evening|eve|nite|night|tonight|tonite|abend|abends|noche|soir|aksam|aksami";
const AFTERNOON: &str = "afternoon|arvo|nachmittag|nachmittags|tarde|apres|pm";
const SAME: &str = "same time|the same time|at the same time|usual time|at the usual time|same time same place|misma hora|a la misma hora|a misma hora|gleiche zeit|gleiche uhrzeit|zur gleichen zeit|selbe zeit|selbe uhrzeit|zur selben zeit|meme heure|a la meme heure|ayni saat|ayni saatte";

/// "Tues evening 7.30" is after noon.
pub(super) fn afternoon(words: &Words, (from, to): (usize, usize), gathered: &mut Gathered) {
    let said = |list: &'static str| words.any_of(from..to, list);
    let told = words.any_of(from..to, "am|morning|matin|manana|sabah");
    let (late, afternoon) = (said(LATE), said(AFTERNOON));
    // "quarter past seven Saturday morning" was guessed to be after noon.
    let early = words.any_of(from..to + 1, "morning") && !said("pm|noon|midday");
    if let Some(clock) = gathered.clock.as_mut().filter(|_| early) {
        let guessed = clock.time.filter(|time| (13..24).contains(&time.hour()));
        clock.time = guessed
            .map(|time| time - Duration::hours(12))
            .or(clock.time);
    }
    let Some(clock) = gathered.clock.as_mut().filter(|_| !told) else {
        return;
    };
    let early = |hour: u32| late && (4..12).contains(&hour) || afternoon && (1..8).contains(&hour);
    if clock.time.is_some_and(|time| early(time.hour())) {
        let later = |time: chrono::NaiveTime| time + Duration::hours(12);
        clock.time = clock.time.map(later);
        clock.until = clock
            .until
            .map(|u| if u.hour() < 12 { later(u) } else { u });
    }
}

/// "noon tomorrow PT", "11:59 pm on Nov 30 (EST)": the zone behind the day; where it ends.
pub(super) fn zone(words: &Words, to: usize, gathered: &mut Gathered) -> usize {
    let timed = |clock: &&mut Clock| clock.time.is_some() && clock.zone.is_none();
    let Some(clock) = gathered
        .clock
        .as_mut()
        .filter(timed)
        .filter(|_| gathered.day.is_some())
    else {
        return to;
    };
    let Some((length, zone)) = clock::zone(words, to).filter(|_| words.shape(to) != Shape::Number)
    else {
        return to;
    };
    let end = to + length;
    let signed = words.one_of(to, "+|-");
    if signed || words.shape(end) == Shape::Word && end < words.len() {
        return to;
    }
    clock.zone = Some(zone);
    end
}

/// "Sunday 9th August, same time and place": the hour of this meeting; where the words for it end.
pub(super) fn same_time(
    words: &Words,
    (from, to): (usize, usize),
    gathered: &mut Gathered,
    reference: &Reference,
) -> usize {
    let open = gathered.clock.is_none_or(|clock| clock.time.is_none());
    let Some(time) = reference
        .same_time
        .filter(|_| open && gathered.day.is_some())
    else {
        return to;
    };
    let behind = to + usize::from(words.one_of(to, ",|(|at|-|–|:"));
    let inside = words.any_phrase(from..to, SAME);
    let after = words.phrase(behind, SAME).map(|length| behind + length);
    if after.is_none() && !inside {
        return to;
    }
    gathered.clock = Some(Clock {
        time: Some(time),
        until: None,
        zone: None,
        doubtful: false,
    });
    after.unwrap_or(to)
}

/// "Bis Freitagmittag": at noon.
pub(super) fn compound_noon(words: &Words, (from, to): (usize, usize), gathered: &mut Gathered) {
    let noon = |i: usize| names::day_with_part(words.word(i)) == Some("mittag");
    if gathered.clock.is_none() && gathered.day.is_some() && (from..to).any(noon) {
        gathered.clock = Some(Clock {
            time: NaiveTime::from_hms_opt(12, 0, 0),
            until: None,
            zone: None,
            doubtful: false,
        });
    }
}

/// "23 Nisan gösterisi": the day of a Turkish feast without its ending is the name of what stands behind it.
pub(super) fn names_feast(
    words: &Words,
    (from, to): (usize, usize),
    reference: &Reference,
) -> bool {
    const FEASTS: &str =
        "23 nisan|19 mayis|29 ekim|30 agustos|10 kasim|24 kasim|18 mart|8 mart|1 mayis";
    const OWN: &str = "son|teslim|saat|gunu|aksami|sabahi";
    let feast = to == from + 2 && words.phrase(from, FEASTS).is_some();
    let noun = words.shape(to) == Shape::Word
        && !words.one_of(to, OWN)
        && names::weekday(words.word(to), reference.language).is_none();
    reference.language == Language::Turkish && feast && noun
}

/// "By 10", said in the evening, is on the next day. A message of which only the day is known counts from its noon.
pub(super) fn next_time(when: Option<&mut When>, reference: &Reference) {
    let Some(when) = when.filter(|when| when.zone.is_none()) else {
        return;
    };
    let now = reference.zone.wall_clock(reference.now).time();
    let known = NaiveTime::from_hms_opt(12, 0, 0) != Some(now);
    if known && when.time.is_some_and(|time| time < now) {
        when.day = when.day.succ_opt().unwrap_or(when.day);
    }
}

/// "I'll ring him in the morning.": tomorrow, where nothing else says of which day; whether it is said.
pub(super) fn next_morning(
    words: &Words,
    (from, to): (usize, usize),
    gathered: &mut Gathered,
    reference: &Reference,
) -> bool {
    let said = from > 2 && words.seq(from - 2, "in the morning") && to == from + 1;
    let ends = to >= words.len()
        || words.shape(to) == Shape::Mark
        || words.one_of(to, "and|then|so|before|with|w|if|when|please|pls|n|but");
    let promised = (from.saturating_sub(12)..from).any(|i| {
        words.has(i, Marks::FIRST)
            || words.one_of(i, "to|will|ringing|calling|going|send|pls|please")
    });
    let alone = gathered.day.is_none() && gathered.rule.is_none() && !gathered.gone;
    let fits = said && ends && promised && alone && words.number(from - 3).is_none();
    if fits {
        gathered.day = reference.today().succ_opt().map(|day| (day, None));
    }
    fits
}
