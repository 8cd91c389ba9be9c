//! Goes through the lines once and puts each where it belongs.

use super::line::{Form, Line};
use super::mail::{self, Header};
use super::sections::{self, Class};
use super::{Document, Kind, Message, Placed, Section, Unit, join, speakers, table};
use crate::language::Language;
use crate::text::{Words, fold_str, one_of};
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
        speakers: Vec::new(),
        people: HashSet::new(),
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
    };
    for name in walk.talkers.clone() {
        walk.meet(&name);
    }
    let mut i = 0;
    while i < lines.len() {
        let used = walk.step(i);
        let blank = lines[i].form == Form::Blank;
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

    /// Handles line `i`; returns how many lines are used up.
    fn step(&mut self, i: usize) -> usize {
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
        if mail::is_attribution(content) {
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

    /// Number of header lines in a row from `i` on, if they make a header block.
    fn header_block(&self, i: usize) -> usize {
        let kinds: Vec<Header> = (i..self.lines.len().min(i + 8))
            .map_while(|j| mail::header(self.content(j)).map(|h| h.0))
            .collect();
        let telling = kinds.contains(&Header::From)
            || (kinds.contains(&Header::Subject) && kinds.contains(&Header::To));
        if telling && kinds.len() >= 2 {
            kinds.len()
        } else {
            0
        }
    }

    fn mail_headers(&mut self, i: usize) -> Option<usize> {
        mail::header(self.content(i))?;
        let used = self.header_block(i);
        if used == 0 {
            return None;
        }
        let mut message = Message {
            is_mail: true,
            ..Message::default()
        };
        for j in i..i + used {
            let Some((header, value)) = mail::header(self.content(j)) else {
                continue;
            };
            let end = self.lines[j].end;
            let place = end - value.len()..end;
            match header {
                Header::From => {
                    message.from =
                        mail::person(value).or_else(|| mail::person(value.trim_matches(['<', '>'])))
                }
                Header::To => message.to = mail::people(value),
                Header::Copy => mail::people(value).iter().for_each(|p| self.meet(p)),
                Header::Date => message.date = place,
                Header::Subject => message.subject = place,
            }
        }
        for name in message
            .from
            .iter()
            .chain(&message.to)
            .cloned()
            .collect::<Vec<_>>()
        {
            self.meet(&name);
        }
        // The first headers describe the text before which they stand, not a second message.
        self.document.messages.push(message);
        self.section = 0;
        self.signed = false;
        self.speaker = None;
        Some(used)
    }

    fn open(&mut self, i: usize, level: u8, class: Option<Class>, number: Option<u32>) {
        let line = self.lines[i];
        let mut parent = self.section;
        while self.document.sections[parent].level >= level && parent != 0 {
            parent = self.document.sections[parent].parent;
        }
        let inherited = self.document.sections[parent].class;
        let class = class.unwrap_or(inherited);
        self.document.sections.push(Section {
            class,
            level,
            heading: line.body..line.end,
            listed: false,
            parent,
            number,
        });
        self.section = self.document.sections.len() - 1;
        self.push(Kind::Heading, line.body, line.end);
        self.in_list = false;
    }

    fn heading(&mut self, i: usize, level: u8) {
        let class = self.class_of(i);
        self.open(i, level, class, None);
    }

    fn class_of(&self, i: usize) -> Option<Class> {
        let line = self.lines[i];
        if line.end - line.body > 120 {
            return None;
        }
        sections::class(&Words::read(self.text, line.body, line.end))
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

    /// List items, headings in disguise, turns of speech, paragraphs.
    fn words(&mut self, i: usize) -> usize {
        let line = self.lines[i];
        if self.signed && !self.ends_signature(i) {
            return 1;
        }
        if matches!(line.form, Form::Bullet { .. } | Form::Check { .. }) {
            return self.item(i);
        }
        if let Some(used) = self.spoken(i) {
            return used;
        }
        if let Some((level, class)) = self.disguised(i) {
            self.open(i, level, class, None);
            // The line of an underlined heading is a rule and passes by itself.
            return 1;
        }
        if self.courtesy(i) {
            return 1;
        }
        self.leave_weak_section();
        self.in_list = false;
        let mut last = i;
        while last + 1 < self.lines.len()
            && join::continues(self.text, &self.lines[last], &self.lines[last + 1])
            && self.disguised(last + 1).is_none()
            && !self.is_turn(last + 1)
        {
            last += 1;
        }
        self.push(Kind::Text, line.body, self.lines[last].end);
        last + 1 - i
    }

    /// A list under a heading without hash marks ends with the list.
    fn leave_weak_section(&mut self) {
        let section = &self.document.sections[self.section];
        if section.level >= NAMED && section.listed && self.after_blank {
            self.section = section.parent;
        }
    }

    fn item(&mut self, i: usize) -> usize {
        let line = self.lines[i];
        let numbered = matches!(line.form, Form::Bullet { numbered: true });
        if let Some((level, class)) = self.item_heading(i, numbered) {
            let number = self.number_of(i);
            self.open(i, level, class, number);
            return 1;
        }
        if !self.in_list || self.after_blank && line.indent == 0 {
            self.list += usize::from(!self.in_list);
        }
        self.in_list = true;
        let mut last = i;
        while last + 1 < self.lines.len()
            && join::continues_item(self.text, &line, &self.lines[last], &self.lines[last + 1])
            && !self.is_turn(last + 1)
            && self.header_block(last + 1) == 0
        {
            last += 1;
        }
        let kind = match line.form {
            Form::Check { done } => Kind::Check { done },
            _ => Kind::Item { numbered },
        };
        self.document.sections[self.section].listed = true;
        self.push(kind, line.body, self.lines[last].end);
        last + 1 - i
    }

    fn number_of(&self, i: usize) -> Option<u32> {
        let line = self.lines[i];
        self.text[line.start..line.body]
            .trim()
            .trim_matches(['(', ')', '.'])
            .parse()
            .ok()
    }

    /// "4. Action items", or "- Next steps:" with deeper items under it.
    fn item_heading(&self, i: usize, numbered: bool) -> Option<(u8, Option<Class>)> {
        let content = self.content(i);
        let words = content.split_whitespace().count();
        let deeper = self.next_filled(i).is_some_and(|j| {
            self.lines[j].indent > self.lines[i].indent
                && matches!(self.form(j), Form::Bullet { .. } | Form::Check { .. })
        });
        let class = self.class_of(i);
        let level = COLON + 1 + u8::try_from(self.lines[i].indent.min(40)).unwrap_or(40);
        if content.ends_with(':') && deeper && words <= 8 {
            return Some((level, class));
        }
        let follows = numbered
            && self.document.headings(self.section).any(|s| {
                s.number.is_some()
                    && s.number.map(|n| n + 1) == self.number_of(i)
                    && s.level == NAMED
            });
        let bare = words <= 5 && !content.ends_with(['.', '!', '?']);
        if numbered && ((class.is_some() && bare) || (follows && bare)) && self.lines[i].indent < 4
        {
            return Some((NAMED, class.or(Some(Class::Plain))));
        }
        (class.is_some() && deeper && words <= 4).then_some((level, class))
    }

    fn is_turn(&self, i: usize) -> bool {
        !self.talkers.is_empty()
            && self.lines.get(i).is_some_and(|l| {
                speakers::turn(self.text, l).is_some_and(|t| self.talkers.contains(t.name))
                    || speakers::name_line(self.text, l).is_some_and(|n| self.talkers.contains(n))
            })
    }

    fn spoken(&mut self, i: usize) -> Option<usize> {
        if self.talkers.is_empty() {
            return None;
        }
        let line = self.lines[i];
        if let Some(name) =
            speakers::name_line(self.text, &line).filter(|n| self.talkers.contains(*n))
        {
            self.speaker = Some(self.speaker_index(name));
            return Some(1);
        }
        let turn = speakers::turn(self.text, &line).filter(|t| self.talkers.contains(t.name))?;
        self.speaker = Some(self.speaker_index(turn.name));
        let mut last = i;
        while last + 1 < self.lines.len()
            && self.form(last + 1) == Form::Plain
            && !self.is_turn(last + 1)
            && join::continues(self.text, &self.lines[last], &self.lines[last + 1])
        {
            last += 1;
        }
        self.push(Kind::Text, turn.body.min(line.end), self.lines[last].end);
        Some(last + 1 - i)
    }

    fn speaker_index(&mut self, name: &str) -> usize {
        self.document
            .speakers
            .iter()
            .position(|s| s == name)
            .unwrap_or_else(|| {
                self.document.speakers.push(name.to_owned());
                self.document.speakers.len() - 1
            })
    }

    /// A plain line that is a heading by its looks.
    fn disguised(&self, i: usize) -> Option<(u8, Option<Class>)> {
        let line = self.lines[i];
        let content = self.content(i);
        if line.form != Form::Plain || content.len() > 90 || content.is_empty() {
            return None;
        }
        let underlined = self.form(i + 1) == Form::Rule
            && self.after_blank
            && content.len() < 70
            && self.text[self.lines[i + 1].start..self.lines[i + 1].end]
                .trim_start()
                .starts_with(['=', '-']);
        let bold = (content.starts_with("**") && content.trim_end_matches(':').ends_with("**")
            || content.starts_with("__") && content.ends_with("__"))
            && content.matches("**").count() <= 2;
        let letters: Vec<char> = content.chars().filter(|c| c.is_alphabetic()).collect();
        let capitals = letters.len() >= 4
            && letters.iter().all(|c| !c.is_lowercase())
            && !content.ends_with(['.', '!', '?', ','])
            && content.split(' ').count() <= 8;
        let short = content.split_whitespace().count() <= 8;
        let colon = content.ends_with(':') && short;
        let class = self.class_of(i);
        let bare = class.is_some()
            && content.split_whitespace().count() <= 4
            && !content.ends_with(['.', '!', '?', ',', ';'])
            && !content.contains(':');
        if underlined {
            return Some((2, class));
        }
        if capitals {
            return Some((CAPITALS, class.or(Some(Class::Plain))));
        }
        if bold || bare {
            return Some((NAMED, class));
        }
        // The first line of a document may be its title.
        let first = self.document.units.is_empty()
            && self.document.tables.is_empty()
            && self.form(i + 1) == Form::Blank;
        let guide = crate::text::fold_str(content).starts_with("how to ");
        if first
            && (class.is_some() || guide)
            && content.split_whitespace().count() <= 10
            && !content.ends_with(['.', '!', '?', ',', ';'])
        {
            return Some((1, class.or(Some(Class::Rules))));
        }
        let listed = matches!(self.form(i + 1), Form::Bullet { .. } | Form::Check { .. })
            && (self.after_blank || i == 0 || self.section != 0 && self.form(i - 1) != Form::Plain)
            && content.split_whitespace().count() <= 6
            && !content.ends_with(['.', '!', '?', ';', ','])
            && !content.contains(": ");
        (colon || listed).then_some((COLON, class))
    }

    /// Greetings, sign-offs, fine print, lists of those present: noted and passed over.
    fn courtesy(&mut self, i: usize) -> bool {
        let content = self.content(i);
        if mail::is_sign_off(content) {
            let next = self.next_filled(i).map(|j| self.content(j)).unwrap_or("");
            if next.split_whitespace().count() <= 5
                && !next.ends_with('?')
                && self.talkers.is_empty()
            {
                self.signed = true;
                self.sign(next);
            }
            return true;
        }
        if content == "--" {
            self.signed = true;
            return true;
        }
        if let Some(name) = mail::greeted(content) {
            let free = self
                .document
                .messages
                .last()
                .is_some_and(|m| m.to.is_empty());
            if let Some(name) = name.filter(|_| free && self.talkers.is_empty()) {
                self.meet(&name);
                if let Some(message) = self.document.messages.last_mut() {
                    message.to.push(name);
                }
            }
            return true;
        }
        if mail::is_disclaimer(content) {
            return true;
        }
        self.people_line(content)
    }

    fn sign(&mut self, next: &str) {
        let name = next.trim_matches(['-', '–', '—', ' ', ',', '.']);
        let fits = !name.is_empty()
            && name.chars().next().is_some_and(char::is_uppercase)
            && name.split(' ').count() <= 3
            && !name.contains(['@', ':', '|', '(']);
        if fits {
            self.meet(name);
            if let Some(message) = self.document.messages.last_mut() {
                message.from.get_or_insert_with(|| name.to_owned());
            }
        }
    }

    /// "Attendees: Maria, Tom and Ben".
    fn people_line(&mut self, content: &str) -> bool {
        const LABELS: &str = "\
            attendees|present|participants|in attendance|apologies|absent|team|teilnehmer|\
            teilnehmende|anwesend|entschuldigt|asistentes|participantes|presentes|ausentes|\
            participants|presents|excuses|absents|katilimcilar|katilanlar|chair|minutes|\
            minutes taken by|note taker|scribe|facilitator|protokoll|leitung|moderation|regrets|\
            invitees|members present|attending";
        let plain = content.trim_start_matches(['*', '_']);
        let Some((label, names)) = plain
            .char_indices()
            .take(40)
            .find(|&(_, c)| c == ':')
            .map(|(k, _)| (&plain[..k], &plain[k + 1..]))
        else {
            return false;
        };
        let label = fold_str(label.trim_matches(['*', '_', ' ']));
        if !one_of(LABELS, label.as_str()) || names.len() > 2_000 {
            return false;
        }
        for name in names
            .split([',', ';', '/', '&'])
            .flat_map(|n| n.split(" and "))
            .flat_map(|n| n.split(" und "))
            .flat_map(|n| n.split(" y "))
            .flat_map(|n| n.split(" et "))
            .flat_map(|n| n.split(" ve "))
        {
            let name = name
                .split(['(', '[', '<'])
                .next()
                .unwrap_or("")
                .trim_matches(['*', '_', ' ', '.', '-']);
            if !name.is_empty()
                && name.len() < 40
                && name.chars().next().is_some_and(char::is_uppercase)
            {
                self.meet(name);
            }
        }
        true
    }

    fn ends_signature(&mut self, i: usize) -> bool {
        let folded = fold_str(self.content(i));
        let post = [
            "ps:", "p.s.", "ps ", "pd:", "p.d.", "nb:", "p.s:", "not:", "ps.",
        ]
        .iter()
        .any(|p| folded.starts_with(p));
        let section = self.form(i) != Form::Plain && self.after_blank
            || self.class_of(i).is_some_and(|c| c == Class::Action);
        if post || section || self.header_block(i) > 0 {
            self.signed = false;
        }
        !self.signed
    }
}
