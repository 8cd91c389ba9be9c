//! Finds day, time and recurrence expressions among tokens and joins those that belong together.

use super::clock::{self, Clock};
use super::names;
use super::relative::{self, Relative};
use super::{Lead, Reference, When, calendar, recurrence, resolve};
use crate::text::{Shape, Words, one_of};
use chrono::{Datelike, Duration, NaiveDate};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A date among tokens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// First token of the lead ("by", "no later than"), or of the expression itself.
    pub lead_from: usize,
    pub from: usize,
    pub to: usize,
    /// `None` for what has gone by.
    pub when: Option<When>,
    pub lead: Lead,
}

/// One piece: a day, a time, or a rule.
#[derive(Debug, Clone)]
enum Piece {
    Day {
        day: NaiveDate,
        last: Option<NaiveDate>,
        doubtful: bool,
        weekday: bool,
    },
    Gone,
    Time(Clock),
    Exact(Duration),
    Rule(recurrence::Rule),
}

const DUE: &str = "\
    by no later than|no later than|not later than|at the latest by|by the latest|on or before|\
    due by|due on|due|due date|by|until|til|till|before|prior to|ahead of|latest|deadline|\
    deadline is|deadline of|is due|are due|closes|closes on|ends|expires|expires on|\
    bis spatestens|bis spaetestens|spatestens bis zum|spatestens bis|spatestens am|spatestens|\
    bis zum|bis zur|bis|vor|vor dem|fallig am|fallig|frist|abgabe|abgabe am|antes del|antes de|\
    a mas tardar el|a mas tardar|hasta el|hasta|para el|para este|para la|vence el|vence|\
    fecha limite|no mas tarde del|entrega el|avant le|avant|d'ici le|d'ici a|d'ici au|d'ici|\
    d' ici le|d' ici au|d' ici a|d' ici|jusqu'au|au plus tard le|au plus tard|pour le|echeance|\
    pour|a rendre le|a rendre pour le|en geç|en gec|son tarih|for delivery by|target|\
    target date|eta|needed by|wanted by|required by|as of|para";
const ON: &str = "\
    on|am|el|le|this|ce|at|um|dia|el dia|on the|@|a|den|der|kommenden|tarihinde|scheduled for|\
    set for";
const FROM: &str = "\
    from|starting|starting on|beginning|effective|ab|ab dem|von|vom|desde|desde el|a partir de|\
    a partir del|a partir du|du|des|starting from";
const AFTER: &str = "\
    after|since|nach|nach dem|seit|seit dem|despues de|despues del|apres|apres le|depuis|\
    depuis le|following|as from|dated|vom";
const OF: &str = "for|of|fur|fur den|de|del|du|de la|' s|for the|of the|from the";
/// Turkish puts the lead behind the date.
const BEHIND: &str = "\
    kadar|e kadar|a kadar|gunune kadar|tarihine kadar|gunu mesai bitimine kadar|gunu|gunune|\
    tarihinde|tarihine|once|'e kadar|ne kadar";

/// All dates among the tokens, in order. With `whole` even a doubtful number counts, as in a table cell under "Due".
pub(crate) fn scan(words: &Words, reference: &Reference, whole: bool) -> Vec<Found> {
    let mut pieces: Vec<(usize, usize, Piece)> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match piece(words, i, reference) {
            Some((length, piece)) => {
                pieces.push((i, i + length, piece));
                i += length;
            }
            None => i += 1,
        }
    }
    join(words, &pieces, reference, whole)
}

fn piece(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let word = words.word(i);
    let number = words.shape(i) == Shape::Number;
    if number && i > 0 && (words.touches(i - 1) && one_of("$|€|£|#|.|-|_|§", words.word(i - 1)))
    {
        return None;
    }
    if !number
        && recurrence::may_begin(word)
        && let Some((length, rule)) = recurrence::read(words, i, reference.language)
    {
        return Some((length, Piece::Rule(rule)));
    }
    if (number || names::month(word).is_some() || one_of("the|zum|den|dem|am|el|dia|le|ayin", word))
        && let Some(found) = written(words, i, reference)
    {
        return Some(found);
    }
    if let Some(found) = said(words, i, reference) {
        return Some(found);
    }
    let timely = number
        || one_of(
            "at|um|a|las|saat|@|between|zwischen|from|around|gegen|vers|ab",
            word,
        );
    if timely || (word.len() > 2 && !word.starts_with(char::is_numeric)) {
        // A bare number is an hour only after a word that says so: "at 3", "by 5", or as a range.
        let fits = |time: &Clock| !time.doubtful || time.until.is_some() || !number || direct_lead(words, i).is_some_and(|l| l.0 == Lead::Due);
        return clock::read(words, i, reference.language)
            .filter(|(_, time)| fits(time))
            .map(|(length, time)| (length, Piece::Time(time)));
    }
    None
}

fn written(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let (mut length, written) = calendar::read(words, i, reference.order, reference.language)?;
    let (day, last) = resolve::written(reference.today(), reference.year, written)?;
    // "2026-03-14T10:00": the T joins day and time.
    if words.word(i + length) == "t" {
        length += 1;
    }
    Some((
        length,
        Piece::Day {
            day,
            last,
            doubtful: written.doubtful,
            weekday: false,
        },
    ))
}

fn said(words: &Words, i: usize, reference: &Reference) -> Option<(usize, Piece)> {
    let (today, word) = (reference.today(), words.word(i));
    let sure = |day| Piece::Day {
        day,
        last: None,
        doubtful: false,
        weekday: false,
    };
    if let Some((length, relative, filled)) = relative::read(words, i, reference.language) {
        let greeting =
            i > 0 && matches!(words.word(i - 1), "guten" | "la" | "this" | "good") && length == 1;
        if !greeting {
            return match (relative, filled.unit) {
                (Relative::In, Some(names::Unit::Hour)) => Some((
                    length,
                    Piece::Exact(Duration::hours(i64::from(filled.count?))),
                )),
                (Relative::In, Some(names::Unit::Minute)) => Some((
                    length,
                    Piece::Exact(Duration::minutes(i64::from(filled.count?))),
                )),
                (Relative::Past, _) => Some((length, Piece::Gone)),
                _ => resolve::relative(today, relative, filled).map(|day| (length, sure(day))),
            };
        }
    }
    if let Some(found) = numbered(words, i, today) {
        return Some(found);
    }
    let weekday = names::weekday(word, reference.language)?;
    let beside = names::is_ambiguous(words, i) && !supported(words, i);
    let day = resolve::next_weekday(today, weekday);
    let dot = usize::from(words.word(i + 1) == "." && words.touches(i) && words.raw(i).len() <= 4);
    (!beside).then_some((
        1 + dot,
        Piece::Day {
            day,
            last: None,
            doubtful: false,
            weekday: true,
        },
    ))
}

/// An ambiguous short name ("sat", "Mo") is believed beside a number or a cue, or capitalised before a mark.
fn supported(words: &Words, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |j| words.word(j));
    let cued = one_of(
        "by|on|until|this|next|due|before|am|bis|el|le|every",
        before,
    );
    let numbered = words.shape(i + 1) == Shape::Number
        || (matches!(words.word(i + 1), "," | "." | "at") && words.shape(i + 2) == Shape::Number);
    cued || (words.capital(i) && (numbered || words.raw(i).len() == 3 && before == "("))
}

/// "Q3", "end of Q2 2026", "KW 12".
fn numbered(words: &Words, i: usize, today: NaiveDate) -> Option<(usize, Piece)> {
    let skip = words
        .phrase(i, "end of|the end of|ende|fin|fin de|finales de")
        .unwrap_or(0);
    let word = words.word(i + skip);
    let day = if let Some(quarter) = word
        .strip_prefix('q')
        .and_then(|q| q.parse::<u32>().ok())
        .filter(|q| (1..=4).contains(q))
    {
        let due = skip > 0
            || i > 0 && matches!(words.word(i - 1), "by" | "bis" | "before" | "until" | "in");
        let year = words
            .number(i + skip + 1)
            .and_then(|y| i32::try_from(y).ok())
            .filter(|y| *y > 1900);
        let length = skip + 1 + usize::from(year.is_some());
        return due
            .then(|| resolve::end_of_quarter(today, quarter, year))?
            .map(|day| {
                (
                    length,
                    Piece::Day {
                        day,
                        last: None,
                        doubtful: false,
                        weekday: false,
                    },
                )
            });
    } else if matches!(word, "kw" | "cw") {
        let week = words
            .number(i + skip + 1)
            .filter(|w| (1..=53).contains(w))?;
        resolve::friday_of_week(today, week, None)?
    } else {
        return None;
    };
    Some((
        skip + 2,
        Piece::Day {
            day,
            last: None,
            doubtful: false,
            weekday: false,
        },
    ))
}

/// Whether only marks and small words stand between two pieces of one date.
fn beside(words: &Words, from: usize, to: usize) -> bool {
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
                    | "before"
                    | "vom"
            )
        })
}

#[derive(Default)]
struct Gathered {
    day: Option<(NaiveDate, Option<NaiveDate>)>,
    weekday: bool,
    gone: bool,
    clock: Option<Clock>,
    exact: Option<Duration>,
    rule: Option<recurrence::Rule>,
    doubtful: bool,
}

impl Gathered {
    /// Takes the piece in if there is room for it.
    fn take(&mut self, piece: &Piece) -> bool {
        match piece {
            Piece::Day {
                day,
                last,
                doubtful,
                weekday,
            } => {
                // "Friday, 14 March": the weekday only decorates the date, whichever comes first.
                if self.gone
                    || self.rule.is_some()
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

    fn when(self, reference: &Reference) -> Option<When> {
        let today = reference.today();
        let first = |rule: &recurrence::Rule| {
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
        let recurring = self.rule.as_ref().map(|rule| first(rule).unwrap_or(today));
        let day_given = self.day.is_some() || self.rule.is_some() || self.exact.is_some();
        let (day, last_day) = self
            .day
            .or(recurring.map(|d| (d, None)))
            .unwrap_or((today, None));
        let clock = self.clock;
        Some(When {
            day,
            last_day,
            time: clock.and_then(|c| c.time),
            end_time: clock.and_then(|c| c.until),
            recurrence: self.rule.map(|r| r.rule),
            zone: clock.and_then(|c| c.zone),
            day_given,
            exact: self
                .exact
                .and_then(|after| reference.now.checked_add_signed(after)),
        })
    }
}

fn join(
    words: &Words,
    pieces: &[(usize, usize, Piece)],
    reference: &Reference,
    whole: bool,
) -> Vec<Found> {
    let mut all = Vec::new();
    let mut next = 0;
    while next < pieces.len() {
        let (from, mut to, ref first) = pieces[next];
        let mut gathered = Gathered::default();
        gathered.take(first);
        next += 1;
        while let Some((start, end, piece)) = pieces.get(next) {
            if !beside(words, to, *start) || !gathered.take(piece) {
                break;
            }
            to = *end;
            next += 1;
        }
        let (lead, lead_from) = lead(words, from);
        let behind = (words.phrase(to, BEHIND), lead);
        let lead = if let (Some(_), Lead::Plain) = behind {
            Lead::Due
        } else {
            lead
        };
        to += behind.0.unwrap_or(0);
        let dayless = gathered.day.is_none()
            && gathered.rule.is_none()
            && gathered.exact.is_none()
            && !gathered.gone;
        let bare = dayless && gathered.clock.is_some_and(|c| c.doubtful);
        let cued = matches!(lead, Lead::Due | Lead::On);
        // Words such as "morning" or a bare number say nothing alone.
        let empty = dayless
            && gathered
                .clock
                .is_some_and(|c| c.time.is_none() && lead != Lead::Due)
            && !is_day_end(words, from);
        if (bare && !(cued && lead == Lead::Due && is_hour_word(words, from)))
            || empty
            || (gathered.doubtful && !whole && !cued && gathered.clock.is_none_or(|c| c.doubtful))
        {
            continue;
        }
        let when = if gathered.gone {
            None
        } else {
            gathered.when(reference)
        };
        all.push(Found {
            lead_from,
            from,
            to,
            when,
            lead,
        });
    }
    all
}

fn is_day_end(words: &Words, i: usize) -> bool {
    one_of("eod|end|ende|fin|final|gun", words.word(i))
}

fn is_hour_word(words: &Words, i: usize) -> bool {
    // "due (1,000 words)" names no hour.
    words.number(i).is_some_and(|h| (1..=12).contains(&h))
        && words.shape(i + 1) != Shape::Word
        && (i + 1 >= words.len() || !words.touches(i) || !words.touches(i + 1))
        && !one_of("%|$|€|/|-|–", words.word(i + 1))
}

/// The lead before token `from`, and where it begins.
fn lead(words: &Words, from: usize) -> (Lead, usize) {
    if let Some(found) = direct_lead(words, from) {
        return found;
    }
    // "Due: 14 March", "DEADLINE: <2026-03-31>": marks stand between lead and day.
    let marks = (1..=3)
        .take_while(|k| from >= *k && one_of(":|<|[|*|=|(", words.word(from - k)))
        .count();
    if marks > 0
        && let Some(found) = direct_lead(words, from - marks).filter(|f| f.0 == Lead::Due)
    {
        return found;
    }
    if from > 0 && one_of("the|,|der|dem|:|el|la|le|(|early", words.word(from - 1)) {
        // "by the 14th": the article stands between lead and day.
        return direct_lead(words, from - 1).unwrap_or((Lead::Plain, from));
    }
    (Lead::Plain, from)
}

type Leads = HashMap<&'static str, Vec<(Vec<&'static str>, Lead)>>;

/// All leads by their last word; a lead of higher rank comes first.
static LEADS: LazyLock<Leads> = LazyLock::new(|| {
    let mut index: Leads = HashMap::new();
    let lists = [
        (Lead::Due, DUE),
        (Lead::From, FROM),
        (Lead::After, AFTER),
        (Lead::On, ON),
        (Lead::Of, OF),
    ];
    for (lead, list) in lists {
        for phrase in list.split('|') {
            let parts: Vec<&str> = phrase.split(' ').collect();
            if let Some(last) = parts.last() {
                index.entry(last).or_default().push((parts, lead));
            }
        }
    }
    index
});

fn direct_lead(words: &Words, from: usize) -> Option<(Lead, usize)> {
    let known = LEADS.get(words.word(from.checked_sub(1)?))?;
    let fits = |parts: &[&str]| {
        from.checked_sub(parts.len()).filter(|&start| {
            parts
                .iter()
                .enumerate()
                .all(|(k, p)| words.word(start + k) == *p)
        })
    };
    let lead = known.iter().find(|(parts, _)| fits(parts).is_some())?.1;
    known
        .iter()
        .filter(|(_, l)| *l == lead)
        .filter_map(|(parts, _)| fits(parts))
        .min()
        .map(|start| (lead, start))
}
