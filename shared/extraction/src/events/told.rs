//! A meeting in words that no list knows.

use super::{Event, GATHERINGS, attendees, is_exam, name, pick, strip_opening};
use crate::acts::Sentence;
use crate::language::Marks;

/// The meeting that a sentence tells of in words that no list knows.
pub(crate) fn told(s: &Sentence) -> Option<Event> {
    // A deadline is no meeting.
    let date = pick(s, false, None)?;
    let w = s.words;
    let noun = (s.from..s.to).find(|&i| w.has(i, Marks::MEETING));
    if noun.is_none() && is_handed_in(s) {
        return None;
    }
    let title = noun.map_or_else(
        || crate::fields::title::of_span(w, s.from, s.to, s.dates, &[]),
        |_| name(s, &date, noun),
    );
    let named = title.chars().filter(|c| c.is_alphabetic()).count() > 3;
    named.then(|| Event {
        title: strip_opening(&title),
        date,
        exam: (s.from..s.to).any(|i| w.has(i, Marks::EXAM) && is_exam(s, i)),
        attendees: attendees(s),
        strength: 0.66,
        begin: s.from,
        to: s.to,
        bare: false,
    })
}

/// Whether a sentence speaks of written work and of nothing that takes place: "Essay, 3000 words, 50 %: Monday, noon".
pub(super) fn is_handed_in(s: &Sentence) -> bool {
    const WRITTEN: &str = "\
        paper|papers|essay|essays|proposal|commentary|questionnaire|transcript|pset|homework|hw|assignment|worksheet|memo|draft|portfolio|outline|bibliography|thesis|deposit|abstract|\
        hausarbeit|hausaufgabe|ubungsblatt|aufgabenblatt|seminararbeit|abgabe|exposé|expose|\
        ensayo|tarea|deberes|informe|entrega|memoria|dossier|fiche|devoir|dissertation|memoire|rendu|depot|odev|odevi|rapor|raporu|teslim|teslimi";
    let w = s.words;
    let work = (s.from..s.to)
        .any(|i| w.one_of(i, WRITTEN) || w.number(i).is_some() && w.one_of(i + 1, "wds|words"));
    work && !(s.from..s.to).any(|i| w.has(i, Marks::EXAM) || w.one_of(i, GATHERINGS))
}
