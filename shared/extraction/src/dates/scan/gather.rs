//! Joins pieces that belong to one date.

use crate::dates::clock::Clock;
use crate::dates::scan::piece::Piece;
use crate::dates::{Reference, When, recurrence, resolve};
use crate::text::Words;
use chrono::{Datelike, Duration, NaiveDate};

/// Whether only marks and small words stand between two pieces of one date.
pub(crate) fn beside(words: &Words, from: usize, to: usize) -> bool {
    to - from <= 3
        && (from..to).all(|i| {
            matches!(
                words.word(i),
                "," | "at"
                    | "on"
                    | "the"
                    | "um"
                    | "a"
                    | "las"
                    | "@"
                    | "("
                    | ")"
                    | "den"
                    | "dem"
                    | "-"
                    | "–"
                    | "|"
                    | "from"
                    | "of"
                    | "il"
                    | "el"
                    | "le"
                    | "gunu"
                    | "de"
                    | "saat"
                    | "by"
                    | "am"
                    | "of the"
                    | "·"
                    | ":"
                    | "t"
                    | "bis"
                    | "von"
                    | "between"
                    | "betw"
                    | "entre"
                    | "zwischen"
                    | "about"
                    | "abt"
                    | "around"
                    | "approx"
                    | "circa"
                    | "ca"
                    | "gegen"
                    | "vers"
                    | "sobre"
                    | "before"
                    | "ab"
                    | "partir"
                    | "starting"
                    | "that"
                    | "vom"
            )
        })
}

#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) day: Option<(NaiveDate, Option<NaiveDate>)>,
    pub(crate) weekday: bool,
    pub(crate) gone: bool,
    pub(crate) clock: Option<Clock>,
    pub(crate) exact: Option<Duration>,
    pub(crate) rule: Option<recurrence::Rule>,
    pub(crate) doubtful: bool,
}

impl Gathered {
    /// Takes the piece in if there is room for it.
    pub(crate) fn take(&mut self, piece: &Piece) -> bool {
        match piece {
            Piece::Day {
                day,
                last,
                doubtful,
                weekday,
            } => {
                // "Friday, 14 March": the weekday only decorates the date, whichever comes first.
                // "Every year on 3 May".
                let yearly = |rule: &recurrence::Rule| rule.text == "FREQ=YEARLY" && !weekday;
                if self.gone
                    || self.rule.as_ref().is_some_and(|rule| !yearly(rule))
                    || (self.day.is_some() && !self.weekday && !weekday)
                    || (self.weekday && *weekday)
                {
                    return false;
                }
                if self.day.is_none() || self.weekday {
                    self.doubtful = *doubtful && !self.weekday;
                    self.day = Some((*day, *last));
                    self.weekday = *weekday;
                }
            }
            // It was settled before.
            Piece::Then(_) => return false,
            Piece::Gone => {
                if self.day.is_some() || self.rule.is_some() {
                    return false;
                }
                self.gone = true;
            }
            Piece::Time(clock) => match &mut self.clock {
                None => self.clock = Some(*clock),
                Some(known) if known.time.is_none() && clock.time.is_some() => *known = *clock,
                Some(_) if clock.time.is_none() => {}
                Some(_) => return false,
            },
            Piece::Exact(after) => {
                if self.day.is_some() || self.exact.is_some() {
                    return false;
                }
                self.exact = Some(*after);
            }
            Piece::Rule(rule) => {
                if self.rule.is_some() || self.day.is_some() {
                    return false;
                }
                self.rule = Some(rule.clone());
            }
        }
        true
    }

    pub(crate) fn when(self, reference: &Reference) -> When {
        let today = reference.today();
        let first = |rule: &recurrence::Rule| {
            if rule.text.ends_with("BYMONTHDAY=-1") {
                return resolve::last_of_month(today.year(), today.month());
            }
            if let Some((_, place)) = rule.text.split_once("BYSETPOS=") {
                return resolve::working_day(today, place == "-1");
            }
            rule.month_day
                .and_then(|d| {
                    (0..12).find_map(|m| {
                        today
                            .with_day(1)?
                            .checked_add_months(chrono::Months::new(m))?
                            .with_day(d)
                            .filter(|&d| d >= today)
                    })
                })
                .or_else(|| {
                    let (nth, weekday) = rule.nth?;
                    (0..3).find_map(|m| {
                        let month = today
                            .with_day(1)?
                            .checked_add_months(chrono::Months::new(m))?;
                        resolve::nth_weekday(month, nth, weekday).filter(|&d| d >= today)
                    })
                })
                .or_else(|| {
                    rule.weekdays
                        .iter()
                        .map(|&w| {
                            if today.weekday() == w {
                                today
                            } else {
                                resolve::next_weekday(today, w)
                            }
                        })
                        .min()
                })
        };
        // What is daily at nine is tomorrow at ten.
        let hour = self.clock.and_then(|clock| clock.time);
        let over =
            || hour.is_some_and(|hour| reference.zone.wall_clock(reference.now).time() > hour);
        let recurring = self.rule.as_ref().map(|rule| {
            let day = first(rule).unwrap_or(today);
            if day != today || !over() {
                return day;
            }
            let next = rule
                .weekdays
                .iter()
                .map(|&w| resolve::next_weekday(today, w))
                .min();
            let daily = rule
                .text
                .starts_with("FREQ=DAILY")
                .then(|| resolve::add_days(today, 1));
            next.or(daily).unwrap_or(day)
        });
        let day_given = self.day.is_some() || self.rule.is_some() || self.exact.is_some();
        let (day, last_day) = self
            .day
            .or(recurring.map(|d| (d, None)))
            .unwrap_or((today, None));
        let clock = self.clock;
        When {
            day,
            last_day,
            time: clock.and_then(|c| c.time),
            end_time: clock.and_then(|c| c.until),
            recurrence: self.rule.map(|rule| rule.text),
            zone: clock.and_then(|c| c.zone),
            day_given,
            exact: self
                .exact
                .and_then(|after| reference.now.checked_add_signed(after)),
        }
    }
}
