//! The title and the guests of an event.

use crate::acts::Sentence;
use crate::dates::{self, Found};
use crate::fields::title;
use crate::text::Shape;

pub(crate) const TRAILING: &str = "\
    is|will|takes|take|place|be|held|scheduled|set|has|been|for|starts|begins|are|findet|statt|\
    ist|sera|tendra|lugar|es|aura|lieu|se|tiendra|est|prevue|prevu|wird|again|next|moved|\
    rescheduled|postponed|to|booked|now|planned|confirmed|verschoben|auf|programada|prevista|\
    fixee";

/// The same of what takes place at another time than was said.
const MOVED: &str = "\
    fallt|aus|dafur|stattdessen|pushed|brought|forward|back|changed|was|were|start|wurde|wurden|reporte|reportee|decale|decalee|deplace|deplacee|avance|avancee|pasa|aplaza|adelanta|traslada|al|del";

/// The subject: what stands before the date, or else behind it.
pub(crate) fn name(s: &Sentence, date: &Found, noun: Option<usize>) -> String {
    let w = s.words;
    // "por videollamada", "via Zoom call": how, not what.
    let noun = noun.filter(|&n| n == 0 || !w.one_of(n - 1, "por|via|per|par|uber|by"));
    let mut to = date.lead_from.min(date.from);
    let moved = dates::moves(w, s.from..s.to);
    let trails = |i: usize| w.one_of(i, TRAILING) || moved && w.one_of(i, MOVED);
    while to > s.from && (w.shape(to - 1) == Shape::Mark || trails(to - 1) && Some(to - 1) != noun)
    {
        to -= 1;
    }
    let clause = |from: usize, to: usize| -> (usize, usize) {
        // The part after the last mark before the noun: "Thanks all. Next meeting".
        let cut = (from..to)
            .rev()
            .find(|&i| matches!(w.word(i), ":" | "–" | "—" | ";") && noun.is_some_and(|n| n > i));
        (cut.map_or(from, |c| c + 1), to)
    };
    let (from, to) = clause(s.from, to);
    let before = strip_opening(&title::of_span(w, from, to, s.dates, &[]));
    // "Chicas, mañana llega el pedido a las 9": where the hour stands apart, a single word before the day names nothing.
    let apart = date.when.as_ref().is_some_and(|when| when.time.is_none())
        && s.dated(|d| d.from > date.from && d.when.as_ref().is_some_and(|w| w.time.is_some()));
    let linked = (to..date.lead_from.min(date.from)).any(|i| w.one_of(i, TRAILING));
    if apart && noun.is_none() && !linked && !before.is_empty() && !before.contains(' ') {
        return strip_opening(&title::of_span(w, s.from, s.to, s.dates, &[]));
    }
    let inside = noun.is_none_or(|n| n < to);
    if inside && before.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
        return with_purpose(s, date, &meeting_of(&before));
    }
    let mut end = s.to;
    let first = (date.to..s.to)
        .find(|&i| w.shape(i) == Shape::Word)
        .unwrap_or(date.to);
    let cut = (first + 1..s.to).find(|&i| {
        matches!(w.word(i), "." | ";" | "(" | "|") || w.word(i) == "," && noun.is_none_or(|n| n < i)
    });
    if let Some(cut) = cut {
        end = cut;
    }
    strip_opening(&title::of_span(w, first, end, s.dates, &[]))
}

/// "The project team meets" names a meeting by those who hold it.
pub(crate) fn meeting_of(title: &str) -> String {
    const VERBS: [&str; 8] = [
        " meets again",
        " meet again",
        " meets",
        " meet",
        " trifft sich",
        " treffen sich",
        " se réunit",
        " se reúne",
    ];
    let found = VERBS.iter().find_map(|v| title.strip_suffix(v));
    found.map_or_else(|| title.to_owned(), |who| format!("{who} meeting"))
}

/// "Meet", "Next meeting", "Call" say too little: what follows the date says what for.
pub(crate) fn with_purpose(s: &Sentence, date: &Found, title: &str) -> String {
    let bare = title.split(' ').count() <= 2;
    let opens = s.words.one_of(
        date.to,
        "to|about|for|with|re|regarding|on|zu|uber|wegen|mit|pour|avec|para|sobre|con",
    );
    if !bare || !opens || date.to >= s.to {
        return title.to_owned();
    }
    let rest = title::plain_span(s.words, date.to, s.to, s.dates, &[]);
    let joined = format!("{title} {rest}");
    if joined.chars().count() <= 100 {
        joined
    } else {
        title.to_owned()
    }
}

/// What stands before the name of what is held.
const OPENINGS: &[&str] = &[
    "The ",
    "Our ",
    "Your ",
    "We have a ",
    "We have the ",
    "There is a ",
    "You have a ",
    "I have a ",
    "I have an ",
    "There will be a ",
    "You are invited to the ",
    "You are invited to a ",
    "You are invited to ",
    "You're invited to ",
    "Join us for the ",
    "Join us for a ",
    "Join us for ",
    "Die ",
    "Der ",
    "Das ",
    "La ",
    "El ",
    "Le ",
    "Let's ",
    "Lass uns ",
    "Lasst uns ",
    "We will ",
    "We'll ",
    "A ",
    "An ",
    "Reminder: ",
    "We have scheduled your ",
    "We have scheduled a ",
    "We have booked your ",
    "We have booked a ",
    "We have arranged a ",
    "We've booked a ",
    "You are requested to attend a ",
    "You are requested to attend the ",
    "You are asked to attend a ",
    "You are asked to attend the ",
    "Please attend the ",
    "Please attend a ",
    "Are you free for a ",
    "Are you available for a ",
    "Are you free for ",
    "Can we have a ",
    "Could we have a ",
    "Can we do a ",
    "Could we do a ",
    "How about a ",
    "Shall we do a ",
    "Do you have time for a ",
    "I'd like to invite you to a ",
    "I'd like to invite you to the ",
    "We would like to invite you to the ",
    "We would like to invite you to a ",
    "Please join us for the ",
    "Please join us for a ",
    "Please join us for ",
    "Ihr ",
    "Ihre ",
    "Su ",
    "Votre ",
    "Don't forget the ",
    "New date for the ",
    "New time for the ",
    "New date for ",
    "New time for ",
    "Neuer Termin für die ",
    "Neuer Termin für den ",
    "Neuer Termin für das ",
    "Nouvelle date pour la ",
    "Nouvelle date pour le ",
    "Nueva fecha para la ",
    "Nueva fecha para el ",
    "We moved the ",
    "We have moved the ",
    "We've moved the ",
    "We ",
];

pub(crate) fn strip_opening(title: &str) -> String {
    let found = OPENINGS.iter().find_map(|o| title.strip_prefix(o));
    found
        .filter(|t| !t.is_empty())
        .map_or_else(|| title.to_owned(), crate::text::capitalised)
}
