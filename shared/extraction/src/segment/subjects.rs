//! Subjects of mails that say what the body only points to: "Please approve the budget by Friday" over "Thanks, Kim".

use super::{Document, Kind, Unit};
use crate::text::fold_str;
use std::ops::Range;

/// A longer body says by itself what it wants.
const MOST_BODY_BYTES: usize = 90;
/// What an answer or a mail passed on puts before the subject it took over.
const TAKEN_OVER: [&str; 8] = ["re", "aw", "fw", "fwd", "wg", "tr", "rv", "ynt"];
/// Labels that say that something is asked for.
const ASKS: [&str; 12] = [
    "action required",
    "action needed",
    "action",
    "urgent",
    "reminder",
    "dringend",
    "erinnerung",
    "urgente",
    "recordatorio",
    "rappel",
    "acil",
    "hatirlatma",
];
/// Words that ask.
const PLEASE: [&str; 8] = [
    "please", "pls", "plz", "bitte", "favor", "merci", "svp", "lutfen",
];
/// Words by which a body points to its subject.
const SUBJECT: [&str; 6] = ["subject", "betreff", "asunto", "objet", "konu", "konuda"];

/// Makes units of the subjects that ask for something over a body that hardly says a word.
pub(super) fn add(document: &mut Document) {
    let mut bodies = vec![(0_usize, false); document.messages.len()];
    for unit in &document.units {
        let Some((bytes, points)) = bodies.get_mut(unit.message) else {
            continue;
        };
        *bytes += unit.bytes.len();
        if *bytes <= MOST_BODY_BYTES {
            let text = fold_str(&document.text[unit.bytes.clone()]);
            *points |= has(&text, &SUBJECT);
        }
    }
    for (message, (bytes, points)) in bodies.into_iter().enumerate() {
        let mail = &document.messages[message];
        let asked = (mail.is_mail && bytes <= MOST_BODY_BYTES)
            .then(|| request(document.text, &mail.subject, points))
            .flatten();
        if let Some(subject) = asked {
            let at = document
                .units
                .partition_point(|unit| unit.bytes.start < subject.start);
            let unit = Unit {
                kind: Kind::Text,
                bytes: subject,
                section: 0,
                message,
                speaker: None,
                list: 0,
            };
            document.units.insert(at, unit);
        }
    }
}

fn has(folded: &str, words: &[&str]) -> bool {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| words.contains(&word))
}

/// The part of a subject that asks for something; one taken over from another mail only where the body points to it.
fn request(text: &str, subject: &Range<usize>, points: bool) -> Option<Range<usize>> {
    const FEWEST: usize = 2;
    let mut from = subject.start;
    let mut asks = points;
    while let Some((label, _)) = text[from..subject.end].split_once(':') {
        let folded = fold_str(label.trim().trim_matches(['[', ']', '*']));
        if TAKEN_OVER.contains(&folded.as_str()) && !points {
            return None;
        }
        let labelled = ASKS.contains(&folded.as_str());
        if !labelled && !TAKEN_OVER.contains(&folded.as_str()) {
            break;
        }
        asks |= labelled;
        let rest = &text[from + label.len() + 1..subject.end];
        from = subject.end - rest.trim_start().len();
    }
    let said = &text[from..subject.end];
    let words = said.split_whitespace().count();
    (words >= FEWEST && (asks || has(&fold_str(said), &PLEASE))).then_some(from..subject.end)
}
