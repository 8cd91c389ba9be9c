//! A meeting in words that no list knows.

use super::{Event, attendees, is_exam, name, pick, strip_opening};
use crate::acts::Sentence;
use crate::language::Marks;

/// The meeting that a sentence tells of in words that no list knows.
pub(crate) fn told(s: &Sentence) -> Option<Event> {
    let date = pick(s, true, None)?;
    let w = s.words;
    let noun = (s.from..s.to).find(|&i| w.has(i, Marks::MEETING));
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
