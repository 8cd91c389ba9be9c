//! From a sentence to drafts.

use crate::acts::{self, Act, Cue, Sentence};
use crate::draft::{Draft, Pronoun};
use crate::engine::annotate;
use crate::engine::beside::Beside;
use crate::engine::headings::addressee;
use crate::engine::matter::Link;
use crate::engine::over;
use crate::engine::signs::{
    confidence, due_date, is_generic, is_meeting_act, points_back, thing_before, told_before,
    with_thing,
};
use crate::engine::{Run, Scene, THRESHOLD};
use crate::events;
use crate::fields::people::{self};
use crate::fields::{hints, title};
use crate::item::Refusal;
use crate::language::Marks;
use crate::segment::sections::Class;
use crate::text::Shape;
use sentry_domain::{Category, TaskType};

/// As many units at the beginning of a document may say when the meeting was that it is about.
const HEAD: usize = 5;

impl Run<'_, '_> {
    /// Reads one sentence; whether it only says more about an item before it.
    pub(crate) fn sentence(&mut self, s: &Sentence, scene: &Scene) -> bool {
        if events::takes_back(s) {
            self.refuse(Refusal::Done);
            return true;
        }
        if let Some(reason) = self.told_of_others(s, scene) {
            self.refuse(reason);
            return true;
        }
        if !scene.first && self.annotates(s, scene.index)
            || self.handed(s, scene.index)
            || self.dated_later(s, scene)
            || self.redated(s, scene)
            || self.put_off(s, scene)
            || self.withdrawn(s, scene.index)
            || self.attended(s, scene.index)
        {
            return true;
        }
        self.fresh(s, scene);
        false
    }

    /// Reads a sentence that stands for itself.
    fn fresh(&mut self, s: &Sentence, scene: &Scene) {
        if let Some(reason) = over::refused(s) {
            return self.refuse(reason);
        }
        if scene.strung {
            return self.one_of_row(s, scene);
        }
        if self.again(s, scene) || self.shared_verb(s, scene) || self.several_days(s, scene) {
            return;
        }
        let section = &self.document.sections[scene.item.unit.section];
        let schedule = section.class == Class::Schedule || self.timetable(scene.index);
        if let Some(event) = self.under_heading(s, scene) {
            return self.named_above(s, scene, event);
        }
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
            let bare = || events::appointment(s, false).filter(|_| !acts.is_empty());
            match events::read(s, schedule, false).map(|event| event.or_else(bare)) {
                Ok(Some(event)) => return self.event(s, scene, event),
                Err(reason) if acts.is_empty() => return self.refuse(reason),
                Ok(None) | Err(_) => {}
            }
        }
        if acts.is_empty()
            && let Some(event) = Self::continued(s)
        {
            return self.event(s, scene, event);
        }
        let jotted = s.setting.orders
            && s.setting.item
            && scene.index > 0
            && s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_none()));
        if acts.is_empty()
            && self.course
            && let Some(act) = handed_in(s)
        {
            return self.act(s, scene, &act);
        }
        if acts.is_empty() && self.part_of_list(s, scene) {
            return;
        }
        if acts.is_empty() && (scene.structured || jotted || handed_over(s)) && scene.first {
            return self.noun(s, scene);
        }
        if acts.is_empty()
            && section.class != Class::Rules
            && let Some(event) = events::appointment(s, false)
        {
            return self.event(s, scene, event);
        }
        let before = self.drafts.len();
        let several = acts.len() > 1;
        let told = acts
            .iter()
            .all(|a| !matches!(a.cue, Cue::Imperative | Cue::Request));
        for act in acts {
            if several && is_meeting_act(s, &act) && self.part(s, scene, &act) {
                continue;
            }
            self.act(s, scene, &act);
        }
        // What is too weak a task may be a meeting.
        if self.drafts.len() == before && section.class != Class::Rules {
            let read = told.then(|| events::read(s, schedule, false));
            let event = read.and_then(Result::ok).flatten();
            if let Some(event) = event.or_else(|| events::appointment(s, false)) {
                self.event(s, scene, event);
            }
        }
    }

    /// Of several acts the one that is a meeting; whether it was read as one.
    fn part(&mut self, s: &Sentence, scene: &Scene, act: &Act) -> bool {
        let part = Sentence {
            from: act.begin,
            to: act.to,
            ..*s
        };
        let Ok(Some(event)) = events::read(&part, false, false) else {
            return false;
        };
        self.event(&part, scene, event);
        true
    }

    /// The event that a heading names; a day under "Next meeting" is certainly that of the meeting.
    fn named_above(&mut self, s: &Sentence, scene: &Scene, event: events::Event) {
        let (made, certain) = (self.drafts.len(), !event.bare);
        self.event(s, scene, event);
        for draft in &mut self.drafts[made..] {
            draft.certain = certain;
        }
    }

    pub(crate) fn event(&mut self, s: &Sentence, scene: &Scene, event: events::Event) {
        let Some(mut when) = s.when(&event.date) else {
            return;
        };
        if !when.day_given
            && let Some(day) = self.day.filter(|_| self.timetable(scene.index))
        {
            when.day = day;
        }
        self.lend_day(s, scene, &event.date, &mut when);
        let climate = self.climates[scene.item.unit.section];
        if climate.sells() || self.is_pitch(s, scene.item.unit.message) {
            return self.refuse(Refusal::Advertisement);
        }
        if events::closes_house(s) {
            return self.refuse(Refusal::Rule);
        }
        if over::is_head(s) || self.document.speakers.contains(&event.title) {
            return self.refuse(Refusal::Report);
        }
        // The date in the head of a document says when it was written, not what is to come.
        let over = when
            .start(self.context.zone)
            .is_some_and(|at| at <= self.context.now);
        let written = self.reference(scene.item.unit.message, scene.item.language);
        let unit = scene.item.unit;
        let told = unit.speaker.is_none() && !self.document.messages[unit.message].is_mail;
        let own = told && when.day_given && scene.index <= HEAD && when.day == written.today();
        let past = scene.index <= 1 || own || event.bare;
        if past && over && when.recurrence.is_none() {
            return self.refuse(Refusal::Past);
        }
        if event.bare && (climate.instructs() || climate.cooks() || climate.rules()) {
            return self.refuse(Refusal::Rule);
        }
        let title = self.event_name(event.title, s, scene);
        let mut draft = Draft::task(
            title,
            s.words.bytes(event.begin, event.to),
            event.strength,
            scene.index,
        );
        // "20 min mardi 16 à 9h15": how long it lasts may stand before its day, too.
        let lasts = |mut at: std::ops::Range<usize>, most: f64| {
            let found = at.find_map(|i| hints::duration(s.words, i));
            found.map(|(h, _)| h).filter(|&h| h <= most)
        };
        let hours =
            lasts(event.date.to..s.to, 12.0).or_else(|| lasts(s.from..event.date.lead_from, 2.0));
        let zone = self.context.zone;
        // Outside a course a quiz with an hour is an evening in a pub.
        let sat = (s.from..s.to).any(|i| s.words.has(i, Marks::EXAM) && s.words.word(i) != "quiz");
        let sat = event.exam && (self.course || sat || when.time.is_none());
        if sat {
            draft.category = Category::Exam;
            draft.due(&when, zone);
            draft.due_at = when.start(zone).or(draft.due_at);
            draft.start_at = when.start(zone);
            draft.end_at = when.end(zone);
            // One of several days begins on the first.
            draft.due_on = draft.due_on.map(|_| when.day);
        } else {
            draft.task_type = TaskType::Meeting;
            draft.category = Category::Meeting;
            draft.takes_place(&when, hours, zone);
            draft.attendees = event.attendees;
        }
        self.drafts.push(draft);
    }

    /// An item under a heading for tasks that no cue explains is a task by its place.
    pub(crate) fn noun(&mut self, s: &Sentence, scene: &Scene) {
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
        let told = words.any_of(
            s.from..s.to,
            "was|were|has|had|have|wurde|wurden|hat|haben|habe|fue|ete|va|van|vont|will",
        );
        let told =
            told || words.one_of(first, "ya|deja|schon|bereits|already|zaten") && s.to > first + 2;
        if told && !scene.check {
            return self.refuse(Refusal::Past);
        }
        if !scene.check
            && let Some(event) = events::appointment(s, true)
        {
            return self.event(s, scene, event);
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

    pub(crate) fn act(&mut self, s: &Sentence, scene: &Scene, act: &Act) {
        if let Err(reason) = self.judge(s, scene, act) {
            return self.refuse(reason);
        }
        self.draft(s, scene, act);
    }

    /// Makes an item of an act.
    pub(crate) fn draft(&mut self, s: &Sentence, scene: &Scene, act: &Act) {
        let beside = Beside::read(s, act);
        // "Order badges -> Tom": an order in a list that has an owner.
        let mut act = act.clone();
        if beside.owner.is_some() && s.setting.item && act.cue == Cue::Imperative {
            act.strength = act.strength.max(0.66);
        }
        let act = &act;
        // "ACTION: JH" names who, and not what.
        let label = matches!(act.cue, Cue::Label | Cue::Noun) && !scene.check;
        let title = title::title(s.words, act, s.dates, &beside.spans);
        let Some(title) = title.filter(|title| !label || !acts::are_initials(title)) else {
            return self.refuse(Refusal::NoTitle);
        };
        let (title, link) = self.titled(title, s, scene, act);
        let quote_from = if scene.structured { s.from } else { act.begin };
        let mut draft = Draft::task(
            title,
            s.words.bytes(quote_from, act.to.max(act.from + 1)),
            act.strength,
            scene.index,
        );
        draft.owner = people::resolve(&act.owner, scene.around);
        if let Some(owner) = &beside.owner
            && (act.owner == acts::Owner::Nobody || act.cue == Cue::Imperative)
        {
            draft.owner = people::resolve(owner, scene.around);
        }
        if draft.owner.is_none() && annotate::stands_for_one(s.words.word(act.begin)) {
            draft.owner = acts::last_named(s);
        }
        if draft.owner.is_none() {
            draft.owner = self.heading_owner(scene.item.unit);
        }
        draft.owner = draft.owner.or_else(|| addressee(s, scene, act));
        beside.tell(&mut draft);
        draft.category = hints::category(s.words, s.from, s.to, self.course);
        let due = due_date(s, act)
            .and_then(|d| {
                let mut when = s.when(d)?;
                self.lend_own_day(s, scene, d, &mut when);
                Some(when)
            })
            .or_else(|| told_before(s, act).filter(|_| link == Link::Words))
            .or_else(|| self.heading_date(scene.item.unit));
        if let Some(when) = due {
            draft.due(&when, self.context.zone);
        }
        draft.pronoun = points_back(s, act).then(|| {
            if is_generic(s, act) {
                Pronoun::Generic
            } else {
                Pronoun::Verb
            }
        });
        if link == Link::Item {
            draft.pronoun = Some(Pronoun::Generic);
        }
        // "Let's finish them by Friday" may say by itself what is to be done; "do it" never.
        let telling = draft.pronoun == Some(Pronoun::Verb)
            || draft.pronoun.is_some()
                && s.words.one_of(act.from, "finish|handle|cover|manage|own");
        if telling
            && link != Link::Words
            && let Some(thing) = thing_before(s, act.begin)
            && !self
                .drafts
                .iter()
                .rev()
                .take(6)
                .any(|d| d.title.contains(&thing))
        {
            draft.title = with_thing(&draft.title, &thing);
            draft.pronoun = Some(Pronoun::Verb);
        }
        draft.certain = act.cue == Cue::Request && self.reminds(s, scene.item);
        draft.confidence = confidence(&draft, scene, act);
        if draft.confidence < THRESHOLD {
            return self.refuse(Refusal::Weak);
        }
        draft.plain = self.plainly_asked(s, scene, act);
        self.drafts.push(draft);
    }
}

/// "PO number by noon -> Gwen": a point that is somebody's.
fn handed_over(s: &Sentence) -> bool {
    let w = s.words;
    s.setting.item
        && people::trailing(s, s.from).is_some_and(|(_, (at, _))| {
            matches!(w.word(at), "→" | "⇒") || w.word(at) == "-" && w.word(at + 1) == ">"
        })
}

/// "Feb 27 Lab report 2", "Final project proposal - March 20": in a course a paper on its day is to be handed in.
fn handed_in(s: &Sentence) -> Option<Act> {
    const PAPERS: &str = "report|essay|paper|proposal|project|homework|hw|assignment|pset|draft|portfolio|bibliography|thesis|reflection|worksheet|deliverable|milestone|set";
    const KINDS: &str = "final|first|second|third|term|research|response|lab|project|draft|short|group|individual|reflection|annotated|course|problem|position|midterm|seminar|field|rough|revised|data|team";
    let w = s.words;
    let dated = s.dated(|d| {
        d.when
            .as_ref()
            .is_some_and(|x| x.day_given && x.recurrence.is_none())
    });
    let first = (s.from..s.to).find(|&i| !s.in_date(i) && w.shape(i) == Shape::Word)?;
    let paper = (first..s.to.min(first + 6)).find(|&i| {
        let ends = i + 1 >= s.to || w.shape(i + 1) != Shape::Word || s.in_date(i + 1);
        let kind = i > first && w.one_of(i - 1, KINDS);
        w.one_of(i, PAPERS) && ends && (kind || w.number(i + 1).is_some() || i == first)
    })?;
    let telling = (s.from..s.to).any(|i| {
        w.has(i, Marks::MODAL.and(Marks::NEGATION).and(Marks::DONE))
            || w.one_of(
                i,
                "is|are|was|were|feedback|returned|discussion|workshop|introduction|back|%",
            )
    });
    (dated && !telling && !s.asks() && s.to - s.from <= 16 && paper >= first).then_some(Act {
        cue: Cue::Deadline,
        owner: acts::Owner::Nobody,
        begin: s.from,
        from: first,
        to: s.to,
        form: acts::Form::Noun("Submit"),
        strength: 0.66,
    })
}
