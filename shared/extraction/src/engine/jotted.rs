//! A few lines that somebody jotted down alone: orders in a row, what comes again and again, a name with its hour.

use super::prepare::Prepared;
use super::{Run, Scene};
use crate::acts::{self, Act, Cue, Form, Owner, Sentence};
use crate::draft::Draft;
use crate::fields::title;
use crate::language::{Language, Marks};
use crate::segment::Kind;
use crate::text::{Shape, Words};
use crate::{dates, events, sentences};
use sentry_domain::{Category, TaskType};

/// How sure it is that such a line means something.
const SURE: f64 = 0.8;

/// Whether a document is but a few short lines, or a list of such.
pub(super) fn is_jotting(prepared: &[Prepared]) -> bool {
    const LINES: usize = 4;
    const LISTED: usize = 12;
    const WORDS: usize = 26;
    let told = || prepared.iter().filter(|p| p.unit.kind != Kind::Heading);
    let lines = told().take(LISTED + 1).count();
    let listed = |p: &Prepared| matches!(p.unit.kind, Kind::Item { .. } | Kind::Check { .. });
    let fits = lines <= LINES || lines <= LISTED && told().all(listed);
    fits && told().all(|p| p.unit.speaker.is_none() && p.words.len() <= 2 * WORDS)
        && told().map(|p| p.words.len()).sum::<usize>() <= lines * WORDS
}

/// Verbs that only say how something is.
const TOLD: &str = "is|are|was|were|has|have|had|gets|goes|ist|sind|war|hat|haben|wird|werden|est|sont|ont|es|son|esta|estan|hay|ha|han|var|vardir";

/// Whether words read as an order: they begin with a verb, or end with one where the language has it there.
fn orders(words: &Words, from: usize, to: usize, language: Language) -> bool {
    let spoken = |i: &usize| words.shape(*i) == Shape::Word;
    let (Some(first), Some(last)) = ((from..to).find(spoken), (from..to).rev().find(spoken)) else {
        return false;
    };
    let ends = |i: usize, endings: &[&str]| {
        let word = words.word(i);
        let looks = word.len() > 3 && endings.iter().any(|end| word.ends_with(end));
        looks && !words.has(i, Marks::FUNCTION.and(Marks::MODAL))
    };
    let verb = words.has(first, Marks::VERB);
    match language {
        Language::English => verb,
        Language::German => {
            // A noun is written large, as in "Rechnungen".
            let noun = words.capital(first) && words.word(first).ends_with("en");
            verb && !noun
                || last > first && !words.capital(last) && ends(last, &["en", "ern", "eln"])
        }
        Language::Spanish => verb || ends(first, &["ar", "er", "ir", "arse", "irse"]),
        Language::French => verb || ends(first, &["er", "ir", "re"]),
        Language::Turkish => {
            let object = last > first && words.raw(last - 1).ends_with(['ı', 'i', 'u', 'ü']);
            let told = ends(
                last,
                &[
                    "di", "du", "ti", "tu", "yor", "acak", "ecek", "mis", "mus", "lar", "ler",
                    "dir",
                ],
            );
            acts::begins_as_order(words, language) || object && !told && !words.capital(last)
        }
    }
}

impl Run<'_, '_> {
    /// Whether a unit stands in a document of a few lines that somebody wrote for himself.
    fn is_jotted(&self, item: &Prepared) -> bool {
        let climate = self.climates[item.unit.section];
        let crowd = climate.sells() || climate.cooks() || climate.instructs() || climate.rules();
        let class = self.document.sections[item.unit.section].class;
        self.jotting
            && !crowd
            && !self.whole.cooks()
            && !self.whole.addresses_crowds()
            && !class.refuses()
    }

    /// "Call mum. Pick up dry cleaning. Email the landlord.": whether a passage is a row of orders and nothing else.
    pub(super) fn strung(&self, item: &Prepared) -> bool {
        const MOST: usize = 10;
        let w = &item.words;
        if !self.is_jotted(item) || self.document.messages[item.unit.message].is_mail {
            return false;
        }
        let all = sentences::split(w);
        let known = |&(from, _): &(usize, usize)| w.has(from, Marks::VERB);
        let order = |&(from, to): &(usize, usize)| {
            let asks = (from..to).any(|i| w.word(i) == "?" || w.one_of(i, TOLD));
            to - from >= 2 && to - from <= 16 && !asks && orders(w, from, to, item.language)
        };
        let verbal = || {
            all.iter().any(known) || (0..w.len()).any(|i| w.has(i, Marks::VERB) && !w.capital(i))
        };
        (2..=MOST).contains(&all.len()) && all.iter().all(order) && verbal()
    }

    /// "Vergiss nicht, das Paket abzuholen": whether somebody reminds in a line of its own.
    pub(super) fn reminds(&self, s: &Sentence, item: &Prepared) -> bool {
        const REMINDS: &str = "\
            don't forget|do not forget|dont forget|remember|remember to|vergiss nicht|vergesst nicht|nicht vergessen|denk dran|denk daran|denkt dran|denkt daran|\
            n' oublie pas|n'oublie pas|n' oubliez pas|n'oubliez pas|ne pas oublier|pense a|pensez a|penser a|no olvides|no olvidar|no olvide|recuerda|acuerdate|unutma|unutmayin";
        let opens = s.words.any_phrase(s.from..s.to.min(s.from + 3), REMINDS);
        let ends = s
            .words
            .any_phrase(s.to.saturating_sub(2).max(s.from)..s.to, REMINDS);
        (opens || ends) && self.is_jotted(item)
    }

    /// Reads one order of a row of them.
    pub(super) fn one_of_row(&mut self, s: &Sentence, scene: &Scene) {
        let mut acts = match acts::read(s, scene.item.language) {
            Ok(acts) => acts,
            Err(reason) => return self.refuse(reason),
        };
        // "Eva soll den Raum buchen. Tom soll Farbe holen."
        acts.retain(|act| {
            act.cue == Cue::Assignment
                && matches!(act.owner, Owner::Named(_))
                && act.begin == s.from
        });
        let act = acts.pop().unwrap_or(Act {
            cue: Cue::Imperative,
            owner: Owner::Nobody,
            begin: s.from,
            from: s.from,
            to: s.to,
            form: Form::Plain,
            strength: SURE,
        });
        let made = self.drafts.len();
        self.draft(s, scene, &act);
        self.settle_jotted(made);
    }

    /// "Pay rent on the 1st of every month", "Gym every Mon and Wed 18:00": a line that says by itself how often; whether
    /// it was one.
    pub(super) fn again(&mut self, s: &Sentence, scene: &Scene) -> bool {
        // When somebody is in or a place is open is nothing to go to.
        const HOURS: &str = "hours|open|opens|opening|closed|sprechstunde|sprechzeiten|offnungszeiten|geoffnet|geschlossen|horario|abierto|cerrado|horaires|ouvert|ferme|mesai|acik|kapali";
        const LONGEST: usize = 9;
        let w = s.words;
        let inside = s.dates.iter().filter(|d| d.from >= s.from && d.to <= s.to);
        let mut days = inside.filter(|d| d.when.as_ref().is_some_and(|when| when.day_given));
        let (Some(date), None) = (days.next(), days.next()) else {
            return false;
        };
        let monthly = || dates::of_the_month(w, date.lead_from..date.to, scene.item.language);
        let rule = date.when.as_ref().and_then(|when| when.recurrence.clone());
        let Some(rule) = rule.or_else(monthly) else {
            return false;
        };
        if s.asks() || w.any_of(s.from..s.to, HOURS) || !self.is_jotted(scene.item) {
            return false;
        }
        let telling = Marks::NEGATION
            .and(Marks::CONDITION)
            .and(Marks::MODAL)
            .and(Marks::FIRST)
            .and(Marks::SECOND)
            .and(Marks::THIRD)
            .and(Marks::PLURAL)
            .and(Marks::HABIT);
        let free = |i: &usize| !(date.lead_from..date.to).contains(i);
        if (s.from..s.to)
            .filter(free)
            .any(|i| w.has(i, telling) || w.one_of(i, TOLD))
        {
            return false;
        }
        let Some(mut when) = s.when(date) else {
            return false;
        };
        when.recurrence = Some(rule);
        let name = title::of_span(w, s.from, s.to, s.dates, &[]);
        let mut words = Words::read(&name, 0, name.len());
        words.mark(scene.item.language.lexicon());
        let named = name.chars().filter(|c| c.is_alphabetic()).count() > 2;
        if !named || words.len() > LONGEST {
            return false;
        }
        let meeting = (0..words.len()).any(|i| words.has(i, Marks::MEETING));
        // "Review the KPIs", but "Review meeting".
        let held = words.has(0, Marks::MEETING) && !words.one_of(1, "the|a|an|my|our|your|all");
        let order = !held && orders(&words, 0, words.len(), scene.item.language);
        if !order && !meeting && when.time.is_none() {
            return false;
        }
        let made = self.drafts.len();
        let mut draft = Draft::task(name, w.bytes(s.from, s.to), SURE, scene.index);
        if order {
            draft.due(&when, self.context.zone);
        } else {
            draft.task_type = TaskType::Meeting;
            draft.category = Category::Meeting;
            draft.takes_place(&when, None, self.context.zone);
            draft.attendees = events::attendees(s);
        }
        self.drafts.push(draft);
        self.settle_jotted(made);
        true
    }

    /// The judge was taught running texts: of such lines it knows nothing.
    pub(super) fn settle_jotted(&mut self, made: usize) {
        for draft in &mut self.drafts[made..] {
            draft.certain = true;
        }
    }
}
