//! All steps in order: segment, read, refuse, fill the fields, merge.

mod annotate;
mod answered;
mod asked;
mod awaited;
mod beside;
mod billed;
mod closes;
mod dated;
mod ended;
mod fetched;
mod finish;
mod headings;
mod invited;
mod jotted;
mod judge;
mod learned;
mod led;
mod lent;
mod margin;
mod matter;
mod named;
mod outsiders;
mod over;
mod pitched;
mod plainly;
mod posted;
mod prepare;
mod promised;
mod ready;
mod redated;
mod retracted;
mod run;
mod sentence;
mod several_days;
mod signs;
mod spliced;
mod stamps;
mod surroundings;
mod topic;
mod volunteered;
mod weekly;

use crate::acts::{self, Sentence, Setting};
use crate::climate::Climate;
use crate::context::{Context, DateOrder};
use crate::dates::{self, Found, Reference};
use crate::draft::Draft;
use crate::fields::people::Around;
use crate::item::{Extraction, Refusal};
use crate::learned::features::Keys;
use crate::learned::model::Model;
use crate::segment::sections::Class;
use crate::segment::{Document, Kind};
use crate::{rows, sentences};
pub(crate) use finish::char_positions;
pub use learned::Candidate;
use margin::Margin;
use prepare::{Prepared, order_lists, prepare};
use signs::marked_done;
use std::collections::{BTreeMap, HashSet};

/// What an item must be believed at least.
const THRESHOLD: f64 = 0.5;

/// As far away from its sentence, in words, a date may still be meant by it.
const NEAR: usize = 300;

/// More items than this no document yields; the rest is counted as dropped.
pub const MOST_ITEMS: usize = 2_000;

/// A passage that yielded nothing, in bytes, and why.
pub(crate) type Refused = (std::ops::Range<usize>, Refusal);

/// One run over one document.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one document"
)]
pub(crate) struct Run<'a, 't> {
    pub document: &'a Document<'t>,
    pub context: &'a Context,
    /// The names that the document lists, and those by which it hands out work.
    pub people: &'a HashSet<String>,
    pub drafts: Vec<Draft>,
    refused: BTreeMap<Refusal, usize>,
    /// Why the sentence that is being read was refused.
    latest: Option<Refusal>,
    /// The passages that yielded nothing, in bytes, and why.
    passages: Vec<Refused>,
    climates: Vec<Climate>,
    /// The climate of the whole document.
    whole: Climate,
    references: Vec<Reference>,
    /// Messages that nobody wrote: out-of-office replies.
    automatic: Vec<bool>,
    /// Whether the document is about a course.
    pub course: bool,
    /// Paragraphs that give orders to machines, in bytes.
    injected: Vec<std::ops::Range<usize>>,
    /// Whether the document is a sheet of short notes.
    notes: bool,
    /// Whether the document is but a few lines that somebody jotted down.
    jotting: bool,
    /// Whether the document advertises a post.
    post: bool,
    /// Messages that only sell.
    pitched: Vec<bool>,
    /// Units under a title such as "Five tips for better sleep".
    advice: Vec<bool>,
    /// Units that begin with a time of day, in rows of three and more.
    timetable: Vec<bool>,
    /// Units of a log that begin with the time at which they were written.
    stamped: Vec<bool>,
    /// Who stands in the right margin of each unit.
    margins: Vec<Option<(Margin, usize)>>,
    /// What invitations have said already, in bytes.
    taken: Vec<std::ops::Range<usize>>,
    /// What the learned judge sees, where somebody wants to know.
    watched: Option<Vec<Candidate>>,
    judge: Model<'a>,
    keys: Keys,
    kinds: Vec<&'static str>,
    near: Vec<[u8; 3]>,
    /// What the first and the last words of every unit are like.
    echoes: Vec<[&'static str; 3]>,
    /// The lists that a request introduces, with the unit of the request.
    asked: BTreeMap<usize, usize>,
    /// The order of the numbers in the stamps of a chat, where they tell it.
    stamps: Option<DateOrder>,
    /// When the turn that is being read was spoken, by its stamp.
    spoken_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The day spoken of last, and in which unit.
    spoken_of: Option<(usize, chrono::NaiveDate)>,
    /// The last unit whose hours took their day from a line above it.
    lent: Option<usize>,
    /// What days were counted from last: for which section, whether in a turn of speech, out of which message.
    counted: Option<((usize, bool, Reference), Reference)>,
    /// The day over a timetable.
    day: Option<chrono::NaiveDate>,
    /// The day with which a unit began, and which.
    day_above: Option<(usize, chrono::NaiveDate)>,
}

/// Finds the tasks and meetings in `text`.
///
/// Deterministic, without I/O; time and memory grow linearly with the text.
pub fn extract(text: &str, context: &Context) -> Extraction {
    read(text, context, Model::shipped(), false).0
}

/// As [`extract`], with other weights than those that come with the product, as cross-validation needs them.
pub fn extract_with(text: &str, context: &Context, judge: Model<'_>) -> Extraction {
    read(text, context, judge, false).0
}

/// All sentences of `text` as the learned judge sees them, and what is found in it.
pub fn candidates(text: &str, context: &Context) -> (Extraction, Vec<Candidate>) {
    let (found, candidates, _) = read(text, context, Model::shipped(), true);
    (found, candidates)
}

/// The passages of `text` that yield nothing although they were read, and why, in the order of the text.
pub(crate) fn refused(text: &str, context: &Context) -> Vec<Refused> {
    read(text, context, Model::shipped(), false).2
}

fn read<'a>(
    text: &'a str,
    context: &'a Context,
    judge: Model<'a>,
    watch: bool,
) -> (Extraction, Vec<Candidate>, Vec<Refused>) {
    let document = Document::read(text);
    let prepared: Vec<Prepared> = document
        .units
        .iter()
        .enumerate()
        .map(|(index, unit)| prepare(&document, index, unit))
        .collect();
    let people = named::people(&document, &prepared);
    let mut run = Run::new(&document, &people, context, &prepared);
    run.watched = watch.then(Vec::new);
    run.judge = judge;
    let invited = run.read_invitations();
    let led = run.read_led(&prepared);
    let orders = order_lists(&prepared);
    let commands = prepare::commands(&prepared, run.greeted())
        && !run.whole.instructs()
        && !run.whole.cooks()
        && !run.whole.addresses_crowds();
    for item in &prepared {
        let line = commands && item.unit.kind == Kind::Text;
        run.unit(
            item,
            line || orders.get(&item.unit.list).copied().unwrap_or(false),
        );
    }
    run.spoken_at = None;
    run.settle_asked(&prepared);
    rows::read(&mut run);
    run.drafts.extend(invited);
    run.settle_entered();
    run.drafts.extend(led);
    run.settle_awaited(&prepared);
    run.settle_meetings();
    run.settle_weekly(&prepared);
    run.settle_bill(&prepared);
    let watched = run.watched.take().unwrap_or_default();
    let refused = std::mem::take(&mut run.passages);
    (run.finish(), watched, refused)
}

impl Run<'_, '_> {
    fn unit(&mut self, item: &Prepared, orders: bool) {
        let unit = item.unit;
        self.note_day(item);
        self.note_stamp(item);
        let retracted =
            unit.speaker.is_some() && !self.is_taken(&unit.bytes) && self.retracted(item);
        if self.skipped(item) {
            return;
        }
        let section = &self.document.sections[unit.section];
        let check = matches!(unit.kind, Kind::Check { .. });
        let margin = self.margins.get(item.index).cloned().flatten();
        if matches!(margin, Some((Margin::Nobody, _))) {
            return self.refuse(Refusal::Weak);
        }
        let end = margin.as_ref().map_or(item.words.len(), |&(_, at)| at);
        let (reference, found) = self.days(item);
        if found.is_empty() && run::shares(&item.words) >= 2 {
            return self.refuse(Refusal::Rule);
        }
        let climate = self.climates[unit.section];
        let setting = Setting {
            action: section.class == Class::Action
                || check
                || margin.is_some()
                || self.request_of(item.index).is_some(),
            item: matches!(unit.kind, Kind::Item { .. }) || check || margin.is_some(),
            orders: orders && !climate.instructs() && !climate.cooks(),
            notes: self.notes && !climate.instructs() && !climate.cooks(),
            addressed: unit.speaker.is_some()
                || self.document.messages[unit.message].is_mail
                || self.greeted(),
            people: self.people,
        };
        let around = self.around(item);
        let strung = self.strung(item);
        let taken = self.replied(item, &around, &found, retracted);
        let before = self.drafts.len();
        let all = sentences::up_to(&item.words, end);
        for (number, &(from, to)) in all.iter().enumerate() {
            // Of a long passage only the dates nearby, lest every sentence look through all of them.
            let first = found.partition_point(|d| d.to + NEAR < from);
            let last = found.partition_point(|d| d.lead_from < to + NEAR);
            let sentence = Sentence {
                words: &item.words,
                from: dates::behind_talk(&item.words, from, to),
                to,
                dates: &found[first..last.max(first)],
                setting: &setting,
            };
            let turned = (number > 0)
                .then(|| acts::vocative(&item.words, from, self.people))
                .flatten()
                .map(|name| Around {
                    reader: Some(name),
                    speaker: around.speaker.clone(),
                });
            let scene = Scene {
                item,
                index: item.index,
                around: turned.as_ref().unwrap_or(&around),
                check,
                structured: setting.action && setting.item,
                strung,
                first: number == if margin.is_some() { all.len() - 1 } else { 0 },
            };
            let made = self.drafts.len();
            self.latest = None;
            let settled = self.sentence(&sentence, &scene) || taken && number == 0;
            self.rest_dates(&sentence, made);
            self.closes(&sentence, made, before, settled);
            self.second_look(&sentence, &scene, (number, all.len()), made, settled);
            self.note_sentence(&sentence, made);
        }
        if let Some((Margin::Owner(name), at)) = margin {
            self.settle_margin(before, &name, (item, at, &reference));
        }
        self.answered(item, &around, &found, taken);
        self.settle(item, before, &all, &found, setting.item);
    }

    /// Whether a turn only answers what was asked for before, be it that it was `retracted`.
    fn replied(
        &mut self,
        item: &Prepared,
        around: &Around,
        found: &[Found],
        retracted: bool,
    ) -> bool {
        if item.unit.speaker.is_none() {
            return false;
        }
        let mut taken = retracted || self.accepted(item, around, found);
        taken |= self.volunteered(item, around, found);
        taken |= self.promised(item, around, found);
        taken
    }

    /// Whether a unit is not to be read: a heading, what an invitation has said, what is refused as a whole.
    fn skipped(&mut self, item: &Prepared) -> bool {
        self.latest = None;
        let bytes = &item.unit.bytes;
        let skipped =
            item.unit.kind == Kind::Heading || self.is_taken(bytes) || self.refused_whole(item);
        if skipped {
            self.note_refused(bytes.clone(), self.drafts.len());
        }
        skipped
    }

    /// Refuses what needs no reading: automatic replies, orders to machines, what is done, what its heading forbids.
    fn refused_whole(&mut self, item: &Prepared) -> bool {
        let unit = item.unit;
        let bytes = &unit.bytes;
        let after = self
            .injected
            .partition_point(|range| range.end <= bytes.start);
        let ordered = self
            .injected
            .get(after)
            .is_some_and(|range| range.start < bytes.end);
        let class = self.document.sections[unit.section].class;
        if self.automatic.get(unit.message).copied().unwrap_or(false) {
            self.refuse(Refusal::Boilerplate);
        } else if ordered {
            self.refuse(Refusal::Injected);
        } else if matches!(unit.kind, Kind::Check { done: true })
            || over::closed_behind(&item.words)
            || marked_done(&item.words)
        {
            self.refuse(Refusal::Done);
        } else if class.refuses() && class != Class::Rules {
            self.section_refused(item, class);
        } else if self.lists_duties(unit.section) {
            self.refuse(Refusal::Rule);
        } else {
            return unit.speaker.is_some() && self.reported(item);
        }
        true
    }
}

/// Where a sentence stands.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one place"
)]
pub(crate) struct Scene<'a, 't> {
    item: &'a Prepared<'a, 't>,
    index: usize,
    around: &'a Around,
    check: bool,
    structured: bool,
    /// In a row of orders.
    strung: bool,
    first: bool,
}

impl Scene<'_, '_> {
    /// Whether it stands in a mail or a letter to one person.
    pub(crate) fn letter(&self) -> bool {
        let reader = &self.around.reader;
        self.item.unit.speaker.is_none() && reader.is_some() && *reader != self.around.speaker
    }
}
