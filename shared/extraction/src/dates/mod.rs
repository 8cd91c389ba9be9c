//! Dates and times in running text, resolved against a reference instant in a zone.
//!
//! The grammar is our own: the libraries tried for it either know English only, or take "May" and
//! "sat" for dates, or cannot say which words they used, and a quote needs exactly that.

mod calendar;
mod clock;
mod feasts;
mod names;
mod recurrence;
mod relative;
mod resolve;
mod scan;

pub use crate::context::DateOrder;
pub use crate::language::Language;
pub use feasts::easter;
pub(crate) use recurrence::{code, of_the_month};
pub use resolve::{instant, last_of_month, next_weekday};
pub(crate) use scan::{Found, behind_talk, extends, moves, scan};

use crate::text::Words;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clock::Zone;
pub(crate) use clock::names_evenings;
use sentry_domain::Zone as Place;

/// What dates are counted from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// The instant of "now"; [`Reference::at`] sets it together with its day.
    pub now: DateTime<Utc>,
    /// The day it is then in the zone.
    pub today: NaiveDate,
    /// The zone in which days begin and times are meant.
    pub zone: Place,
    /// The order of `03/04/2026`.
    pub order: DateOrder,
    /// Whether neither the locale nor the document tells that order.
    pub open: bool,
    /// The language of the passage; names of all five are always known, short ones only in their own.
    pub language: Language,
    /// The year of a document that says so, such as a syllabus; it stops month and day from rolling forward.
    pub year: Option<i32>,
    /// Whether the document counts the hours of the day to 24: then 2:30 is in the night.
    pub whole_day: bool,
    /// Whether the title of the document names people who meet after supper: then "7.15" is in the evening.
    pub evenings: bool,
    /// When the meeting began that a document is about: what "same time" means.
    pub same_time: Option<NaiveTime>,
    /// The day spoken of last: what "by then" and "the day before" count from.
    pub anchor: Option<NaiveDate>,
}

impl Reference {
    /// A reference without a year of its own.
    pub fn new(now: DateTime<Utc>, zone: Place, order: DateOrder, language: Language) -> Self {
        Self {
            now,
            today: zone.day_of(now),
            zone,
            order,
            open: false,
            language,
            year: None,
            whole_day: false,
            evenings: false,
            same_time: None,
            anchor: None,
        }
    }

    /// The same at another instant.
    #[must_use]
    pub fn at(self, now: DateTime<Utc>) -> Self {
        Self {
            now,
            today: self.zone.day_of(now),
            ..self
        }
    }

    /// The day it is in the zone.
    pub const fn today(&self) -> NaiveDate {
        self.today
    }
}

/// The word before a date that says what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// Nothing.
    Plain,
    /// "by", "due", "until", "before", "no later than".
    Due,
    /// "on".
    On,
    /// "from", "starting".
    From,
    /// "after", "since": no deadline.
    After,
    /// "for", "of": the date belongs to a noun.
    Of,
}

/// A day, perhaps with times, perhaps to the end of a range, perhaps again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// The (first) day.
    pub day: NaiveDate,
    /// The last day of a range.
    pub last_day: Option<NaiveDate>,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// The end of a range of times.
    pub end_time: Option<NaiveTime>,
    /// An RFC 5545 rule.
    pub recurrence: Option<String>,
    pub(crate) zone: Option<Zone>,
    /// Whether a day was named, not only a time.
    pub(crate) day_given: bool,
    /// The exact instant, for "in 2 hours".
    pub(crate) exact: Option<DateTime<Utc>>,
}

impl When {
    fn at(&self, zone: Place, day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
        match self.zone {
            None => instant(zone, day.and_time(time)),
            Some(Zone::Place(place)) => place
                .parse()
                .ok()
                .and_then(|place| instant(place, day.and_time(time))),
            Some(Zone::Fixed(offset)) => {
                let at = day.and_time(time).and_local_timezone(offset);
                at.single().map(|at| at.to_utc())
            }
        }
    }

    /// The last day it speaks of, when it names no time.
    pub fn date(&self) -> Option<NaiveDate> {
        (self.time.is_none() && self.exact.is_none()).then(|| self.last_day.unwrap_or(self.day))
    }

    /// The instant it begins, when it names a time.
    pub fn start(&self, zone: Place) -> Option<DateTime<Utc>> {
        self.exact.or_else(|| self.at(zone, self.day, self.time?))
    }

    /// The instant it ends, when it names a range of times.
    pub fn end(&self, zone: Place) -> Option<DateTime<Utc>> {
        let end = self.end_time?;
        let day = self.last_day.unwrap_or(self.day);
        // A range past midnight ends on the next day.
        let day = if self.last_day.is_none() && self.time.is_some_and(|t| t > end) {
            day.succ_opt()?
        } else {
            day
        };
        self.at(zone, day, end)
    }
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First byte of the expression, its lead not counted.
    pub start: usize,
    /// One after its last byte.
    pub end: usize,
    /// What it says; `None` for a time gone by ("yesterday", "last week").
    pub when: Option<When>,
    /// What it is for.
    pub lead: Lead,
}

/// All dates in `text`, in order. Linear in the length of the text.
pub fn find(text: &str, reference: &Reference) -> Vec<Mention> {
    let words = Words::read(text, 0, text.len());
    scan(&words, reference, false)
        .into_iter()
        .map(|found| {
            let bytes = words.bytes(found.from, found.to);
            Mention {
                start: bytes.start,
                end: bytes.end,
                when: found.when,
                lead: found.lead,
            }
        })
        .collect()
}

/// Whether a word is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    names::month(&crate::text::fold_str(word)).is_some()
}

/// The month a word names, 1 to 12.
pub(crate) fn month(word: &str) -> Option<u32> {
    names::month(word)
}

/// The month that words name and nothing else but its year.
pub(crate) fn lone_month(words: &Words) -> Option<(u32, Option<i32>)> {
    let mut said = (0..words.len()).filter(|&i| words.shape(i) != crate::text::Shape::Mark);
    let month = names::month(words.word(said.next()?))?;
    let year = said
        .next()
        .map(|i| words.number(i).filter(|y| (2000..2100).contains(y)));
    let fits = year != Some(None) && said.next().is_none();
    let year = year.flatten().and_then(|year| i32::try_from(year).ok());
    fits.then_some((month, year))
}

/// Whether a folded word is a weekday's full or usual short name.
pub(crate) fn is_weekday(word: &str) -> bool {
    names::weekday(word, Language::English).is_some()
}

/// The days that the words from token `i` on count: "two weeks".
pub(crate) fn span(words: &Words, i: usize) -> Option<i64> {
    let count = i64::from(names::count(words, i).filter(|n| (1..100).contains(n))?);
    match names::unit(words.word(i + 1))? {
        names::Unit::Day => Some(count),
        names::Unit::Week => Some(7 * count),
        _ => None,
    }
}

/// The number at token `i`, in digits or as a small word.
pub(crate) fn count(words: &Words, i: usize) -> Option<u32> {
    names::count(words, i)
}
