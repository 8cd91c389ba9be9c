//! What a heading says about the units under it: their week, their day, their owner, what takes place.

use crate::acts::{Act, Owner, Sentence};
use crate::dates::{self, Lead, Reference};
use crate::engine::{Run, Scene};
use crate::events::Event;
use crate::language::{Language, Marks};
use crate::segment::sections::Class;
use crate::segment::{Kind, Unit};
use crate::text::capitalised;
use crate::text::{Shape, Words};

/// What is read of a heading, in bytes.
const LONGEST: usize = 120;

impl Run<'_, '_> {
    /// What the headings over a unit make of what its message counts from. Nearly all units share it with the one before.
    pub(crate) fn under_headings(&mut self, unit: &Unit, message: Reference) -> Reference {
        let place = (unit.section, unit.speaker.is_some(), message);
        match self.counted {
            Some((known, reference)) if known == place => reference,
            _ => {
                let reference = self.dated_section(unit, self.in_section(unit, message));
                self.counted = Some((place, reference));
                reference
            }
        }
    }

    /// Under "Plan for next week" a bare weekday is one of next week.
    pub(crate) fn in_section(&self, unit: &Unit, mut reference: Reference) -> Reference {
        const NEXT: &str = "next week|nachste woche|kommende woche|proxima semana|semana que viene|semaine prochaine|gelecek hafta|onumuzdeki hafta";
        let heading = &self.document.sections[unit.section].heading;
        if heading.is_empty() || heading.len() > LONGEST {
            return reference;
        }
        let folded = crate::text::fold_str(&self.document.text[heading.clone()]);
        if NEXT.split('|').any(|n| folded.contains(n)) {
            let ahead =
                6 - i64::from(chrono::Datelike::weekday(&reference.today()).num_days_from_monday());
            reference = reference.at(reference.now + chrono::Duration::days(ahead));
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
            .all(|i| s.words.shape(i) != Shape::Word || s.words.one_of(i, PLACED));
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
            self.lent != Some(scene.index)
                && section.class == Class::Plain
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

    /// Under "Week of 9 February" a bare weekday is one of that week.
    fn week(&self, heading: &std::ops::Range<usize>, reference: Reference) -> Reference {
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
        noon.and_then(|noon| dates::instant(reference.zone, noon))
            .map_or(reference, |now| reference.at(now))
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
            let known = self.people.contains(&folded)
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
        let (text, heading) = (self.document.text, &section.heading);
        let end = text.floor_char_boundary(heading.end.min(heading.start + LONGEST));
        let words = Words::read(text, heading.start, end);
        let reference = self.reference(unit.message, self.document.language);
        let found = dates::scan(&words, &reference, false);
        let date = found.first()?;
        // "Minutes, 2 March 2026" says when the meeting was.
        let past = words.any_of(0..words.len(), HEADS);
        if past && date.lead != Lead::Due {
            return None;
        }
        // "Thu 19 Nov" over jotted notes says when they were made, and so does today's date at their head.
        let today = reference.today();
        let numbered = (0..words.len()).any(|i| words.shape(i) == Shape::Number);
        let above = &self.document.text[..section.heading.start];
        let opens = !above.contains(char::is_alphanumeric);
        let over = |when: &dates::When| {
            let last = when.last_day.unwrap_or(when.day);
            last < today || last == today && numbered && opens
        };
        if date.when.as_ref().is_some_and(over) && date.lead != Lead::Due {
            return None;
        }
        let alone = words.len() <= date.to - date.lead_from.min(date.from) + 3;
        (alone || date.lead == Lead::Due).then(|| date.when.clone())?
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
    // "WEEK 2" counts what stands under it.
    let counted = words.one_of(first, "week|wk|day|part|phase|unit|module|term|semester|block|woche|tag|teil|semaine|jour|partie|semana|dia|parte|hafta|gun|bolum") && (words.number(first + 1).is_some() || words.raw(first + 1).len() == 1);
    if counted {
        return false;
    }
    let told = (first..words.len()).filter(|&i| words.shape(i) == Shape::Word);
    (1..=4).contains(&told.clone().count())
        && !told.clone().any(|i| {
            words.one_of(i, OTHERS)
                || words.has(i, Marks::GIVEN.and(Marks::MODAL))
                || dates::is_month(words.word(i))
                || dates::is_weekday(words.word(i))
        })
}

/// What heads a document whose date is that of its making.
const HEADS: &str = "\
    minutes|meeting|notes|report|status|update|recap|summary|standup|sync|retro|review|agenda|present|committee|protokoll|sitzung|besprechung|notizen|bericht|stand|acta|reunion|informe|resumen|notas|compte|rendu|note|tutanak|toplanti|tutanagi|rapor|call|huddle|handover|log|diary|journal";

/// Who a letter is written to: what it says is missing or due, that one sees to.
pub(crate) fn addressee(s: &Sentence, scene: &Scene, act: &Act) -> Option<String> {
    let ours = (s.from..s.to).any(|i| s.words.has(i, Marks::PLURAL.and(Marks::FIRST)));
    let open = scene.letter() && !ours && act.owner == Owner::Nobody;
    scene.around.reader.clone().filter(|_| open)
}
