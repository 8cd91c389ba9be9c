//! The shape of a document: units of text with the section, message and speaker they belong to.

pub(crate) mod calendar;
mod initials;
pub(crate) mod invitation;
mod join;
pub(crate) mod line;
pub(crate) mod mail;
pub(crate) mod sections;
pub(crate) mod speakers;
mod subjects;
pub(crate) mod table;
mod walk;

use crate::language::{self, Language};
use crate::text::Words;
use sections::Class;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use table::Table;

/// What a unit was in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading,
    Item { numbered: bool },
    Check { done: bool },
    Text,
}

/// A passage that is read on its own: a paragraph, a list item, a heading, a turn of speech.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub kind: Kind,
    pub bytes: Range<usize>,
    pub section: usize,
    pub message: usize,
    /// Index into `Document::speakers`.
    pub speaker: Option<usize>,
    /// Number of the list it belongs to, counted through the document.
    pub list: usize,
}

/// What a heading opened.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub class: Class,
    pub level: u8,
    pub heading: Range<usize>,
    /// List items have been seen under it.
    pub listed: bool,
    pub parent: usize,
    /// The number before a numbered heading.
    pub number: Option<u32>,
}

/// A mail of a thread, or the whole document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    pub from: Option<String>,
    pub to: Vec<String>,
    pub date: Range<usize>,
    pub subject: Range<usize>,
    pub is_mail: bool,
}

/// A table with the place it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub table: Table,
    pub section: usize,
    pub message: usize,
}

/// A document taken apart.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    pub text: &'t str,
    pub language: Language,
    pub units: Vec<Unit>,
    pub sections: Vec<Section>,
    pub messages: Vec<Message>,
    pub tables: Vec<Placed>,
    /// Meetings that labelled lines describe.
    pub invitations: Vec<invitation::Invitation>,
    /// Where calendars stand.
    pub calendars: Vec<Range<usize>>,
    pub speakers: Vec<String>,
    /// Every name the document lists somewhere, and each of its words, folded.
    pub people: HashSet<String>,
    /// The names behind initials, by their folded letters.
    pub initials: BTreeMap<String, String>,
}

impl<'t> Document<'t> {
    /// Takes `text` apart.
    pub(crate) fn read(text: &'t str) -> Self {
        let lines = line::lines(text);
        let mut document = walk::walk(text, &lines);
        document.initials = initials::read(text);
        document.invitations = invitation::find(text, &lines);
        document.people.extend(document.initials.keys().cloned());
        subjects::add(&mut document);
        let mut tally = language::Tally::default();
        // A sample of the text is enough to know its language.
        let mut budget = 60_000_usize;
        for unit in &document.units {
            let end = unit
                .bytes
                .end
                .min(text.floor_char_boundary(unit.bytes.start + 4_000));
            tally.add(&Words::read(text, unit.bytes.start, end));
            budget = budget.saturating_sub(end - unit.bytes.start + 20);
            if budget == 0 {
                break;
            }
        }
        for placed in document.tables.iter().take(20) {
            for cell in placed.table.rows.iter().take(30).flatten() {
                tally.add(&Words::read(
                    text,
                    cell.start,
                    cell.end.min(text.floor_char_boundary(cell.start + 400)),
                ));
            }
        }
        if tally.is_faint() {
            for unit in document.units.iter().take(40) {
                tally.weigh(&Words::read(text, unit.bytes.start, unit.bytes.end));
            }
        }
        document.language = language::detect(tally);
        document
    }

    /// Whether the heading of a section or of one above it satisfies `test`; the nearest first.
    pub(crate) fn headings(&self, section: usize) -> impl Iterator<Item = &Section> {
        let mut at = Some(section);
        std::iter::from_fn(move || {
            let index = at?;
            at = (index != 0).then(|| self.sections[index].parent);
            Some(&self.sections[index])
        })
    }
}
