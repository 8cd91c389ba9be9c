//! All steps in order: segment, read, refuse, fill the fields, merge.

use crate::acts::{self, Act, Cue, Sentence, Setting};
use crate::climate::Climate;
use crate::context::Context;
use crate::dates::{self, Found, Lead, Reference};
use crate::draft::{Draft, Pronoun};
use crate::events;
use crate::fields::people::{self, Around};
use crate::fields::{hints, title};
use crate::item::{Dropped, Extraction, Refusal};
use crate::language::{self, Language, Marks};
use crate::segment::sections::Class;
use crate::segment::{Document, Kind, Unit, mail};
use crate::text::{Shape, Words, one_of};
use crate::{merge, reference, rows, sentences};
use sentry_domain::{Category, TaskType};
use std::collections::BTreeMap;

/// What an item must be believed at least.
const THRESHOLD: f64 = 0.5;
/// More items than this no document yields; the rest is counted as dropped.
pub const MOST_ITEMS: usize = 2_000;

/// One run over one document.
pub(crate) struct Run<'a, 't> {
    pub document: &'a Document<'t>,
    pub context: &'a Context,
    pub drafts: Vec<Draft>,
    refused: BTreeMap<Refusal, usize>,
    climates: Vec<Climate>,
    references: Vec<Reference>,
    /// Messages that nobody wrote: out-of-office replies.
    automatic: Vec<bool>,
    /// Whether the document is about a course.
    pub course: bool,
}

/// A unit with its words, ready to be read.
struct Prepared<'a, 't> {
    index: usize,
    unit: &'a Unit,
    words: Words<'t>,
    language: Language,
}

/// Finds the tasks and meetings in `text`.
///
/// Deterministic, without I/O; time and memory grow linearly with the text.
pub fn extract(text: &str, context: &Context) -> Extraction {
    let document = Document::read(text);
    let prepared: Vec<Prepared> = document
        .units
        .iter()
        .enumerate()
        .map(|(index, unit)| prepare(&document, index, unit))
        .collect();
    let mut run = Run::new(&document, context, &prepared);
    let orders = order_lists(&prepared);
    for (index, item) in prepared.iter().enumerate() {
        run.unit(
            item,
            index,
            orders.get(&item.unit.list).copied().unwrap_or(false),
        );
    }
    for placed in &document.tables {
        rows::read(&mut run, placed);
    }
    run.finish()
}

fn prepare<'a, 't>(document: &'a Document<'t>, index: usize, unit: &'a Unit) -> Prepared<'a, 't> {
    let mut words = Words::read(document.text, unit.bytes.start, unit.bytes.end);
    let language = language::of_passage(&words, document.language);
    words.mark(language.lexicon());
    Prepared {
        index,
        unit,
        words,
        language,
    }
}

/// Lists of which most items begin with a verb of work; in a sheet of notes fewer are enough.
fn order_lists(prepared: &[Prepared]) -> BTreeMap<usize, bool> {
    let notes = is_notes(prepared);
    let mut counts: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
    for item in prepared {
        if let Kind::Item { numbered } = item.unit.kind {
            let known = counts.entry(item.unit.list).or_default();
            known.0 += 1;
            known.1 += usize::from(acts::begins_as_order(&item.words, item.language));
            known.2 += usize::from(numbered);
        }
    }
    let most = |all: usize, orders: usize| all >= 2 && orders * 10 >= all * 6 || notes && orders >= 2;
    let plain = |all: usize, numbered: usize| numbered * 2 <= all;
    counts.into_iter().map(|(list, (all, orders, numbered))| (list, most(all, orders) && plain(all, numbered))).collect()
}

/// A short sheet of list items and hardly anything else.
fn is_notes(prepared: &[Prepared]) -> bool {
    let units = prepared.iter().filter(|p| p.unit.kind != Kind::Heading);
    let (mut all, mut items, mut words) = (0, 0, 0);
    for unit in units {
        all += 1;
        items += usize::from(matches!(unit.unit.kind, Kind::Item { .. } | Kind::Check { .. }));
        words += unit.words.len();
    }
    (3..=80).contains(&all) && items * 10 >= all * 7 && words <= all * 14
}

impl<'a, 't> Run<'a, 't> {
    fn new(document: &'a Document<'t>, context: &'a Context, prepared: &[Prepared]) -> Self {
        let mut climates = vec![Climate::default(); document.sections.len()];
        let mut course = 0;
        for item in prepared {
            climates[item.unit.section].add(&item.words);
            course += (0..item.words.len())
                .filter(|&i| is_course_word(item.words.word(i)))
                .count();
        }
        let mut automatic: Vec<bool> = document
            .messages
            .iter()
            .map(|m| mail::is_automatic(&document.text[m.subject.clone()]))
            .collect();
        for item in prepared
            .iter()
            .take(400)
            .filter(|p| p.unit.kind == Kind::Text)
        {
            let text = &document.text[item.unit.bytes.clone()];
            if mail::is_automatic(text)
                && crate::text::fold_str(&text.chars().take(300).collect::<String>())
                    .contains("out of the office until")
            {
                automatic[item.unit.message] = true;
            }
        }
        let references = document
            .messages
            .iter()
            .map(|m| reference::of(document, m, context))
            .collect();
        Self {
            document,
            context,
            drafts: Vec::new(),
            refused: BTreeMap::new(),
            climates,
            references,
            automatic,
            course: course >= 2,
        }
    }

    /// Counts a refusal.
    pub(crate) fn refuse(&mut self, reason: Refusal) {
        *self.refused.entry(reason).or_insert(0) += 1;
    }

    /// What dates in a message are counted from, in a language.
    pub(crate) fn reference(&self, message: usize, language: Language) -> Reference {
        let reference = self
            .references
            .get(message)
            .or_else(|| self.references.first())
            .copied();
        let fallback = || {
            Reference::new(
                self.context.now,
                self.context.zone,
                self.context.date_order(),
                language,
            )
        };
        Reference {
            language,
            ..reference.unwrap_or_else(fallback)
        }
    }

    /// Under "Plan for next week" a bare weekday is one of next week.
    fn in_section(&self, unit: &Unit, mut reference: Reference) -> Reference {
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
        reference
    }

    fn unit(&mut self, item: &Prepared, index: usize, orders: bool) {
        let unit = item.unit;
        if self.automatic.get(unit.message).copied().unwrap_or(false) {
            return self.refuse(Refusal::Boilerplate);
        }
        let section = &self.document.sections[unit.section];
        if unit.kind == Kind::Heading {
            return;
        }
        if matches!(unit.kind, Kind::Check { done: true }) || marked_done(&item.words) {
            return self.refuse(Refusal::Done);
        }
        let check = matches!(unit.kind, Kind::Check { .. });
        let ruled = section.class == Class::Rules;
        if section.class.refuses() && !ruled {
            return self.section_refused(item, section.class);
        }
        let reference = self.in_section(unit, self.reference(unit.message, item.language));
        let found = dates::scan(&item.words, &reference, false);
        let is_item = matches!(unit.kind, Kind::Item { .. }) || check;
        let setting = Setting {
            action: section.class == Class::Action || check,
            item: is_item,
            orders: orders
                && !self.climates[unit.section].instructs()
                && !self.climates[unit.section].cooks(),
            addressed: unit.speaker.is_some()
                || self.document.messages[unit.message].is_mail
                || self.greeted(),
            people: &self.document.people,
        };
        let structured = setting.action && is_item;
        let mut around = people::around(self.document, unit, self.context);
        if let Some(name) = acts::vocative(&item.words, &self.document.people) {
            around.reader = Some(name);
        }
        if unit.speaker.is_some() {
            self.accepted(item, &around);
        }
        let before = self.drafts.len();
        let all = sentences::split(&item.words);
        for (number, &(from, to)) in all.iter().enumerate() {
            let sentence = Sentence {
                words: &item.words,
                from,
                to,
                dates: &found,
                setting: &setting,
            };
            let scene = Scene {
                item,
                index,
                around: &around,
                check,
                structured,
                first: number == 0,
            };
            self.sentence(&sentence, &scene);
            if structured && number == 0 && self.drafts.len() == before && all.len() == 1 {
                break;
            }
        }
        if structured || is_item {
            self.gather(item, before, &all, &found);
        }
    }

    /// "Will do" makes the speaker the owner of what nobody in particular was asked.
    fn accepted(&mut self, item: &Prepared, around: &Around) {
        let accepts = (0..item.words.len().min(6)).any(|i| item.words.phrase(i, ACCEPTS).is_some());
        let Some(last) = self.drafts.last_mut().filter(|_| accepts) else {
            return;
        };
        if last.owner.is_none() && last.unit.abs_diff(item.index) <= 3 {
            last.owner.clone_from(&around.speaker);
        }
    }

    fn greeted(&self) -> bool {
        self.context.sender.is_some()
            || self.context.reader.is_some()
            || self.document.messages.iter().any(|m| !m.to.is_empty())
            || self.document.messages.iter().any(|m| m.from.is_some())
    }

    /// Counts what a heading such as "Done" or "Example" covers.
    fn section_refused(&mut self, item: &Prepared, class: Class) {
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

    fn sentence(&mut self, s: &Sentence, scene: &Scene) {
        let section = &self.document.sections[scene.item.unit.section];
        let schedule = section.class == Class::Schedule;
        let reading = acts::read(s, scene.item.language);
        let acts = match reading {
            Ok(acts) => acts,
            Err(reason) => {
                // A reminder of a meeting may be said in words that refuse a task.
                if let Ok(Some(event)) = events::read(s, schedule, false) {
                    return self.event(s, scene, event);
                }
                return self.refuse(reason);
            }
        };
        let strong = acts.iter().any(|a| !is_meeting_act(s, a));
        if !strong && section.class != Class::Rules {
            match events::read(s, schedule, false) {
                Ok(Some(event)) => return self.event(s, scene, event),
                Ok(None) => {}
                Err(reason) if acts.is_empty() => return self.refuse(reason),
                Err(_) => {}
            }
        }
        let jotted = s.setting.orders && s.setting.item && s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_none()));
        if acts.is_empty() && (scene.structured || jotted) && scene.first {
            return self.noun(s, scene);
        }
        for act in acts {
            self.act(s, scene, &act);
        }
    }

    fn event(&mut self, s: &Sentence, scene: &Scene, event: events::Event) {
        let Some(when) = s.when(&event.date) else {
            return;
        };
        let climate = self.climates[scene.item.unit.section];
        if climate.sells() {
            return self.refuse(Refusal::Advertisement);
        }
        let mut draft = Draft::task(
            event.title,
            s.words.bytes(event.begin, event.to),
            event.strength,
            scene.index,
        );
        let hours = (event.date.to..s.to)
            .find_map(|i| hints::duration(s.words, i))
            .map(|(h, _)| h)
            .filter(|&h| h <= 12.0);
        let zone = self.context.zone;
        if event.exam {
            draft.category = Category::Exam;
            draft.due(&when, zone);
            draft.due_at = when.start(zone).or(draft.due_at);
            draft.start_at = when.start(zone);
            draft.end_at = when.end(zone);
        } else {
            draft.task_type = TaskType::Meeting;
            draft.category = Category::Meeting;
            draft.takes_place(&when, hours, zone);
            draft.attendees = event.attendees;
        }
        self.drafts.push(draft);
    }

    /// An item under a heading for tasks that no cue explains is a task by its place.
    fn noun(&mut self, s: &Sentence, scene: &Scene) {
        let words = s.words;
        let first = (s.from..s.to).find(|&i| words.shape(i) == Shape::Word);
        let Some(first) = first else {
            return self.refuse(Refusal::NoTitle);
        };
        if s.asks() {
            return self.refuse(Refusal::Question);
        }
        if words.has(first, Marks::PAST) && !words.has(first, Marks::VERB) {
            return self.refuse(Refusal::Past);
        }
        let negated = (s.from..s.to).any(|i| words.has(i, Marks::NEGATION));
        if negated && !words.has(first, Marks::VERB) {
            return self.refuse(Refusal::Negated);
        }
        let told = (s.from..s.to)
            .any(|i| one_of("was|were|has|had|have|wurde|wurden|fue|ete", words.word(i)));
        if told && !scene.check {
            return self.refuse(Refusal::Past);
        }
        let act = Act {
            cue: Cue::Noun,
            owner: acts::Owner::Nobody,
            begin: s.from,
            from: s.from,
            to: s.to,
            form: acts::Form::Plain,
            strength: if scene.check { 0.8 } else { 0.62 },
        };
        self.act(s, scene, &act);
    }

    fn act(&mut self, s: &Sentence, scene: &Scene, act: &Act) {
        if let Err(reason) = self.judge(s, scene, act) {
            return self.refuse(reason);
        }
        let trailing = people::trailing(s, act.from);
        let (priority, priority_span) = split(hints::priority(s.words, s.from, s.to));
        let (hours, hours_span) = split(hints::estimate(s, act.from));
        let mut skip: Vec<(usize, usize)> = Vec::new();
        skip.extend(trailing.as_ref().map(|t| t.1));
        skip.extend(priority_span);
        skip.extend(hours_span);
        let Some(title) = title::title(s.words, act, s.dates, &skip) else {
            return self.refuse(Refusal::NoTitle);
        };
        let quote_from = if scene.structured { s.from } else { act.begin };
        let mut draft = Draft::task(
            title,
            s.words.bytes(quote_from, act.to.max(act.from + 1)),
            act.strength,
            scene.index,
        );
        draft.owner = people::resolve(&act.owner, scene.around);
        if let Some((owner, _)) = trailing
            && (act.owner == acts::Owner::Nobody || act.cue == Cue::Imperative)
        {
            draft.owner = people::resolve(&owner, scene.around);
        }
        if draft.owner.is_none() {
            draft.owner = self.heading_owner(scene.item.unit);
        }
        draft.priority = priority;
        draft.estimated_hours = hours;
        draft.category = hints::category(s.words, s.from, s.to, self.course);
        if let Some(when) = due_date(s, act).and_then(|d| s.when(d)) {
            draft.due(&when, self.context.zone);
        } else if let Some(when) = self.heading_date(scene.item.unit) {
            draft.due(&when, self.context.zone);
        }
        draft.pronoun = points_back(s, act).then(|| {
            if is_generic(s, act) {
                Pronoun::Generic
            } else {
                Pronoun::Verb
            }
        });
        draft.confidence = confidence(&draft, scene, act);
        if draft.confidence < THRESHOLD {
            return self.refuse(Refusal::Weak);
        }
        self.drafts.push(draft);
    }

    /// Reasons against an act that lie in its surroundings.
    fn judge(&self, s: &Sentence, scene: &Scene, act: &Act) -> Result<(), Refusal> {
        let section = &self.document.sections[scene.item.unit.section];
        let handed = matches!(act.cue, Cue::Owner | Cue::Assignment)
            && s.dated(|d| d.when.is_some())
            && acts::known_person(s.words, act.begin, &self.document.people);
        if section.class == Class::Rules && !handed {
            return Err(Refusal::Rule);
        }
        let climate = self.climates[scene.item.unit.section];
        let directed = matches!(
            act.cue,
            Cue::Owner | Cue::Assignment | Cue::Commitment | Cue::Label
        );
        if climate.sells() && !matches!(act.cue, Cue::Owner | Cue::Label) {
            return Err(Refusal::Advertisement);
        }
        if climate.cooks() && !directed {
            return Err(Refusal::Instructions);
        }
        if climate.instructs()
            && !directed
            && matches!(act.cue, Cue::Imperative | Cue::Obligation | Cue::Noun)
            && !s.dated(|d| d.when.is_some())
            && !scene.check
        {
            return Err(Refusal::Instructions);
        }
        if climate.rules()
            && !directed
            && matches!(act.cue, Cue::Obligation | Cue::Deadline | Cue::Imperative)
            && !scene.structured
            && !s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_none()))
        {
            return Err(Refusal::Rule);
        }
        Ok(())
    }

    /// "Maria:" over a list gives its items to her.
    fn heading_owner(&self, unit: &Unit) -> Option<String> {
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
    fn heading_date(&self, unit: &Unit) -> Option<dates::When> {
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
        let alone = words.len() <= date.to - date.lead_from.min(date.from) + 3;
        (alone || date.lead == Lead::Due).then(|| date.when.clone())?
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

    fn finish(mut self) -> Extraction {
        self.drafts.sort_by_key(|d| (d.quote.start, d.quote.end));
        let drafts = merge::merge(std::mem::take(&mut self.drafts));
        let over = drafts.len().saturating_sub(MOST_ITEMS);
        if over > 0 {
            self.refused.insert(Refusal::TooMany, over);
        }
        let text = self.document.text;
        let kept = &drafts[..drafts.len() - over];
        let chars = char_positions(text, kept);
        let items = kept
            .iter()
            .map(|d| {
                d.clone()
                    .finish(text, &|byte| chars.get(&byte).copied().unwrap_or(0))
            })
            .collect();
        let reasons: Vec<Dropped> = self
            .refused
            .into_iter()
            .map(|(reason, count)| Dropped { reason, count })
            .collect();
        Extraction {
            items,
            dropped: reasons.iter().map(|d| d.count).sum(),
            reasons,
            language: self.document.language.code().to_owned(),
        }
    }
}

/// Where a sentence stands.
struct Scene<'a, 't> {
    item: &'a Prepared<'a, 't>,
    index: usize,
    around: &'a Around,
    check: bool,
    structured: bool,
    first: bool,
}

fn split<T>(hint: hints::Hint<T>) -> (Option<T>, Option<(usize, usize)>) {
    match hint {
        Some((value, span)) => (Some(value), Some(span)),
        None => (None, None),
    }
}

fn is_course_word(word: &str) -> bool {
    one_of(
        "syllabus|course|lecture|semester|homework|midterm|quiz|professor|professors|\
            students|exam|assignment|essay|vorlesung|klausur|seminar|examen|parcial|curso|\
            cours|partiel|ders|sinav|odev|dersi|asignatura|ubungsblatt|pset|reading",
        word,
    )
}

/// "~~struck~~", "(done)", "- done", "Done: ..": finished, whatever else it says.
fn marked_done(words: &Words) -> bool {
    let len = words.len();
    if words.seq(0, "~ ~") || words.seq(0, "✓") || words.seq(0, "✔") || words.seq(0, "✅") {
        return true;
    }
    let closed = |i: usize| words.has(i, Marks::DONE) && !words.has(i, Marks::FUNCTION);
    // "… - done", "(completed)", "[DONE]", "✅".
    let tail = (0..4)
        .filter_map(|back| len.checked_sub(back + 1))
        .any(|i| {
            let opened = i > 0
                && one_of("(|[|-|–|—|:|→|>|✓|✔|✅", words.word(i - 1))
                && i > 1
                && !words
                    .touches(i - 1)
                    .then_some(words.word(i - 1) == "-" && words.touches(i.saturating_sub(2)))
                    .unwrap_or(false);
            closed(i)
                && opened
                && (i + 1 >= len
                    || words.shape(i + 1) == Shape::Mark
                    || words.word(i + 1) == "on"
                    || i + 2 >= len)
        });
    let ticked = len > 0 && matches!(words.word(len - 1), "✓" | "✔" | "✅" | "☑");
    let head = closed(0) && matches!(words.word(1), ":" | "-" | "–" | "]" | ")")
        || matches!(words.word(0), "[" | "(") && closed(1) && matches!(words.word(2), "]" | ")");
    tail || ticked || head
}

/// Whether an act only says that a meeting takes place or is to be joined.
fn is_meeting_act(s: &Sentence, act: &Act) -> bool {
    let verb = s.words.word(act.from);
    if act.form == acts::Form::Third && one_of("meets|reconvenes", verb) {
        return true;
    }
    let timed = s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()));
    if timed && s.words.phrase(act.from, events::COMPOUNDS).is_some() {
        return true;
    }
    let plain = matches!(
        act.cue,
        Cue::Imperative | Cue::Obligation | Cue::Assignment | Cue::Noun
    );
    plain
        && one_of("meet|join|attend|sync|reconvene|talk|discuss", verb)
        && s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()))
        || matches!(act.cue, Cue::Label | Cue::Noun)
            && !s.words.has(act.from, Marks::VERB)
            && (act.from..act.to).any(|i| s.words.has(i, Marks::MEETING.and(Marks::EXAM)))
            && s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()) && d.lead != Lead::Due)
        || matches!(verb, "meet" | "reconvene") && s.dated(|d| d.when.is_some())
        || (act.cue == Cue::Imperative
            && s.words.has(act.from, Marks::MEETING)
            && s.dated(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()))
            && !s.words.has(act.from + 1, Marks::FUNCTION.and(Marks::GIVEN)))
}

/// The date an act is due: one with a deadline's lead, else the first that lies in the act.
fn due_date<'s>(s: &'s Sentence, act: &Act) -> Option<&'s Found> {
    let inside = |d: &&Found| {
        d.from >= act.begin && d.to <= act.to && d.when.is_some() && !matches!(d.lead, Lead::After)
    };
    let opening = |d: &&Found| {
        d.from >= s.from
            && d.lead_from <= s.from + 3
            && d.to <= act.begin
            && d.when.is_some()
            && !matches!(d.lead, Lead::After | Lead::From)
    };
    let due = s.dates.iter().filter(inside).find(|d| d.lead == Lead::Due);
    let whole =
        |d: &&Found| d.from >= s.from && d.to <= s.to && d.when.is_some() && d.lead == Lead::Due;
    due.or_else(|| {
        s.dates
            .iter()
            .filter(inside)
            .find(|d| !matches!(d.lead, Lead::From))
    })
    .or_else(|| s.dates.iter().rfind(opening))
    .or_else(|| {
        s.dates
            .iter()
            .find(whole)
            .filter(|_| act.cue == Cue::Deadline)
    })
}

/// "send it", "do that", "take care of that": the object stands in an earlier sentence.
fn points_back(s: &Sentence, act: &Act) -> bool {
    let w = s.words;
    let mut at = act.from + 1;
    while at < act.to && one_of("care|of|into|on|with|up|out|over|for|at|after", w.word(at)) {
        at += 1;
    }
    let shown = one_of("that|this|those", w.word(at));
    let ends = at + 1 >= act.to
        || w.shape(at + 1) != Shape::Word
        || w.has(at + 1, Marks::FUNCTION)
        || w.word(at + 1) == "one";
    let dated = s.date_at(at + 1).is_some();
    one_of("it|them", w.word(at)) || shown && (ends || dated)
}

/// Whether the verb says nothing by itself: "do it", "take that one".
fn is_generic(s: &Sentence, act: &Act) -> bool {
    one_of(
        "do|take|handle|get|own|pick|cover|finish|manage",
        s.words.word(act.from),
    )
}

/// Short answers by which a speaker takes on what was asked.
const ACCEPTS: &str = "\
    will do|on it|i'm on it|im on it|i'll do it|i'll take it|i can do that|i can do it|i can take that|i can take it|\
    sure , i can|i got it|i've got it|got it|leave it to me|consider it done|mach ich|ich mach das|ich mache das|ich ubernehme das|\
    ich kummere mich darum|yo me encargo|me encargo|lo hago yo|je m' en occupe|je m' en charge|je le fais|ben yaparim|ben hallederim|ben bakarim|\
    yep will do|sure , will do|sure will do|ok will do|i can take that one|i'll take that one|i'll take that|i'll do that";

fn confidence(draft: &Draft, scene: &Scene, act: &Act) -> f64 {
    let mut confidence = act.strength;
    if draft.dated() {
        confidence += 0.05;
    }
    if draft.owner.is_some() {
        confidence += 0.03;
    }
    if scene.structured {
        confidence += 0.05;
    }
    if scene.check {
        confidence = confidence.max(0.85);
    }
    confidence.min(0.98)
}

/// Character positions of all quotes, in one pass over the text.
fn char_positions(text: &str, drafts: &[Draft]) -> BTreeMap<usize, usize> {
    let mut bytes: Vec<usize> = drafts
        .iter()
        .flat_map(|d| std::iter::once(&d.quote).chain(&d.also))
        .flat_map(|r| [r.start, r.end])
        .collect();
    bytes.sort_unstable();
    bytes.dedup();
    let (mut at, mut chars) = (0, 0);
    let mut positions = BTreeMap::new();
    for byte in bytes {
        chars += text[at..byte].chars().count();
        at = byte;
        positions.insert(byte, chars);
    }
    positions
}
