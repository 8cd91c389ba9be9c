//! What "tomorrow" counts from: the date of the mail or the minutes, else the caller's.

use crate::context::{Context, DateOrder};
use crate::dates::{self, Reference};
use crate::segment::{Document, Kind, Message};
use crate::text::{Words, fold_str, one_of};
use chrono::{Datelike, Duration, NaiveDate, NaiveTime};

/// A document older than this was not written for today, but its dates still count from its own day.
const OLDEST: i64 = 800;

/// The reference of one message.
pub(crate) fn of(document: &Document, message: &Message, context: &Context) -> Reference {
    let mut base = Reference::new(
        context.now,
        context.zone,
        context.date_order(),
        document.language,
    );
    base.open = context.order_is_open();
    if base.open
        && let Some(order) = written_order(document.text)
    {
        (base.order, base.open) = (order, false);
    }
    let own = if message.is_mail {
        date_of(document.text, message.date.clone(), &base)
    } else {
        header_date(document, &base)
    };
    if let Some(now) = own {
        base = base.at(now);
    }
    base.year = term_year(document, base.today().year());
    base.same_time = (!message.is_mail)
        .then(|| begins(document, &base))
        .flatten();
    base
}

/// The order of numeric dates that those of a document show of which one number can be no month: "12/31", "31/12".
fn written_order(text: &str) -> Option<DateOrder> {
    let two = |part: &str| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok())?
    };
    text.split(|c: char| !c.is_ascii_digit() && c != '/')
        .filter(|word| word.contains('/'))
        .find_map(|word| {
            let mut parts = word.split('/');
            let (first, second) = (two(parts.next()?)?, two(parts.next()?)?);
            let day = |n: u32| (13..=31).contains(&n);
            let month = |n: u32| (1..=12).contains(&n);
            match parts.next().map(str::len) {
                Some(2 | 4) if day(first) && month(second) => Some(DateOrder::DayMonth),
                Some(2 | 4) if month(first) && day(second) => Some(DateOrder::MonthDay),
                _ => None,
            }
        })
}

/// The order in which the stamp of the last message lies just before `today`, where the other would put it months away.
pub(crate) fn stamped_order(text: &str, today: NaiveDate) -> Option<DateOrder> {
    /// As many days a chat is old when it is sent in, and as many the other reading lies away at least.
    const FRESH: i64 = 10;
    const FAR: i64 = 20;
    let stamp = |line: &str| {
        let line = line.trim_start_matches(['[', '(', ' ']);
        let mut parts = line.split(|c: char| !c.is_ascii_digit()).take(3);
        let mut part = || parts.next()?.parse::<u32>().ok();
        let (first, second, year) = (part()?, part()?, part()?);
        let strokes = line.bytes().take(6).filter(|b| *b == b'/').count();
        let year = i32::try_from(if year < 100 { year + 2000 } else { year }).ok()?;
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        (strokes == 2).then(|| Some((day(first, second)?, day(second, first)?)))?
    };
    let (american, european) = text.lines().rev().find_map(stamp)?;
    let away = |day: NaiveDate| (today - day).num_days();
    let fresh = |day| (0..=FRESH).contains(&away(day));
    let far = |day| away(day).abs() > FAR;
    if fresh(american) && far(european) {
        Some(DateOrder::MonthDay)
    } else {
        (fresh(european) && far(american)).then_some(DateOrder::DayMonth)
    }
}

/// When the meeting began that the first lines of a document speak of.
fn begins(document: &Document, base: &Reference) -> Option<NaiveTime> {
    let head = document.units.iter().take(6);
    let head = head.filter(|u| u.speaker.is_none() && u.bytes.len() < 200);
    let mut head = head;
    head.find_map(|unit| {
        let words = Words::read(document.text, unit.bytes.start, unit.bytes.end);
        let found = dates::scan(&words, base, false);
        found.iter().find_map(|d| d.when.as_ref()?.time)
    })
}

/// The instant a date line speaks of, if it is not in the future.
pub(crate) fn date_of(
    text: &str,
    range: std::ops::Range<usize>,
    base: &Reference,
) -> Option<chrono::DateTime<chrono::Utc>> {
    if range.is_empty() || range.len() > 120 {
        return None;
    }
    let words = Words::read(text, range.start, range.end);
    // A date that rolls forward would never be the past: give it the year it says, or this one.
    let found = dates::scan(
        &words,
        &Reference {
            year: Some(base.today().year()),
            ..*base
        },
        true,
    );
    let mut told = found.iter().filter(|found| is_absolute(&words, found));
    let when = told.find_map(|found| found.when.clone())?;
    let at = when.start(base.zone).or_else(|| {
        dates::instant(
            base.zone,
            when.day.and_time(NaiveTime::from_hms_opt(12, 0, 0)?),
        )
    })?;
    let age = base.now - at;
    (age > Duration::hours(-20) && age < Duration::days(OLDEST)).then_some(at)
}

/// "Date: 12 March 2026" or "Minutes of 12 March 2026" among the first lines.
fn header_date(document: &Document, base: &Reference) -> Option<chrono::DateTime<chrono::Utc>> {
    const LABELS: &str =
        "date:|datum:|fecha:|date :|tarih:|**date:**|meeting date:|datum/zeit:|when:";
    const DATES: &str = "date|datum|fecha|tarih|data|dated|stand|wann|cuando|quand";
    document
        .units
        .iter()
        .take(8)
        .filter(|u| matches!(u.kind, Kind::Heading | Kind::Text) && u.bytes.len() < 160)
        .find_map(|unit| {
            let folded = fold_str(&document.text[unit.bytes.clone()]);
            let head = folded.split(':').next().unwrap_or("");
            // "Tarih / Saat   : 9 Kasım 2026".
            let apart = one_of(DATES, head.split([' ', '/']).next().unwrap_or(""))
                && head.len() <= 20
                && head.len() < folded.len();
            let labelled = apart || LABELS.split('|').any(|l| folded.starts_with(l));
            let titled = is_kind(&folded)
                && folded.split_whitespace().count() <= 12
                && !folded.contains("next")
                && !folded.contains("approv")
                && !folded.contains("due");
            let short = unit.kind == Kind::Heading || folded.split_whitespace().count() <= 5;
            (labelled || titled || short && has_year(&folded))
                .then(|| date_of(document.text, unit.bytes.clone(), base))
                .flatten()
        })
}

/// Whether a title names a kind of document that is about one day; short words must stand alone.
fn is_kind(folded: &str) -> bool {
    const KINDS: &str = "\
        minutes|notes|standup|stand-up|protokoll|acta|compte rendu|compte-rendu|tutanak|\
        tutanagi|notizen|notas|recap|summary|meeting|sync|toplanti|besprechung|reunion|log|\
        transcript|daily|weekly|retro|retrospective";
    const LONG: usize = 6;
    let word = |kind: &str| {
        folded
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == kind)
    };
    KINDS
        .split('|')
        .any(|kind| word(kind) || kind.len() >= LONG && folded.contains(kind))
}

/// Whether a date says its day in numbers and is not counted from another: "12 March", "2026-03-12", "12/3".
fn is_absolute(words: &Words, found: &dates::Found) -> bool {
    let tokens = || found.from..found.to;
    let numbers = tokens()
        .filter(|&i| words.shape(i) == crate::text::Shape::Number)
        .count();
    let month = tokens().any(|i| dates::is_month(words.word(i)));
    numbers >= 2 || numbers == 1 && month
}

fn has_year(folded: &str) -> bool {
    folded
        .split(|c: char| !c.is_ascii_digit())
        .any(|n| n.len() == 4 && (n.starts_with("20") || n.starts_with("19")))
}

/// "Spring 2026", "`WiSe` 2025/26": the year of a course, for dates that give none; of two years the second, once it is
/// `today`'s.
fn term_year(document: &Document, today: i32) -> Option<i32> {
    const TERMS: &str = "\
        spring|summer|sose|sommersemester|primavera|printemps|bahar|term|semester|semestre|\
        donemi";
    /// The terms that lie in the second of two years.
    const LATE: &str =
        "spring|summer|sommersemester|sose|primavera|printemps|bahar|hilary|trinity|lent";
    /// Those that lie in the first.
    const EARLY: &str = "fall|autumn|winter|herbst|wise|otono|automne|hiver|guz|michaelmas";
    document
        .units
        .iter()
        .take(6)
        .filter(|u| u.bytes.len() < 200)
        .find_map(|unit| {
            let folded = fold_str(&document.text[unit.bytes.clone()]);
            let term = TERMS.split('|').any(|t| folded.contains(t))
                || folded.contains("fall ")
                || folded.contains("autumn");
            let mut numbers = folded.split(|c: char| !c.is_ascii_digit());
            let year: i32 = numbers
                .find(|n| n.len() == 4 && n.starts_with("20"))?
                .parse()
                .ok()?;
            // "2026-2027 Bahar" is the spring of the second.
            let second = numbers.next().and_then(|n| n.parse::<i32>().ok());
            let spans = second.is_some_and(|n| n == year + 1 || n == (year + 1) % 100);
            let late = LATE.split('|').any(|name| folded.contains(name)) || second == Some(today);
            let early = EARLY.split('|').any(|name| folded.contains(name));
            // "Semestre 2, 2026-2027" lies in either.
            (term && (!spans || late || early)).then_some(year + i32::from(spans && late))
        })
}
