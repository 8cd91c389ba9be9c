//! The place of a sentence as the judge sees it.

use super::Against;
use crate::acts::{self, Sentence};
use crate::engine::prepare::Prepared;
use crate::engine::{Run, Scene};
use crate::learned::features::Place;
use crate::learned::plain_class;
use crate::segment::Kind;
use crate::text::Shape;

fn name(prepared: Option<&Prepared>) -> &'static str {
    let Some(item) = prepared else { return "none" };
    match item.unit.kind {
        Kind::Heading => "heading",
        Kind::Item { numbered: true } => "step",
        Kind::Item { numbered: false } => "item",
        Kind::Check { .. } => "check",
        Kind::Text if item.unit.speaker.is_some() => "turn",
        Kind::Text if item.words.len() <= 14 => "line",
        Kind::Text => "text",
    }
}

/// Names of the kinds of all units.
pub(crate) fn kinds(prepared: &[Prepared]) -> Vec<&'static str> {
    prepared.iter().map(|item| name(Some(item))).collect()
}

/// Of the units around each one, in tenths: how many begin with a verb of work, hold a number, end a sentence.
pub(crate) fn near(prepared: &[Prepared]) -> Vec<[u8; 3]> {
    let signs: Vec<[bool; 3]> = prepared
        .iter()
        .map(|item| {
            let w = &item.words;
            [
                acts::begins_as_order(w, item.language),
                (0..w.len().min(40)).any(|i| w.shape(i) == Shape::Number),
                w.len() > 0 && matches!(w.word(w.len() - 1), "." | "!" | "?"),
            ]
        })
        .collect();
    (0..signs.len())
        .map(|i| {
            let window = &signs[i.saturating_sub(4)..signs.len().min(i + 5)];
            std::array::from_fn(|k| {
                let yes = window.iter().filter(|s| s[k]).count();
                u8::try_from(yes * 10 / window.len()).unwrap_or(10)
            })
        })
        .collect()
}

/// What the first two words and the last one of every unit are like.
pub(crate) fn echoes(prepared: &[Prepared]) -> Vec<[&'static str; 3]> {
    prepared
        .iter()
        .map(|item| {
            let w = &item.words;
            [0, 1, w.len().saturating_sub(1)].map(|i| plain_class(w, i))
        })
        .collect()
}

impl Run<'_, '_> {
    pub(super) fn place(
        &self,
        s: &Sentence,
        scene: &Scene,
        (number, count): (usize, usize),
        verdict: [u8; 2],
        against: Against,
    ) -> Place<'_> {
        let unit = scene.item.unit;
        let flags = [
            s.setting.action,
            s.setting.item,
            s.setting.orders,
            s.setting.notes,
            s.setting.addressed,
            self.document.messages[unit.message].is_mail,
            self.course,
            self.advice.get(scene.index).copied().unwrap_or(false),
            self.timetable(scene.index),
            scene.around.reader.is_some(),
            scene.around.speaker.is_some(),
            self.people.is_empty(),
            self.document.units.len() > 40,
            self.document.units.len() <= 3,
            scene.index == 0,
            scene.index + 1 == self.document.units.len(),
            self.document.tables.is_empty(),
            against.doubtful,
            against.open_question,
            against.speaks_to_all,
            scene.check,
            against.off,
        ];
        let kind = |i: Option<usize>| i.and_then(|i| self.kinds.get(i).copied()).unwrap_or("none");
        Place {
            kind: kind(Some(scene.index)),
            class: self.document.sections[unit.section].class as u8,
            language: scene.item.language,
            climate: self.climates[unit.section],
            whole: self.whole,
            today: self.reference(unit.message, scene.item.language).today(),
            number,
            count,
            flags: flags
                .iter()
                .enumerate()
                .map(|(i, &yes)| u32::from(yes) << i)
                .sum(),
            verdict,
            before: kind(scene.index.checked_sub(1)),
            behind: kind(Some(scene.index + 1)),
            echo: [
                scene
                    .index
                    .checked_sub(1)
                    .and_then(|i| self.echoes.get(i))
                    .copied(),
                self.echoes.get(scene.index + 1).copied(),
            ],
            heading: self.document.sections[unit.section].heading.clone(),
            text: self.document.text,
            near: self.near.get(scene.index).copied().unwrap_or_default(),
        }
    }
}
