//! "Every Monday", "monthly", "jeden ersten Freitag": recurrence rules (RFC 5545).

use super::names::{self, Unit};
use crate::language::{Language, Marks};
use crate::text::{Places, Shape, Words, begins, one_of};
use chrono::Weekday;
use std::ops::Range;
use std::sync::LazyLock;

/// A rule and the weekdays it names, for finding its first day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    /// RFC 5545.
    pub text: String,
    pub weekdays: Vec<Weekday>,
    pub month_day: Option<u32>,
    /// Which such weekday of the month; the last is -1.
    pub nth: Option<(i8, Weekday)>,
}

const EVERY: &str = "\
    every|each|jeden|jede|jedes|jeder|cada|todos los|todas las|tous les|toutes les|chaque|her|\
    todos los dias|alle";
const ORDINALS: [&str; 5] = [
    "first 1st ersten erste primer premier ilk",
    "second 2nd zweiten zweite segundo deuxieme ikinci",
    "third 3rd dritten tercer troisieme ucuncu",
    "fourth 4th vierten cuarto quatrieme dorduncu",
    "last letzten letzter ultimo dernier son",
];
static ORDINAL: LazyLock<Places> = LazyLock::new(|| Places::new(&ORDINALS));

const ADVERBS: &[(&str, &str)] = &[
    (
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "end of each month|end of every month|the end of each month|the end of every month|every month end|monatlich zum monatsende|a fin de cada mes|a la fin de chaque mois|her ay sonu|\
        last day of each month|last day of every month|the last day of each month|the last day of every month|letzten tag jeden monats|am letzten tag jeden monats|letzten tag jedes monats|am letzten tag jedes monats|\
        ultimo dia de cada mes|el ultimo dia de cada mes|dernier jour de chaque mois|le dernier jour de chaque mois|her ayin son gunu|her ayin son gununde",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        "first working day of each month|first working day of every month|first working day of the month|first business day of each month|first business day of every month|first business day of the month|first weekday of each month|first weekday of every month|\
        ersten werktag jeden monats|ersten werktag des monats|ersten werktag im monat|ersten arbeitstag jeden monats|ersten arbeitstag des monats|ersten arbeitstag im monat|\
        primer dia habil de cada mes|primer dia habil del mes|primer dia laborable de cada mes|premier jour ouvrable de chaque mois|premier jour ouvrable du mois|premier jour ouvre de chaque mois|premier jour ouvre du mois",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "last working day of each month|last working day of every month|last working day of the month|last business day of each month|last business day of every month|last business day of the month|last weekday of each month|last weekday of every month|\
        letzten werktag jeden monats|letzten werktag des monats|letzten werktag im monat|letzten arbeitstag jeden monats|letzten arbeitstag des monats|letzten arbeitstag im monat|\
        ultimo dia habil de cada mes|ultimo dia habil del mes|ultimo dia laborable de cada mes|dernier jour ouvrable de chaque mois|dernier jour ouvrable du mois|dernier jour ouvre de chaque mois|dernier jour ouvre du mois",
    ),
    (
        "FREQ=DAILY",
        "daily|taglich|diariamente|a diario|quotidiennement|gunluk olarak|every day|each day",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2",
        "biweekly|bi - weekly|fortnightly|every other week|every second week|every two weeks|every fortnight|vierzehntagig|alle zwei wochen|\
        alle 2 wochen|cada dos semanas|toutes les deux semaines|iki haftada bir",
    ),
    (
        "FREQ=WEEKLY",
        "weekly|wochentlich|semanalmente|hebdomadaire|haftalik olarak|once a week|einmal pro woche|una vez por semana|une fois par semaine|haftada bir",
    ),
    (
        "FREQ=MONTHLY",
        "monthly|monatlich|mensualmente|mensuellement|once a month|einmal im monat|una vez al mes|une fois par mois|ayda bir",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=3",
        "quarterly|every quarter|each quarter|every three months|every 3 months|vierteljahrlich|jedes quartal|alle drei monate|chaque trimestre|tous les trois mois|cada trimestre|cada tres meses|trimestralmente|uc ayda bir",
    ),
    (
        "FREQ=YEARLY",
        "yearly|annually|jahrlich|anualmente|annuellement|once a year|yilda bir",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "every weekday|each weekday|every working day|every workday|every business day|jeden werktag|jeden arbeitstag|hafta ici her gun|\
        todos los dias laborables|chaque jour ouvrable|weekdays|on weekdays",
    ),
];

/// The two letters RFC 5545 has for a weekday.
pub(crate) const fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

const WORKING: [Weekday; 5] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
];

fn plain(rule: &str) -> Rule {
    // Work begins on a working day.
    let weekdays = if rule.ends_with("BYDAY=MO,TU,WE,TH,FR") {
        WORKING.to_vec()
    } else {
        Vec::new()
    };
    Rule {
        text: rule.to_owned(),
        weekdays,
        month_day: None,
        nth: None,
    }
}

fn weekly(interval: u32, days: Vec<Weekday>) -> Rule {
    let codes: Vec<&str> = days.iter().map(|&d| code(d)).collect();
    let every = if interval > 1 {
        format!(";INTERVAL={interval}")
    } else {
        String::new()
    };
    Rule {
        text: format!("FREQ=WEEKLY{every};BYDAY={}", codes.join(",")),
        weekdays: days,
        month_day: None,
        nth: None,
    }
}

/// A rule that begins at token `i`: tokens used and the rule.
pub(crate) fn read(words: &Words, i: usize, language: Language) -> Option<(usize, Rule)> {
    let by_adverb = ADVERBS
        .iter()
        .filter_map(|(rule, list)| words.phrase(i, list).map(|n| (n, *rule)))
        .max_by_key(|&(n, _)| n);
    // "The quarterly report", "our weekly newsletter": an adjective, unless a meeting follows.
    let adjective = |length: usize| {
        let next = i + length;
        words.shape(next) == Shape::Word
            && !words.has(next, Marks::MEETING)
            && !words.one_of(next, "on|at|by|until|from|starting|in|and|am|um|ab|bis|a|los|el|le|les|a|before|before|for|with|as|to")
    };
    if let Some((length, rule)) = by_adverb.filter(|&(length, _)| length > 1 || !adjective(length))
    {
        return Some((length, plain(rule)));
    }
    every(words, i, language)
        .or_else(|| several(words, i, language))
        .or_else(|| of_month(words, i, language))
        .or_else(|| turkish(words, i, language))
        .or_else(|| plural(words, i, language))
}

const OPENINGS: &str = "on|end|the|am|zum|le|les|el|los|dia|alle|once|a|einmal|una|une|weekdays|hafta|iki|uc|dort|bes|on|last|first|second|third|fourth|1st|2nd|3rd|4th|\
    letzter|letzten|erster|ersten|zweiter|zweiten|dritter|dritten|ultimo|primer|segundo|tercer|dernier|premier|deuxieme|troisieme";

/// The words with which a rule may begin.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    let lists = ADVERBS.iter().map(|(_, list)| *list);
    lists
        .chain([EVERY, OPENINGS])
        .flat_map(|list| list.split('|'))
        .filter_map(|phrase| phrase.split(' ').next())
}

/// Whether a rule could begin with this word; cheap, and wider than the truth.
pub(crate) fn may_begin(word: &str) -> bool {
    begins(EVERY, word)
        || one_of(OPENINGS, word)
        || super::is_weekday(word)
        || word.len() > 4
            && (names::is_plural_weekday(word)
                || ADVERBS.iter().any(|(_, list)| begins(list, word)))
}

fn every(words: &Words, i: usize, language: Language) -> Option<(usize, Rule)> {
    let mut at = i + words.phrase(i, EVERY)?;
    let mut interval = 1;
    if matches!(words.word(at), "other" | "second" | "zweiten" | "zweite")
        && names::weekday(words.word(at + 1), language).is_some()
    {
        interval = 2;
        at += 1;
    } else if let Some(ordinal) = ordinal(words.word(at))
        && let Some(day) = names::weekday(words.word(at + 1), language)
    {
        let length = at
            + 2
            + words
                .phrase(
                    at + 2,
                    "of the month|of each month|of every month|im monat|des monats|del mes|\
                    du mois",
                )
                .unwrap_or(0)
            - i;
        return Some((length, nth(ordinal, day)));
    }
    if let Some(first) = names::weekday(words.word(at), language) {
        let (length, days) = weekdays(words, at, first, language);
        return Some((at + length - i, weekly(interval, days)));
    }
    let count = names::count(words, at);
    // "alle drei Tage", but "alle Tage" and "alle Jahre wieder" are said of anything.
    if words.word(i) == "alle" && count.is_none() {
        return None;
    }
    let unit = names::unit(words.word(at + usize::from(count.is_some())))?;
    let frequency = match unit {
        Unit::Day => "DAILY",
        Unit::Week => "WEEKLY",
        Unit::Month => "MONTHLY",
        Unit::Year => "YEARLY",
        Unit::BusinessDay => return Some((at + 1 - i, plain("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"))),
        Unit::Hour | Unit::Minute => return None,
    };
    let rule = match count {
        Some(n) if n > 1 => format!("FREQ={frequency};INTERVAL={n}"),
        _ => format!("FREQ={frequency}"),
    };
    Some((at + 1 + usize::from(count.is_some()) - i, plain(&rule)))
}

/// A list of weekdays: "Monday and Thursday", "Mon, Wed & Fri".
fn weekdays(words: &Words, at: usize, first: Weekday, language: Language) -> (usize, Vec<Weekday>) {
    let mut days = vec![first];
    let mut length = 1;
    loop {
        let mut next = at + length;
        while words.one_of(next, ",|and|und|y|et|ve|&|/") && next < at + length + 2 {
            next += 1;
        }
        match names::weekday(words.word(next), language) {
            Some(day) if next > at + length && days.len() < 7 => {
                days.push(day);
                length = next + 1 - at;
            }
            _ => return (length, days),
        }
    }
}

/// Which one an ordinal names, as in "the second Monday"; the last is -1.
pub(super) fn ordinal(word: &str) -> Option<i8> {
    let place = ORDINAL.get(word)?;
    Some(if place == 4 {
        -1
    } else {
        i8::try_from(place).ok()? + 1
    })
}

fn nth(ordinal: i8, day: Weekday) -> Rule {
    Rule {
        text: format!("FREQ=MONTHLY;BYDAY={ordinal}{}", code(day)),
        weekdays: Vec::new(),
        month_day: None,
        nth: Some((ordinal, day)),
    }
}

/// "Stand-up Mon, Wed and Fri at 9:30": several weekdays with one hour are those of every week.
fn several(words: &Words, i: usize, language: Language) -> Option<(usize, Rule)> {
    const FEWEST: usize = 3;
    const COMING: &str = "this|next|last|diese|dieser|nachste|este|proximo|ce|prochain";
    let first = names::weekday(words.word(i), language)?;
    let (length, days) = weekdays(words, i, first, language);
    let to = i + length;
    let hour = to + usize::from(words.one_of(to, "at|um|a|las|@|,|jeweils"));
    let hour = hour + usize::from(words.one_of(hour, "um|las"));
    let timed = words.number(hour).is_some_and(|hour| hour < 24) && hour > to;
    let coming = i > 0 && words.one_of(i - 1, COMING);
    (days.len() >= FEWEST && timed && !coming).then(|| (length, weekly(1, days)))
}

const OF_MONTH: &str = "\
    of every month|of each month|every month|each month|jeden monats|eines jeden monats|\
    jedes monats|de cada mes|de chaque mois|her ayin";

/// "the first Monday of every month", "on the 1st of each month", "am 15. jeden Monats".
fn of_month(words: &Words, i: usize, language: Language) -> Option<(usize, Rule)> {
    let mut at = i;
    while words.one_of(at, "on|the|am|zum|el|le|dia") && at < i + 2 {
        at += 1;
    }
    if let Some(ordinal) = ordinal(words.word(at))
        && let Some(day) = names::weekday(words.word(at + 1), language)
    {
        let more = words.phrase(at + 2, OF_MONTH)?;
        return Some((at + 2 + more - i, nth(ordinal, day)));
    }
    let day = words.number(at).filter(|d| (1..=31).contains(d))?;
    at += 1;
    if words.one_of(at, "st|nd|rd|th|.|er") {
        at += 1;
    }
    if words.word(at) == "day" {
        at += 1;
    }
    let more = words.phrase(at, OF_MONTH)?;
    Some((at + more - i, on_day(day)))
}

/// The rule in "the last Friday of the month", which among other words may be but one day.
pub(crate) fn of_the_month(
    words: &Words,
    mut span: Range<usize>,
    language: Language,
) -> Option<String> {
    span.find_map(|i| {
        let ordinal = ordinal(words.word(i))?;
        let day = names::weekday(words.word(i + 1), language)?;
        words.phrase(i + 2, "of the month|im monat|des monats|del mes|du mois")?;
        Some(nth(ordinal, day).text)
    })
}

/// "her ayın 1'inde", "her ayın son cuması", "üç günde bir".
fn turkish(words: &Words, i: usize, language: Language) -> Option<(usize, Rule)> {
    const SPANS: [(&str, &str); 3] = [
        ("gunde", "DAILY"),
        ("haftada", "WEEKLY"),
        ("ayda", "MONTHLY"),
    ];
    if let Some((_, frequency)) = SPANS.iter().find(|(span, _)| words.word(i + 1) == *span)
        && words.word(i + 2) == "bir"
    {
        let every = names::count(words, i).filter(|n| *n > 1)?;
        return Some((3, plain(&format!("FREQ={frequency};INTERVAL={every}"))));
    }
    let at = i + words.phrase(i, "her ayin")?;
    if let Some(ordinal) = ordinal(words.word(at))
        && let Some(day) = names::weekday(words.word(at + 1), language)
    {
        return Some((at + 2 - i, nth(ordinal, day)));
    }
    let day = words.number(at).filter(|d| (1..=31).contains(d))?;
    let mut to = at + 1;
    // "1'inde", "15.", "20 si".
    while to < at + 3
        && words.touches(to - 1)
        && (words.one_of(to, "'|’|.") || words.shape(to) == Shape::Word)
    {
        to += 1;
    }
    Some((to - i, on_day(day)))
}

fn on_day(day: u32) -> Rule {
    Rule {
        text: format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
        weekdays: Vec::new(),
        month_day: Some(day),
        nth: None,
    }
}

/// "Mondays", "on Tuesdays and Thursdays", "montags", "los martes", "les mardis".
fn plural(words: &Words, i: usize, language: Language) -> Option<(usize, Rule)> {
    let skip = usize::from(words.one_of(i, "on|los|les"));
    let at = i + skip;
    let spanish = words.word(i) == "los" && words.shape(at + 1) != Shape::Number;
    if !spanish && !names::is_plural_weekday(words.word(at)) {
        return None;
    }
    let first = names::weekday(words.word(at), language)?;
    let (length, days) = weekdays(words, at, first, language);
    Some((skip + length, weekly(1, days)))
}
