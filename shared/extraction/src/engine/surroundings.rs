//! What headings, messages and speakers say about a unit.

use crate::acts::Sentence;
use crate::dates::{self, Found, Lead, Reference};
use crate::draft::Draft;
use crate::engine::matter::said_before;
use crate::engine::prepare::Prepared;
use crate::engine::signs::ACCEPTS;
use crate::engine::{Run, Scene};
use crate::events::Event;
use crate::fields::people::Around;
use crate::fields::title;
use crate::item::Refusal;
use crate::language::{Language, Marks};
use crate::segment::mail::capitalised;
use crate::segment::sections::Class;
use crate::segment::{Kind, Unit};
use crate::text::{Shape, Words, one_of};

impl Run<'_, '_> {
    /// Under "Plan for next week" a bare weekday is one of next week.
    pub(crate) fn in_section(&self, unit: &Unit, mut reference: Reference) -> Reference {
        const NEXT: &str = "next week|nachste woche|kommende woche|proxima semana|semana que viene|semaine prochaine|gelecek hafta|onumuzdeki hafta";
        let heading = &self.document.sections[unit.section].heading;
        if heading.is_empty() || heading.len() > 120 {
            return reference;
        }
        let folded = crate::text::fold_str(&self.document.text[heading.clone()]);
        if NEXT.split('|').any(|n| folded.contains(n)) {
            let ahead =
                6 - i64::from(chrono::Datelike::weekday(&reference.today()).num_days_from_monday());
            reference.now += chrono::Duration::days(ahead);
        }
        self.week(heading, reference)
    }

    /// "Date of next meeting" over "Thursday 12 March, 7.30 p.m., Zoom" names what takes place then.
    pub(crate) fn under_heading(&self, s: &Sentence, scene: &Scene) -> Option<Event> {
        let date = s.dates.iter().find(|d| d.from >= s.from && d.to <= s.to)?;
        let when = date
            .when
            .as_ref()
            .filter(|w| w.time.is_some() && w.day_given)?;
        let section = &self.document.sections[scene.item.unit.section];
        let opens = (s.from..date.from)
            .all(|i| s.words.shape(i) != Shape::Word || one_of(PLACED, s.words.word(i)));
        if !opens
            || !scene.first
            || s.to > date.to + 8
            || when.recurrence.is_some()
            || section.heading.len() > 60
        {
            return None;
        }
        let mut words = Words::read(
            self.document.text,
            section.heading.start,
            section.heading.end,
        );
        words.mark(scene.item.language.lexicon());
        let first = (0..words.len()).find(|&i| {
            words.shape(i) == Shape::Word
                && words
                    .phrase(
                        i,
                        "date of|date and time of|datum der|fecha de la|date de la",
                    )
                    .is_none()
        })?;
        let from = first + words.phrase(first, "of|the|and time of").unwrap_or(0);
        let next = words.phrase(from, "next|nachste|nachstes|nachster|proxima|proximo|prochaine|prochain|sonraki|gelecek|bir sonraki").is_some();
        let meeting = (from..words.len()).any(|i| words.has(i, Marks::MEETING));
        let named = || {
            section.class == Class::Plain
                && section.level > 0
                && scene.index > 2
                && names_event(&words, first)
        };
        (meeting && next || named()).then(|| Event {
            title: capitalised(
                words
                    .slice(from, words.len())
                    .trim_matches([':', ' ', '*', '.']),
            ),
            date: date.clone(),
            exam: false,
            attendees: Vec::new(),
            strength: 0.84,
            begin: s.from,
            to: s.to,
            bare: !(meeting && next),
        })
    }

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
        const EMPTY: &str = "statt|findet statt|takes place|it|this|aura lieu|tendra lugar|yapilacak|yapilacaktir|avance|avancee|reporte|reportee|decale|decalee|verschoben|verlegt|moved|aplazado|aplazada|pospuesto|pospuesta|adelantado|fijado|fijada|fixe|fixee|ertelendi|rescheduled|postponed|preponed";
        let folded = crate::text::fold_str(&title);
        // "He can come": who comes what for, the sentence before says.
        if one_of(
            "he|she|they|er|il|elle",
            folded.split(' ').next().unwrap_or(""),
        ) && let Some(matter) = said_before(s)
        {
            return title::clamp(&capitalised(&matter.text));
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

    /// Under "Week of 9 February" a bare weekday is one of that week.
    fn week(&self, heading: &std::ops::Range<usize>, mut reference: Reference) -> Reference {
        const WEEK: &str = "week of|week beginning|week commencing|w / c|woche vom|woche ab|semana del|semaine du|haftasi";
        let words = Words::read(self.document.text, heading.start, heading.end);
        if (0..words.len().min(4)).all(|i| words.phrase(i, WEEK).is_none()) {
            return reference;
        }
        let first = dates::scan(&words, &reference, false)
            .into_iter()
            .find_map(|d| d.when);
        let eve = first.and_then(|when| {
            let weekday = chrono::Datelike::weekday(&when.day).num_days_from_monday();
            when.day
                .checked_sub_days(chrono::Days::new(u64::from(weekday) + 1))
        });
        let noon = eve.and_then(|day| day.and_hms_opt(12, 0, 0));
        if let Some(now) = noon.and_then(|noon| dates::instant(&reference.zone, noon)) {
            reference.now = now;
        }
        reference
    }

    /// "Will do" makes the speaker the owner of what nobody in particular was asked.
    pub(crate) fn accepted(&mut self, item: &Prepared, around: &Around, found: &[Found]) {
        if self.retracted(item) {
            return;
        }
        let zone = self.context.zone;
        let accepts = (0..item.words.len().min(6)).any(|i| item.words.phrase(i, ACCEPTS).is_some());
        let Some(last) = self.drafts.last_mut().filter(|_| accepts) else {
            return;
        };
        if last.unit.abs_diff(item.index) > 3 {
            return;
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
    }

    /// "Done that last week": what was just asked for is done already; whether it was said.
    fn retracted(&mut self, item: &Prepared) -> bool {
        const DONE: &str = "\
            done that|did that|already did|already done|already sorted|already sent|already booked|already paid|already on it yesterday|that's done|that is done|thats done|it's done|it is done|its done|all done|been done|\
            i already did|i already have|already taken care of|i've already|i have already|i've done that|i did that|i did already|sorted that|sorted it|paid it|sent it|sent that|booked it already|hab ich schon|habe ich schon|schon erledigt|schon gemacht|ist erledigt|ist schon|hab ich gestern|\
            c'est fait|c' est fait|deja fait|je l' ai deja|ya esta|ya lo hice|ya lo he|ya la|ya lo|hecho ya|yaptim|hallettim|yapildi|gonderdim";
        let w = &item.words;
        let said = (0..w.len().min(3)).any(|i| w.phrase(i, DONE).is_some());
        let ahead =
            (0..w.len()).any(|i| one_of("will|tomorrow|soon|not", w.word(i)) || w.word(i) == "?");
        let near = |d: &Draft| d.unit < item.index && item.index - d.unit <= 1;
        if said && !ahead && self.drafts.last().is_some_and(near) {
            self.drafts.pop();
            self.refuse(Refusal::Done);
            return true;
        }
        false
    }

    /// "Turns out she's off the hook": takes back what the sentence before asked for; whether it did.
    pub(crate) fn withdrawn(&mut self, s: &Sentence, index: usize) -> bool {
        const BACK: &str = "\
            off the hook|no longer needed|no longer necessary|not needed after all|not needed any more|left to next year|left until next year|was left to|deferred to next year|never mind|nevermind|nvm|forget that|scrap that|ignore that|hat sich erledigt|hat sich damit erledigt|hat sich also erledigt|ist nicht mehr notig|\
            ya no hace falta|ya no es necesario|olvidalo|n' est plus necessaire|plus besoin|laisse tomber|laissez tomber|gerek kalmadi|bosver|vazgectik";
        let w = s.words;
        let near = |d: &Draft| d.unit == index && d.quote.end <= w.bytes(s.from, s.to).end;
        let back = (s.from..s.to).any(|i| w.phrase(i, BACK).is_some())
            && !(s.from..s.to).any(|i| w.has(i, Marks::CONDITION));
        if s.from == 0 || !back || !self.drafts.last().is_some_and(near) {
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

    /// "Maria:" over a list gives its items to her.
    pub(crate) fn heading_owner(&self, unit: &Unit) -> Option<String> {
        for section in self.document.headings(unit.section) {
            let text = &self.document.text[section.heading.clone()];
            let name = text
                .trim_matches(['*', '_', ':', ' ', '#'])
                .split(['(', '–', ':'])
                .next()
                .unwrap_or("")
                .trim();
            let name = name
                .strip_prefix("For ")
                .or_else(|| name.strip_prefix("Für "))
                .unwrap_or(name);
            let name = name
                .strip_suffix("'s tasks")
                .or_else(|| name.strip_suffix("’s tasks"))
                .unwrap_or(name);
            let folded = crate::text::fold_str(name);
            let first = folded.split(' ').next().unwrap_or("");
            let known = self.document.people.contains(&folded)
                || Language::English.lexicon().marks(first).any(Marks::GIVEN);
            if !name.is_empty()
                && name.split(' ').count() <= 3
                && known
                && name.chars().next().is_some_and(char::is_uppercase)
            {
                return Some(name.to_owned());
            }
        }
        None
    }

    /// "Due Friday" or "Today" over a list dates its items.
    pub(crate) fn heading_date(&self, unit: &Unit) -> Option<dates::When> {
        if !matches!(unit.kind, Kind::Item { .. } | Kind::Check { .. }) {
            return None;
        }
        let section = self
            .document
            .headings(unit.section)
            .next()
            .filter(|s| s.level > 0)?;
        let words = Words::read(
            self.document.text,
            section.heading.start,
            section
                .heading
                .end
                .min(section.heading.start + 120)
                .max(section.heading.start),
        );
        let reference = self.reference(unit.message, self.document.language);
        let found = dates::scan(&words, &reference, false);
        let date = found.first()?;
        // "Minutes, 2 March 2026" says when the meeting was.
        let past = (0..words.len()).any(|i| one_of(HEADS, words.word(i)));
        if past && date.lead != Lead::Due {
            return None;
        }
        let alone = words.len() <= date.to - date.lead_from.min(date.from) + 3;
        (alone || date.lead == Lead::Due).then(|| date.when.clone())?
    }

    /// The sentences of an item that made no item of their own describe the one before.
    pub(crate) fn gather(
        &mut self,
        item: &Prepared,
        before: usize,
        all: &[(usize, usize)],
        found: &[Found],
    ) {
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

/// Small words between a heading and its day: "Date is set: Saturday, 9am", "Findet am Freitag ab 18 Uhr statt".
const PLACED: &str = "\
    date|is|set|on|takes|place|held|will|be|it|the|fixed|confirmed|findet|am|termin|ist|der|den|im|le|la|est|fixee|fixe|sera|aura|lieu|el|es|tendra|lugar|se|celebra";

/// Whether a heading of a few words may be the name of what takes place: "Kermesse", "4. SCIENCE FAIR".
fn names_event(words: &Words, first: usize) -> bool {
    const OTHERS: &str = "\
        hours|contact|contacts|location|place|where|when|time|date|dates|deadline|deadlines|opening|attendance|present|apologies|minutes|notes|agenda|news|update|updates|schedule|calendar|today|tomorrow|\
        offnungszeiten|kontakt|ort|zeit|datum|frist|fristen|termine|anwesend|protokoll|tagesordnung|horario|horarios|contacto|lugar|fecha|fechas|plazo|plazos|asistentes|orden|horaires|lieu|dates|delai|delais|presents|ordre|\
        saat|yer|tarih|katilanlar|gundem|iletisim";
    let told = (first..words.len()).filter(|&i| words.shape(i) == Shape::Word);
    (1..=4).contains(&told.clone().count())
        && !told.clone().any(|i| {
            one_of(OTHERS, words.word(i))
                || words.has(i, Marks::GIVEN.and(Marks::MODAL))
                || dates::is_month(words.word(i))
                || dates::is_weekday(words.word(i))
        })
}

/// What heads a document whose date is that of its making.
const HEADS: &str = "\
    minutes|meeting|notes|report|status|update|recap|summary|standup|sync|retro|review|agenda|present|committee|protokoll|sitzung|besprechung|notizen|bericht|stand|acta|reunion|informe|resumen|notas|compte|rendu|note|tutanak|toplanti|tutanagi|rapor|call|huddle|handover|log|diary|journal";
