//! Expressions that count from the reference date, as data: phrases in five languages.

use super::names::{self, Unit};
use crate::language::Language;
use crate::text::{Quick, Words};
use chrono::Weekday;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// A day said relative to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relative {
    /// So many days on.
    Day(i64),
    /// That weekday of this week.
    This,
    /// That weekday of next week.
    Next,
    /// That weekday, and a week on: "Tuesday week".
    WeekOn,
    /// So many units on.
    In,
    /// Friday of the week so many weeks on.
    EndOfWeek(i64),
    /// Saturday of the week so many weeks on.
    Weekend(i64),
    /// Monday of the week so many weeks on.
    StartOfWeek(i64),
    /// Wednesday of the week so many weeks on.
    MidWeek(i64),
    /// The last day of the month so many months on.
    EndOfMonth(u32),
    /// The first day of the month so many months on.
    StartOfMonth(u32),
    /// The last day of the quarter so many quarters on.
    EndOfQuarter(u32),
    /// The last day of the year so many years on.
    EndOfYear(i32),
    /// The last day of a named month.
    EndOfNamed,
    /// The middle of a named month.
    MidNamed,
    /// The first day of a named month.
    StartOfNamed,
    /// Gone by.
    Past,
}

/// What the placeholders of a phrase stood for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Filled {
    pub count: Option<u32>,
    pub unit: Option<Unit>,
    pub weekday: Option<Weekday>,
    pub month: Option<u32>,
}

use Relative as R;

/// `#` a number, `%` a unit, `@` a weekday, `^` a month; alternatives are separated by `|`.
const PHRASES: &[(Relative, &str)] = &[
    (
        R::Day(0),
        "today|tdy|tday|2day|this aft|this pm|this arvo|tonite|later today|this morning|this afternoon|this evening|tonight|heute|heute noch|heute abend|\
        heute nachmittag|hoy|hoy mismo|esta tarde|esta noche|aujourd'hui|d'aujourd'hui|aujourd hui|ce soir|cet apres - midi|cet apres midi|ce matin|\
        bugun|bu aksam|bu aksama|aksama|bu sabah|same day",
    ),
    (
        R::Day(1),
        "tomorrow|tmrw|tmro|tmrrw|tomo|2moro|2mrw|tomoro|tmw|tmr|tomorow|tommorow|tomorrow morning|tomorrow afternoon|tomorrow evening|tomorrow night|morgen|\
        morgen fruh|morgen abend|morgen nachmittag|morgen vormittag|manana|manana por la manana|manana por la tarde|demain|\
        the morn|the morra|demain matin|demain soir|demain apres - midi|yarin|yarin sabah|yarina|yarin aksam|yarin aksama|yarin sabaha",
    ),
    (
        R::Day(2),
        "the day after tomorrow|day after tomorrow|overmorrow|ubermorgen|uebermorgen|pasado manana|apres - demain|apres demain|\
        obur gun|ertesi gun|yarindan sonra",
    ),
    (
        R::Day(7),
        "this day week|today week|a week today|a week from today|same time next week|same day next week|same again next week|gleiche zeit nachste woche|heute in einer woche|misma hora la semana que viene|meme heure la semaine prochaine",
    ),
    (R::Day(8), "a week tomorrow|tomorrow week"),
    (
        R::Past,
        "yesterday|gestern|vorgestern|ayer|anteayer|hier|avant - hier|dun|last @|last week|last month|last year|last night|\
        letzten @|letzte woche|letzten monat|vergangenen @|el @ pasado|la semana pasada|el mes pasado|@ dernier|la semaine derniere|le mois dernier|\
        gecen @|gecen hafta|gecen ay|# % ago|vor # %|hace # %|il y a # %|# % once|previous @|past @",
    ),
    (
        R::This,
        "this @|this coming @|coming @|the coming @|this week ' s @|diesen @|diese @|kommenden @|am kommenden @|este @|esta semana el @|\
        ce @|@ prochain|@ qui vient|bu @|bu hafta @|@ this week|@ of this week|upcoming @|el proximo @|proximo @|@ de cette semaine|@ de esta semana|@ proximo",
    ),
    (
        R::Next,
        "next @|@ next week|@ of next week|next week @|next week on @|next week ' s @|nachsten @|naechsten @|nachste woche @|\
        @ nachster woche|@ nachste woche|@ kommender woche|el @ de la proxima semana|el @ que viene|@ que viene|@ de la proxima semana|\
        @ de la semana que viene|@ de la semaine prochaine|@ en huit|la semaine prochaine @|gelecek @|onumuzdeki @|haftaya @|gelecek hafta @|onumuzdeki hafta @",
    ),
    (
        R::WeekOn,
        "@ week|a week on @|week on @|@ in a week|@ in einer woche",
    ),
    (
        R::In,
        "in # %|in # % ' time|in # %' time|in a % ' s time|in a %'s time|within # %|in the next # %|within the next # %|within a % of #|# % from now|# % from today|# % today|# % time|in # more %|in about # %|\
        innerhalb von # %|innerhalb der nachsten # %|binnen # %|in den nachsten # %|en # %|dentro de # %|en los proximos # %|\
        en las proximas # %|en un plazo de # %|dans # %|d'ici # %|sous # %|dans les # %|# % icinde|# % sonra|# %ye kadar|\
        in a couple of %|in a couple %|in the next couple of %|in # business %|within # business %|in # working %|within # working %|in # work %|\
        within the next # business %|within the next # working %",
    ),
    (
        R::EndOfWeek(0),
        "eow|end of week|end of the week|end of this week|the end of the week|the end of this week|the end of week|this week|\
        later this week|week ' s end|week's end|sometime this week|ende der woche|ende dieser woche|wochenende der woche|diese woche|noch diese woche|fin de semana laboral|\
        final de la semana|final de semana|fin de la semana|finales de semana|finales de esta semana|final de esta semana|esta semana|fin de semaine|la fin de la semaine|\
        fin de la semaine|cette semaine|hafta sonuna kadar|hafta bitmeden|bu hafta|bu hafta icinde|bu haftanin sonuna|haftanin sonuna",
    ),
    (
        R::EndOfWeek(1),
        "end of next week|the end of next week|next week|sometime next week|later next week|ende nachster woche|ende der nachsten woche|\
        ende kommender woche|nachste woche|kommende woche|nachster woche|proxima semana|la proxima semana|la semana que viene|final de la proxima semana|\
        finales de la proxima semana|la semaine prochaine|semaine prochaine|fin de la semaine prochaine|la fin de la semaine prochaine|gelecek hafta|\
        onumuzdeki hafta|haftaya",
    ),
    (
        R::EndOfWeek(2),
        "the week after next|week after next|ubernachste woche",
    ),
    (
        R::StartOfWeek(1),
        "early next week|the beginning of next week|beginning of next week|start of next week|the start of next week|anfang nachster woche|\
        principios de la proxima semana|debut de semaine prochaine|debut de la semaine prochaine|gelecek hafta basi|gelecek hafta basina",
    ),
    (
        R::MidWeek(0),
        "mid - week|midweek|mid week|mitte der woche|mitte dieser woche",
    ),
    (
        R::MidWeek(1),
        "mid - next week|middle of next week|mid next week|the middle of next week|mitte nachster woche",
    ),
    (
        R::Weekend(0),
        "weekend|the weekend|this weekend|the coming weekend|wochenende|dieses wochenende|fin de semana|este fin de semana|el fin de semana|\
        ce week - end|ce weekend|le week - end|le weekend|hafta sonu|bu hafta sonu|hafta sonuna",
    ),
    (
        R::Weekend(1),
        "next weekend|nachstes wochenende|proximo fin de semana|week - end prochain|gelecek hafta sonu",
    ),
    (
        R::EndOfMonth(0),
        "eom|end of month|end mth|end of mth|end mo|end of mo|end month|noch diesen monat|end of the month|end of this month|the end of the month|the end of this month|the end of month|month end|month - end|\
        later this month|this month|the month is out|this month is out|month ' s end|monatsende|zum monatsende|ende des monats|ende dieses monats|diesen monat|fin de mes|acabe el mes|acabar el mes|final de mes|final del mes|finales de mes|\
        fin del mes|finales de este mes|este mes|fin du mois|la fin du mois|fin de mois|ce mois - ci|ay sonu|ay sonuna|ay sonunda|ayin sonuna|ayin sonunda|bu ayin sonu|bu ayin sonunda|bu ay|bu ay icinde|bu ayin sonuna",
    ),
    (
        R::EndOfMonth(1),
        "end of next month|the end of next month|next month|sometime next month|ende nachsten monats|nachsten monat|proximo mes|el proximo mes|el mes que viene|\
        final del proximo mes|le mois prochain|mois prochain|fin du mois prochain|la fin du mois prochain|gelecek ay|onumuzdeki ay|gelecek ayin sonuna",
    ),
    (
        R::StartOfMonth(1),
        "the beginning of next month|beginning of next month|start of next month|early next month|anfang nachsten monats",
    ),
    (
        R::EndOfQuarter(0),
        "eoq|end of quarter|end of the quarter|end of this quarter|the end of the quarter|quarter end|quarter - end|this quarter|quartalsende|\
        ende des quartals|fin de trimestre|fin del trimestre|final del trimestre|final de trimestre|fin du trimestre|la fin du trimestre|ceyrek sonu|ceyrek sonuna|ceyregin sonuna",
    ),
    (
        R::EndOfQuarter(1),
        "end of next quarter|the end of next quarter|next quarter|ende nachsten quartals|nachstes quartal|proximo trimestre|trimestre prochain|gelecek ceyrek",
    ),
    (
        R::EndOfYear(0),
        "eoy|end of year|end of the year|end of this year|the end of the year|year end|year - end|this year|jahresende|ende des jahres|fin de ano|\
        final de ano|finales de ano|fin d'annee|la fin de l'annee|fin de l'annee|fin d' annee|la fin de l' annee|fin de l' annee|yil sonu|yil sonuna|yilin sonuna",
    ),
    (
        R::EndOfYear(1),
        "end of next year|next year|nachstes jahr|proximo ano|l'annee prochaine|annee prochaine|gelecek yil",
    ),
    (
        R::EndOfNamed,
        "end of ^|the end of ^|end ^|noch im ^|^ is out|late ^|ende ^|finales de ^|acabe ^|acabar ^|final de ^|fines de ^|fin ^|la fin ^|fin de ^|^ sonu|^ sonuna|^ ayi sonuna|^ ayinin sonuna",
    ),
    (
        R::MidNamed,
        "mid ^|mid - ^|the middle of ^|middle of ^|mitte ^|mediados de ^|mi - ^|mi ^|^ ortasi|^ ortasina",
    ),
    (
        R::StartOfNamed,
        "early ^|the beginning of ^|beginning of ^|start of ^|the start of ^|anfang ^|principios de ^|debut ^|^ basi|^ basina",
    ),
];

/// One of [`PHRASES`].
struct Phrase {
    parts: Vec<&'static str>,
    relative: Relative,
    /// Which of all it is.
    number: usize,
}

/// The phrases by their first part and by their second one, which is empty where there is none.
type Phrases = Quick<&'static str, Quick<&'static str, Vec<Phrase>>>;

static BY_PARTS: LazyLock<Phrases> = LazyLock::new(|| {
    let mut index = Phrases::default();
    let lists = PHRASES.iter();
    let all = lists.flat_map(|(relative, list)| list.split('|').map(|it| (*relative, it)));
    for (number, (relative, phrase)) in all.enumerate() {
        let parts: Vec<&str> = phrase.split_whitespace().collect();
        if let Some(first) = parts.first() {
            let second = parts.get(1).copied().unwrap_or_default();
            let same = index.entry(first).or_default().entry(second).or_default();
            same.push(Phrase {
                parts,
                relative,
                number,
            });
        }
    }
    index
});

/// The words with which a phrase may begin.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    BY_PARTS.keys().copied()
}

/// What token `i` may be in a phrase: itself, a number, a unit, a weekday, a month.
fn parts<'w>(words: &'w Words, i: usize, language: Language) -> [Option<&'w str>; 5] {
    let word = words.word(i);
    [
        Some(word),
        names::count(words, i).map(|_| "#"),
        names::unit(word).map(|_| "%"),
        names::weekday(word, language).map(|_| "@"),
        names::month(word).map(|_| "^"),
    ]
}

/// The longest phrase that begins at `i`: tokens used, its meaning, what filled it. Of several the one that leaves more
/// open, and then the last.
pub(crate) fn read(
    words: &Words,
    i: usize,
    language: Language,
) -> Option<(usize, Relative, Filled)> {
    let firsts = parts(words, i, language).into_iter().enumerate();
    let second = LazyCell::new(|| parts(words, i + 1, language));
    let mut best = None;
    for (open, first) in firsts {
        let Some(phrases) = first.and_then(|first| BY_PARTS.get(first)) else {
            continue;
        };
        let seconds = second.iter().flatten().chain([&""]);
        for phrase in seconds.filter_map(|part| phrases.get(part)).flatten() {
            let rank = (phrase.parts.len(), open, phrase.number);
            if best.as_ref().is_none_or(|(known, _)| *known < rank)
                && let Some(filled) = fill(words, i, &phrase.parts, language)
            {
                best = Some((rank, (rank.0, phrase.relative, filled)));
            }
        }
    }
    best.map(|(_, found)| found)
}

fn fill(words: &Words, i: usize, parts: &[&str], language: Language) -> Option<Filled> {
    let mut filled = Filled::default();
    for (k, part) in parts.iter().enumerate() {
        let at = i + k;
        match *part {
            "#" => filled.count = Some(names::count(words, at)?),
            "%" => filled.unit = Some(names::unit(words.word(at))?),
            "@" => filled.weekday = Some(names::weekday(words.word(at), language)?),
            "^" => filled.month = Some(names::month(words.word(at))?),
            literal => {
                if words.word(at) != literal {
                    return None;
                }
                if literal == "couple" {
                    filled.count = Some(2);
                }
                if matches!(literal, "business" | "working" | "work") {
                    filled.unit = Some(Unit::BusinessDay);
                }
            }
        }
    }
    // "business days": the unit word follows the adjective and must be a day.
    if parts
        .iter()
        .any(|p| matches!(*p, "business" | "working" | "work"))
    {
        filled.unit = Some(Unit::BusinessDay);
    }
    Some(filled)
}
