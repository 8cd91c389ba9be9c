//! What is known of a whole document before its units are read.

use super::prepare::{self, Prepared, is_course_word};
use super::{Run, asked, jotted, learned, margin, over, pitched, posted};
use crate::acts::Sentence;
use crate::climate::Climate;
use crate::context::Context;
use crate::dates::Reference;
use crate::item::Refusal;
use crate::language::Language;
use crate::learned::features::Keys;
use crate::learned::model::Model;
use crate::segment::{Document, Kind, mail};
use crate::{injected, reference};
use chrono::Timelike;
use std::collections::{BTreeMap, HashSet};

impl<'a, 't> Run<'a, 't> {
    pub(super) fn new(
        document: &'a Document<'t>,
        people: &'a HashSet<String>,
        context: &'a Context,
        prepared: &[Prepared],
    ) -> Self {
        let mut climates = vec![Climate::default(); document.sections.len()];
        let mut course = 0;
        for item in prepared {
            climates[item.unit.section].add(&item.words);
            course += (0..item.words.len())
                .filter(|&i| is_course_word(item.words.word(i)))
                .count();
        }
        if prepare::is_manual(prepared) {
            climates.iter_mut().for_each(Climate::name_manual);
        }
        let mut whole = Climate::default();
        for climate in &climates {
            whole.join(climate);
        }
        let automatic = automatic(document, prepared);
        let whole_day = prepared.iter().any(|item| tells_whole_day(&item.words));
        let title = prepared
            .iter()
            .take(3)
            .filter(|item| item.words.len() <= 16);
        let evenings = title
            .map(|item| &item.words)
            .any(crate::dates::names_evenings);
        let references = document
            .messages
            .iter()
            .map(|m| {
                let reference = reference::of(document, m, context);
                let late = reference.same_time.is_some_and(|time| time.hour() >= 18);
                Reference {
                    whole_day,
                    evenings: evenings || late,
                    ..reference
                }
            })
            .collect();
        Self {
            document,
            context,
            people,
            drafts: Vec::new(),
            refused: BTreeMap::new(),
            latest: None,
            passages: Vec::new(),
            climates,
            whole,
            references,
            automatic,
            course: course >= 2,
            injected: injected(document, prepared),
            notes: prepare::is_notes(prepared),
            jotting: jotted::is_jotting(prepared),
            post: posted::is_post(prepared),
            pitched: pitched::pitched(document, prepared),
            advice: prepare::advice(prepared),
            timetable: prepare::timetable(prepared),
            stamped: prepare::stamped(prepared),
            margins: margin::margins(prepared),
            taken: Vec::new(),
            watched: None,
            judge: Model::shipped(),
            keys: Keys::default(),
            kinds: learned::kinds(prepared),
            near: learned::near(prepared),
            echoes: learned::echoes(prepared),
            asked: asked::asked(prepared),
            stamps: reference::stamped_order(document.text, context.zone.day_of(context.now)),
            spoken_at: None,
            spoken_of: None,
            lent: None,
            counted: None,
            day: None,
            day_above: None,
        }
    }

    /// Counts a refusal.
    pub(crate) fn refuse(&mut self, reason: Refusal) {
        *self.refused.entry(reason).or_insert(0) += 1;
        self.latest = Some(reason);
    }

    /// Keeps why a passage yielded nothing since there were `made` drafts.
    pub(crate) fn note_refused(&mut self, bytes: std::ops::Range<usize>, made: usize) {
        if let Some(reason) = self.latest.filter(|_| self.drafts.len() == made) {
            self.passages.push((bytes, reason));
        }
    }

    /// The same of a sentence; one that tells what somebody did is past, even where no rule says so.
    pub(super) fn note_sentence(&mut self, s: &Sentence, made: usize) {
        if matches!(self.latest, None | Some(Refusal::Weak)) && over::told(s) {
            self.latest = Some(Refusal::Past);
        }
        self.note_refused(s.words.bytes(s.from, s.to), made);
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
        let reference = reference.unwrap_or_else(fallback);
        let reference = Reference {
            language,
            ..reference
        };
        self.spoken_at.map_or(reference, |now| reference.at(now))
    }
}

/// The messages that nobody wrote.
fn automatic(document: &Document, prepared: &[Prepared]) -> Vec<bool> {
    let mut automatic: Vec<bool> = document
        .messages
        .iter()
        .map(|m| {
            let subject = &document.text[m.subject.clone()];
            mail::is_automatic(subject) || mail::is_bounce(subject)
        })
        .collect();
    if crate::model::is_declined(document.text) {
        return vec![true; automatic.len()];
    }
    let mut last = None;
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
        // Somebody may write of a mail that came back, but he does not begin with what the machine said.
        let opens = last != Some(item.unit.message);
        automatic[item.unit.message] |= opens && mail::is_bounce(text);
        last = Some(item.unit.message);
    }
    for (index, message) in document.messages.iter().enumerate() {
        let from = crate::text::fold_str(message.from.as_deref().unwrap_or(""));
        automatic[index] |= mail::is_bounce(&from);
        automatic[index] |= [
            "noreply",
            "no-reply",
            "donotreply",
            "do-not-reply",
            "newsletter",
        ]
        .iter()
        .any(|robot| from.contains(robot));
    }
    automatic
}

/// Passages that give orders to machines, with what follows in the same paragraph; an item of a list stands alone.
fn injected(document: &Document, prepared: &[Prepared]) -> Vec<std::ops::Range<usize>> {
    let suspect =
        |item: &&Prepared| (0..item.words.len()).any(|i| injected::is_suspect(item.words.word(i)));
    prepared
        .iter()
        .filter(suspect)
        .filter(|item| injected::is_injected(&document.text[item.unit.bytes.clone()]))
        .map(|item| match item.unit.kind {
            Kind::Item { .. } | Kind::Check { .. } => item.unit.bytes.clone(),
            _ => injected::rest_of_paragraph(document.text, &item.unit.bytes),
        })
        .collect()
}

/// Whether an hour such as 14:30 shows that the writer counts to 24.
fn tells_whole_day(words: &crate::text::Words) -> bool {
    (0..words.len()).any(|i| {
        words.word(i + 1) == ":"
            && words.touches(i)
            && words.touches(i + 1)
            && words.number(i).is_some_and(|hour| (13..24).contains(&hour))
            && words.word(i + 2).len() == 2
            && words.number(i + 2).is_some_and(|minute| minute < 60)
            && words.word(i + 3) != ":"
    })
}

/// How many shares in a hundred a passage names: "homework 20%, midterm 30%" says how marks are made.
pub(super) fn shares(words: &crate::text::Words) -> usize {
    (1..words.len())
        .filter(|&i| words.word(i) == "%" && words.number(i - 1).is_some())
        .count()
}
