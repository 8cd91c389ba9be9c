//! What numbers and lists in a text say: hours of the night, long days, large counts, one after another.

use super::text::{Kind, Token};

/// What a number can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// "3 am", "03:40", "halb vier", "a las cuatro".
    NightTime,
    /// "slept 4 hrs": one to six hours.
    FewHours,
    /// "14 hours": ten and more.
    LongHours,
    /// "inbox at 412": twelve and more of something.
    BigCount,
    /// Several numbers: "14 tabs, 3 clients, 1 me".
    ManyNumbers,
    /// Four or more things told one after another.
    LongList,
    /// One of the words comes back: "phone, door, phone".
    Repeated,
    /// Two and more clock times: "3:12. 3:40. 4:05."
    ManyTimes,
}

const HOURS: &[&str] = &[
    "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "hora", "horas", "heure",
    "heures", "saat",
];

/// Words after a number that make it no count of things.
const NO_COUNT: &[&str] = &[
    "am", "pm", "uhr", "kg", "km", "m", "mm", "cm", "l", "euro", "eur", "percent", "min", "mins",
    "minutes", "minuten", "minutos", "dakika", "yrs", "years", "year", "yas", "jahre", "anos",
    "ans",
];

/// Words for small numbers, in all languages.
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "thirty", "forty", "fifty", "hundred", "zwei", "drei", "vier", "funf", "sechs",
    "sieben", "acht", "neun", "zehn", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho",
    "nueve", "diez", "cuarenta", "treinta", "veinte", "deux", "trois", "quatre", "cinq", "sept",
    "huit", "neuf", "dix", "vingt", "trente", "iki", "uc", "dort", "bes", "alti", "yedi", "sekiz",
    "dokuz", "on", "yirmi", "otuz", "kirk",
];

/// The quantities of a text, each once, with the tokens they stand at.
pub(super) fn find(tokens: &[Token]) -> Vec<(Quantity, (usize, usize))> {
    let mut found: Vec<(Quantity, (usize, usize))> = Vec::new();
    let mut add = |quantity, at: (usize, usize)| {
        if !found.iter().any(|(known, _)| *known == quantity) {
            found.push((quantity, at));
        }
    };
    let (mut numbers, mut times, mut skip) = (0, 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        if NUMBERS.contains(&token.text.as_str()) && token.text != "on" {
            numbers += 1;
        }
        let Some((value, unit)) = number(&token.text) else {
            continue;
        };
        if at < skip {
            continue;
        }
        numbers += 1;
        let next = tokens.get(at + 1).map_or("", |token| token.text.as_str());
        let unit = if unit.is_empty() { next } else { unit };
        let minutes = tokens.get(at + 2).filter(|_| next == ":");
        if minutes.is_some() || matches!(unit, "am" | "uhr") {
            times += 1;
            skip = at + 3;
            if value <= 5 {
                add(Quantity::NightTime, (at, at));
            }
            if times > 1 {
                add(Quantity::ManyTimes, (at, at));
            }
        } else if HOURS.contains(&unit) {
            match value {
                0..=6 => add(Quantity::FewHours, (at, at)),
                10.. => add(Quantity::LongHours, (at, at)),
                _ => {}
            }
        } else if value >= 12 && !NO_COUNT.contains(&unit) {
            add(Quantity::BigCount, (at, at));
        }
    }
    if numbers >= 3 {
        add(Quantity::ManyNumbers, (0, tokens.len() - 1));
    }
    for sentence in tokens.split(|token| token.kind == Kind::End) {
        let parts: Vec<_> = sentence
            .split(|token| token.kind == Kind::Pause || token.text == "and")
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() >= 4 {
            add(Quantity::LongList, (0, tokens.len() - 1));
        }
        let short = |part: &&&[Token]| part.len() <= 2;
        let short: Vec<_> = parts.iter().filter(short).collect();
        let again =
            |(at, part): (usize, &&&[Token])| short[..at].iter().any(|other| same(other, part));
        if short.iter().enumerate().any(again) {
            add(Quantity::Repeated, (0, tokens.len() - 1));
        }
    }
    found
}

fn same(one: &[Token], other: &[Token]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.text == b.text)
}

/// A number with the unit that is written to it: "4hrs".
fn number(word: &str) -> Option<(u32, &str)> {
    let digits = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let value = word.get(..digits)?.parse().ok()?;
    Some((value, &word[digits..]))
}
