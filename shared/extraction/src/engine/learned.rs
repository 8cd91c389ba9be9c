//! What the learned judge sees of a sentence.

pub(crate) mod guess;
mod view;

use crate::acts::{self, Sentence};
use crate::climate::Climate;
use crate::dates::Lead;
use crate::draft::Draft;
use crate::engine::{Run, Scene, ended};
use crate::events;
use crate::item::Refusal;
use crate::language::Marks;
use crate::learned::features;
use crate::learned::model::Thresholds;
use crate::segment::Kind;
use sentry_domain::{Category, TaskType};
pub(crate) use view::{echoes, kinds, near};

/// From these margins on a task with a day is a meeting, one with an hour, and what looks like an appointment may be one.
const CONVERTS: f32 = 0.5;
const CONVERTS_TIMED: f32 = -0.5;
const APPOINTS: f32 = -1.0;

/// From this margin on it is one whatever written work its sentence names.
const SURELY: f32 = 1.0;

/// What a line that stands alone and says by when has in its favour.
const NOTED: f32 = 1.0;

/// As sure the judge is at least of what is plainly asked for.
const LEAST: f32 = 0.0;

/// How much surer than of another refused one the judge must be of what was called off or never meant.
const CALLED_OFF: f32 = 1.0;

/// A sentence as the judge sees it, and what the rules made of it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its bytes in the text.
    pub bytes: std::ops::Range<usize>,
    /// Its features, in rising order.
    pub keys: Vec<u32>,
    /// The rules found something in it.
    pub drafted: bool,
    /// It only says more about an item before it.
    pub settled: bool,
    /// It names a day.
    pub dated: bool,
}

/// What in a sentence or around it speaks against it.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a feature of its own"
)]
struct Against {
    doubtful: bool,
    open_question: bool,
    speaks_to_all: bool,
    off: bool,
}

impl Run<'_, '_> {
    /// Lets the judge see a sentence after the rules have: what they pass over may be an item all the same, and what
    /// they are not sure of may be none.
    pub(crate) fn second_look(
        &mut self,
        s: &Sentence,
        scene: &Scene,
        nth: (usize, usize),
        before: usize,
        settled: bool,
    ) {
        let drafted = self.drafts.len() > before;
        if self.watched.is_none() && !drafted && (settled || !is_telling(s, scene)) {
            return;
        }
        let against = Against {
            doubtful: is_doubtful(s),
            open_question: open_question(s),
            speaks_to_all: self.speaks_to_all(scene),
            off: is_off(s),
        };
        let verdict = self.verdict(before, settled);
        let mut keys = std::mem::take(&mut self.keys);
        let place = self.place(s, scene, nth, verdict, against);
        features::collect(&mut keys, s, &place);
        let margin = self.judge.item(&keys.all);
        let meets = self.judge.meeting(&keys.all);
        if let Some(watched) = &mut self.watched {
            let mut keys = keys.all.clone();
            keys.sort_unstable();
            watched.push(Candidate {
                bytes: s.words.bytes(s.from, s.to),
                keys,
                drafted,
                settled,
                dated: s.dated(|d| d.when.is_some()),
            });
        }
        self.keys = keys;
        if self.watched.is_some() {
            return;
        }
        if drafted {
            let thresholds = self.judge.thresholds;
            // Of a few words alone the judge knows little: what they are about stands before them.
            let brief = s.to - s.from <= 4;
            // What stands under a heading for tasks needs more to be none.
            let placed = scene.structured || scene.check;
            let margin_here = if placed { margin + 1.5 } else { margin };
            let none = |draft: &Draft| !brief && margin_here < doubt(thresholds, draft.confidence);
            let dropped = self.drafts.split_off(before);
            for mut draft in dropped {
                if draft.certain {
                    self.drafts.push(draft);
                } else if none(&draft) && draft.plain {
                    draft.judged = Some(margin.max(LEAST));
                    self.drafts.push(draft);
                } else if none(&draft) {
                    self.refuse(Refusal::Weak);
                } else {
                    let timed = draft.due_at.is_some();
                    let held = meets > if timed { CONVERTS_TIMED } else { CONVERTS };
                    if held && !promises_deed(s) && !acts::closes(s, scene.item.language) {
                        self.takes_place(&mut draft, s, meets);
                    }
                    draft.meets = meets > CONVERTS && !s.dated(|d| d.when.is_some());
                    draft.judged = Some(margin);
                    self.drafts.push(draft);
                }
            }
        } else if !settled
            && margin > self.wanted(against) - self.noted(s, against)
            && !self.is_pitch(s, scene.item.unit.message)
        {
            self.passed_over(s, scene, margin, meets);
        }
    }

    /// What the rules say of the sentence just read: how sure they are of the first item they found in it since `before`,
    /// in twentieths, and why they refused it.
    fn verdict(&self, before: usize, settled: bool) -> [u8; 2] {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "of a number from 0 to 1"
        )]
        let sure = |draft: &Draft| (draft.confidence.clamp(0.0, 1.0) * 20.0) as u8;
        [
            self.drafts.get(before).map_or(0, sure),
            self.latest
                .map_or(u8::from(settled), |reason| 2 + reason as u8),
        ]
    }

    /// From which margin on a sentence that the rules pass over is an item.
    fn wanted(&self, against: Against) -> f32 {
        let Thresholds {
            adds, adds_refused, ..
        } = self.judge.thresholds;
        match self.latest {
            // Nothing annoys as much as what was called off or never meant.
            Some(Refusal::Negated | Refusal::Done | Refusal::Example | Refusal::Question) => {
                adds_refused + CALLED_OFF
            }
            Some(
                Refusal::Past
                | Refusal::Hypothetical
                | Refusal::Advertisement
                | Refusal::Instructions,
            ) => adds_refused,
            _ if against.off => adds_refused + CALLED_OFF,
            // "Should we send it?" asks nothing of anyone.
            _ if against.open_question => adds_refused + CALLED_OFF,
            _ if against.speaks_to_all || against.doubtful => adds_refused,
            _ => adds,
        }
    }

    /// How much less sure the judge may be of a line by itself that says by when: somebody meant something by it.
    fn noted(&self, s: &Sentence, against: Against) -> f32 {
        let due =
            || s.dated(|d| d.lead == Lead::Due && d.ahead().is_some_and(|when| when.day_given));
        let alone = self.document.units.len() == 1 && self.latest.is_none();
        let clear = !(against.doubtful || against.open_question || against.off);
        if alone && clear && due() { NOTED } else { 0.0 }
    }

    /// Advertisements, manuals, recipes, contracts and notices are full of what reads like an order.
    fn speaks_to_all(&self, scene: &Scene) -> bool {
        let own = Climate::of(&scene.item.words);
        let climates = [self.climates[scene.item.unit.section], self.whole];
        climates
            .iter()
            .any(|c| c.sells() || c.cooks() || c.instructs() || c.rules() || c.addresses_crowds())
            || own.cooks()
    }

    /// Makes a meeting of a task.
    fn takes_place(&self, draft: &mut Draft, s: &Sentence, meets: f32) {
        if draft.task_type == TaskType::Meeting || draft.category == Category::Exam {
            return;
        }
        let Some(when) = events::told(s, meets > SURELY).and_then(|event| s.when(&event.date))
        else {
            return;
        };
        draft.task_type = TaskType::Meeting;
        draft.category = Category::Meeting;
        (draft.due_at, draft.due_on) = (None, None);
        draft.takes_place(&when, None, self.context.zone);
        draft.attendees = events::attendees(s);
    }

    /// "The Chair would like fifteen minutes with you. Thursday, 3.30?": what was held for a meeting and took its hour
    /// from another sentence begins then.
    pub(crate) fn settle_meetings(&mut self) {
        let open = |draft: &&mut Draft| {
            draft.meets && draft.task_type == TaskType::Task && draft.category != Category::Exam
        };
        for draft in self.drafts.iter_mut().filter(open) {
            if let Some(at) = draft.due_at.take() {
                draft.task_type = TaskType::Meeting;
                draft.category = Category::Meeting;
                draft.start_at = Some(at);
            }
        }
    }
}

/// Under which margin a rule's item is dropped, by how sure the rule is of it.
fn doubt(thresholds: Thresholds, sure: f64) -> f32 {
    if sure < 0.7 {
        thresholds.doubts_weak
    } else {
        thresholds.doubts
    }
}

/// Whether something in a sentence speaks against it: quoted speech, a condition, a habit, or that it is settled.
fn is_doubtful(s: &Sentence) -> bool {
    const SETTLED: &str = "already|confirmed|arranged|sorted|replaced|fixed|returned|booked|cancelled|canceled|dropped|rejected|schon|bereits|bestatigt|erledigt|geklart|weiterhin|ya|quedo|confirmado|hecho|deja|confirme|fait|regle|zaten|bitti|tamam|oldu|yapildi|fyi|info";
    const NOTHING: &str = "nothing for us|nothing to do|nothing from|from your side nothing|no need|not needed|on their side|for your information|zur info|laisser tomber|laisse tomber|une prochaine fois|no hace falta|gerek yok|thank you for|thanks for|salutations|whispered|he said|she said";
    let w = s.words;
    let quoted = w.any_of(s.from..s.to.min(s.from + 2), "\"|“|„|«");
    let marks = Marks::DONE
        .and(Marks::CONDITION)
        .and(Marks::HABIT)
        .and(Marks::REPORT)
        .and(Marks::DOUBT);
    let told = (s.from..s.to).any(|i| w.has(i, marks))
        || w.any_of(s.from..s.to, SETTLED)
        || w.any_phrase(s.from..s.to, NOTHING);
    let again = s.dated(|d| {
        d.when
            .as_ref()
            .is_some_and(|when| when.recurrence.is_some())
    });
    quoted || told || again
}

/// Whether a sentence says that something is off, or was done by others.
fn is_off(s: &Sentence) -> bool {
    const OFF: &str = "abgebucht|eingezogen|debited|withdrawn|cancelled|canceled|rejected|declined|dropped|scrapped|aufgehoben|abgesagt|gestrichen|zuruckgezogen|anulado|anulada|cancelado|cancelada|descartado|descartada|annule|annulee|rendu|rendue|abandonne|abandonnee|vazgectik|vazgecildi|iptal|giderildi|kaldirildi";
    const PHRASES: &str = "on leave|on holiday|on vacation|de vacaciones|im urlaub|en vacances|not happening|is off|turned down|deferred till|deferred until|deferred to|off my plate|nothing needed|nothing for you|need not|needn't|don't need to|dont need to|no need to|answer is no|ignore our|ignore the|bleibt so|gelten weiterhin|no message|tant pis|not this year|no exam|no class|no hara falta|no hace falta|not carried|not agreed|not approved|no longer|called off|turned up|ya quedo|pas la peine|gerek yok|gerek yoktur|nothing for us|nothing to do";
    let w = s.words;
    // "Schwimmen fällt morgen aus".
    let fails = |i: usize| w.one_of(i, "fallt|fallen") && w.any_of(i..s.to, "aus");
    w.any_of(s.from..s.to, OFF)
        || w.any_phrase(s.from..s.to, PHRASES)
        || (s.from..s.to).any(fails)
        || ended::tells_of_end(s)
}

/// "I will remove the mailbox tomorrow at 9:00": whoever says so works at that hour and meets nobody.
fn promises_deed(s: &Sentence) -> bool {
    const MEETS: &str = "meet|see|attend|join|visit|call|ring|phone|come|be|go|have|host|present|give|talk|speak|catch|interview|pick|collect|show|start|leave|drive|bring";
    let w = s.words;
    let will = w.phrase(s.from, "i will|i'll|i ' ll|i shall");
    let meets = (s.from..s.to).any(|i| w.has(i, Marks::MEETING) || w.one_of(i, "with|together"));
    will.is_some_and(|n| !w.one_of(s.from + n, MEETS)) && !meets
}

/// Whether a sentence asks, and nobody in particular.
fn open_question(s: &Sentence) -> bool {
    let turned = |i: usize| {
        s.words.has(i, Marks::SECOND.and(Marks::PLEASE))
            || acts::known_person(s.words, i, s.setting.people)
    };
    s.asks() && !(s.from..s.to).any(turned)
}

/// Whether a sentence is worth a look: in running prose only what has a day, a person or a word that asks.
fn is_telling(s: &Sentence, scene: &Scene) -> bool {
    const LONGEST: usize = 70;
    let length = s.to - s.from;
    if !(2..=LONGEST).contains(&length) {
        return false;
    }
    let unit = scene.item.unit;
    let prose = unit.kind == Kind::Text && unit.speaker.is_none() && scene.item.words.len() > 30;
    let asks = Marks::FIRST
        .and(Marks::SECOND)
        .and(Marks::PLURAL)
        .and(Marks::PLEASE)
        .and(Marks::MODAL)
        .and(Marks::GIVEN);
    !prose || s.dated(|d| d.when.is_some()) || (s.from..s.to).any(|i| s.words.has(i, asks))
}
