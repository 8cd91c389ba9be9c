//! Words that stand apart and are meant as one sentence, read as that sentence: the points of a list with its lead-in,
//! "Nora to prepare the slides, Ben the handouts and Cy the quiz".

use crate::acts::{self, Act, Cue, Owner, Sentence, Setting};
use crate::dates;
use crate::draft::Draft;
use crate::engine::beside::Beside;
use crate::engine::prepare::Prepared;
use crate::engine::signs::due_date;
use crate::engine::{Run, Scene, THRESHOLD};
use crate::fields::{hints, people, title};
use crate::language::Language;
use crate::text::{Shape, Words};
use std::collections::HashSet;
use std::ops::Range;

const JOINS: &str = ",|and|&|und|sowie|y|e|et|ve|while|;";
const DETERMINERS: &str = "\
    the|a|his|her|their|our|my|das|die|der|den|dem|ein|eine|einen|seine|ihre|unsere|le|la|les|l'|un|une|des|son|sa|ses|el|los|las|una|unos|unas|su|sus";
/// What a separable verb leaves at the end of its clause.
const PARTICLES: &str =
    "vor|ab|an|auf|aus|ein|zu|mit|weiter|nach|durch|bei|her|hin|weg|fest|frei|fertig|zusammen|um";

impl Run<'_, '_> {
    /// "Nora to prepare the slides, Ben the handouts and Cy the quiz": the verb of the first holds for all; whether it was so.
    pub(super) fn shared_verb(&mut self, s: &Sentence, scene: &Scene) -> bool {
        const LONGEST: usize = 60;
        let w = s.words;
        if s.to - s.from > LONGEST || !w.capital(s.from) || s.asks() {
            return false;
        }
        let name = |i: usize| acts::known_person(w, i, self.people) || acts::name_like(w, i);
        let opens = |i: usize| {
            // German "an" leads elsewhere.
            let english = scene.item.language == Language::English;
            w.capital(i)
                && w.one_of(i - 1, JOINS)
                && (w.one_of(i + 1, DETERMINERS) || english && w.word(i + 1) == "an")
                && i + 2 < s.to
                && w.shape(i + 2) == Shape::Word
                && name(i)
        };
        let heads: Vec<usize> = (s.from + 3..s.to).filter(|&i| opens(i)).collect();
        let Some(&next) = heads.first().filter(|_| name(s.from)) else {
            return false;
        };
        let object = (s.from + 2..next).find(|&i| w.one_of(i, DETERMINERS));
        let Some(object) = object else { return false };
        let verb = w.slice(s.from + 1, object);
        let end = |from: usize, to: usize| {
            let mark = |k: &usize| !w.one_of(*k, ",|;|.|and|&|und|sowie|y|e|et|ve|while");
            (from..to).rev().find(mark).map_or(from, |k| k + 1)
        };
        let first = end(object, next);
        let particle =
            (first > object + 2 && w.one_of(first - 1, PARTICLES)).then(|| w.raw(first - 1));
        let mut parts = vec![(s.from, first)];
        for (k, &head) in heads.iter().enumerate() {
            let to = heads.get(k + 1).copied().unwrap_or(s.to);
            parts.push((head, end(head, to)));
        }
        // Who stands beside persons is one, and the sentence says of all what it says of the first.
        let people = HashSet::from([w.word(s.from).to_owned()]);
        let mut drafts = Vec::new();
        for (k, &(from, to)) in parts.iter().enumerate() {
            let (first, thing) = (w.raw(s.from), w.slice(from + 1, to));
            let said = if k == 0 {
                w.slice(from, to).to_owned()
            } else {
                format!("{first} {verb} {thing} {}", particle.unwrap_or(""))
            };
            let fits = |words: &Words, act: &Act| gives_work(words, act, &people);
            let read = self.spliced(&said, w.bytes(from, to), scene.item, &people, fits);
            let Some(draft) = read else { return false };
            drafts.push(Draft {
                owner: Some(w.raw(from).to_owned()),
                ..draft
            });
        }
        self.drafts.extend(drafts);
        true
    }

    /// The task that `said` assigns, asks for or promises, as if it stood at `quote` in the passage `item`.
    pub(super) fn spliced(
        &self,
        said: &str,
        quote: Range<usize>,
        item: &Prepared,
        people: &HashSet<String>,
        fits: impl Fn(&Words, &Act) -> bool,
    ) -> Option<Draft> {
        let mut words = Words::read(said, 0, said.len());
        words.mark(item.language.lexicon());
        let reference =
            self.in_section(item.unit, self.reference(item.unit.message, item.language));
        let found = dates::scan(&words, &reference, false);
        let setting = Setting {
            action: true,
            item: true,
            orders: true,
            notes: false,
            addressed: true,
            people,
        };
        let s = Sentence {
            words: &words,
            from: 0,
            to: words.len(),
            dates: &found,
            setting: &setting,
        };
        let act = acts::read(&s, item.language).ok()?.into_iter().next()?;
        if act.strength < THRESHOLD || !fits(&words, &act) {
            return None;
        }
        let beside = Beside::read(&s, &act);
        let title = title::title(&words, &act, &found, &beside.spans)?;
        let mut draft = Draft::task(title, quote, act.strength, item.index);
        let around = self.around(item);
        let owner = beside.owner.as_ref().unwrap_or(&act.owner);
        draft.owner = people::resolve(owner, &around);
        beside.tell(&mut draft);
        draft.category = hints::category(&words, 0, words.len(), self.course);
        if let Some(when) = due_date(&s, &act).and_then(|date| s.when(date)) {
            draft.due(&when, self.context.zone);
        }
        Some(draft)
    }
}

/// Whether an act gives work to somebody whom it names.
pub(super) fn gives_work(words: &Words, act: &Act, people: &HashSet<String>) -> bool {
    match &act.owner {
        Owner::Named(_) => {
            matches!(act.cue, Cue::Owner | Cue::Assignment) && {
                let person = acts::known_person(words, act.begin, people);
                person || acts::name_like(words, act.begin)
            }
        }
        Owner::Speaker | Owner::Reader | Owner::Nobody => false,
    }
}
