//! What a day above a unit says of it: the day of its hours, or when its notes were made.

use crate::dates::{self, Found, Lead, Reference};
use crate::engine::Run;
use crate::engine::prepare::Prepared;
use crate::reference;
use crate::segment::{Kind, Unit};
use crate::text::{Shape, Words};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// As many units a day may stand above its hours.
const FAR: usize = 24;

/// Longer lines are no title.
const LONGEST: usize = 16;

/// As many words a title has beside its day.
const NAME: usize = 5;

impl Run<'_, '_> {
    /// "9:30 Induction" under "Tuesday 1 December" is on that day.
    pub(crate) fn day_above(
        &mut self,
        item: &Prepared,
        reference: &Reference,
        found: &mut [Found],
    ) {
        let bare = |found: &Found| {
            let when = found.when.as_ref();
            when.is_some_and(|w| {
                !w.day_given && w.time.is_some() && w.exact.is_none() && w.recurrence.is_none()
            })
        };
        let named = found
            .iter()
            .any(|d| d.when.as_ref().is_none_or(|w| w.day_given));
        // The hours of an agenda look like the stamps of a transcript.
        let spoken = item.unit.speaker.is_some() && !opens_with_hour(&item.words);
        if named || spoken || !found.iter().any(bare) {
            return;
        }
        let Some(day) = self.title_day(item, reference) else {
            return;
        };
        self.lent = Some(item.index);
        for when in found.iter_mut().filter_map(|d| d.when.as_mut()) {
            (when.day, when.day_given) = (day, true);
        }
    }

    /// The day of the title above a unit, where it is still to come.
    fn title_day(&self, item: &Prepared, reference: &Reference) -> Option<NaiveDate> {
        let hour = opens_with_hour(&item.words);
        let listed = |unit: &Unit| matches!(unit.kind, Kind::Item { .. } | Kind::Check { .. });
        for unit in self.document.units[..item.index].iter().rev().take(FAR) {
            if unit.message != item.unit.message || unit.speaker.is_some() && !hour {
                return None;
            }
            let words = Words::read(self.document.text, unit.bytes.start, unit.bytes.end);
            let title = unit.kind == Kind::Heading;
            if words.len() > LONGEST {
                if title || !listed(unit) {
                    return None;
                }
                continue;
            }
            let dates = dates::scan(&words, reference, false);
            let day = dates
                .iter()
                .find(|d| d.when.as_ref().is_some_and(|w| w.day_given));
            let Some(day) = day else {
                if title && unit.section == item.unit.section {
                    return None;
                }
                continue;
            };
            let when = day.when.as_ref()?;
            let beside = (0..words.len())
                .filter(|&i| words.shape(i) == Shape::Word && !(day.lead_from <= i && i < day.to))
                .count();
            // In a sheet of short lines the day is a line like its hours.
            let same = hour && beside <= 1 && !opens_with_hour(&words);
            if listed(unit) && listed(item.unit) && !same {
                continue;
            }
            let leads = words.word(words.len() - 1) == ":" || words.word(day.to) == ":";
            let under = title || leads || (listed(item.unit) || hour) && beside <= NAME;
            // "Tuesday 8 December" and "9:00 Coffee" may have been read as one paragraph.
            let joined = hour && self.document.text[unit.bytes.clone()].contains('\n');
            let timed = when.time.is_some() && !joined;
            let under = under || joined && beside <= NAME;
            let whole = when.recurrence.is_none() && !timed && when.last_day.is_none();
            // What a log notes hour by hour of a day gone by is gone by.
            let ahead = when.day > reference.today() || hour && when.day < reference.today();
            return (under && whole && ahead && day.lead != Lead::Due).then_some(when.day);
        }
        None
    }

    /// Under "## 16 November" of a log that day is today.
    pub(crate) fn dated_section(&self, unit: &Unit, reference: Reference) -> Reference {
        const LONGEST: usize = 60;
        const OTHER: &str =
            "due|deadline|by|until|week|frist|bis|woche|echeance|avant|next|from|since";
        if unit.section == 0 || unit.speaker.is_some() {
            return reference;
        }
        if let Some(now) = self.month_above(unit, &reference) {
            return reference.at(now);
        }
        let base = reference.at(self.context.now);
        let made = self.document.headings(unit.section).find_map(|section| {
            let heading = section.heading.clone();
            if heading.is_empty() || heading.len() > LONGEST {
                return None;
            }
            let words = Words::read(self.document.text, heading.start, heading.end);
            let day = |i: usize| dates::is_month(words.word(i)) || dates::is_weekday(words.word(i));
            let names = (0..words.len())
                .filter(|&i| words.shape(i) == Shape::Word && !day(i))
                .count();
            if names > NAME || words.any_of(0..words.len(), OTHER) {
                return None;
            }
            let at = reference::date_of(self.document.text, heading, &base)?;
            // With a name beside it, an earlier day than that of the whole document is told of.
            let fits = names == 0 || at > reference.now || reference.now == self.context.now;
            fits.then_some(at)
        });
        made.map_or(reference, |now| reference.at(now))
    }
}

impl Run<'_, '_> {
    /// "Thurs 18" under "MARCH" is counted from the end of February, where that is still to come.
    fn month_above(&self, unit: &Unit, reference: &Reference) -> Option<DateTime<Utc>> {
        let mut above = self.document.headings(unit.section);
        let (month, year) = above.find_map(|section| {
            let heading = section.heading.clone();
            let words = Words::read(self.document.text, heading.start, heading.end);
            dates::lone_month(&words)
        })?;
        let today = reference.today();
        let coming = today.year() + i32::from(month < today.month());
        let first = NaiveDate::from_ymd_opt(year.unwrap_or(coming), month, 1)?;
        let eve = first.pred_opt().filter(|eve| *eve > today)?;
        dates::instant(reference.zone, eve.and_hms_opt(12, 0, 0)?)
    }
}

/// Whether a line begins with an hour: "9:30 Induction", "- 14h Atelier".
fn opens_with_hour(words: &Words) -> bool {
    let first = (0..words.len()).find(|&i| words.shape(i) != Shape::Mark);
    first.is_some_and(|i| words.number(i).is_some_and(|hour| hour < 24))
}
