//! Headings, also in disguise.

use crate::segment::line::Form;
use crate::segment::sections::{self, Class};
use crate::segment::walk::{CAPITALS, COLON, Capitals, NAMED, Walk};
use crate::segment::{Kind, Section};
use crate::text::Words;
use std::cell::LazyCell;

/// How the heading above an attachment of a mail begins.
const ATTACHMENT: &str = "Attachment: ";

impl Walk<'_, '_> {
    pub(crate) fn open(&mut self, i: usize, level: u8, class: Option<Class>, number: Option<u32>) {
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

    pub(crate) fn heading(&mut self, i: usize, level: u8) {
        // What is attached to a mail stands under its name, which says nothing of what it holds.
        if self.content(i).starts_with(ATTACHMENT)
            && self.document.messages.iter().any(|m| m.is_mail)
        {
            self.section = 0;
            self.in_list = false;
            return;
        }
        let class = self.class_of(i);
        self.open(i, level, class, None);
    }

    pub(crate) fn class_of(&self, i: usize) -> Option<Class> {
        let line = self.lines[i];
        if line.end - line.body > 120 {
            return None;
        }
        sections::class(&Words::read(self.text, line.body, line.end))
    }

    pub(crate) fn number_of(&self, i: usize) -> Option<u32> {
        let line = self.lines[i];
        self.text[line.start..line.body]
            .trim()
            .trim_matches(['(', ')', '.'])
            .parse()
            .ok()
    }

    /// "4. Action items", or "- Next steps:" with deeper items under it.
    pub(crate) fn item_heading(&self, i: usize, numbered: bool) -> Option<(u8, Option<Class>)> {
        let content = self.content(i);
        let words = content.split_whitespace().count();
        let deeper = self.next_filled(i).is_some_and(|j| {
            self.lines[j].indent > self.lines[i].indent
                && matches!(self.form(j), Form::Bullet { .. } | Form::Check { .. })
        });
        let class = LazyCell::new(|| self.class_of(i));
        let level = COLON + 1 + u8::try_from(self.lines[i].indent.min(40)).unwrap_or(40);
        if content.ends_with(':') && deeper && words <= 8 {
            return Some((level, *class));
        }
        let follows = || {
            self.document.headings(self.section).any(|s| {
                s.number.is_some()
                    && s.number.map(|n| n + 1) == self.number_of(i)
                    && s.level == NAMED
            })
        };
        let bare = words <= 5 && !content.ends_with(['.', '!', '?']);
        let headed = || class.is_some() || follows();
        if numbered && bare && self.lines[i].indent < 4 && headed() {
            return Some((NAMED, class.or(Some(Class::Plain))));
        }
        (deeper && words <= 4 && class.is_some()).then(|| (level, *class))
    }

    /// "Nora" over "Yesterday: .." and "Today: ..": whose report of the day it is.
    pub(crate) fn reporter(&self, i: usize) -> Option<&str> {
        const DAYS: [&str; 9] = [
            "yesterday:",
            "today:",
            "gestern:",
            "heute:",
            "ayer:",
            "hoy:",
            "hier :",
            "dun:",
            "bugun:",
        ];
        let content = self.content(i).trim_matches(['*', '_', ':', ' ']);
        let words: Vec<&str> = content.split(' ').collect();
        let named = words.len() <= 2
            && words.iter().all(|word| {
                word.len() > 1
                    && word.chars().all(|c| c.is_alphabetic() || c == '-')
                    && word.starts_with(char::is_uppercase)
            });
        if !named {
            return None;
        }
        let next = crate::text::fold_str(self.content(i + 1).trim_start_matches(['*', '_']));
        // "y: .." is ticked off, though no box stands there.
        let marker = self.lines.get(i + 1);
        let marker = marker.map_or("", |line| &self.text[line.start..line.body]);
        let told = marker.starts_with(char::is_alphabetic) && marker.trim_end().ends_with(':');
        (told || DAYS.iter().any(|day| next.starts_with(day))).then_some(content)
    }

    /// A plain line that is a heading by its looks.
    pub(crate) fn disguised(&self, i: usize) -> Option<(u8, Option<Class>)> {
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
        let capitals = self.capitals == Capitals::Stand
            && letters.len() >= 4
            && letters.iter().all(|c| !c.is_lowercase())
            && !content.ends_with(['.', '!', '?', ','])
            && content.split(' ').count() <= 8;
        let short = content.split_whitespace().count() <= 8;
        let colon = content.ends_with(':') && short;
        let class = LazyCell::new(|| self.class_of(i));
        let folded = crate::text::fold_str(content);
        let jotted = is_todo(&folded);
        // "grutier absent, remplaçant trouvé" among other lines heads nothing.
        let amid = || {
            class.is_some_and(Class::refuses)
                && !self.after_blank
                && content.contains(' ')
                && self.form(i + 1) == Form::Plain
        };
        let bare = !jotted
            && !content.contains(", ")
            && content.split_whitespace().count() <= 4
            && !content.ends_with(['.', '!', '?', ',', ';'])
            && !content.contains(':')
            && class.is_some()
            && !amid();
        if underlined {
            return Some((2, *class));
        }
        if self.reporter(i).is_some() {
            return Some((NAMED, Some(Class::Plain)));
        }
        if capitals {
            return Some((CAPITALS, class.or(Some(Class::Plain))));
        }
        if bold || bare {
            return Some((NAMED, *class));
        }
        // The first line of a document may be its title.
        let first = self.document.units.is_empty()
            && self.document.tables.is_empty()
            && self.form(i + 1) == Form::Blank;
        if first
            && content.split_whitespace().count() <= 10
            && !jotted
            && !content.ends_with(['.', '!', '?', ',', ';'])
            && (folded.starts_with("how to ") || class.is_some())
        {
            return Some((1, class.or(Some(Class::Rules))));
        }
        // "Audit" over "Hand hygiene results are due on ..": one word, then a paragraph.
        let next = self.content(i + 1);
        let single = !content.contains(' ')
            && self.after_blank
            && content.len() > 3
            && content.starts_with(char::is_uppercase)
            && content.chars().all(char::is_alphabetic)
            && self.form(i + 1) == Form::Plain
            && next.len() > 30
            && next.contains(". ") | next.ends_with(['.', ')', '!'])
            && self.section != 0;
        if single && self.talkers.is_empty() {
            return Some((NAMED, class.or(Some(Class::Plain))));
        }
        let listed = matches!(self.form(i + 1), Form::Bullet { .. } | Form::Check { .. })
            && (self.after_blank || i == 0 || self.section != 0 && self.form(i - 1) != Form::Plain)
            && content.split_whitespace().count() <= 6
            && !content.ends_with(['.', '!', '?', ';', ','])
            && !content.contains(": ");
        (colon || listed).then(|| (COLON, *class))
    }
}

/// "TODO call Bob", "TODO(kim): call Bob": an entry, and no title over others.
fn is_todo(folded: &str) -> bool {
    let todo = folded.starts_with("todo ") || folded.starts_with("todo(");
    todo && !folded.starts_with("todo list")
}
