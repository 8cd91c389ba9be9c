//! Invitations: a name over labelled lines that say when, where and with whom.

use super::line::{Form, Line};
use super::mail;
use crate::text::{fold_str, one_of};
use std::ops::Range;

/// A meeting that labelled lines describe, by the places of its parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Invitation {
    pub title: Range<usize>,
    pub date: Range<usize>,
    pub time: Range<usize>,
    pub end: Range<usize>,
    pub guests: Vec<Range<usize>>,
    pub whole: Range<usize>,
}

/// What a label says of the line behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Date,
    Time,
    End,
    Place,
    Guests,
    /// An owner, a deadline, those who were present: no invitation has them.
    Foreign,
}

const FIELDS: &[(Field, &str)] = &[
    (
        Field::Title,
        "topic|subject|title|event|meeting title|thema|betreff|titel|veranstaltung|asunto|tema|titulo|evento|objet|sujet|titre|evenement|konu|baslik|etkinlik",
    ),
    (
        Field::Date,
        "date|day|when|date and time|date & time|date/time|datum|tag|wann|termin|datum und uhrzeit|fecha|dia|cuando|fecha y hora|jour|quand|date et heure|tarih|gun|ne zaman|tarih ve saat",
    ),
    (
        Field::Time,
        "time|start|starts|start time|uhrzeit|zeit|beginn|hora|inicio|heure|horaire|debut|saat|baslangic",
    ),
    (Field::End, "end|ends|end time|ende|fin|bitis"),
    (
        Field::Place,
        "where|place|location|room|venue|wo|ort|raum|treffpunkt|donde|lugar|sala|lieu|salle|ou|yer|nerede|link|join|zoom|video call link|meeting link",
    ),
    (
        Field::Guests,
        "attendees|participants|guests|invitees|invited|required|required attendees|optional|optional attendees|teilnehmer|teilnehmende|gaste|eingeladen|asistentes|participantes|invitados|invites|katilimcilar|davetliler|panel",
    ),
    (
        Field::Foreign,
        "owner|assignee|assigned to|responsible|due|due date|deadline|status|priority|verantwortlich|zustandig|frist|fallig|prioritat|responsable|plazo|estado|echeance|statut|sorumlu|son tarih|durum|present|apologies|absent|chair|minutes|minutes taken by|note taker|scribe|anwesend|entschuldigt|protokoll|presentes|ausentes|presents|excuses|from|von|de|sent|gesendet|price|preis",
    ),
];

/// Names of what has been held already.
const TOLD: &str = "minutes|notes|protokoll|niederschrift|mitschrift|acta|compte|proces|tutanak|tutanagi|recap|summary|log|report|bericht";

/// Labels of names that no mail has in its head.
const TOPICS: &str = "topic|event|meeting title|thema|veranstaltung|tema|evento|evenement|etkinlik";

/// As many lines an invitation takes at most.
const LONGEST: usize = 14;

/// The label of a line and the place of what stands behind it.
fn labelled(text: &str, line: &Line) -> Option<(Option<Field>, Range<usize>)> {
    let content = &text[line.body..line.end];
    if let Some((label, value)) = pair(text, line) {
        let label = fold_str(text[label].trim_matches(['*', '_', ' ', ':']));
        let field = FIELDS.iter().find(|(_, names)| one_of(names, &label));
        return Some((field.map(|f| f.0), value));
    }
    let colon = content.char_indices().take(26).find(|&(_, c)| c == ':')?.0;
    let label = fold_str(content[..colon].trim_matches(['*', '_', ' ', '\u{a0}']));
    let value = content[colon + 1..].trim_start_matches(['*', '_', ' ', '\u{a0}']);
    let named = !label.is_empty() && label.chars().all(|c| !c.is_ascii_digit());
    let field = FIELDS.iter().find(|(_, names)| one_of(names, &label));
    named.then(|| (field.map(|f| f.0), line.end - value.len()..line.end))
}

/// The two cells of a row: "| Date | Thursday 25 March |".
fn pair(text: &str, line: &Line) -> Option<(Range<usize>, Range<usize>)> {
    let content = text[line.body..line.end].trim_end();
    let inner = content.strip_prefix('|')?.strip_suffix('|')?;
    let (label, value) = inner.split_once('|')?;
    let trimmed = |part: &str, at: usize| {
        let begin = at + part.len() - part.trim_start().len();
        begin..begin + part.trim().len()
    };
    let label_at = line.body + '|'.len_utf8();
    let value_at = label_at + label.len() + '|'.len_utf8();
    let filled = !label.trim().is_empty() && !value.trim().is_empty() && !value.contains('|');
    filled.then(|| (trimmed(label, label_at), trimmed(value, value_at)))
}

/// Whether a line stands between others without a word: a blank one, the rule under the head of a table.
fn is_empty(text: &str, line: &Line) -> bool {
    let rule = |c: char| matches!(c, '|' | '-' | ':' | ' ');
    line.form == Form::Blank || text[line.body..line.end].chars().all(rule)
}

/// All invitations between the lines of `text`.
pub(crate) fn find(text: &str, lines: &[Line]) -> Vec<Invitation> {
    let mut all = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let found = block(text, lines, i).or_else(|| shared(text, lines, i));
        i += found.as_ref().map_or(1, |found| found.0);
        all.extend(found.map(|found| found.1));
    }
    all
}

/// "Date: ..", "Time: ..", "Location: ..", "Participants: ..", with a name among them or above.
fn block(text: &str, lines: &[Line], i: usize) -> Option<(usize, Invitation)> {
    labelled(text, &lines[i])?
        .0
        .filter(|f| *f != Field::Foreign)?;
    let mut found = Invitation::default();
    let (mut kinds, mut used, mut k) = (Vec::new(), 0, i);
    while k < lines.len().min(i + LONGEST) {
        let line = &lines[k];
        if is_empty(text, line) {
            k += 1;
            continue;
        }
        let Some((field, value)) = labelled(text, line) else {
            break;
        };
        match field {
            Some(Field::Foreign) => return None,
            None => break,
            // What is named twice tells of two.
            Some(field) if field != Field::Guests && kinds.contains(&field) => return None,
            Some(field) => {
                kinds.push(field);
                match field {
                    Field::Title => found.title = value,
                    Field::Date => found.date = value,
                    Field::Time => found.time = value,
                    Field::End => found.end = value,
                    Field::Guests => found.guests.push(value),
                    Field::Place | Field::Foreign => {}
                }
            }
        }
        found.whole.end = line.end;
        k += 1;
        used = k - i;
    }
    if found.date.is_empty() {
        found.date = std::mem::take(&mut found.time);
    }
    let told = kinds.iter().filter(|kind| **kind != Field::Title).count();
    // "Date: ..", "Subject: ..": the head of a mail.
    let label = |line: &Line| fold_str(text[line.body..line.end].split(':').next().unwrap_or(""));
    let topic = lines[i..i + used].iter().any(|l| one_of(TOPICS, &label(l)));
    if found.date.is_empty() || told + usize::from(topic) < 2 {
        return None;
    }
    if found.title.is_empty() {
        found.title = above(text, lines, i).or_else(|| introduced(text, lines, i))?;
        found.whole.start = found.title.start;
    } else {
        found.whole.start = lines[i].body;
    }
    named(text, &found).then_some((used, found))
}

/// The name over labelled lines, at most one blank line above them.
fn above(text: &str, lines: &[Line], i: usize) -> Option<Range<usize>> {
    let line = last_above(text, lines, i)?;
    if let Some((_, value)) = pair(text, line) {
        return Some(value);
    }
    let content = text[line.body..line.end].trim_matches(['*', '_', ' ']);
    let at = line.body + text[line.body..line.end].find(content)?;
    let header = mail::header(content);
    let value = match header {
        Some((mail::Header::Subject, value)) => value,
        Some(_) => return None,
        None => content,
    };
    let words = value.split_whitespace().count();
    let plain = matches!(line.form, Form::Plain | Form::Heading(_));
    let fits =
        plain && (1..=10).contains(&words) && !value.ends_with(['.', ',', ';', ':', '!', '?']);
    let end = at + content.len();
    fits.then(|| end - value.len()..end)
}

/// The line over the one at `i`, at most one without a word between them.
fn last_above<'l>(text: &str, lines: &'l [Line], i: usize) -> Option<&'l Line> {
    let above = lines[..i].iter().rev().take(2);
    above.into_iter().find(|line| !is_empty(text, line))
}

/// What a sentence says that labelled lines follow of: "We confirm your dental appointment:".
fn introduced(text: &str, lines: &[Line], i: usize) -> Option<Range<usize>> {
    const KINDS: &str = "appointment|viewing|interview|consultation|inspection|visit|session|lesson|tasting|fitting|booking|reservation|meeting|termin|arzttermin|zahnarzttermin|werkstatttermin|servicetermin|besichtigung|besichtigungstermin|vorstellungsgesprach|gesprachstermin|untersuchung|behandlung|besprechung|beratung|beratungstermin|cita|visita|entrevista|reserva|reunion|consulta|rendez-vous|visite|entretien|consultation|reservation|randevu|randevusu|randevunuz|gorusme|gorusmesi|gorusmeniz|muayene|toplanti|rezervasyonunuz";
    const SMALL: &str = "your|the|an|a|our|this|new|following|next|ihr|ihren|ihre|den|einen|unser|unseren|deinen|ein|eine|die|folgender|su|sus|la|el|una|tu|siguiente|votre|le|un|notre|ton|de|d'un|d'une|bu|bir|sizin|of|for";
    let line = last_above(text, lines, i)?;
    let content = text[line.body..line.end]
        .trim_end()
        .strip_suffix(':')?
        .trim_end();
    let words = || {
        content.split_whitespace().map(|word| {
            let at = line.body + (word.as_ptr().addr() - content.as_ptr().addr());
            at..at + word.trim_end_matches([',', '.', ';']).len()
        })
    };
    let folded = |bytes: &Range<usize>| fold_str(&text[bytes.clone()]);
    let at = words().position(|word| one_of(KINDS, &folded(&word)))?;
    let kind = words().nth(at)?;
    // "Bakım randevusu", "dental appointment": what kind it is stands before it.
    let before = at.checked_sub(1).and_then(|at| words().nth(at));
    let before = before.filter(|word| {
        !one_of(SMALL, &folded(word)) && text[word.end..kind.start].trim().is_empty()
    });
    Some(before.map_or(kind.start, |word| word.start)..kind.end)
}

/// Whether the name of an invitation is one of a meeting to come.
fn named(text: &str, found: &Invitation) -> bool {
    let title = fold_str(&text[found.title.clone()]);
    let told = title
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| one_of(TOLD, w));
    !told && found.title.len() <= 160 && title.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// "Launch" over "Tuesday, November 24 · 2:30 – 3:30pm" over "Time zone: ..": a calendar's own words.
fn shared(text: &str, lines: &[Line], i: usize) -> Option<(usize, Invitation)> {
    let line = &lines[i];
    let content = &text[line.body..line.end];
    let dot = content.find(" · ").filter(|_| content.len() <= 90)?;
    let digit = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    if !digit(&content[..dot]) || !digit(&content[dot..]) {
        return None;
    }
    let below = &lines[i + 1..lines.len().min(i + LONGEST)];
    let shared = below.iter().take(4).any(|l| {
        let folded = fold_str(&text[l.body..l.end]);
        [
            "time zone",
            "zeitzone",
            "zona horaria",
            "fuseau horaire",
            "saat dilimi",
            "google meet",
            "video call",
        ]
        .iter()
        .any(|mark| folded.starts_with(mark))
    });
    let title = above(text, lines, i).filter(|_| shared)?;
    let mut found = Invitation {
        whole: title.start..line.end,
        title,
        date: line.body..line.body + dot,
        time: line.body + dot + " · ".len()..line.end,
        ..Invitation::default()
    };
    let mut used = 1;
    let list = below.iter().position(|l| {
        let head = fold_str(text[l.body..l.end].trim_end_matches(':'));
        FIELDS
            .iter()
            .any(|(field, names)| *field == Field::Guests && one_of(names, &head))
    });
    if let Some(at) = list {
        for guest in below[at + 1..].iter().take_while(|l| l.form != Form::Blank) {
            found.guests.push(guest.body..guest.end);
            found.whole.end = guest.end;
        }
        used += at + 1 + found.guests.len();
    }
    Some((used, found))
}
