//! List items, turns of speech, paragraphs.

use crate::segment::line::Form;
use crate::segment::walk::{NAMED, Walk};
use crate::segment::{Kind, join, speakers};

impl Walk<'_, '_> {
    /// List items, headings in disguise, turns of speech, paragraphs.
    pub(crate) fn words(&mut self, i: usize) -> usize {
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
        if self.jotted(i) {
            return self.jot(i);
        }
        self.in_list = false;
        let mut last = i;
        while let Some(next) = self.going_on(last) {
            last = next;
        }
        self.push(Kind::Text, line.body, self.lines[last].end);
        last + 1 - i
    }

    /// The line that goes on with the paragraph to which this one belongs.
    fn going_on(&self, last: usize) -> Option<usize> {
        let line = |k: usize| self.lines.get(last + k);
        let next = if line(1)?.form == Form::Blank {
            join::spans_blank(self.text, &self.lines[last], line(2)?).then_some(last + 2)
        } else {
            join::continues(self.text, &self.lines[last], line(1)?).then_some(last + 1)
        };
        next.filter(|&k| self.disguised(k).is_none() && !self.is_turn(k))
    }

    /// Whether line `i` stands among short lines in small letters, a thought each: a list without bullets.
    fn jotted(&self, i: usize) -> bool {
        const FEWEST: usize = 4;
        const WIDEST: usize = 64;
        if !self.talkers.is_empty() {
            return false;
        }
        let plain = |k: &usize| self.form(*k) == Form::Plain;
        let from = (0..=i).rev().take(40).take_while(plain).last().unwrap_or(i);
        let block: Vec<&str> = (from..self.lines.len().min(from + 80))
            .take_while(plain)
            .map(|k| self.content(k))
            .collect();
        let small = |line: &&&str| {
            line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
                && !line.ends_with(['.', ',', ';', ':'])
        };
        let most = |count: usize| count * 10 >= block.len() * 8;
        block.len() >= FEWEST
            && block.iter().all(|line| line.len() <= WIDEST)
            && most(block.iter().filter(small).count())
    }

    /// A jotted line as an item.
    fn jot(&mut self, i: usize) -> usize {
        if !self.in_list {
            self.list += 1;
        }
        self.in_list = true;
        let line = self.lines[i];
        self.push(Kind::Item { numbered: false }, line.body, line.end);
        1
    }

    /// A list under a heading without hash marks ends with the list.
    pub(crate) fn leave_weak_section(&mut self) {
        let section = &self.document.sections[self.section];
        if section.level >= NAMED && section.listed && self.after_blank {
            self.section = section.parent;
        }
    }

    pub(crate) fn item(&mut self, i: usize) -> usize {
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

    pub(crate) fn is_turn(&self, i: usize) -> bool {
        !self.talkers.is_empty()
            && self.lines.get(i).is_some_and(|l| {
                speakers::turn(self.text, l).is_some_and(|t| self.talkers.contains(t.name))
                    || speakers::name_line(self.text, l).is_some_and(|n| self.talkers.contains(n))
            })
    }

    pub(crate) fn spoken(&mut self, i: usize) -> Option<usize> {
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

    pub(crate) fn speaker_index(&mut self, name: &str) -> usize {
        self.document
            .speakers
            .iter()
            .position(|s| s == name)
            .unwrap_or_else(|| {
                self.document.speakers.push(name.to_owned());
                self.document.speakers.len() - 1
            })
    }
}
