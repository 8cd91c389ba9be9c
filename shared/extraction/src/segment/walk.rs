//! Goes through the lines once and puts each where it belongs.

mod blocks;
mod headings;
mod letters;

use crate::language::Language;
use crate::segment::line::{Form, Line};
use crate::segment::mail::{self};
use crate::segment::sections::Class;
use crate::segment::{Document, Kind, Message, Placed, Section, Unit, calendar, speakers, table};
use crate::text::fold_str;
use std::collections::HashSet;

/// Level of headings without hash marks: the more they could be something else, the deeper.
const CAPITALS: u8 = 7;

const NAMED: u8 = 8;

const COLON: u8 = 9;

struct Walk<'a, 't> {
    text: &'t str,
    lines: &'a [Line],
    document: Document<'t>,
    section: usize,
    speaker: Option<usize>,
    talkers: HashSet<String>,
    list: usize,
    /// The rest of the message is a signature.
    signed: bool,
    after_blank: bool,
    in_list: bool,
    /// What a line in capital letters is.
    capitals: Capitals,
}

/// What capital letters say in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// A line in them is a heading.
    Stand,
    /// Nothing: nearly all of it is in them, as on a board that was photographed.
    Shout,
}

impl Capitals {
    fn of(text: &str) -> Self {
        const ENOUGH: usize = 12;
        let letters = text.chars().filter(|c| c.is_alphabetic()).take(20_000);
        let (mut small, mut all) = (0, 0);
        for c in letters {
            all += 1;
            small += usize::from(c.is_lowercase());
        }
        if all >= ENOUGH && small * 10 < all {
            Self::Shout
        } else {
            Self::Stand
        }
    }
}

/// Takes the lines of `text` apart.
pub(crate) fn walk<'t>(text: &'t str, lines: &[Line]) -> Document<'t> {
    let root = Section {
        class: Class::Plain,
        level: 0,
        heading: 0..0,
        listed: false,
        parent: 0,
        number: None,
    };
    let document = Document {
        text,
        language: Language::English,
        units: Vec::new(),
        sections: vec![root],
        messages: vec![Message::default()],
        tables: Vec::new(),
        invitations: Vec::new(),
        calendars: calendar::spans(text),
        speakers: Vec::new(),
        people: HashSet::new(),
        initials: std::collections::BTreeMap::new(),
    };
    let talkers = speakers::speakers(text, lines);
    let mut walk = Walk {
        text,
        lines,
        document,
        section: 0,
        speaker: None,
        talkers,
        list: 0,
        signed: false,
        after_blank: true,
        in_list: false,
        capitals: Capitals::of(text),
    };
    for name in walk.talkers.clone() {
        walk.meet(&name);
    }
    for (i, line) in lines.iter().enumerate() {
        if line.form == Form::Plain
            && let Some(name) = walk.reporter(i).map(str::to_owned)
        {
            walk.meet(&name);
        }
    }
    let mut i = 0;
    while i < lines.len() {
        let used = walk.step(i);
        let blank = lines[i].form == Form::Blank;
        if blank || lines[i].form == Form::Rule {
            walk.leave_people();
        }
        walk.after_blank = blank;
        i += used.max(1);
    }
    walk.document
}

impl<'t> Walk<'_, 't> {
    fn content(&self, i: usize) -> &'t str {
        self.lines.get(i).map_or("", |l| &self.text[l.body..l.end])
    }

    fn form(&self, i: usize) -> Form {
        self.lines.get(i).map_or(Form::Blank, |l| l.form)
    }

    fn next_filled(&self, i: usize) -> Option<usize> {
        (i + 1..self.lines.len().min(i + 4)).find(|&j| self.form(j) != Form::Blank)
    }

    /// Notes a person's name and its words.
    fn meet(&mut self, name: &str) {
        let folded = fold_str(name);
        for word in folded.split([' ', ',', '.']).filter(|w| w.len() > 1) {
            self.document.people.insert(word.to_owned());
        }
        self.document.people.insert(folded);
    }

    /// The list of those present ends where a line is left blank, unless a heading with hash marks opened it.
    fn leave_people(&mut self) {
        let section = &self.document.sections[self.section];
        let listed = self.document.units.last();
        let listed = listed.is_some_and(|u| u.section == self.section && u.kind != Kind::Heading);
        if section.class == Class::People && section.level >= CAPITALS && listed {
            self.section = section.parent;
        }
    }

    /// Handles line `i`; returns how many lines are used up.
    fn step(&mut self, i: usize) -> usize {
        if let Some(used) = self.calendar(i) {
            return used;
        }
        match self.form(i) {
            Form::Blank | Form::Quote | Form::Rule => 1,
            Form::Fence => self.fence(i),
            Form::Heading(level) => {
                self.signed = false;
                self.heading(i, level);
                1
            }
            _ => self.structured(i).unwrap_or_else(|| self.words(i)),
        }
    }

    /// The lines of a calendar, which are no prose.
    fn calendar(&self, i: usize) -> Option<usize> {
        let all = &self.document.calendars;
        let start = self.lines[i].start;
        let span = all.get(all.partition_point(|span| span.end <= start))?;
        let inside = span.start < self.lines[i].end.max(start + 1);
        let lines = self.lines[i..].iter();
        inside.then(|| lines.take_while(|line| line.start < span.end).count())
    }

    fn fence(&self, i: usize) -> usize {
        let close = (i + 1..self.lines.len()).find(|&j| self.form(j) == Form::Fence);
        // A fence that is never closed hides nothing.
        close.map_or(1, |j| j + 1 - i)
    }

    /// Mail headers, quoted mails, tables.
    fn structured(&mut self, i: usize) -> Option<usize> {
        if let Some(used) = self.mail_headers(i) {
            return Some(used);
        }
        let content = self.content(i);
        if mail::is_original_message(&self.text[self.lines[i].start..self.lines[i].end]) {
            return Some(self.lines.len() - i);
        }
        let told = |unit: &Unit| {
            let text = fold_str(&self.text[unit.bytes.clone()]);
            unit.kind != Kind::Heading
                && ![
                    "subject", "betreff", "objet", "asunto", "konu", "fw", "re:", "aw:", "wg:",
                ]
                .iter()
                .any(|head| text.starts_with(head))
        };
        if mail::is_attribution(content) {
            // "On Tuesday Steve wrote:" above all else heads a mail that was sent on.
            if !self.document.units.iter().take(3).any(told) {
                return Some(1);
            }
            let quoted = self
                .next_filled(i)
                .is_some_and(|j| self.form(j) == Form::Quote);
            let next = (i + 1..self.lines.len())
                .find(|&j| self.header_block(j) >= 2)
                .unwrap_or(self.lines.len());
            return Some(if quoted { 1 } else { next - i });
        }
        let (used, table) = table::read(self.text, self.lines, i)?;
        self.document.tables.push(Placed {
            table,
            section: self.section,
            message: self.document.messages.len() - 1,
        });
        Some(used)
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        if start < end {
            let message = self.document.messages.len() - 1;
            self.document.units.push(Unit {
                kind,
                bytes: start..end,
                section: self.section,
                message,
                speaker: self.speaker,
                list: self.list,
            });
        }
    }
}
