//! Days that an hour or a series takes from the words before it or from the line above: "Friday 29 May. Coach leaves at 3.15",
//! "every Saturday at five from 1 August".

use super::prepare::Prepared;
use super::{Run, Scene};
use crate::acts::Sentence;
use crate::dates::{Found, Lead, When};
use crate::draft::Draft;
use crate::language::Marks;
use chrono::NaiveDate;
use sentry_domain::{Category, TaskType};

impl Run<'_, '_> {
    /// Keeps the day with which a unit begins for the hours under it.
    pub(super) fn note_line(&mut self, index: usize, found: &[Found]) {
        let opens = found.first().filter(|d| d.from <= 2);
        let day = opens.and_then(Found::ahead).filter(|w| w.day_given);
        if let Some(when) = day {
            self.day_above = Some((index, when.day));
        }
    }

    /// Gives the hour by which something is due the day that its own passage names before it: "24 sept. Sin clase. Entrega
    /// hasta las 14:00".
    pub(super) fn lend_own_day(&self, s: &Sentence, scene: &Scene, date: &Found, when: &mut When) {
        if when.day_given || when.exact.is_some() || when.recurrence.is_some() {
            return;
        }
        let own = self.day_above.filter(|&(unit, _)| unit == scene.index);
        let lent = day_before(s, date).or(own.map(|(_, day)| day));
        when.day = lent.unwrap_or(when.day);
    }

    /// Gives what takes place at an hour its day, and a series its first.
    pub(super) fn lend_day(&self, s: &Sentence, scene: &Scene, date: &Found, when: &mut When) {
        /// So many units below its day an hour may stand.
        const FAR: usize = 4;
        if when.recurrence.is_some() {
            return begins(s, when);
        }
        if when.day_given || when.exact.is_some() {
            return;
        }
        let under =
            |&(unit, _): &(usize, NaiveDate)| scene.index > unit && scene.index - unit <= FAR;
        let above = || self.day_above.filter(under).map(|(_, day)| day);
        let lent = day_before(s, date).or_else(|| above().filter(|day| *day >= when.day));
        when.day = lent.unwrap_or(when.day);
    }

    /// "Drill on Saturday 6 June. Doors open at 10.30.": the only meeting of a passage is at the only hour it names, or at
    /// which it says that it begins.
    pub(super) fn lone_hour(&mut self, item: &Prepared, before: usize, found: &[Found]) {
        const BEGINS: &str = "start|starts|starting|begin|begins|kick off|kick - off|beginn|beginnt|anpfiff|anstoss|debut|commence|empieza|comienza|inicio|baslangic|baslar";
        const NEAR: usize = 3;
        let zone = self.context.zone;
        let folded = self.fold_hours(item, before);
        let Some([draft]) = self.drafts.get_mut(before..) else {
            return;
        };
        let exam = draft.category == Category::Exam;
        let held = exam || draft.task_type == TaskType::Meeting;
        let Some(day) = draft.due_on.filter(|_| held && draft.recurrence.is_none()) else {
            return;
        };
        let open = |when: &&When| {
            let bare = !when.day_given || when.day == day && when.last_day.is_none();
            bare && when.time.is_some() && when.recurrence.is_none()
        };
        let timed = |d: &&Found| d.when.as_ref().is_some_and(|when| when.time.is_some());
        let mut hours = found.iter().filter(timed);
        let begins = |d: &&Found| {
            let start = d.lead_from.min(d.from);
            item.words
                .any_phrase(start.saturating_sub(NEAR)..start, BEGINS)
        };
        let hour = match (hours.next(), hours.next()) {
            (Some(hour), None) => Some(hour),
            (first, _) => found
                .iter()
                .filter(timed)
                .find(begins)
                .or(first.filter(|_| folded)),
        };
        let Some(when) = hour.and_then(|d| d.when.as_ref()).filter(open) else {
            return;
        };
        let held = When {
            day,
            last_day: None,
            day_given: true,
            ..when.clone()
        };
        draft.due_on = None;
        draft.takes_place(&held, None, zone);
        if exam {
            draft.due_at = draft.start_at;
        }
    }

    /// "Wir fahren am 22. März. Abfahrt um 7 Uhr.": what comes at an hour of the day on which something is held belongs to
    /// it; whether something did.
    fn fold_hours(&mut self, item: &Prepared, before: usize) -> bool {
        let zone = self.context.zone;
        let Some((held, later)) = self.drafts.get(before..).and_then(<[Draft]>::split_first) else {
            return false;
        };
        let exam = held.category == Category::Exam;
        let open = (exam || held.task_type == TaskType::Meeting) && held.recurrence.is_none();
        let Some(day) = held.due_on.filter(|_| open) else {
            return false;
        };
        let w = &item.words;
        let own = |draft: &Draft| {
            let named = Marks::MEETING.and(Marks::EXAM);
            (0..w.len()).any(|i| draft.quote.contains(&w.bytes(i, i + 1).start) && w.has(i, named))
        };
        let belongs = |draft: &Draft| {
            draft.task_type == TaskType::Meeting
                && draft.recurrence.is_none()
                && draft.start_at.is_some_and(|at| zone.day_of(at) == day)
                && !own(draft)
        };
        let count = later.len();
        let kept: Vec<Draft> = later.iter().filter(|d| !belongs(d)).cloned().collect();
        let folded = kept.len() < count;
        self.drafts.truncate(before + 1);
        self.drafts.extend(kept);
        folded
    }
}

/// "Mondays, 18:30, first lesson 5 October": a series begins on its first day.
fn begins(s: &Sentence, when: &mut When) {
    const FIRST: &str = "from|first|1st|starting|starts|commencing|beginning|begins|begin|since|ab|erste|erster|erstes|erstmals|beginn|desde|primera|primer|empieza|comienza|inicio|reprise|premiere|premier|partir|debut|ilk|baslangic";
    const NEAR: usize = 3;
    let named = s.dates.iter().find_map(|d| {
        let day = d.when.as_ref();
        let day = day.filter(|x| x.day_given && x.recurrence.is_none())?;
        let from = d.lead_from.min(d.from);
        let before = from.saturating_sub(NEAR).max(s.from)..from;
        let led = d.lead == Lead::From || s.words.any_of(before, FIRST);
        (d.from >= s.from && led).then_some(day.day)
    });
    when.day = named.filter(|day| *day >= when.day).unwrap_or(when.day);
}

/// The day that the words before an hour name.
fn day_before(s: &Sentence, hour: &Found) -> Option<NaiveDate> {
    const NEAR: usize = 40;
    let near = |d: &&Found| d.to <= hour.from && hour.from - d.to <= NEAR;
    let mut before = s.dates.iter().rev().filter(near);
    before.find_map(|d| d.ahead().filter(|x| x.day_given).map(|x| x.day))
}
