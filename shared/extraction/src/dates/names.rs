//! Names of months, weekdays, units and numbers in five languages, folded.

use crate::language::Language;
use crate::text::{Places, Shape, Words, one_of};
use chrono::Weekday;
use std::sync::LazyLock;

const MONTHS: [&str; 12] = [
    "january jan januar janner enero ene janvier janv ocak oca",
    "february feb februar febrero fevrier fevr fev subat",
    "march mar marz maerz mrz marzo mars mart",
    "april apr abril abr avril avr nisan nis",
    "may mai mayo mayis",
    "june jun juni junio juin haziran haz",
    "july jul juli julio juillet juil temmuz tem",
    "august aug agosto ago aout agustos agu",
    "september sep sept septiembre setiembre septembre eylul eyl",
    "october oct oktober okt octubre octobre ekim eki",
    "november nov noviembre novembre kasim kas",
    "december dec dezember dez diciembre dic decembre aralik ara",
];

const WEEKDAYS: [&str; 7] = [
    "monday mon montag lunes lun lundi pazartesi pzt",
    "tuesday tue tues dienstag martes mardi sali",
    "wednesday wed weds mittwoch miercoles mie mier mercredi mer merc mierc carsamba crs cars",
    "thursday thu thur thurs donnerstag jueves jue juev jeudi jeu persembe prs pers",
    "friday fri freitag viernes vie vier vendredi ven vendr cuma",
    "saturday sat samstag sonnabend sabado sab samedi sam cumartesi cmt cts",
    "sunday sun sonntag domingo dom dimanche dim pazar",
];

const GERMAN_SHORT: [&str; 7] = ["mo", "di", "mi", "do", "fr", "sa", "so"];

/// Words that mean something else unless a number or a date word stands beside them.
const AMBIGUOUS: &str = "\
    march|mar|may|mai|mon|sat|sun|jan|mars|mart|ara|mer|ven|sam|dim|lun|jeu|dom|vie|dec|ago|mie|\
    sab|jue|vier|pers|cars|prs|tem|haz|kas|eki|nis|ene|oca|ocak";

/// A span of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    BusinessDay,
    Week,
    Month,
    Year,
}

const UNITS: [(Unit, &str); 7] = [
    (
        Unit::Minute,
        "minute minutes min mins minuten minuto minutos dakika dakikaya",
    ),
    (
        Unit::Hour,
        "hour hours hr hrs h std stunde stunden hora horas heure heures saat saate",
    ),
    (
        Unit::Day,
        "day days tag tage tagen dia dias jour jours gun gune",
    ),
    (
        Unit::BusinessDay,
        "workday workdays werktag werktage werktagen arbeitstag arbeitstage arbeitstagen",
    ),
    (
        Unit::Week,
        "week weeks wk wks woche wochen semana semanas semaine semaines hafta haftaya",
    ),
    (
        Unit::Month,
        "month months monat monate monaten mes meses mois ay aya",
    ),
    (
        Unit::Year,
        "year years jahr jahre jahren ano anos an ans annee annees yil",
    ),
];

const NUMBERS: [&str; 13] = [
    "",
    "a an one ein eine einem einen einer un una uno une bir",
    "two couple zwei dos deux iki",
    "three drei tres trois uc",
    "four vier cuatro quatre dort",
    "five funf fuenf cinco cinq bes",
    "six sechs seis alti",
    "seven sieben siete sept yedi",
    "eight acht ocho huit sekiz",
    "nine neun nueve neuf dokuz",
    "ten zehn diez dix on",
    "eleven elf once onze onbir",
    "twelve zwolf zwoelf doce douze oniki",
];

static MONTH: LazyLock<Places> = LazyLock::new(|| Places::new(&MONTHS));
static WEEKDAY: LazyLock<Places> = LazyLock::new(|| Places::new(&WEEKDAYS));
static SHORT: LazyLock<Places> = LazyLock::new(|| Places::new(&GERMAN_SHORT));
static NUMBER: LazyLock<Places> = LazyLock::new(|| Places::new(&NUMBERS));
static UNIT: LazyLock<Places> = LazyLock::new(|| Places::new(&UNITS.map(|(_, list)| list)));

/// All names of months, weekdays and numbers.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let lists = MONTHS.iter().chain(&WEEKDAYS).chain(&GERMAN_SHORT);
    lists.chain(&NUMBERS).flat_map(|list| list.split(' '))
}

/// Whether a word that is not listed may yet name a month or a weekday, by its ending.
pub(super) fn inflected(word: &str) -> bool {
    word.contains('\'')
        || is_plural_weekday(word)
        || turkish_stem(word).is_some()
        || day_with_part(word).is_some()
}

/// The first letters of the Turkish months and weekdays of four letters and more.
const TURKISH: &str = "oca|sub|mar|nis|may|haz|tem|agu|eyl|eki|kas|ara|paz|sal|car|per|cum";

/// The stem before an apostrophe or a Turkish case ending.
fn stem(word: &str) -> &str {
    word.split('\'').next().unwrap_or(word)
}

fn turkish_stem(word: &str) -> Option<&str> {
    let head = word.get(..3).filter(|_| word.len() > 4)?;
    if !one_of(TURKISH, head) {
        return None;
    }
    [
        "ya", "ye", "a", "e", "da", "de", "ta", "te", "nin", "si", "leri", "lari",
    ]
    .iter()
    .filter_map(|ending| word.strip_suffix(ending))
    // Marta is a name.
    .filter(|_| word != "marta")
    .find(|stem| stem.len() >= 4 && (WEEKDAY.get(stem).is_some() || MONTH.get(stem).is_some()))
}

/// The month a folded word names, 1 to 12.
pub(crate) fn month(word: &str) -> Option<u32> {
    let word = stem(word);
    let index = MONTH
        .get(word)
        .or_else(|| turkish_stem(word).and_then(|s| MONTH.get(s)))?;
    u32::try_from(index + 1).ok()
}

/// The weekday a folded word names; `plural` forms such as "mondays" and "montags" count.
pub(crate) fn weekday(word: &str, language: Language) -> Option<Weekday> {
    let word = stem(word);
    if word.len() < 2 || word.len() > 13 {
        return None;
    }
    let index = WEEKDAY
        .get(word)
        .or_else(|| plural_stem(word).and_then(|s| WEEKDAY.get(s)))
        .or_else(|| {
            (language == Language::Turkish)
                .then(|| turkish_stem(word).and_then(|s| WEEKDAY.get(s)))?
        })
        .or_else(|| {
            let german = language == Language::German;
            let named =
                || day_with_part(word).and_then(|part| WEEKDAY.get(word.strip_suffix(part)?));
            german.then(|| SHORT.get(word).or_else(named))?
        })?;
    Weekday::try_from(u8::try_from(index).ok()?).ok()
}

/// "freitagmittag", "dienstagabend": the part of the day that a German weekday bears.
pub(crate) fn day_with_part(word: &str) -> Option<&'static str> {
    const PARTS: [&str; 6] = [
        "nachmittag",
        "vormittag",
        "mittag",
        "abend",
        "morgen",
        "fruh",
    ];
    let part = PARTS.into_iter().find(|part| word.ends_with(part))?;
    let day = word.strip_suffix(part)?;
    (day.len() >= 6 && WEEKDAY.get(day).is_some()).then_some(part)
}

/// "mondays" without its s, where the whole name is long enough to be sure.
pub(crate) fn plural_stem(word: &str) -> Option<&str> {
    word.strip_suffix('s').filter(|stem| stem.len() >= 5)
}

/// Whether the word is a weekday in the plural or an adverb of habit.
pub(crate) fn is_plural_weekday(word: &str) -> bool {
    plural_stem(word).is_some_and(|s| WEEKDAY.get(s).is_some()) && WEEKDAY.get(word).is_none()
}

/// Whether the name at `i` needs a neighbour to be believed.
pub(crate) fn is_ambiguous(words: &Words, i: usize) -> bool {
    let word = stem(words.word(i));
    GERMAN_SHORT.contains(&word) || one_of(AMBIGUOUS, word)
}

/// The unit a folded word names.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    UNIT.get(word).map(|number| UNITS[number].0)
}

/// The number at `i`, in digits or as a word up to twelve.
pub(crate) fn count(words: &Words, i: usize) -> Option<u32> {
    if words.shape(i) == Shape::Number {
        return words.number(i);
    }
    NUMBER
        .get(words.word(i))
        .filter(|&n| n > 0)
        .and_then(|n| u32::try_from(n).ok())
}
