//! Named days: "New Year's Eve", "Karfreitag", "lundi de Pâques".

use super::resolve::{add_days, nth_weekday};
use super::{Language, Reference};
use crate::text::{Quick, Words};
use chrono::{Datelike, NaiveDate, Weekday};
use std::sync::LazyLock;

/// When a named day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Feast {
    /// A month and a day.
    Fixed(u32, u32),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// A month, and which such weekday of it; the last is -1.
    Nth(u32, i8, Weekday),
    /// Another day in every country.
    Unknown,
}

use Feast::{Easter, Fixed, Nth, Unknown};

/// Folded; an apostrophe within a word stands apart or not, as writers have it.
const NAMES: &[(Feast, &str)] = &[
    (
        Fixed(1, 1),
        "new year's day|new year ' s day|new years day|neujahr|neujahrstag|jour de l'an|jour de l' an|nouvel an|ano nuevo|dia de ano nuevo|yilbasi",
    ),
    (
        Fixed(1, 6),
        "epiphany|dreikonigstag|heilige drei konige|epiphanie|dia de reyes|reyes magos",
    ),
    (
        Fixed(2, 14),
        "valentine's day|valentine ' s day|valentines day|valentinstag|saint - valentin|san valentin|sevgililer gunu",
    ),
    (
        Fixed(3, 17),
        "st patrick's day|st patrick ' s day|st . patrick's day|saint patrick's day",
    ),
    (
        Fixed(5, 1),
        "may day|tag der arbeit|fete du travail|dia del trabajador|dia del trabajo|emek bayrami",
    ),
    (Fixed(7, 4), "independence day"),
    (Fixed(7, 14), "bastille day|fete nationale"),
    (
        Fixed(8, 15),
        "maria himmelfahrt|assomption|dia de la asuncion",
    ),
    (Fixed(10, 3), "tag der deutschen einheit"),
    (Fixed(10, 31), "halloween|reformationstag"),
    (
        Fixed(11, 1),
        "all saints' day|all saints ' day|allerheiligen|la toussaint|todos los santos",
    ),
    (Fixed(11, 5), "bonfire night|guy fawkes night"),
    (Fixed(12, 6), "nikolaustag|st nicholas day"),
    (
        Fixed(12, 24),
        "christmas eve|heiligabend|heilig abend|heiliger abend|nochebuena|reveillon de noel|veille de noel",
    ),
    (
        Fixed(12, 25),
        "christmas day|xmas day|erster weihnachtstag|erster weihnachtsfeiertag|jour de noel|dia de navidad",
    ),
    (
        Fixed(12, 26),
        "boxing day|zweiter weihnachtstag|zweiter weihnachtsfeiertag",
    ),
    (
        Fixed(12, 31),
        "new year's eve|new year ' s eve|new years eve|hogmanay|silvester|silvesterabend|saint - sylvestre|nochevieja|yilbasi gecesi",
    ),
    (Easter(-48), "rosenmontag|rose monday"),
    (
        Easter(-47),
        "shrove tuesday|pancake day|mardi gras|martes de carnaval|faschingsdienstag",
    ),
    (
        Easter(-46),
        "ash wednesday|aschermittwoch|mercredi des cendres|miercoles de ceniza",
    ),
    (
        Easter(-7),
        "palm sunday|palmsonntag|dimanche des rameaux|domingo de ramos",
    ),
    (
        Easter(-3),
        "maundy thursday|grundonnerstag|jeudi saint|jueves santo",
    ),
    (
        Easter(-2),
        "good friday|karfreitag|vendredi saint|viernes santo",
    ),
    (
        Easter(-1),
        "easter saturday|holy saturday|karsamstag|ostersamstag|samedi saint|sabado santo",
    ),
    (
        Easter(0),
        "easter sunday|easter day|ostersonntag|dimanche de paques|domingo de pascua|domingo de resurreccion",
    ),
    (
        Easter(1),
        "easter monday|ostermontag|lundi de paques|lunes de pascua",
    ),
    (
        Easter(39),
        "ascension day|christi himmelfahrt|himmelfahrt|jeudi de l'ascension|jeudi de l' ascension|l'ascension|l' ascension",
    ),
    (
        Easter(49),
        "whit sunday|pentecost sunday|pfingstsonntag|dimanche de pentecote|domingo de pentecostes",
    ),
    (
        Easter(50),
        "whit monday|pentecost monday|pfingstmontag|lundi de pentecote",
    ),
    (Easter(60), "corpus christi|fronleichnam"),
    (Fixed(5, 1), "labour day"),
    (Nth(9, 1, Weekday::Mon), "labor day"),
    (Nth(5, -1, Weekday::Mon), "memorial day"),
    (Nth(11, 4, Weekday::Thu), "thanksgiving day"),
    (
        Unknown,
        "mother's day|mother ' s day|mothers day|father's day|father ' s day|fathers day|veterans day|presidents day|presidents' day|columbus day|\
        black friday|cyber monday|bank holiday monday|muttertag|vatertag|buss - und bettag|fete des meres|fete des peres|dia de la madre|dia del padre|ramazan bayrami|kurban bayrami",
    ),
];

type Name = (Vec<&'static str>, Feast);

static BY_FIRST: LazyLock<Quick<&'static str, Vec<Name>>> = LazyLock::new(|| {
    let mut index: Quick<&'static str, Vec<Name>> = Quick::default();
    for &(feast, list) in NAMES {
        for name in list.split('|') {
            let parts: Vec<&str> = name.split_whitespace().collect();
            if let Some(first) = parts.first() {
                index.entry(first).or_default().push((parts, feast));
            }
        }
    }
    index
});

/// The words with which a named day may begin.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    BY_FIRST.keys().copied()
}

/// The longest named day that begins at `i`: tokens used and the next such day, where it can be told.
pub(super) fn read(
    words: &Words,
    i: usize,
    reference: &Reference,
) -> Option<(usize, Option<NaiveDate>)> {
    let known = BY_FIRST.get(words.word(i))?;
    let fits = |parts: &[&str]| {
        let said = |(k, part): (usize, &&str)| words.word(i + k) == *part;
        parts.iter().enumerate().all(said)
    };
    let (parts, feast) = known
        .iter()
        .filter(|(parts, _)| fits(parts))
        .max_by_key(|(parts, _)| parts.len())?;
    // Elsewhere it is a name.
    if words.word(i) == "silvester" && reference.language != Language::German {
        return None;
    }
    let at = i + parts.len();
    let year = words.number(at).filter(|year| (2000..2100).contains(year));
    let named = year.and_then(|year| i32::try_from(year).ok());
    let length = parts.len() + usize::from(named.is_some());
    Some((length, next(*feast, named, reference.today())))
}

fn next(feast: Feast, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    let on = |year: i32| match feast {
        Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
        Easter(days) => Some(add_days(easter(year)?, days)),
        Nth(month, nth, weekday) => {
            nth_weekday(NaiveDate::from_ymd_opt(year, month, 1)?, nth, weekday)
        }
        Unknown => None,
    };
    if let Some(year) = year {
        return on(year);
    }
    let coming = |ahead| on(today.year() + ahead).filter(|day| *day >= today);
    (0..2).find_map(coming)
}

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones and Butcher).
pub fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let leaps = century.div_euclid(4);
    let shift = (century + 8).div_euclid(25);
    let moon = (century - shift + 1).div_euclid(3);
    let epact = (19 * golden + century - leaps - moon + 15).rem_euclid(30);
    let week =
        (32 + 2 * century.rem_euclid(4) + 2 * rest.div_euclid(4) - epact - rest.rem_euclid(4))
            .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * week).div_euclid(451);
    let number = epact + week - 7 * late + 114;
    let month = u32::try_from(number.div_euclid(31)).ok()?;
    let day = u32::try_from(number.rem_euclid(31) + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}
