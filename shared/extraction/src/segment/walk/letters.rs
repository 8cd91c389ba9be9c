//! Mail headers, greetings, signatures, lists of people.

use crate::segment::Message;
use crate::segment::line::Form;
use crate::segment::mail::{self, Header};
use crate::segment::sections::Class;
use crate::segment::walk::Walk;
use crate::text::{fold_str, one_of};

impl Walk<'_, '_> {
    /// Number of header lines in a row from `i` on, if they make a header block.
    pub(crate) fn header_block(&self, i: usize) -> usize {
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

    pub(crate) fn mail_headers(&mut self, i: usize) -> Option<usize> {
        mail::header(self.content(i))?;
        let used = self.header_block(i);
        if used == 0 {
            return None;
        }
        if self.quotes(i, used) {
            return Some(self.lines.len() - i);
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
                    message.from = mail::person(value)
                        .or_else(|| mail::person(value.trim_matches(['<', '>'])));
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

    /// Whether the headers quote the mail that is answered, as Outlook does below the answer: they say when it was "sent",
    /// and something that was not sent on stands above.
    fn quotes(&self, i: usize, used: usize) -> bool {
        const SENT: &str = "sent|gesendet|envoye|enviado|enviada|gonderilme|gonderildi|gonderme";
        const SENT_ON: [&str; 10] = [
            "fw",
            "fwd",
            "wg",
            "tr",
            "rv",
            "ilt",
            "forwarded",
            "weitergeleitet",
            "begin",
            "anfang",
        ];
        let sent = (i..i + used).any(|j| {
            let line = fold_str(self.content(j).trim_start_matches(['*', '_', ' ']));
            one_of(SENT, line.split([':', ' ', '*']).next().unwrap_or(""))
        });
        // "FYI", "see below" and a name say nothing of their own.
        let texts = || {
            let units = self.document.units.iter();
            units.map(|unit| &self.text[unit.bytes.clone()])
        };
        let mut words = texts().flat_map(str::split_whitespace);
        if !sent || words.nth(5).is_none() {
            return false;
        }
        let passes_on = |text: &str| {
            let mut words = text.split(|c: char| !c.is_alphabetic());
            let first = words.find(|word| !word.is_empty());
            first.is_some_and(|word| SENT_ON.contains(&fold_str(word).as_str()))
        };
        let mut subjects = self
            .document
            .messages
            .iter()
            .map(|m| &self.text[m.subject.clone()]);
        !subjects.any(passes_on) && !texts().any(passes_on)
    }

    /// Greetings, sign-offs, fine print, lists of those present: noted and passed over.
    pub(crate) fn courtesy(&mut self, i: usize) -> bool {
        let content = self.content(i);
        if mail::is_sign_off(content) {
            let next = self.next_filled(i).map_or("", |j| self.content(j));
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
        if let Some(greeting) = mail::greeted(content) {
            let free = self
                .document
                .messages
                .last()
                .is_some_and(|m| m.to.is_empty());
            if let Some(name) = greeting.name.filter(|_| free && self.talkers.is_empty()) {
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
        self.byline(i);
        self.people_line(content)
    }

    /// "Rédigé par Damien Fournier le 8 mars", or a name alone between the title and the day: who says "I".
    fn byline(&mut self, i: usize) {
        const BY: [&str; 20] = [
            "prepared by ",
            "written by ",
            "compiled by ",
            "author: ",
            "redige par ",
            "redigee par ",
            "etabli par ",
            "auteur : ",
            "auteur: ",
            "autrice : ",
            "verfasst von ",
            "erstellt von ",
            "geschrieben von ",
            "autor: ",
            "autorin: ",
            "elaborado por ",
            "redactado por ",
            "escrito por ",
            "hazirlayan: ",
            "yazan: ",
        ];
        const HEAD: usize = 8;
        const LONGEST: usize = 3;
        let content = self.content(i);
        let folded = fold_str(content);
        let by = BY.iter().find(|by| folded.starts_with(**by));
        let blanks = by.map(|by| by.matches(' ').count());
        let words: Vec<&str> = content.split(' ').collect();
        let name: Vec<&str> = words
            .iter()
            .skip(blanks.unwrap_or(0))
            .take(LONGEST)
            .take_while(|word| word.starts_with(char::is_uppercase) && word.len() > 1)
            .map(|word| word.trim_end_matches([',', '.', ';']))
            .collect();
        let alone = || {
            let title =
                i > 0 && (0..i).all(|j| matches!(self.form(j), Form::Blank | Form::Heading { .. }));
            let next = self.next_filled(i).map_or("", |j| self.content(j));
            let dated =
                next.split(' ').count() <= 4 && next.starts_with(|c: char| c.is_ascii_digit());
            title && dated && name.len() == words.len() && name.len() > 1
        };
        if i > HEAD || name.is_empty() || !(blanks.is_some() || alone()) {
            return;
        }
        let name = name.join(" ");
        self.meet(&name);
        if let Some(message) = self.document.messages.last_mut().filter(|m| !m.is_mail) {
            message.from.get_or_insert(name);
        }
    }

    pub(crate) fn sign(&mut self, next: &str) {
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
    pub(crate) fn people_line(&mut self, content: &str) -> bool {
        const LABELS: &str = "\
            attendees|present|participants|in attendance|apologies|absent|team|teilnehmer|\
            teilnehmende|anwesend|entschuldigt|asistentes|participantes|presentes|ausentes|\
            participants|presents|excuses|absents|katilimcilar|katilanlar|chair|minutes|\
            minutes taken by|note taker|scribe|facilitator|protokoll|leitung|moderation|regrets|\
            invitees|members present|attending|there|apols|apologies from|sorry|also present|asisten|asistieron|excusan|assistaient|etaient presents|presentes en la reunion|attended|attended by|anwesende|abwesend|hazir bulunanlar|toplantiya katilanlar|crew|committee";
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

    pub(crate) fn ends_signature(&mut self, i: usize) -> bool {
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
