//! "Bring three quotes to the next meeting", "cash before the parents' evening": the day is that of a meeting which the
//! document names elsewhere.

use super::Run;
use super::prepare::Prepared;
use crate::dates::{self, Found};
use crate::draft::Draft;
use crate::language::Marks;
use crate::segment::Kind;
use crate::text::{Shape, Words, fold_str};
use chrono::{Datelike, NaiveDate};
use sentry_domain::TaskType;
use std::collections::HashMap;

/// How the next meeting is called, where it is announced and where something is wanted by it.
const NEXT: &str = "\
    next|nachste|nachster|nachstes|nachsten|kommende|kommenden|proxima|proximo|prochaine|prochain|sonraki|gelecek";

/// What is held, besides the words that the lexicon marks.
const HELD: &str = "\
    meeting|mtg|committee|board|sitting|session|call|sync|agm|review|retro|planning|huddle|rehearsal|class|council|assembly|\
    sitzung|besprechung|treffen|fixe|termin|probe|versammlung|konferenz|chortag|reunion|junta|sesion|asamblea|seance|conseil|point|assemblee|repetition|toplanti|toplantiya|toplantida|toplantisina|gorusme";

/// Words before something that is held which make it the day by which a thing is wanted.
const BY: &str = "\
    before the|before our|before|b4|by the|by|until the|until|ahead of the|ahead of|prior to the|in time for the|in time for|\
    vor der|vor dem|vorm|bis zur|bis zum|avant la|avant le|avant l'|avant|antes de la|antes del";

/// As many words its name has at most.
const NAME: usize = 3;

/// Something that is held: its folded words and its day.
struct Meeting {
    words: Vec<String>,
    day: NaiveDate,
}

impl<'t> Run<'_, 't> {
    /// Dates what is wanted by a meeting.
    pub(super) fn settle_awaited(&mut self, prepared: &[Prepared]) {
        // Where the last item of each passage begins.
        let mut last: HashMap<usize, usize> = HashMap::new();
        for draft in &self.drafts {
            let begins = last.entry(draft.unit).or_default();
            *begins = draft.quote.start.max(*begins);
        }
        let undated: Vec<(usize, Words)> = (0..self.drafts.len())
            .filter_map(|at| Some((at, self.undated(at, prepared, &last)?)))
            .collect();
        if undated.is_empty() {
            return;
        }
        let next = self.next_meeting(prepared);
        // To look for all days of a text costs as much as to read it.
        let wanted =
            |(_, words): &(usize, Words)| named_at(words).is_some() || month_at(words).is_some();
        let held = if undated.iter().any(wanted) {
            self.held(prepared)
        } else {
            Vec::new()
        };
        for (at, words) in undated {
            let day = next
                .filter(|_| speaks_of_next(&words).is_some())
                .or_else(|| month_meeting(&words, &held))
                .or_else(|| named(&words, &held));
            self.drafts[at].due_on = day;
        }
    }

    /// The words of a task without a day; `last` says where the last item of each passage begins.
    fn undated(
        &self,
        at: usize,
        prepared: &[Prepared],
        last: &HashMap<usize, usize>,
    ) -> Option<Words<'t>> {
        let draft = &self.drafts[at];
        if draft.task_type != TaskType::Task || draft.dated() {
            return None;
        }
        let item = prepared.get(draft.unit)?;
        // What follows in the same passage is said of its last item: "Names wanted by next meeting".
        let end = if last.get(&draft.unit) == Some(&draft.quote.start) {
            item.unit.bytes.end.max(draft.quote.end)
        } else {
            draft.quote.end
        };
        let mut words = Words::read(self.document.text, draft.quote.start, end);
        words.mark(item.language.lexicon());
        Some(words)
    }

    /// The meetings that are still to come.
    fn held(&self, prepared: &[Prepared]) -> Vec<Meeting> {
        let zone = self.context.zone;
        let today = zone.day_of(self.context.now);
        let meeting = |draft: &Draft| {
            let day = draft.start_at.map(|at| zone.day_of(at)).or(draft.due_on)?;
            let told = [
                draft.title.as_str(),
                &self.document.text[draft.quote.clone()],
            ]
            .join(" ");
            let words = split(&told);
            let open = draft.task_type == TaskType::Meeting && draft.recurrence.is_none();
            (open && day >= today).then_some(Meeting { words, day })
        };
        let found = self.drafts.iter().filter_map(meeting);
        found
            .chain(prepared.iter().flat_map(|item| self.announced(item)))
            .collect()
    }

    /// What a passage calls a meeting directly before a day to come: "Regular meeting: Tuesday, April 14".
    fn announced(&self, item: &Prepared) -> Vec<Meeting> {
        const NEAR: usize = 4;
        let w = &item.words;
        if !(0..w.len()).any(|i| is_held(w, i)) {
            return Vec::new();
        }
        let reference = self.reference(item.unit.message, item.language);
        let days = dates::scan(w, &reference, false);
        let meeting = |d: &Found| {
            let day = d
                .ahead()
                .filter(|when| when.day_given && when.day > reference.today())?
                .day;
            let noun = (d.from.saturating_sub(NEAR)..d.from)
                .rev()
                .find(|&i| is_held(w, i))?;
            let words = (noun.saturating_sub(1)..=noun).map(|i| w.word(i).to_owned());
            Some(Meeting {
                words: words.collect(),
                day,
            })
        };
        days.iter().filter_map(meeting).collect()
    }

    /// The day of the next meeting: of one found, or of a line that names it and a day.
    fn next_meeting(&self, prepared: &[Prepared]) -> Option<NaiveDate> {
        let zone = self.context.zone;
        let text = self.document.text;
        let next = |draft: &&Draft| {
            let read = |part: &str| speaks_of_next(&Words::read(part, 0, part.len())).is_some();
            draft.task_type == TaskType::Meeting
                && (read(&draft.title) || read(&text[draft.quote.clone()]))
        };
        let day = |draft: &Draft| draft.start_at.map(|at| zone.day_of(at)).or(draft.due_on);
        let found = self.drafts.iter().filter(next).find_map(day);
        found.or_else(|| {
            prepared.iter().rev().find_map(|item| {
                let at = speaks_of_next(&item.words)?;
                let heading = item.unit.kind == Kind::Heading;
                let below = || prepared.get(item.index + 1).filter(|_| heading);
                self.coming(item, at).or_else(|| self.coming(below()?, 0))
            })
        })
    }

    /// The first day still to come that a line names from token `at` on.
    fn coming(&self, item: &Prepared, at: usize) -> Option<NaiveDate> {
        const NEAR: usize = 8;
        let reference = self.reference(item.unit.message, item.language);
        let days = dates::scan(&item.words, &reference, false);
        let near = days.iter().filter(|d| d.from >= at && d.from - at <= NEAR);
        let day = near
            .filter_map(Found::ahead)
            .find(|when| when.day_given)?
            .day;
        (day > reference.today()).then_some(day)
    }
}

/// Where a passage speaks of the next of what is held.
fn speaks_of_next(w: &Words) -> Option<usize> {
    (0..w.len()).find(|&i| {
        w.one_of(i, NEXT)
            && (i + 1..i + 1 + NAME)
                .take_while(|&k| w.shape(k) == Shape::Word)
                .any(|k| is_held(w, k))
    })
}

fn is_held(w: &Words, i: usize) -> bool {
    w.one_of(i, HELD) || w.has(i, Marks::MEETING)
}

/// Where a meeting is called by its month.
fn month_at(w: &Words) -> Option<usize> {
    (1..w.len()).find(|&i| {
        let name = crate::dates::is_month(w.word(i)) && w.capital(i) && w.number(i - 1).is_none();
        name && is_held(w, i + 1)
            && w.any_of(i.saturating_sub(2)..i, "the|to|at|by|before|for|la|el|de")
    })
}

/// "Bring it to the April meeting": the only one in that month.
fn month_meeting(w: &Words, held: &[Meeting]) -> Option<NaiveDate> {
    let at = month_at(w)?;
    let month = dates::month(w.word(at))?;
    let noun = w.word(at + 1);
    let same = |meeting: &&Meeting| meeting.words.iter().any(|word| word == noun);
    only(
        held.iter()
            .filter(|meeting| meeting.day.month() == month)
            .filter(same),
    )
}

/// Where something is wanted before a thing, and where the name of that begins.
fn named_at(w: &Words) -> Option<(usize, usize)> {
    let (at, length) = w.find_phrase(0..w.len(), BY)?;
    Some((at, at + length))
}

/// "Before the parents' evening": the only one of that name.
fn named(w: &Words, held: &[Meeting]) -> Option<NaiveDate> {
    let (at, from) = named_at(w)?;
    let name: Vec<&str> = (from..w.len())
        .take_while(|&i| {
            w.shape(i) == Shape::Word && !w.has(i, Marks::FUNCTION)
                || w.word(i) == "-" && w.touches(i)
        })
        .filter(|&i| w.shape(i) == Shape::Word)
        .map(|i| w.word(i))
        .take(NAME)
        .collect();
    let own = |word: &&str| word.len() >= 4;
    let telling = name.iter().filter(|word| own(word)).count();
    let fits = |meeting: &&Meeting| {
        name.iter()
            .filter(|word| own(word))
            .all(|word| meeting.words.iter().any(|known| known == word))
    };
    let day = only(held.iter().filter(|meeting| telling > 0 && fits(meeting)))?;
    // "Two days before the review".
    let earlier = at
        .checked_sub(2)
        .and_then(|i| dates::span(w, i))
        .unwrap_or(0);
    day.checked_sub_signed(chrono::Duration::days(earlier))
}

/// The day that all of these have.
fn only<'m>(mut meetings: impl Iterator<Item = &'m Meeting>) -> Option<NaiveDate> {
    let day = meetings.next()?.day;
    meetings.all(|other| other.day == day).then_some(day)
}

fn split(text: &str) -> Vec<String> {
    let folded = fold_str(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
