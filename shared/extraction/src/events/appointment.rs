//! A name, a day and an hour, and no verb: "dentist 3.15pm Monday", "Kermesse samedi 20 juin, 14 h".

use super::Event;
use crate::acts::Sentence;
use crate::dates::{Found, Lead};
use crate::fields::title;
use crate::language::Marks;
use crate::text::Shape;

/// What has a day and an hour and is no appointment.
const OTHERS: &str = "\
    here|there|hier|aqui|ici|burada|due|deadline|is|are|ist|sind|est|es|frist|abgabe|entrega|delivery|hours|open|opens|opening|closed|closes|flight|train|bus|ferry|\
    sent|date|datum|tarih|fecha|updated|posted|stand|printed|held|published|version|adjourned|since|call|called|written|recorded|edited|last|\
    offnungszeiten|sprechzeiten|geoffnet|sprechstunde|gesendet|beginn|ende|horario|horarios|abierto|enviado|horaires|ouvert|envoye|modifie|acik|saatleri|gonderildi|\
    prof|professor|instructor|lecturer|dozent|dozentin|profesora|profesor|uyesi|tutor|want|wants|needs|need|was|were|had|has|have|war|hat|hatte|wurde|fue|ha|a-t-il|ont|yesterday|gestern|ayer|hier|dun|price|eur|usd";

/// The appointment that a sentence without a verb makes; in a list of things to do less speaks against it.
pub(crate) fn appointment(s: &Sentence, listed: bool) -> Option<Event> {
    const LONGEST: usize = 24;
    let w = s.words;
    let date = s.dates.iter().find(|d| {
        d.from >= s.from
            && d.to <= s.to
            && (matches!(d.lead, Lead::On | Lead::Plain) || !listed && d.lead == Lead::From)
            && d.when.as_ref().is_some_and(|x| x.recurrence.is_none())
            && (d.when.as_ref().is_some_and(|x| x.time.is_some()) || timed_later(s, d))
    })?;
    if super::is_handed_in(s) || super::called_off(s) {
        return None;
    }
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word)?;
    let link = date.lead_from.min(date.from);
    let begin = if link > s.from { s.from } else { date.to };
    let to = if listed || link == s.from { s.to } else { link };
    let verbal = (s.from..s.to).any(|i| {
        w.has(i, Marks::MODAL.and(Marks::PLEASE).and(Marks::COURSEWORK))
            || w.one_of(
                i,
                "due|deadline|is|are|ist|sind|est|es|frist|abgabe|entrega",
            )
    });
    let order = w.has(first, Marks::VERB)
        || (s.from..s.to).any(|i| w.has(i, Marks::VERB) && w.word(i).ends_with("en"));
    let begin = if listed {
        begin
    } else {
        last_clause(s, begin, to)
    };
    let name = title::plain_span(w, begin, to, s.dates, &[]);
    let named = name.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let fits = if listed {
        !verbal && !order && named
    } else {
        s.to - s.from <= LONGEST && named && set(s, date) && !s.asks()
    };
    fits.then(|| Event {
        title: super::strip_opening(&crate::text::capitalised(&name)),
        date: date.clone(),
        exam: false,
        attendees: super::attendees(s),
        strength: if listed { 0.74 } else { 0.68 },
        begin: s.from,
        to: s.to,
        bare: !listed,
    })
}

/// Whether a short name with nothing of a clause in it stands before the day of `date`.
fn set(s: &Sentence, date: &Found) -> bool {
    let w = s.words;
    let link = date.lead_from.min(date.from);
    let whole = date.when.as_ref().is_some_and(|x| x.day_given);
    let mut to = link;
    while to > s.from && w.shape(to - 1) == Shape::Mark {
        to -= 1;
    }
    let from = last_clause(s, s.from, to);
    let words = (from..to).filter(|&i| w.shape(i) == Shape::Word).count();
    let telling = Marks::MODAL
        .and(Marks::FIRST)
        .and(Marks::SECOND)
        .and(Marks::PLURAL)
        .and(Marks::NEGATION)
        .and(Marks::PLEASE)
        .and(Marks::CONDITION);
    let gathering = |i: usize| w.has(i, Marks::MEETING) || w.one_of(i, super::GATHERINGS);
    let clause = |i: usize| {
        w.has(i, telling)
            || w.has(i, Marks::COURSEWORK) && !gathering(i)
            || w.one_of(i, OTHERS)
            || w.has(i, Marks::PAST) && !w.has(i, Marks::VERB)
            || i > from && w.has(i, Marks::VERB) && !w.capital(i) && !gathering(i)
    };
    // "Mon-Fri 8.30 to 5": when a line is open.
    let range = (date.from..date.to + 3).any(|i| {
        w.one_of(i, "-|–|—|to|bis|a|au")
            && i > s.from
            && crate::dates::is_weekday(w.word(i - 1))
            && crate::dates::is_weekday(w.word(i + 1))
    });
    let divided = to < link && w.word(to) == ":";
    let head = (from..to).find(|&i| w.shape(i) == Shape::Word);
    let order = head.is_some_and(|i| w.has(i, Marks::VERB) && !gathering(i) && i + 1 != link);
    let undone = (date.to..s.to).any(|i| {
        w.has(i, Marks::NEGATION)
            || w.one_of(i, "cancelled|canceled|abgesagt|annule|annulee|cancelado|cancelada|iptal|aufgehoben|verschoben")
    });
    whole
        && !range
        && (1..=9).contains(&words)
        && (divided || !order)
        && !(s.from..to).any(clause)
        && !undone
}

/// Where the last clause before `to` begins: "the date is fixed, première samedi 21".
fn last_clause(s: &Sentence, from: usize, to: usize) -> usize {
    let w = s.words;
    let end = (from..to).rev().find(|&i| w.shape(i) == Shape::Word);
    let cut = end.and_then(|end| {
        (from..end)
            .rev()
            .find(|&i| matches!(w.word(i), "," | ":" | ";" | "–" | "—"))
    });
    cut.map_or(from, |i| i + 1)
}

/// Whether the hour of a day stands behind it: "AGM Weds 19 November, Methodist Hall, 7 pm".
fn timed_later(s: &Sentence, day: &Found) -> bool {
    let behind = &s.dates[s.dates.partition_point(|d| d.from < day.to)..];
    let inside = behind.iter().take_while(|d| d.to <= s.to);
    inside.filter(|d| d.lead != Lead::Due).take(1).any(|d| {
        let when = d.when.as_ref();
        when.is_some_and(|when| when.time.is_some() && !when.day_given)
    })
}
