//! Days that an hour or a series takes from the words before it or from the line above: "Friday 29 May. Coach leaves at 3.15",
//! "every Saturday at five from 1 August".

use super::{Run, Scene};
use crate::acts::Sentence;
use crate::dates::{Found, Lead, When};
use chrono::NaiveDate;

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
