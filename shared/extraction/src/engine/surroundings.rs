//! What headings, messages and speakers say about a unit.

use crate::acts::{self, Sentence};
use crate::dates::{self, Found, Lead, Reference};
use crate::draft::Draft;
use crate::engine::closes::ENDS;
use crate::engine::matter::said_before;
use crate::engine::prepare::Prepared;
use crate::engine::signs::ACCEPTS;
use crate::engine::{Run, Scene};
use crate::events::Event;
use crate::fields::people::{self, Around};
use crate::fields::title;
use crate::item::Refusal;
use crate::language::Marks;
use crate::segment::Kind;
use crate::segment::sections::Class;
use crate::text::capitalised;
use crate::text::{Shape, one_of};

impl Run<'_, '_> {
    /// "Training is moved. Thursday 6.30pm instead": the sentence before names what takes place then.
    pub(crate) fn continued(s: &Sentence) -> Option<Event> {
        let w = s.words;
        let opens = |d: &&Found| (s.from..d.from).all(|i| w.shape(i) != Shape::Word);
        let date = s
            .dates
            .iter()
            .filter(|d| d.from >= s.from && d.to <= s.to)
            .find(opens)?;
        date.when
            .as_ref()
            .filter(|when| when.day_given && when.time.is_some())?;
        let start = (0..s.from.saturating_sub(1))
            .rev()
            .find(|&i| matches!(w.word(i), "." | "!" | "?"))
            .map_or(0, |i| i + 1);
        let noun = (start..s.from).find(|&i| w.has(i, Marks::MEETING))?;
        let past = (start..s.from)
            .any(|i| matches!(w.word(i), "was" | "were" | "had" | "cancelled" | "canceled"));
        let from = if noun - start <= 3 { start } else { noun };
        (s.from > 0 && !past && !s.asks()).then(|| Event {
            title: crate::events::strip_opening(&capitalised(w.slice(from, noun + 1))),
            date: date.clone(),
            exam: false,
            attendees: Vec::new(),
            strength: 0.74,
            begin: s.from,
            to: s.to,
            bare: false,
        })
    }

    /// The name of an event; where its sentence leaves it out ("Findet am Freitag statt"), the line above has it.
    pub(crate) fn event_name(&self, title: String, s: &Sentence, scene: &Scene) -> String {
        // "Wednesday doesn't work for me, Thursday 2pm does": a proposal.
        const DECLINES: [&str; 8] = [
            "doesn't ",
            "does not ",
            "don't ",
            "isn't ",
            "won't ",
            "passt nicht",
            "geht nicht",
            "ne me ",
        ];
        const EMPTY: &str = "statt|findet statt|takes place|it|this|aura lieu|tendra lugar|yapilacak|yapilacaktir|avance|avancee|reporte|reportee|decale|decalee|verschoben|verlegt|moved|aplazado|aplazada|pospuesto|pospuesta|adelantado|fijado|fijada|fixe|fixee|ertelendi|rescheduled|postponed|preponed";
        let folded = crate::text::fold_str(&title);
        // "Wir laden zur Mitgliederversammlung ein. Sie findet am Freitag statt".
        if one_of(
            "it|this|sie|er|es|diese|dieser|dieses|il|elle|ella|este|esta|bu",
            &folded,
        ) {
            let named = |i: &usize| s.words.has(*i, Marks::MEETING);
            if let Some(i) = (0..s.from).rev().find(named) {
                return capitalised(s.words.raw(i));
            }
        }
        // "He can come": who comes what for, the sentence before says.
        if one_of(
            "he|she|they|er|il|elle",
            folded.split(' ').next().unwrap_or(""),
        ) && let Some(matter) = said_before(s)
        {
            return title::clamp(&capitalised(&matter.text));
        }
        if DECLINES.iter().any(|opens| folded.starts_with(opens)) {
            return "Meeting".to_owned();
        }
        if !one_of(EMPTY, &folded) {
            return title;
        }
        let above = scene
            .index
            .checked_sub(1)
            .and_then(|i| self.document.units.get(i));
        let heading = &self.document.sections[scene.item.unit.section].heading;
        let range = above
            .map(|unit| &unit.bytes)
            .filter(|bytes| bytes.len() <= 60)
            .unwrap_or(heading);
        let name = self.document.text[range.clone()].trim_matches(['#', '*', ' ', ':', '?', '.']);
        if name.is_empty() {
            title
        } else {
            capitalised(name)
        }
    }

    /// Whether a unit is a line of a timetable.
    pub(crate) fn timetable(&self, index: usize) -> bool {
        self.timetable.get(index).copied().unwrap_or(false)
    }

    /// "Thursday, November 19" over a timetable is the day of its lines.
    pub(crate) fn note_day(&mut self, item: &Prepared) {
        if item.words.len() > 14
            || self.timetable(item.index)
            || !self.timetable.iter().skip(item.index).take(12).any(|t| *t)
        {
            return;
        }
        let reference = self.reference(item.unit.message, item.language);
        let found = dates::scan(&item.words, &reference, false);
        let day = found.iter().find_map(|d| {
            d.when
                .as_ref()
                .filter(|w| w.day_given && w.recurrence.is_none())
        });
        self.day = day.map(|when| when.day).or(self.day);
    }

    /// The days of a unit, and what they are counted from.
    pub(crate) fn days(&mut self, item: &Prepared) -> (Reference, Vec<Found>) {
        let unit = item.unit;
        let reference = Reference {
            anchor: self.anchor(item.index),
            ..self.under_headings(unit, self.reference(unit.message, item.language))
        };
        let mut found = dates::scan(&item.words, &reference, false);
        self.day_above(item, &reference, &mut found);
        self.forget_stamp(item, &mut found);
        self.note_line(item.index, &found);
        self.note_anchor(item.index, &found);
        (reference, found)
    }

    /// The day that the units just before speak of last.
    fn anchor(&self, index: usize) -> Option<chrono::NaiveDate> {
        const FAR: usize = 2;
        let near = self.spoken_of.filter(|(unit, _)| index - unit <= FAR);
        near.map(|(_, day)| day)
    }

    /// Keeps the last day of a unit for those that follow.
    fn note_anchor(&mut self, index: usize, found: &[Found]) {
        let said = found.iter().rev().filter_map(|d| d.when.as_ref());
        let mut said = said.filter(|when| when.day_given && when.recurrence.is_none());
        self.spoken_of = said.next().map(|when| (index, when.day)).or(self.spoken_of);
    }

    /// What the sentences of a unit say of its items, after all of them were read.
    pub(crate) fn settle(
        &mut self,
        item: &Prepared,
        before: usize,
        all: &[(usize, usize)],
        found: &[Found],
        listed: bool,
    ) {
        if listed {
            self.gather(item, before, all, found);
        }
        self.lone_date(item, before, all, found);
        self.lone_hour(item, before, found);
        self.settle_fetched(before);
    }

    /// A turn of a chat may bear its day: "[12/06/2026, 19:09] Steph: will order it tomorrow".
    pub(crate) fn note_stamp(&mut self, item: &Prepared) {
        const LONGEST: usize = 90;
        let unit = item.unit;
        if unit.speaker.is_none() {
            self.spoken_at = None;
            return;
        }
        let text = self.document.text;
        let line = |end: usize| {
            let from = text.floor_char_boundary(end.saturating_sub(LONGEST));
            text[from..end].rfind('\n').map_or(from, |at| from + at + 1)
        };
        let mut end = unit.bytes.start;
        let mut from = line(end);
        // The name and the stamp stand alone on the line above.
        let alone = text[from..end].trim().is_empty() && from > 0;
        let name = unit.speaker.map(|k| self.document.speakers[k].as_str());
        if alone && let Some(name) = name {
            let above = line(from - 1);
            if text[above..from].contains(name) {
                (from, end) = (above, from - 1);
            }
        }
        let stamp = &text[from..end];
        if stamp.bytes().filter(u8::is_ascii_digit).count() < 7 {
            return;
        }
        let end = stamp
            .rfind(|c: char| c.is_ascii_digit())
            .map_or(end, |at| from + at + 1);
        self.spoken_at = None;
        let mut base = self.reference(unit.message, item.language);
        base.order = self.stamps.unwrap_or(base.order);
        self.spoken_at = crate::reference::date_of(text, from..end, &base);
    }

    /// "Will do" makes the speaker the owner of what nobody in particular was asked; whether it did.
    pub(crate) fn accepted(&mut self, item: &Prepared, around: &Around, found: &[Found]) -> bool {
        let zone = self.context.zone;
        let accepts = item.words.any_phrase(0..item.words.len().min(6), ACCEPTS);
        let Some(last) = self.drafts.last_mut().filter(|_| accepts) else {
            return false;
        };
        if last.unit.abs_diff(item.index) > 3 {
            return false;
        }
        if last.owner.is_none() {
            last.owner.clone_from(&around.speaker);
        }
        // "On it, will be done by tomorrow".
        let due = found
            .iter()
            .find(|d| d.lead == Lead::Due && d.when.is_some());
        let own = last.owner == around.speaker || last.owner.is_none();
        if let Some(when) = due.and_then(|d| d.when.as_ref())
            && own
            && !last.dated()
        {
            last.due(when, zone);
        }
        true
    }

    /// "Turns out she's off the hook": takes back what the sentence before asked for; whether it did.
    pub(crate) fn withdrawn(&mut self, s: &Sentence, index: usize) -> bool {
        const BACK: &str = "\
            off the hook|no longer needed|no longer necessary|not needed after all|not needed any more|left to next year|left until next year|was left to|deferred to next year|never mind|nevermind|nvm|forget that|scrap that|ignore that|hat sich erledigt|hat sich damit erledigt|hat sich also erledigt|ist nicht mehr notig|\
            ya no hace falta|ya no es necesario|olvidalo|n' est plus necessaire|plus besoin|laisse tomber|laissez tomber|gerek kalmadi|bosver|vazgectik";
        /// In bytes: what stands further from what was asked takes back something else.
        const NEAR: usize = 24;
        let w = s.words;
        let place = w.bytes(s.from, s.to);
        let near = |d: &Draft| {
            d.unit == index && d.quote.end <= place.end && place.start <= d.quote.end + NEAR
        };
        if s.from == 0 || !self.drafts.last().is_some_and(near) {
            return false;
        }
        let back =
            w.any_phrase(s.from..s.to, BACK) && !(s.from..s.to).any(|i| w.has(i, Marks::CONDITION));
        if !back {
            return false;
        }
        self.drafts.pop();
        self.refuse(Refusal::Done);
        true
    }

    pub(crate) fn greeted(&self) -> bool {
        self.context.sender.is_some()
            || self.context.reader.is_some()
            || self.document.messages.iter().any(|m| !m.to.is_empty())
            || self.document.messages.iter().any(|m| m.from.is_some())
    }

    /// Who speaks and who is spoken to in a unit, by its place and by its first words.
    pub(crate) fn around(&self, item: &Prepared) -> Around {
        let people = self.people;
        let mut around = people::around(self.document, item.unit, self.context);
        if let Some(name) = acts::vocative(&item.words, 0, people) {
            around.reader = Some(name);
        }
        if let Some(name) = acts::head_name(&item.words, people)
            && item.unit.speaker.is_none()
        {
            around.speaker = Some(name);
        }
        around
    }

    /// Counts what a heading such as "Done" or "Example" covers.
    pub(crate) fn section_refused(&mut self, item: &Prepared, class: Class) {
        if matches!(item.unit.kind, Kind::Item { .. } | Kind::Check { .. }) {
            self.refuse(match class {
                Class::Done => Refusal::Done,
                Class::Example => Refusal::Example,
                Class::Ideas => Refusal::Hypothetical,
                Class::Recipe => Refusal::Instructions,
                _ => Refusal::Rule,
            });
        }
    }

    /// Of a short passage with one task the one day it names, in whichever sentence.
    fn lone_date(
        &mut self,
        item: &Prepared,
        before: usize,
        all: &[(usize, usize)],
        found: &[Found],
    ) {
        const LONGEST: usize = 45;
        let Some([draft]) = self.drafts.get_mut(before..) else {
            return;
        };
        let open = draft.task_type == sentry_domain::TaskType::Task && !draft.dated();
        if !open || all.len() < 2 || all.len() > 4 || item.words.len() > LONGEST {
            return;
        }
        let deed = draft.quote.start;
        // The day of what was told before is none of what is to be done about it, unless the line begins with it.
        let told = |d: &Found| {
            let own = all
                .iter()
                .find(|&&(from, to)| from <= d.from && d.from < to);
            let ends = own.is_some_and(|&(from, to)| item.words.any_of(from..to, ENDS));
            let before = item.words.bytes(d.from, d.to).end <= deed;
            before && d.from > 1 && d.lead != Lead::Due && !ends
        };
        let mut days = found
            .iter()
            .filter(|d| !told(d))
            .filter_map(Found::ahead)
            .filter(|when| when.day_given);
        if let (Some(when), None) = (days.next(), days.next()) {
            draft.due(when, self.context.zone);
        }
    }

    /// The sentences of an item that made no item of their own describe the one before.
    fn gather(&mut self, item: &Prepared, before: usize, all: &[(usize, usize)], found: &[Found]) {
        let [.., last] = all else { return };
        if all.len() < 2 || self.drafts.len() != before + 1 {
            return;
        }
        let zone = self.context.zone;
        let draft = &mut self.drafts[before];
        let end = item.words.bytes(0, last.1).end;
        if draft.quote.end < end && draft.quote.start <= item.words.bytes(0, 1).start {
            let rest = title::whole(&item.words, all[1].0, last.1);
            draft.description =
                Some(rest.chars().take(2_000).collect()).filter(|d: &String| !d.is_empty());
            if !draft.dated()
                && let Some(when) = found
                    .iter()
                    .find(|d| d.from >= all[1].0 && d.lead == Lead::Due)
                    .and_then(|d| d.when.as_ref())
            {
                draft.due(when, zone);
                draft.quote.end = end;
            }
        }
    }
}
