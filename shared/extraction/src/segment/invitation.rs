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
    let colon = content.char_indices().take(26).find(|&(_, c)| c == ':')?.0;
    let label = fold_str(content[..colon].trim_matches(['*', '_', ' ', '\u{a0}']));
    let value = content[colon + 1..].trim_start_matches(['*', '_', ' ', '\u{a0}']);
    let named = !label.is_empty() && label.chars().all(|c| !c.is_ascii_digit());
    let field = FIELDS.iter().find(|(_, names)| one_of(names, &label));
    named.then(|| (field.map(|f| f.0), line.end - value.len()..line.end))
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
        if line.form == Form::Blank {
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
    let above = above(text, lines, i);
    let begin = above.as_ref().map_or(lines[i].body, |a| a.start);
    if found.title.is_empty() {
        found.title = above?;
        found.whole.start = begin;
    } else {
        found.whole.start = lines[i].body;
    }
    named(text, &found).then_some((used, found))
}

/// The name over labelled lines, at most one blank line above them.
fn above(text: &str, lines: &[Line], i: usize) -> Option<Range<usize>> {
    let line = lines[..i]
        .iter()
        .rev()
        .take(2)
        .find(|l| l.form != Form::Blank)?;
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
